"""The shape of a provider."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.http import HttpRequest, HttpResponse

from paike.campaigns.models import Campaign
from paike.campaigns.rules.rulebook import BallotRule
from paike.kernel.text import Text
from paike.voting.ports import NotVouched
from paike.voting.rules.identity import Voucher

__all__ = ["NotVouched", "Provider", "Tap", "refused"]


@dataclass(frozen=True)
class Tap:
    """A vote tap that waits for its pass. `address` is where this very request leads again, on our
    own site: `/c/<slug>/ballots/pass/?...`."""

    request: HttpRequest
    campaign: Campaign
    rule: BallotRule
    address: str
    now: datetime


class Provider(Protocol):
    """One way to know who votes. A module is one."""

    @property
    def NAME(self) -> Text: ...  # noqa: N802 - a constant of the module

    @property
    def PROVES(self) -> Text: ...  # noqa: N802 - a constant of the module

    def vouch(self, tap: Tap) -> Voucher | HttpResponse: ...


def refused(zh: str, en: str) -> NotVouched:
    """A refusal with these words."""
    refusal = NotVouched(zh)
    refusal.text = Text(zh, en)
    return refusal
