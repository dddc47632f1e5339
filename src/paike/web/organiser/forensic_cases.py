"""Ballots set aside together, as the ballot check shows them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules.rulebook import Sanction as Step
from paike.kernel import clock
from paike.kernel.text import Text
from paike.voting.actions import rulings
from paike.voting.models import Quarantine, Ruling, Sanction
from paike.voting.queries import standings
from paike.voting.rules import sanctioning
from paike.web.organiser import forensic_words
from paike.web.shared.cards import Chip

CHIPS = {
    "quarantined": Chip(Text("待核实", "Set aside"), "hint", "search"),
    "released": Chip(Text("已恢复", "Released"), "good", "circle-check"),
    "void": Chip(Text("已作废", "Void"), "bad", "ban"),
}
ACTS = {
    "void-ballots": Text("仅作废选票", "ballots void only"),
    "pause-work": Text("暂停该作品投票 {n} 分钟", "voting for the work pauses for {n} minutes"),
    "zero-votes": Text("该作品票数清零", "the work's votes count as zero"),
    "disqualify": Text("取消该作品资格", "the work is disqualified"),
}


@dataclass(frozen=True)
class Case:
    """Ballots set aside together, what became of them and of the work, and what this person can do
    about them."""

    quarantine: Quarantine
    title: str
    chip: Chip
    detectors: list[Text]
    pending: Ruling | None
    ruling: Ruling | None
    until: datetime | None  # the entrant's time to explain, once asked
    may_void: bool
    refusal: Text | None  # why this person can't confirm what is proposed
    next_step: Text | None
    fell: Text | None  # the step of the ladder that fell with the ruling


def of_campaign(campaign: Campaign, account: Account, titles: dict[int, str]) -> list[Case]:
    """All of a call, the latest first."""
    now = clock.now()
    ladder = campaigns.rulebook_of(campaign).ballot.sanctions
    found = list(standings.quarantines(campaign.pk))
    offences: dict[int, int] = {}
    for one in found:
        held = standings.ruling_of(one)
        if held is not None and hasattr(held, "sanction"):
            offences[one.work] = offences.get(one.work, 0) + 1
    return [
        _case(one, account, titles, sanctioning.step(ladder, offences.get(one.work, 0) + 1), now)
        for one in found
    ]


def _case(
    one: Quarantine, account: Account, titles: dict[int, str], step: Step | None, now: datetime
) -> Case:
    pending, ruling = standings.pending_ruling(one), standings.ruling_of(one)
    return Case(
        quarantine=one,
        title=titles.get(one.work, ""),
        chip=CHIPS[standings.of_quarantine(one)],
        detectors=[forensic_words.name(key) for key in one.detectors],
        pending=pending,
        ruling=ruling,
        until=standings.answer_until(one),
        may_void=standings.may_void(one, now=now),
        refusal=_refusal(pending, account),
        next_step=ACTS[step.act].fill(n=step.minutes or 0)
        if step is not None and step.act != "void-ballots"
        else None,
        fell=_fell(getattr(ruling, "sanction", None)),
    )


def _refusal(pending: Ruling | None, account: Account) -> Text | None:
    refusal = rulings.refusal(pending, account) if pending is not None else None
    return refusal.text if refusal is not None else None


def _fell(made: Sanction | None) -> Text | None:
    if made is None or made.act == "void-ballots":
        return None
    minutes = (made.until - made.at) // timedelta(minutes=1) if made.until else 0
    return ACTS[made.act].fill(n=minutes)
