"""The states of an entry as far as the review knows them; awards come on top of these."""

from enum import StrEnum


class StateKey(StrEnum):
    """Derived from rows, never stored."""

    DRAFT = "draft"
    CHECKING = "checking"  # submitted, the inspection runs
    REFUSED = "refused"  # by the gate
    WAITING = "waiting"  # at a unit
    RETURNED = "returned"
    DECLINED = "declined"
    ACCEPTED = "accepted"  # by the last unit: a candidate for its list
    LISTED = "listed"  # on the body's list, not submitted yet
    NOT_RECOMMENDED = "not-recommended"  # accepted, but the submitted list is without it
    RESERVE = "reserve"
    RECOMMENDED = "recommended"
    SHORTLISTED = "shortlisted"
    NOT_SHORTLISTED = "not-shortlisted"
    WITHDRAWN = "withdrawn"
    DISQUALIFIED = "disqualified"
    MERGED = "merged"  # the same work stays under another number


OVER = frozenset({StateKey.WITHDRAWN, StateKey.DISQUALIFIED, StateKey.MERGED})
