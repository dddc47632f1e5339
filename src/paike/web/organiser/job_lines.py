"""What is done in the background, as lines of one form: each kind of work is a row of `KINDS`."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from paike.accounts.actions import letters
from paike.accounts.models import Account, OneTimeCode
from paike.accounts.queries import codes
from paike.exhibition.actions import builds
from paike.exhibition.models import Package
from paike.exhibition.queries import packages
from paike.kernel.text import Text
from paike.media.actions import inspections as inspection_actions
from paike.media.actions import renditions as rendition_actions
from paike.media.models import Inspection, Rendition
from paike.media.queries import inspections, renditions
from paike.notify.actions import deliveries as delivery_actions
from paike.notify.models import Delivery
from paike.notify.queries import deliveries
from paike.web.shared.cards import Chip

OVERDUE = timedelta(minutes=10)
SHOWN = 100  # of each kind; the count says how many there are
ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+|\+?\d{7,}")

WAITING = Chip(Text("等待中", "Waiting"), "neutral", "hourglass")
RUNNING = Chip(Text("进行中", "Under way"), "progress", "loader-circle")
OVERDUE_CHIP = Chip(Text("超时", "Overdue"), "hint", "triangle-alert")
FAILED = Chip(Text("失败", "Failed"), "bad", "circle-x")

CHANNELS = {"mail": Text("邮件", "Mail"), "sms": Text("短信", "SMS")}
REFUSALS = (
    inspection_actions.NothingToRepeat,
    rendition_actions.NothingToRepeat,
    delivery_actions.NothingToRepeat,
    builds.NothingToRepeat,
)


class Unknown(Exception):
    """There is no such job."""


GIVEN_UP = ~Q(fault="")


@dataclass(frozen=True)
class Line:
    """A piece of work that is not done."""

    id: UUID
    about: Text | str
    chip: Chip
    since: datetime
    attempts: int
    progress: int | None
    fault: str
    again: bool  # somebody may run it again
    entry_id: UUID | None = None
    number: int | None = None  # of the work, where it may be opened


@dataclass(frozen=True)
class Kind:
    """A kind of work: how to find what is not done, how fast it goes, how to run one again."""

    name: Text
    icon: str
    unfinished: Callable[[], QuerySet[Any]]
    done_since: Callable[[datetime], int]
    line: Callable[[Any, datetime], Line]
    run_again: Callable[[UUID, Account, datetime], object] | None
    failed: Q = GIVEN_UP


@dataclass(frozen=True)
class Shelf:
    """A kind with its lines, the failed ones first."""

    key: str
    name: Text
    icon: str
    lines: Sequence[Line]
    failed: int
    open: int
    done_in_hour: int


def shelves(now: datetime) -> list[Shelf]:
    """Every kind with what is not done."""
    return [_shelf(key, kind, now) for key, kind in KINDS.items()]


def numbered(shelf: Shelf, numbers: Mapping[UUID, int]) -> Shelf:
    """The shelf with the numbers of the works its lines are about."""
    lines = [
        replace(line, number=numbers.get(line.entry_id)) if line.entry_id else line
        for line in shelf.lines
    ]
    return replace(shelf, lines=lines)


def run_again(kind: str, job_id: UUID, *, by: Account, now: datetime) -> None:
    """Run one again. Raises Unknown or one of REFUSALS."""
    found = KINDS.get(kind)
    if found is None or found.run_again is None:
        raise Unknown(kind)
    found.run_again(job_id, by, now)


def _shelf(key: str, kind: Kind, now: datetime) -> Shelf:
    found = kind.unfinished()
    failed = found.filter(kind.failed)
    rows = [*failed[:SHOWN], *found.exclude(kind.failed)[:SHOWN]][:SHOWN]
    return Shelf(
        key=key,
        name=kind.name,
        icon=kind.icon,
        lines=[kind.line(row, now) for row in rows],
        failed=failed.count(),
        open=found.count(),
        done_in_hour=kind.done_since(now - timedelta(hours=1)),
    )


def _chip(now: datetime, *, failed: bool, since: datetime, running: bool = False) -> Chip:
    if failed:
        return FAILED
    if now - since > OVERDUE:
        return OVERDUE_CHIP
    return RUNNING if running else WAITING


def _inspection_line(row: Inspection, now: datetime) -> Line:
    failed = bool(row.fault)
    chip = _chip(now, failed=failed, since=row.requested_at, running=row.started_at is not None)
    return Line(
        id=row.pk,
        about=str(row.film_id)[:8],
        chip=chip,
        since=row.requested_at,
        attempts=row.attempts,
        progress=None,
        fault=row.fault,
        again=chip in (FAILED, OVERDUE_CHIP),
        entry_id=row.film.upload.subject_id,
    )


def _rendition_line(row: Rendition, now: datetime) -> Line:
    """The copies of a film are one job, named by the film."""
    failed = bool(row.fault)
    chip = _chip(now, failed=failed, since=row.requested_at, running=row.started_at is not None)
    return Line(
        id=row.film_id,
        about=str(row.film_id)[:8],
        chip=chip,
        since=row.requested_at,
        attempts=row.attempts,
        progress=None if failed else row.progress,
        fault=row.fault,
        again=chip in (FAILED, OVERDUE_CHIP),
        entry_id=row.film.upload.subject_id,
    )


def _delivery_line(row: Delivery, now: datetime) -> Line:
    chip = _chip(now, failed=row.given_up_at is not None, since=row.created_at)
    return Line(
        id=row.pk,
        about=CHANNELS.get(row.channel, row.channel),
        chip=chip,
        since=row.created_at,
        attempts=row.tries,
        progress=None,
        fault=ADDRESS.sub("***", row.fault),  # servers quote the address
        again=chip in (FAILED, OVERDUE_CHIP),
    )


def _package_line(row: Package, now: datetime) -> Line:
    begun = row.started_at
    failed, since = bool(row.fault), begun or row.requested_at
    chip = _chip(now, failed=failed, since=since, running=begun is not None)
    return Line(
        id=row.pk,
        about=row.campaign.slug,
        chip=chip,
        since=row.requested_at,
        attempts=row.attempts,
        progress=None if row.fault else row.progress,
        fault=row.fault,
        again=chip in (FAILED, OVERDUE_CHIP),
    )


def _code_line(row: OneTimeCode, now: datetime) -> Line:
    return Line(
        id=row.pk,
        about=CHANNELS["sms"] if row.kind == "phone" else CHANNELS["mail"],
        chip=FAILED if row.fault else WAITING,
        since=row.sent_at,
        attempts=0,
        progress=None,
        fault=ADDRESS.sub("***", row.fault),
        again=False,  # the person asks for another one
    )


def _inspect_again(inspection_id: UUID, by: Account, now: datetime) -> None:
    found = inspections.by_id(inspection_id)
    if found is None:
        raise Unknown(inspection_id)
    inspection_actions.run_again(inspection=found, by=by, now=now)


def _render_again(film_id: UUID, by: Account, now: datetime) -> None:
    film = renditions.film(film_id)
    if film is None:
        raise Unknown(film_id)
    rendition_actions.run_again(film=film, by=by, now=now)


def _deliver_again(delivery_id: UUID, by: Account, now: datetime) -> None:
    if deliveries.by_id(delivery_id) is None:
        raise Unknown(delivery_id)
    letters.deliver_again(delivery_id=delivery_id, by=by, now=now)


def _build_again(package_id: UUID, by: Account, now: datetime) -> None:
    if packages.by_id(package_id) is None:
        raise Unknown(package_id)
    builds.run_again(package_id=package_id, by=by, now=now)


KINDS = {
    "inspections": Kind(
        name=Text("影片检测", "Film checks"),
        icon="scan-search",
        unfinished=inspections.unfinished,
        done_since=inspections.finished_since,
        line=_inspection_line,
        run_again=_inspect_again,
    ),
    "renditions": Kind(
        name=Text("影片转码", "Film copies"),
        icon="film",
        unfinished=renditions.unfinished,
        done_since=renditions.finished_since,
        line=_rendition_line,
        run_again=_render_again,
    ),
    "deliveries": Kind(
        name=Text("邮件和短信", "Mail and SMS"),
        icon="mail",
        unfinished=deliveries.unsent,
        done_since=deliveries.sent_since,
        line=_delivery_line,
        run_again=_deliver_again,
        failed=Q(given_up_at__isnull=False),
    ),
    "codes": Kind(
        name=Text("登录验证码", "Sign-in codes"),
        icon="key-round",
        unfinished=codes.undelivered,
        done_since=codes.delivered_since,
        line=_code_line,
        run_again=None,
    ),
    "packages": Kind(
        name=Text("展播", "Exhibition"),
        icon="clapperboard",
        unfinished=packages.unfinished,
        done_since=packages.built_since,
        line=_package_line,
        run_again=_build_again,
    ),
}
