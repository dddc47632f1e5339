"""What this version of Paike carries out. A kind that may be written but is not carried out yet
is named and refused, never ignored."""

from collections.abc import Iterator

from paike.campaigns.rules.faults import Complaint, Place
from paike.campaigns.rules.rulebook import Rulebook
from paike.kernel.text import Text

# Keys whose value must be one of these; everything else written there is “not supported yet”.
CARRIED_OUT: dict[str, tuple[str, ...]] = {
    "ballot.effect.kind": ("share",),
    "ballot.sanctions[].act": ("void-ballots", "pause-work", "zero-votes", "disqualify"),
    "funnel.selection": ("organiser",),
    "jury.total": ("mean", "trimmed-mean"),
    "jury.assignment": ("all-mark-all",),
    "ladder[].by": ("rank",),
    "organisation_prizes.formula": ("recommended-and-awarded",),
}
# Keys that must stay unset.
NOT_YET = (
    "ballot.effect.top",
    "ballot.effect.rank_points",
    "ballot.outside",
    "caps.per_author",
    "caps.per_body",
    "caps.per_unit",
    "caps.share_of_entries",
    "film.short_side_min",
    "funnel.quotas",
    "funnel.rounds",
    "jury.prizes",
    "jury.rank_points",
    "jury.sheets_per_work",
    "ladder[].source",
)


def unsupported(rulebook: Rulebook) -> list[Complaint]:
    """Every value this version can't carry out; an empty list means the call can be opened."""
    return [*_kinds(rulebook), *_unset(rulebook)]


def _kinds(rulebook: Rulebook) -> Iterator[Complaint]:
    for key, kinds in CARRIED_OUT.items():
        for place, value in values_at(rulebook, key):
            if value is not None and value not in kinds:
                yield _not_yet(place, str(value), "、".join(kinds), ", ".join(kinds))


def _unset(rulebook: Rulebook) -> Iterator[Complaint]:
    for key in NOT_YET:
        for place, value in values_at(rulebook, key):
            if value not in (None, ()):
                yield _not_yet(place, "", "不写这一项", "leave it out")


def values_at(rulebook: Rulebook, key: str) -> Iterator[tuple[Place, object]]:
    """The places and values of a schema key such as `ladder[].by`."""
    found: list[tuple[Place, object]] = [((), rulebook)]
    for step in key.split("."):
        found = [
            inner
            for place, value in found
            if value is not None
            for inner in _step(place, value, step)
        ]
    yield from found


def _step(place: Place, value: object, step: str) -> list[tuple[Place, object]]:
    name = step.removesuffix("[]")
    inner = getattr(value, name)
    if not step.endswith("[]"):
        return [((*place, name), inner)]
    return [((*place, name, index), item) for index, item in enumerate(inner)]


def _not_yet(place: Place, value: str, zh: str, en: str) -> Complaint:
    shown = f"“{value}”" if value else ""
    return (
        place,
        Text(f"{shown}暂不支持。", f"{shown} not supported yet.".strip()),
        Text(f"目前可以：{zh}。", f"For now: {en}."),
    )
