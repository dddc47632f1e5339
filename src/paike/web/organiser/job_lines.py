"""What is done in the background, as lines of one form: each kind of work is a row of `KINDS`."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from paike.accounts.actions import letters
from paike.accounts.models import Account, OneTimeCode
from paike.accounts.queries import codes
from paike.exhibition.actions import builds
from paike.exhibition.models import Package
from paike.exhibition.queries import packages
from paike.kernel.text import Text
from paike.media.actions import conversions as conversion_actions
from paike.media.actions import examinations as examination_actions
from paike.media.actions import inspections as inspection_actions
from paike.media.actions import renditions as rendition_actions
from paike.media.models import Conversion, Examination, Inspection, Rendition
from paike.media.queries import conversions, examinations, inspections, renditions
from paike.notify.actions import deliveries as delivery_actions
from paike.notify.models import Delivery
from paike.notify.queries import deliveries
from paike.web.shared.cards import Chip

T = TypeVar("T")
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
    examination_actions.NothingToRepeat,
    conversion_actions.NothingToRepeat,
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
    oldest: datetime | None  # since when the oldest that did not fail waits


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
    under_way = found.exclude(kind.failed)
    oldest = under_way.first()
    rows = [*failed[:SHOWN], *under_way[:SHOWN]][:SHOWN]
    return Shelf(
        key=key,
        name=kind.name,
        icon=kind.icon,
        lines=[kind.line(row, now) for row in rows],
        failed=failed.count(),
        open=found.count(),
        done_in_hour=kind.done_since(now - timedelta(hours=1)),
        oldest=kind.line(oldest, now).since if oldest is not None else None,
    )


def _chip(now: datetime, *, failed: bool, since: datetime, running: bool = False) -> Chip:
    if failed:
        return FAILED
    if now - since > OVERDUE:
        return OVERDUE_CHIP
    return RUNNING if running else WAITING


def _inspection_line(row: Inspection, now: datetime) -> Line:
    return _film_line(row, now, named=row.pk)


def _examination_line(row: Examination, now: datetime) -> Line:
    """A full inspection is named by its gate."""
    return _film_line(row, now, named=row.inspection_id, progress=row.progress)


def _conversion_line(row: Conversion, now: datetime) -> Line:
    return _film_line(row, now, named=row.pk, progress=row.progress)


def _rendition_line(row: Rendition, now: datetime) -> Line:
    """The copies of a film are one job, named by the film."""
    return _film_line(row, now, named=row.film_id, progress=row.progress)


def _film_line(
    row: Inspection | Examination | Conversion | Rendition,
    now: datetime,
    *,
    named: UUID,
    progress: int | None = None,
) -> Line:
    failed = bool(row.fault)
    chip = _chip(now, failed=failed, since=row.requested_at, running=row.started_at is not None)
    return Line(
        id=named,
        about=str(row.film.pk)[:8],
        chip=chip,
        since=row.requested_at,
        attempts=row.attempts,
        progress=None if failed else progress,
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


def _known(found: T | None) -> T:
    if found is None:
        raise Unknown
    return found


def _inspect_again(inspection_id: UUID, by: Account, now: datetime) -> None:
    found = _known(inspections.by_id(inspection_id))
    inspection_actions.run_again(inspection=found, by=by, now=now)


def _examine_again(inspection_id: UUID, by: Account, now: datetime) -> None:
    found = _known(examinations.of(inspection_id))
    examination_actions.run_again(examination=found, by=by, now=now)


def _convert_again(conversion_id: UUID, by: Account, now: datetime) -> None:
    found = _known(conversions.by_id(conversion_id))
    conversion_actions.run_again(conversion=found, by=by, now=now)


def _render_again(film_id: UUID, by: Account, now: datetime) -> None:
    film = _known(renditions.film(film_id))
    rendition_actions.run_again(film=film, by=by, now=now)


def _deliver_again(delivery_id: UUID, by: Account, now: datetime) -> None:
    _known(deliveries.by_id(delivery_id))
    letters.deliver_again(delivery_id=delivery_id, by=by, now=now)


def _build_again(package_id: UUID, by: Account, now: datetime) -> None:
    _known(packages.by_id(package_id))
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
    "examinations": Kind(
        name=Text("全片细看", "Full inspections"),
        icon="eye",
        unfinished=examinations.unfinished,
        done_since=examinations.finished_since,
        line=_examination_line,
        run_again=_examine_again,
    ),
    "conversions": Kind(
        name=Text("影片转换", "Conversions"),
        icon="wand-sparkles",
        unfinished=conversions.unfinished,
        done_since=conversions.finished_since,
        line=_conversion_line,
        run_again=_convert_again,
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
