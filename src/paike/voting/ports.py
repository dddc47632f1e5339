"""Where the vote meets other people's logins, and what it must ask of rooms beside it.

`config/wiring.py` installs the adapter at start-up where the installation has one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from paike.kernel.text import Text


class NotVouched(Exception):
    """The other side does not say who this is; `text` tells the person why and what to do."""

    text = Text("没有得到确认，请重试。", "There was no answer we can use. Please try again.")


class Unreachable(NotVouched):
    """No answer, or none that makes sense. Another try may help."""

    text = Text(
        "微信暂时没有应答。请稍后再点一次投票，您的选择都在。",
        "WeChat does not answer just now. Tap vote again in a moment; your choices are kept.",
    )


class CodeRefused(NotVouched):
    """The code was used before, or is not one of WeChat's."""

    text = Text(
        "这次微信确认已失效。请返回投票页再点一次投票，您的选择都在。",
        "This confirmation by WeChat is no longer good. Go back to the vote and tap vote again; "
        "your choices are kept.",
    )


class Snapshot(NotVouched):
    """WeChat shows a snapshot of the page and gave a virtual id, another one each time."""

    text = Text(
        "您正在用微信的“快照页”浏览，无法确认身份。请点页面右下角“使用完整服务”，再投票。",
        "WeChat shows you a snapshot of this page and keeps to itself who you are. Tap “使用完整服务” "
        "(use full service) at the bottom right, then vote.",
    )


class WeChat(Protocol):
    """WeChat's login for pages, by which we learn an openid and nothing else."""

    def address(self, *, back: str, state: str) -> str:
        """Where to send the browser; it comes back to `back` with `code` and `state`."""
        ...

    def openid(self, code: str) -> str:
        """Whose code this is. Raises Unreachable, CodeRefused, Snapshot."""
        ...


@dataclass(frozen=True)
class Said:
    """What the intake answered: a status, its JSON, and after how many seconds to come again."""

    status: int
    body: Mapping[str, Any]
    retry_after: int | None = None


class Intake(Protocol):
    """The intake, for voters whose browser runs no scripts: the same door as everybody's."""

    def token(self, *, slug: str, carried: str, key: UUID, network: str) -> Said:
        """Ask for a token with the pass `carried`."""
        ...

    def cast(self, *, address: str, token: str, works: Sequence[int], network: str) -> Said:
        """Cast at the address that came with the token."""
        ...


_chosen: dict[str, WeChat] = {}
_intake: list[Intake] = []


def install_wechat(adapter: WeChat | None) -> None:
    """Choose the adapter; None: this installation has none."""
    _chosen.clear()
    if adapter is not None:
        _chosen["wechat"] = adapter


def wechat() -> WeChat | None:
    """The adapter, or None where WeChat is not set up."""
    return _chosen.get("wechat")


def install_intake(adapter: Intake) -> None:
    """Choose the adapter."""
    _intake[:] = [adapter]


def intake() -> Intake:
    """The way to the intake."""
    return _intake[0]


# The ranks of a call's works by the jury (entry -> rank), empty until all sheets are in.
JuryRanks = Callable[[UUID], Mapping[UUID, int]]


def _none(campaign_id: UUID) -> Mapping[UUID, int]:
    return {}


_asked: dict[str, JuryRanks] = {"jury": _none}


def connect_jury(ranks: JuryRanks) -> None:
    """Say who knows the jury's ranks."""
    _asked["jury"] = ranks


def jury_ranks(campaign_id: UUID) -> Mapping[UUID, int]:
    return _asked["jury"](campaign_id)
