"""A unit decides about a version: it goes up, back to its entrant, or no further."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.entries.actions import reopenings
from paike.entries.models import Entry, Route
from paike.entries.queries import entries
from paike.kernel import events
from paike.kernel.text import Text
from paike.orgs.models import Organisation
from paike.review import access
from paike.review.actions import letters, recommendation_lists, referrals, stage_checks
from paike.review.events import Decided
from paike.review.models import Decision, DecisionOutcome, Referral
from paike.review.queries import roads
from paike.review.rules import deciding, way_up
from paike.review.rules.refusals import Refusal

ACTS = {
    DecisionOutcome.ACCEPT: "referral.accepted",
    DecisionOutcome.RETURN: "referral.returned",
    DecisionOutcome.DECLINE: "referral.declined",
}


class AlreadyDecided(Refusal):
    """Somebody else was faster; `decision` tells who decided what."""

    def __init__(self, text: Text, decision: Decision | None) -> None:
        super().__init__(text)
        self.decision = decision


class NotYours(Refusal):
    """Only a clerk of exactly the unit where the work waits decides about it."""


class Superseded(Refusal):
    """A newer version is on its way; deciding about the old one would mislead its entrant."""


@transaction.atomic
def decide(
    *, referral_id: UUID, outcome: str, reason: str = "", by: Account, now: datetime
) -> Decision:
    """Accept, return or decline what waits at a unit.

    Accepting sends the version to the next unit above that has a clerk, or, at the last one, makes
    it a candidate. Raises NotYours, Closed, ReasonMissing, AlreadyDecided, Superseded.
    """
    referral = _lock(referral_id)
    _check(referral, by=by, now=now)
    deciding.check_reason(outcome, reason)
    decision = Decision.objects.create(
        referral=referral,
        outcome=DecisionOutcome(outcome),
        reason=reason.strip(),
        by=by,
        at=now,
    )
    referral.closed_at = now
    referral.save(update_fields=["closed_at"])
    _record(decision, act=ACTS[DecisionOutcome(outcome)], by=by, now=now)
    _carry_on(decision, by=by, now=now)
    events.publish(
        Decided(decision_id=decision.pk, entry_id=referral.entry_id, outcome=outcome, at=now)
    )
    return decision


def _lock(referral_id: UUID) -> Referral:
    """The entry first, then the referral: the order in which everybody locks."""
    entry_id = Referral.objects.values_list("entry_id", flat=True).get(pk=referral_id)
    Entry.objects.select_for_update(no_key=True).get(pk=entry_id)
    return (
        Referral.objects.select_for_update(no_key=True, of=("self",))
        .select_related("entry", "entry__campaign", "entry__unit", "version", "unit")
        .get(pk=referral_id)
    )


def _check(referral: Referral, *, by: Account, now: datetime) -> None:
    if not access.may_decide(by, referral):
        raise NotYours(
            Text(
                zh="只有{unit}的审核员可以处理这部作品。",
                en="Only a clerk of {unit} decides about this work.",
            ).fill(unit=referral.unit.short_words)
        )
    if referral.closed_at is not None:
        raise _gone(referral)
    stage_checks.require(referral.entry.campaign, "review", now)
    newest = entries.latest_versions([referral.entry_id])[referral.entry_id]
    if newest.pk != referral.version_id and newest.refused_at is None:
        raise Superseded(
            Text(
                zh="作者刚提交了新版本，正在检测。检测完成后请审核新版本。",
                en="The entrant has just submitted a newer version. Decide about that one once it "
                "has been inspected.",
            )
        )


def _gone(referral: Referral) -> AlreadyDecided:
    decision = Decision.objects.select_related("by").filter(referral=referral).first()
    if decision is None:
        return AlreadyDecided(
            Text(
                zh="这部作品已不在此处等待：作者撤回了，或提交了新版本。",
                en="This work no longer waits here: it was withdrawn, or a newer version came.",
            ),
            None,
        )
    words = {
        "accept": Text("已通过", "accepted"),
        "return": Text("已退回修改", "returned"),
        "decline": Text("不予通过", "declined"),
    }[decision.outcome]
    who = decision.by.display_name
    return AlreadyDecided(
        Text(
            zh=f"{who}已先处理了这部作品：{words.zh}。",
            en=f"{who} was faster: {words.en}.",
        ),
        decision,
    )


def _record(decision: Decision, *, act: str, by: Account, now: datetime) -> None:
    referral = decision.referral
    records.write(
        now=now,
        act=act,
        thing="referral",
        thing_id=referral.pk,
        actor=by,
        role="clerk",
        unit_name=referral.unit.name,
        campaign_id=referral.entry.campaign_id,
        entry_id=referral.entry_id,
        details={"version": referral.version.number, "reason": decision.reason},
    )


def _carry_on(decision: Decision, *, by: Account, now: datetime) -> None:
    referral = decision.referral
    values: dict[str, Text | str] = {"unit": referral.unit.short_words, "reason": decision.reason}
    if decision.outcome == DecisionOutcome.RETURN:
        reopenings.reopen(version_id=referral.version_id, by=by, reason=decision.reason, now=now)
        subject, body = letters.RETURNED, letters.RETURNED_WHY
    elif decision.outcome == DecisionOutcome.DECLINE:
        subject, body = letters.DECLINED, letters.DECLINED_WHY
    else:
        subject = letters.ACCEPTED
        body, values["next"] = _send_up(referral, now=now)
    letters.to_entrant(referral.version, subject=subject, body=body, now=now, **values)


def _send_up(referral: Referral, *, now: datetime) -> tuple[Text, Text | str]:
    """The next unit, or the list of candidates; what the entrant is told of it."""
    target = way_up.after(roads.stations_of(referral.entry), referral.unit_id)
    if target is not None:
        unit = Organisation.objects.get(pk=target.unit_id)
        referrals.open_at(version=referral.version, unit=unit, now=now)
        return letters.ACCEPTED_ON, unit.short_words
    if referral.entry.route == Route.INDIVIDUAL:
        return letters.ACCEPTED_INDIVIDUAL, ""
    recommendation_lists.ensure(campaign=referral.entry.campaign, body=referral.unit, now=now)
    return letters.ACCEPTED_LAST, ""
