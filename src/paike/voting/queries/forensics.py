"""What the organiser sees of the looks for stuffed ballots."""

from uuid import UUID

from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.voting.models import BallotLog, DetectionRun, Finding


def latest_run(campaign_id: UUID) -> DetectionRun | None:
    """The last look that was finished."""
    found = DetectionRun.objects.filter(campaign_id=campaign_id, finished_at__isnull=False)
    return found.order_by("-finished_at", "-is_final").first()


def awaits_last_look(campaign_id: UUID) -> bool:
    """Whether there was a vote, and the look after its close is not finished yet."""
    done = DetectionRun.objects.filter(
        campaign_id=campaign_id, is_final=True, finished_at__isnull=False
    )
    voted = BallotLog.objects.filter(campaign_id=campaign_id, opened_at__isnull=False)
    return voted.exists() and not done.exists()


def findings(run: DetectionRun, *, work: int | None = None) -> list[Finding]:
    """Of one look, works ascending; `work`: only of that one."""
    found = run.findings.order_by("work", "id")
    return list(found.filter(work=work) if work is not None else found)


def titles(campaign_id: UUID) -> dict[int, str]:
    """Work's number -> composed title, of every work that was ever on the shortlist."""
    known = dict(
        Entry.objects.filter(
            campaign_id=campaign_id, number__isnull=False, shortlisting__isnull=False
        ).values_list("pk", "number")
    )
    composed = entries.composed_titles(known)
    return {number or 0: composed.get(pk, "") for pk, number in known.items()}
