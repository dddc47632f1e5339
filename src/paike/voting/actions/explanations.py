"""The entrant explains."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.kernel.text import Text
from paike.voting import access
from paike.voting.models import Explanation, Quarantine
from paike.voting.queries import standings

LONGEST = 2000


class NotYours(Exception):
    text = Text("只有作品的投稿人可以说明。", "Only the work's entrant may explain.")


class Empty(Exception):
    text = Text("请写下您知道的情况。", "Please write what you know.")


class TooLong(Exception):
    text = Text("最多 2000 字，请删短一些。", "2000 characters at most. Please shorten it.")


class Decided(Exception):
    text = Text(
        "这些选票已有决定，不能再补充说明。不同意的，请联系主办方。",
        "These ballots are decided already. If you disagree, write to the organiser.",
    )


@transaction.atomic
def answer(*, quarantine_id: UUID, by: Account, text: str, now: datetime) -> Explanation:
    """Keep the entrant's answer, once. Late is better than never: it is taken until the ruling.

    Raises NotYours, Empty, TooLong, Decided.
    """
    quarantine = Quarantine.objects.select_related("entry").get(pk=quarantine_id)
    if not access.may_answer(by, quarantine):
        raise NotYours
    if not text.strip():
        raise Empty
    if len(text.strip()) > LONGEST:
        raise TooLong
    if standings.ruling_of(quarantine) is not None:
        raise Decided
    known, made = Explanation.objects.get_or_create(
        quarantine=quarantine, defaults={"by": by, "at": now, "text": text.strip()}
    )
    if made:
        records.write(
            now=now,
            act="ballots.explained",
            thing="quarantine",
            thing_id=quarantine.pk,
            actor=by,
            role="entrant",
            campaign_id=quarantine.campaign_id,
            entry_id=quarantine.entry_id,
        )
    return known
