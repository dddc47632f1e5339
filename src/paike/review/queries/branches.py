"""How far the works of a unit and of all units below it have come."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from paike.entries.models import Entry
from paike.entries.queries import arrivals
from paike.orgs.models import Organisation
from paike.orgs.queries import organisations
from paike.review.queries import states
from paike.review.rules import funnel
from paike.review.rules.states import StateKey


@dataclass(frozen=True)
class Figures:
    """Counts of a branch. `waiting` is under review now, `returned` waits for its entrant; the
    steps count every work that came at least this far."""

    invited: int  # people who began a work through a link of the branch
    people: int  # who began at least one work here
    drafts: int
    submitted: int
    waiting: int
    returned: int
    accepted: int
    recommended: int
    shortlisted: int


def figures(*, campaign_id: UUID, unit: Organisation) -> Figures:
    """The figures of the unit with all below it: a fixed number of statements."""
    branch = organisations.branch_ids(unit)
    own = Entry.objects.filter(campaign_id=campaign_id, unit_id__in=branch)
    known = list(states.annotate(own).values_list("owner_id", "state"))
    by_state = Counter(StateKey(state) for _owner, state in known)
    steps: Counter[str] = Counter()
    for state, number in by_state.items():
        steps.update(dict.fromkeys(funnel.steps_of(state), number))
    return Figures(
        invited=arrivals.by_link(campaign_id=campaign_id, unit_ids=branch),
        people=len({owner for owner, _state in known}),
        drafts=by_state[StateKey.DRAFT],
        submitted=steps["submitted"],
        waiting=by_state[StateKey.WAITING] + by_state[StateKey.CHECKING],
        returned=by_state[StateKey.RETURNED] + by_state[StateKey.REFUSED],
        accepted=steps["accepted"],
        recommended=steps["recommended"],
        shortlisted=steps["shortlisted"],
    )
