"""Marks, one at a time, as the juror makes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.campaigns.rules.choosing import Criterion
from paike.entries.queries import race
from paike.jury.actions import panels, recusals
from paike.jury.models import Mark, Recusal, ScoreSheet, Seat
from paike.jury.queries import conflicts
from paike.jury.queries import panels as panel_queries
from paike.jury.rules import sheets
from paike.kernel.text import Text


class NotMarking(Exception):
    """Outside the stage in which the rulebook lets jurors mark."""

    text = Text(
        "现在不在评审阶段，分数没有保存。评审时间见规则页。",
        "The call is not in its judging stage, so the mark was not saved. See the rules for the "
        "dates.",
    )


class NotYourWork(Exception):
    """The work is not in the race, or the juror has stepped aside from it."""

    text = Text(
        "这部作品不在您的评分范围内（已回避或已退出）。",
        "This work is not yours to mark: you stepped aside from it, or it left the race.",
    )


class NoSuchCriterion(Exception):
    text = Text("没有这一评分项。请刷新页面。", "There is no such criterion. Reload the page.")


@dataclass(frozen=True)
class Saved:
    """What was saved. `conflict`: somebody on another device had changed the sheet since this one
    last read it; the mark given last stands."""

    sheet: ScoreSheet
    state: sheets.State
    conflict: bool


@transaction.atomic
def mark(
    *,
    seat_id: UUID,
    entry_id: UUID,
    criterion: str,
    typed: str,
    seen: int | None = None,
    now: datetime,
) -> Saved:
    """Save one mark as typed (empty takes it away). `seen`: the sheet's revision the page knows.

    Raises sheets.BadMark, NoSuchCriterion, NotMarking, NotYourWork, recusals.Sealed,
    panels.PanelClosed.
    """
    seat = _open_seat(seat_id, entry_id=entry_id, now=now)
    line = _criterion(seat, criterion)
    tenths = sheets.read_mark(typed, points=line.points)
    sheet = _sheet(seat, entry_id, now=now)
    _put(sheet, criterion, tenths)
    return _saved(sheet, seat, seen=seen, now=now)


@transaction.atomic
def fill(*, seat_id: UUID, entry_id: UUID, typed: Mapping[str, str], now: datetime) -> list[Text]:
    """Save a whole form, `typed` by criterion. What can't be read is told and keeps the mark it
    had; the others are saved. Raises as `mark` does, but for sheets.BadMark."""
    seat = _open_seat(seat_id, entry_id=entry_id, now=now)
    sheet, wrong = _sheet(seat, entry_id, now=now), []
    for key, text in typed.items():
        try:
            _put(sheet, key, sheets.read_mark(text, points=_criterion(seat, key).points))
        except sheets.BadMark as fault:
            wrong.append(fault.text)
    _saved(sheet, seat, seen=None, now=now)
    return wrong


@transaction.atomic
def comment(
    *, seat_id: UUID, entry_id: UUID, text: str, seen: int | None = None, now: datetime
) -> Saved:
    """Save the juror's comment on a work. Raises as `mark` does."""
    seat = _open_seat(seat_id, entry_id=entry_id, now=now)
    sheet = _sheet(seat, entry_id, now=now)
    sheet.comment = text.strip()
    return _saved(sheet, seat, seen=seen, now=now)


@transaction.atomic
def put_aside(*, seat_id: UUID, entry_id: UUID, later: bool, now: datetime) -> Saved:
    """Put a work on the pile for later, or take it back from there. Raises as `mark` does."""
    seat = _open_seat(seat_id, entry_id=entry_id, now=now)
    sheet = _sheet(seat, entry_id, now=now)
    sheet.later_at = now if later else None
    return _saved(sheet, seat, seen=None, now=now)


def _open_seat(seat_id: UUID, *, entry_id: UUID, now: datetime) -> Seat:
    """The seat, locked, if it may mark this work now."""
    seat = recusals.lock(seat_id)
    if seat.panel.closed_at is not None:
        raise panels.PanelClosed
    if seat.sealed_at is not None or seat.left_at is not None:
        raise recusals.Sealed
    if not stages.allows(campaigns.rulebook_of(seat.panel.campaign), "judge", now):
        raise NotMarking
    entry = race.of_campaign(seat.panel.campaign_id).filter(id=entry_id).first()
    if entry is None or Recusal.objects.filter(seat=seat, entry=entry).exists():
        raise NotYourWork
    if seat.account is None or conflicts.is_conflict(entry, account=seat.account):
        raise NotYourWork
    return seat


def _criterion(seat: Seat, key: str) -> Criterion:
    for criterion in panel_queries.scheme_of(seat.panel).criteria:
        if criterion.key == key:
            return criterion
    raise NoSuchCriterion


def _put(sheet: ScoreSheet, criterion: str, tenths: int | None) -> None:
    if tenths is None:
        Mark.objects.filter(sheet=sheet, criterion=criterion).delete()
    else:
        Mark.objects.update_or_create(sheet=sheet, criterion=criterion, defaults={"tenths": tenths})


def _sheet(seat: Seat, entry_id: UUID, *, now: datetime) -> ScoreSheet:
    sheet, _ = ScoreSheet.objects.get_or_create(
        seat=seat, entry_id=entry_id, defaults={"updated_at": now}
    )
    return sheet


def _saved(sheet: ScoreSheet, seat: Seat, *, seen: int | None, now: datetime) -> Saved:
    conflict = seen is not None and seen != sheet.revision
    sheet.revision += 1
    sheet.updated_at = now
    marks = dict(Mark.objects.filter(sheet=sheet).values_list("criterion", "tenths"))
    state = sheets.state(
        marks,
        criteria=panel_queries.criteria_of(seat.panel),
        recused=False,
        later=sheet.later_at is not None,
    )
    if state is sheets.State.COMPLETE:
        sheet.later_at = None
    sheet.save(update_fields=["revision", "updated_at", "comment", "later_at"])
    return Saved(sheet, state, conflict)
