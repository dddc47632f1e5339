"""The life of a film's renditions: asked for together, made together, each with its own row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.kernel import events
from paike.kernel.text import Text
from paike.media.actions import jobs
from paike.media.events import RenditionsReady
from paike.media.models import Rendition, RenditionKind
from paike.uploads.models import SealedObject

MAX_ATTEMPTS = 3
WAIT = timedelta(seconds=10)


class NothingToRepeat(Exception):
    """No rendition of this film was given up."""

    text = Text(
        zh="转码已完成或正在进行，不需要重新转码。",
        en="The copies are made or being made; there is nothing to repeat.",
    )


class NoSuchPoster(Exception):
    """It is no poster of this film, or not made yet."""

    text = Text(zh="没有这张封面。请刷新页面再选。", en="There is no such poster. Reload the page.")


@dataclass(frozen=True)
class Made:
    """A finished copy: where it is stored and what it is."""

    key: str
    sha256: str
    size: int
    width: int
    height: int


@transaction.atomic
def request(*, film: SealedObject, now: datetime) -> None:
    """Have all renditions of the film made. Asking again changes nothing."""
    SealedObject.objects.select_for_update(no_key=True).get(pk=film.pk)
    if Rendition.objects.filter(film=film).exists():
        return
    Rendition.objects.bulk_create(
        Rendition(film=film, kind=kind, requested_at=now) for kind in RenditionKind.values
    )
    jobs.defer_renditions(film.pk)


@transaction.atomic
def begin(*, film_id: UUID, now: datetime) -> SealedObject | None:
    """Start an attempt; None when all copies are there or the film was given up."""
    rows = _locked(film_id)
    missing = [row for row in rows if row.finished_at is None]
    if not missing or any(row.fault for row in missing):
        return None
    if missing[0].attempts >= MAX_ATTEMPTS:
        _give_up(rows, "The worker was lost at every attempt.")
        return None
    for row in missing:
        row.attempts, row.started_at, row.progress = row.attempts + 1, now, 0
        row.save(update_fields=["attempts", "started_at", "progress"])
    return SealedObject.objects.get(pk=film_id)


def report_progress(*, film_id: UUID, percent: int) -> None:
    """Say how far the copies are; shown to the waiting entrant."""
    Rendition.objects.filter(film_id=film_id, finished_at=None).update(progress=min(percent, 99))


@transaction.atomic
def finish(*, film_id: UUID, made: Mapping[str, Made], now: datetime) -> None:
    """Store what was made and tell those who wait. A second time changes nothing."""
    rows = [row for row in _locked(film_id) if row.finished_at is None]
    if not rows:
        return
    for row in rows:
        copy = made[row.kind]
        row.key, row.sha256, row.size = copy.key, copy.sha256, copy.size
        row.width, row.height = copy.width, copy.height
        row.progress, row.finished_at, row.fault = 100, now, ""
        row.save()
    events.publish(RenditionsReady(film_id, now))


@transaction.atomic
def choose_poster(*, film_id: UUID, rendition_id: UUID) -> Rendition:
    """One of the other candidates becomes the poster, and the poster one of the others. Raises
    NoSuchPoster."""
    rows = {row.pk: row for row in _locked(film_id) if row.key}
    poster = next((row for row in rows.values() if row.kind == RenditionKind.POSTER), None)
    wanted = rows.get(rendition_id)
    if poster is None or wanted is None or not wanted.kind.startswith("poster"):
        raise NoSuchPoster
    if wanted != poster:
        for field in ("key", "sha256", "size", "width", "height"):
            one, other = getattr(poster, field), getattr(wanted, field)
            setattr(poster, field, other)
            setattr(wanted, field, one)
        poster.save()
        wanted.save()
    return poster


@transaction.atomic
def stumble(*, film_id: UUID, fault: str, again: bool) -> None:
    """An attempt failed: try again in a while, or (`again` false, or too many) give up visibly."""
    rows = [row for row in _locked(film_id) if row.finished_at is None]
    if not rows:
        return
    if again and rows[0].attempts < MAX_ATTEMPTS:
        jobs.defer_renditions(film_id, wait=WAIT * rows[0].attempts)
        return
    _give_up(rows, fault)


@transaction.atomic
def run_again(*, film: SealedObject, by: Account | None, now: datetime) -> None:
    """Give renditions that were given up, or whose job is lost, a new set of attempts. Raises
    NothingToRepeat."""
    rows = [row for row in _locked(film.pk) if row.finished_at is None]
    if not any(row.fault for row in rows) and (not rows or jobs.renditions_are_queued(film.pk)):
        raise NothingToRepeat
    fault = rows[0].fault
    for row in rows:
        row.fault, row.attempts, row.progress = "", 0, 0
        row.save(update_fields=["fault", "attempts", "progress"])
    records.write(
        now=now,
        act="renditions.run-again",
        thing="film",
        thing_id=film.pk,
        actor=by,
        details={"fault": fault},
    )
    jobs.defer_renditions(film.pk)


def _locked(film_id: UUID) -> list[Rendition]:
    return list(
        Rendition.objects.select_for_update(no_key=True).filter(film_id=film_id).order_by("kind")
    )


def _give_up(rows: list[Rendition], fault: str) -> None:
    for row in rows:
        row.fault = fault
        row.save(update_fields=["fault"])
