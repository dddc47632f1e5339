"""Kinds that need a companion key, and names that must lead to something."""

from collections.abc import Collection, Iterator

from paike.campaigns.rules.faults import Complaint, Place
from paike.campaigns.rules.rulebook import Rulebook
from paike.kernel.text import Text


def vote_effect(rulebook: Rulebook) -> Iterator[Complaint]:
    effect = rulebook.ballot.effect
    if effect.kind in ("filter", "straight-through", "popularity-prize") and effect.top is None:
        yield _needed(("ballot", "effect", "top"), effect.kind)
    if effect.kind == "rank-points" and not effect.rank_points:
        yield _needed(("ballot", "effect", "rank_points"), effect.kind)


def sanctions(rulebook: Rulebook) -> Iterator[Complaint]:
    for index, sanction in enumerate(rulebook.ballot.sanctions):
        if sanction.act == "pause-work" and sanction.minutes is None:
            yield _needed(("ballot", "sanctions", index, "minutes"), sanction.act)


def jury(rulebook: Rulebook) -> Iterator[Complaint]:
    rule = rulebook.jury
    if rule.assignment == "k-per-work" and rule.sheets_per_work is None:
        yield _needed(("jury", "sheets_per_work"), rule.assignment)
    if rule.total == "rank-points" and not rule.rank_points:
        yield _needed(("jury", "rank_points"), rule.total)
    criteria = {criterion.key for criterion in rule.criteria}
    for index, prize in enumerate(rule.prizes):
        for at, key in enumerate(prize.criteria):
            yield from _known(("jury", "prizes", index, "criteria", at), key, criteria)


def ladder(rulebook: Rulebook) -> Iterator[Complaint]:
    sources: dict[str, set[str]] = {
        "outside": {figure.key for figure in rulebook.ballot.outside},
        "theme": {theme.key for theme in rulebook.themes},
        "jury": {prize.key for prize in rulebook.jury.prizes},
    }
    for index, rung in enumerate(rulebook.ladder):
        place: Place = ("ladder", index, "source")
        if rung.by in ("outside", "theme") and rung.source is None:
            yield _needed(place, rung.by)
        elif rung.source is not None:
            yield from _known(place, rung.source, sources.get(rung.by, set()))


def channels(rulebook: Rulebook) -> Iterator[Complaint]:
    known = {channel.key for channel in rulebook.channels}
    for index, figure in enumerate(rulebook.ballot.outside):
        yield from _known(("ballot", "outside", index, "channel"), figure.channel, known)


def _needed(place: Place, kind: str) -> Complaint:
    return (
        place,
        Text("缺少这一项。", "This key is missing."),
        Text(f"“{kind}”必须写明它。", f"“{kind}” needs it."),
    )


def _known(place: Place, key: str, known: Collection[str]) -> Iterator[Complaint]:
    if key not in known:
        listed = ", ".join(sorted(known)) or "—"
        yield (
            place,
            Text(f"没有“{key}”。", f"There is no “{key}”."),
            Text(f"可以写：{listed}。", f"Allowed: {listed}."),
        )
