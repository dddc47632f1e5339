"""How far works came: every step counts all that reached it."""

from collections.abc import Iterable, Mapping

from paike.review.rules.states import StateKey

STEPS = ("submitted", "cleared", "accepted", "recommended", "shortlisted")

_FURTHEST = {
    StateKey.CHECKING: "submitted",
    StateKey.REFUSED: "submitted",
    StateKey.WITHDRAWN: "submitted",
    StateKey.DISQUALIFIED: "submitted",
    StateKey.MERGED: "submitted",
    StateKey.WAITING: "cleared",
    StateKey.RETURNED: "cleared",
    StateKey.DECLINED: "cleared",
    StateKey.ACCEPTED: "accepted",
    StateKey.LISTED: "accepted",
    StateKey.RESERVE: "accepted",
    StateKey.NOT_RECOMMENDED: "accepted",
    StateKey.RECOMMENDED: "recommended",
    StateKey.NOT_SHORTLISTED: "recommended",
    StateKey.SHORTLISTED: "shortlisted",
}


def steps_of(state: StateKey) -> tuple[str, ...]:
    """The steps a work in this state has reached; none for a draft. A work that left the call
    counts as submitted only."""
    furthest = _FURTHEST.get(state)
    return STEPS[: STEPS.index(furthest) + 1] if furthest else ()


def reaching(step: str) -> tuple[StateKey, ...]:
    """The states of works that reached a step. An unknown step is reached by none."""
    return tuple(state for state in _FURTHEST if step in steps_of(state))


def total(rows: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The sum of the rows, step by step."""
    known = list(rows)
    return {step: sum(row.get(step, 0) for row in known) for step in STEPS}


def parts(row: Mapping[str, int]) -> list[int]:
    """A row as parts that add up: came no further than submitted or review, accepted,
    recommended, shortlisted."""
    counts = [row.get(step, 0) for step in ("submitted", "accepted", "recommended", "shortlisted")]
    return [one - after for one, after in zip(counts, [*counts[1:], 0], strict=True)]
