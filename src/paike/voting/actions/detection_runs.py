"""A look at all ballots of a call: hourly, and at the close."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.voting import ports
from paike.voting.actions import counting, quarantines
from paike.voting.models import BallotLog, DetectionRun, Finding, Pending
from paike.voting.queries import detection_inputs, forensics
from paike.voting.rules.detection import finding, picture, registry, suspicion

TASK, QUEUE = "voting.detect", "detection"


def due(*, now: datetime) -> list[tuple[UUID, datetime, bool]]:
    """The looks that are due: (call, slot, whether it is the last). While a vote is open one for
    every full hour; after the close one more, once every ballot has its place in the log."""
    done = set(
        DetectionRun.objects.filter(finished_at__isnull=False).values_list(
            "campaign_id", "slot", "is_final"
        )
    )
    hour = now.replace(minute=0, second=0, microsecond=0)
    running = BallotLog.objects.filter(closed_at=None, opened_at__lt=hour)
    found = [(log.campaign_id, hour, False) for log in running]
    for log in BallotLog.objects.filter(opened_at__isnull=False, closed_at__isnull=False):
        waiting = Pending.objects.filter(campaign_id=log.campaign_id, ballot__isnull=False)
        if log.closed_at is not None and not waiting.exists():
            found.append((log.campaign_id, log.closed_at, True))
    return [slot for slot in found if slot not in done]


def run(
    *,
    campaign_id: UUID,
    slot: datetime,
    is_final: bool,
    now: datetime,
    then: Callable[[], datetime] | None = None,
) -> DetectionRun | None:
    """Look, and set aside what enough families speak against. A run that was done is not done
    again (None), and none comes after the last one, on which a result may rest; one that was killed
    half-way is begun anew and leaves no half. `then` tells the time when the look is over: what is
    stated then is not older than what was stated meanwhile."""
    if not forensics.awaits_last_look(campaign_id):
        return None
    known, _ = DetectionRun.objects.get_or_create(
        campaign_id=campaign_id, slot=slot, is_final=is_final, defaults={"begun_at": now}
    )
    if known.finished_at is not None:
        return None
    campaign = Campaign.objects.get(pk=campaign_id)
    loaded = detection_inputs.of_campaign(campaign, jury_ranks=ports.jury_ranks(campaign_id))
    findings = registry.find(loaded.contest) if len(loaded.contest.columns) else []
    suspicions = suspicion.of(loaded.contest, findings)
    return _conclude(known.pk, campaign_id, loaded, findings, suspicions, then() if then else now)


def _picture(
    loaded: detection_inputs.Loaded,
    findings: Sequence[finding.Finding],
    suspicions: Sequence[suspicion.Suspicion],
) -> dict[str, Any]:
    if not len(loaded.contest.columns):
        return {}
    return picture.of(loaded.contest, findings, suspicions, loaded.ballots.numbers)


@transaction.atomic
def _conclude(
    run_id: UUID,
    campaign_id: UUID,
    loaded: detection_inputs.Loaded,
    findings: Sequence[finding.Finding],
    suspicions: Sequence[suspicion.Suspicion],
    now: datetime,
) -> DetectionRun | None:
    counting.hold(campaign_id)
    run = DetectionRun.objects.select_for_update().select_related("campaign").get(pk=run_id)
    if run.finished_at is not None:
        return None
    run.findings.all().delete()
    Finding.objects.bulk_create(_row(run, loaded, one) for one in findings)
    rule = campaigns.rulebook_of(run.campaign).ballot.detection
    made = [
        quarantines.set_aside(run=run, loaded=loaded, suspicion=one, rule=rule, now=now)
        for one in suspicions
    ]
    if any(made):
        counting.count_again(campaign_id=run.campaign_id, now=now)
    run.ballots, run.finished_at = len(loaded.contest.columns), now
    run.picture = _picture(loaded, findings, suspicions)
    run.save(update_fields=["ballots", "finished_at", "picture"])
    return run


def _row(run: DetectionRun, loaded: detection_inputs.Loaded, one: finding.Finding) -> Finding:
    return Finding(
        run=run,
        detector=one.detector,
        family=one.family,
        work=None if one.work is None else loaded.number(one.work),
        ballots=len(one.rows),
        explained=one.explained,
        figures=dict(one.figures),
    )
