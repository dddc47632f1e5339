"""Ballot logs and what stands in them."""

from uuid import UUID

from paike.voting.models import BallotLog, Statement


def of_campaign(campaign_id: UUID) -> BallotLog | None:
    return BallotLog.objects.filter(campaign_id=campaign_id).first()


def exists(campaign_id: UUID) -> bool:
    """Whether the rules of a call's vote stand in a public log."""
    return BallotLog.objects.filter(campaign_id=campaign_id).exists()


def votes(campaign_id: UUID) -> dict[int, int]:
    """The votes of all ballots in a log by work's number, whatever became of ballots and works."""
    log = of_campaign(campaign_id)
    return {int(number): votes for number, votes in log.votes.items()} if log else {}


def by_slug(slug: str) -> BallotLog | None:
    """The log of a call, with the call."""
    return BallotLog.objects.select_related("campaign").filter(campaign__slug=slug).first()


def running() -> list[str]:
    """Slugs of the calls whose vote is open."""
    open_now = BallotLog.objects.filter(opened_at__isnull=False, closed_at=None)
    return list(open_now.values_list("campaign__slug", flat=True))


def awaits_count(campaign_id: UUID) -> bool:
    """Whether a log is there and the official count does not stand in it yet."""
    counted = Statement.objects.filter(campaign_id=campaign_id, kind="count")
    return of_campaign(campaign_id) is not None and not counted.exists()
