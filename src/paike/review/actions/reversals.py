"""A clerk takes a decision back: shortly after it, and before anybody else has acted on it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.entries.models import Entry
from paike.kernel.text import Text
from paike.review import access
from paike.review.actions import letters, referrals, stage_checks
from paike.review.models import Decision, DecisionOutcome, Recommendation, Referral, Reversal
from paike.review.queries import referrals as queries
from paike.review.rules import deciding
from paike.review.rules.refusals import Refusal


class TooLate(Refusal):
    """Time is over, somebody has acted on the decision, or the entrant is changing the work."""


@transaction.atomic
def take_back(*, decision_id: UUID, by: Account, now: datetime) -> Referral:
    """The work waits at the unit again; returns the new referral. Raises TooLate, Closed.

    A return stays: its entrant may be changing the work already.
    """
    entry_id = Decision.objects.values_list("referral__entry_id", flat=True).get(pk=decision_id)
    Entry.objects.select_for_update(no_key=True).get(pk=entry_id)
    decision = Decision.objects.select_related(
        "referral",
        "referral__version",
        "referral__version__entry__campaign",
        "referral__unit",
    ).get(pk=decision_id)
    if not may_take_back(decision, by=by, now=now):
        raise TooLate(
            Text(
                zh="这个决定不能再收回：已超过十分钟，或后面的单位、作者已经处理。",
                en="This decision can no longer be taken back: more than ten minutes have passed, "
                "or the next unit or the entrant has acted on it.",
            )
        )
    referral = decision.referral
    # Outside the stage nobody could decide anew, and the work would wait for ever.
    stage_checks.require(referral.version.entry.campaign, "review", now)
    Reversal.objects.create(decision=decision, by=by, at=now)
    referrals.close(entry_id=entry_id, now=now)
    again = referrals.open_at(version=referral.version, unit=referral.unit, now=now)
    records.write(
        now=now,
        act="referral.reversed",
        thing="referral",
        thing_id=referral.pk,
        actor=by,
        role="clerk",
        unit_name=referral.unit.name,
        campaign_id=referral.version.entry.campaign_id,
        entry_id=entry_id,
    )
    letters.to_entrant(
        referral.version,
        subject=letters.UNDONE,
        body=letters.UNDONE_NOW,
        now=now,
        unit=referral.unit.short_words,
    )
    return again


def may_take_back(decision: Decision, *, by: Account, now: datetime) -> bool:
    """Whether `take_back` would do it."""
    if decision.by_id != by.pk or decision.outcome == DecisionOutcome.RETURN:
        return False
    if hasattr(decision, "reversal") or not deciding.may_be_undone(decision.at, now):
        return False
    return access.may_decide(by, decision.referral) and _nobody_acted(decision.referral)


def _nobody_acted(referral: Referral) -> bool:
    """The work still waits at the next unit, or waits for a list, and is in the call."""
    latest = queries.latest(entry_id=referral.entry_id)
    if latest is None or latest.version_id != referral.version_id:
        return False
    if Recommendation.objects.filter(entry_id=referral.entry_id, removed_at=None).exists():
        return False
    entry = Entry.objects.select_related(
        "withdrawal", "disqualification", "merger", "shortlisting"
    ).get(pk=referral.entry_id)
    if any(
        hasattr(entry, fact)
        for fact in ("withdrawal", "disqualification", "merger", "shortlisting")
    ):
        return False
    if latest.pk == referral.pk:
        return True
    return latest.number == referral.number + 1 and latest.closed_at is None
