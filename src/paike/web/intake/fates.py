"""What became of a ballot, by its receipt code: public, and without its choices."""

from typing import Any

from paike.voting.models import Ballot
from paike.voting.queries import published, standings
from paike.voting.queries.contests import Contest
from paike.voting.rules import receipts


def of_code(contest: Contest, code: str) -> dict[str, Any] | None:
    """The ballot's state and, once it has one, its place in the log; None: not one of our codes."""
    number = receipts.number(code, key=contest.receipt_key)
    if number is None:
        return None
    ballot = (
        Ballot.objects.filter(pk=number, campaign_id=contest.campaign_id)
        .select_related("log_entry")
        .first()
    )
    if ballot is None:
        return None
    place = getattr(ballot, "log_entry", None)
    if place is None:
        return {"state": "accepted", "index": None, "proof": None}
    state = standings.states_of([ballot.pk]).get(ballot.pk, "logged")
    proof = published.proof(contest.slug, place.index)
    fate = {"state": state, "index": place.index, "proof": proof}
    if reason := standings.reason_of(ballot):
        fate["reason"] = reason
    return fate
