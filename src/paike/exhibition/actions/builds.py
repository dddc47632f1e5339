"""The life of a package that the installation serves itself: requested, begun, built, or given up."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.campaigns.models import Campaign
from paike.entries.events import EntryLeft, EntryMerged
from paike.entries.models import Entry
from paike.exhibition.actions import folders, jobs, packages
from paike.exhibition.models import Package
from paike.exhibition.queries import shows
from paike.kernel.text import Text

MAX_ATTEMPTS = 3
WAIT = timedelta(seconds=20)
LOST = "The worker was lost at every attempt."


class NothingToRepeat(Exception):
    """The package was built, or its job is still under way."""

    text = Text(
        zh="展播包已生成或正在生成，不需要重新运行。",
        en="The exhibition is built or being built; there is nothing to repeat.",
    )


def folder_of(slug: str) -> Path:
    """Where the installation keeps, and serves, the exhibition of a call."""
    return Path(settings.EXHIBITIONS) / slug


def path_of(slug: str) -> str:
    """Where people see it on this installation."""
    return f"/exhibition/{slug}/"


@transaction.atomic
def request(*, campaign_id: UUID, by: Account | None, now: datetime) -> Package:
    """Have the exhibition built. One that was asked for and has not begun does for this too; one
    under way may have missed what changed, so another follows it. Raises shows.NoTerm."""
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    shows.term_of(campaign)
    waiting = Package.objects.filter(
        campaign=campaign, online=True, started_at=None, built_at=None, fault=""
    ).first()
    if waiting is not None:
        return waiting
    package = Package.objects.create(campaign=campaign, online=True, requested_at=now, built_by=by)
    jobs.defer_build(package.pk, campaign_id=campaign.pk)
    return package


@transaction.atomic
def begin(*, package_id: UUID, now: datetime) -> Package | None:
    """Start an attempt; None when it is built or nobody wants another attempt."""
    package = _locked(package_id)
    if package.built_at is not None or package.fault:
        return None
    if package.attempts >= MAX_ATTEMPTS:
        package.fault = LOST
        package.save(update_fields=["fault"])
        return None
    package.attempts, package.started_at, package.progress = package.attempts + 1, now, 0
    package.save(update_fields=["attempts", "started_at", "progress"])
    return package


def carry_out(*, package: Package, now: Callable[[], datetime]) -> Package:
    """Write the files, telling how far it is, and put them in place. Nothing is locked meanwhile:
    building takes minutes. Raises what `packages.write` raises."""
    told = 0

    def tell(percent: int) -> None:
        nonlocal told
        if percent > told:
            told = percent
            Package.objects.filter(pk=package.pk).update(progress=min(percent, 99))

    target = folder_of(package.campaign.slug)
    folders.clear_leftovers(target)
    with packages.written(
        campaign=package.campaign,
        target=target,
        address=f"{settings.PUBLIC_URL}{path_of(package.campaign.slug)}",
        tell=tell,
    ) as content:
        return packages.finish(package_id=package.pk, content=content, now=now())


@transaction.atomic
def stumble(*, package_id: UUID, fault: str, again: bool) -> None:
    """An attempt failed: try again in a while, or (`again` false, or too many) give up visibly."""
    package = _locked(package_id)
    if package.built_at is not None:
        return
    if again and package.attempts < MAX_ATTEMPTS:
        wait = WAIT * package.attempts
        jobs.defer_build(package.pk, campaign_id=package.campaign_id, wait=wait)
        return
    package.fault = fault
    package.save(update_fields=["fault"])


@transaction.atomic
def run_again(*, package_id: UUID, by: Account, now: datetime) -> Package:
    """Give a package that was given up, or whose job is lost, a new set of attempts. Raises
    NothingToRepeat."""
    package = _locked(package_id)
    lost = not package.fault and not jobs.build_is_queued(package.pk)
    if package.built_at is not None or not (package.fault or lost):
        raise NothingToRepeat
    fault, package.fault, package.attempts = package.fault, "", 0
    package.started_at = None
    package.save(update_fields=["fault", "attempts", "started_at"])
    records.write(
        now=now,
        act="package.run-again",
        thing="package",
        thing_id=package.pk,
        actor=by,
        campaign_id=package.campaign_id,
        details={"fault": fault},
    )
    jobs.defer_build(package.pk, campaign_id=package.campaign_id)
    return package


@transaction.atomic
def renew(*, campaign_id: UUID, now: datetime) -> None:
    """A work left the public: what is on show is built again at once, if anything is on show."""
    if Package.objects.filter(campaign_id=campaign_id, online=True).exists():
        request(campaign_id=campaign_id, by=None, now=now)


def when_left(event: EntryLeft) -> None:
    _changed(event.entry_id, event.at)


def when_merged(event: EntryMerged) -> None:
    """The one that stays names another unit now."""
    _changed(event.into_id, event.at)


def _changed(entry_id: UUID, at: datetime) -> None:
    """Only a work that was published can stand in a package."""
    entry = Entry.objects.filter(pk=entry_id, publication__isnull=False).first()
    if entry is not None:
        renew(campaign_id=entry.campaign_id, now=at)


def _locked(package_id: UUID) -> Package:
    return (
        Package.objects.select_for_update(no_key=True, of=("self",))
        .select_related("campaign")
        .get(pk=package_id)
    )
