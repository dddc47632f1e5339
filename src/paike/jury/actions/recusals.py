"""A juror does not mark a work: declared by the juror, or found by Paike."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.entries.queries import race
from paike.jury.models import Panel, Recusal, Seat
from paike.jury.queries import conflicts, seats
from paike.kernel.text import Text

AUTOMATIC = "own work or own branch"


class ReasonNeeded(Exception):
    text = Text("请写明回避的原因。", "Please say why you step aside.")


class Sealed(Exception):
    """The seat's sheets are sealed and stay as they are."""

    text = Text(
        "您已经封卷，分数不能再改。",
        "Your sheets are sealed and can't be changed any more.",
    )


class NotInTheRace(Exception):
    """There is no such work on the pile."""

    text = Text("这部作品不在评审范围内。", "This work is not among those to be marked.")


class NotDeclared(Exception):
    """Only what the juror declared can be taken back; what Paike found can't."""

    text = Text(
        "系统判定的回避不能撤销。如有误，请联系主办方。",
        "A recusal found by the system can't be taken back. If it is wrong, tell the organiser.",
    )


@transaction.atomic
def declare(*, seat_id: UUID, entry_id: UUID, reason: str, by: Account, now: datetime) -> Recusal:
    """The juror steps aside from a work. A sheet begun for it stays on record and does not count.
    Raises ReasonNeeded, NotInTheRace, Sealed."""
    if not reason.strip():
        raise ReasonNeeded
    seat = _open(seat_id)
    if not race.of_campaign(seat.panel.campaign_id).filter(id=entry_id).exists():
        raise NotInTheRace
    recusal, new = Recusal.objects.get_or_create(
        seat=seat,
        entry_id=entry_id,
        defaults={"automatic": False, "reason": reason.strip(), "at": now},
    )
    if new:
        _audit("juror.recused", seat, entry_id, by=by, now=now)
    return recusal


@transaction.atomic
def take_back(*, seat_id: UUID, entry_id: UUID, by: Account, now: datetime) -> None:
    """The juror declared it by mistake. Raises NotDeclared, Sealed."""
    seat = _open(seat_id)
    recusal = seats.recusal(seat=seat, entry_id=entry_id)
    if recusal is None:
        return
    if recusal.automatic:
        raise NotDeclared
    recusal.delete()
    _audit("juror.recusal-taken-back", seat, entry_id, by=by, now=now)


@transaction.atomic
def sweep(*, panel: Panel, now: datetime) -> int:
    """Step every juror aside from works they are bound to; returns how many recusals are new."""
    found = 0
    for seat in panel.seats.filter(accepted_at__isnull=False).select_related("account", "panel"):
        found += sweep_seat(seat=seat, now=now)
    return found


@transaction.atomic
def sweep_seat(*, seat: Seat, now: datetime) -> int:
    """The same for one seat."""
    if seat.account is None:
        return 0
    new = 0
    for entry_id in conflicts.of_juror(account=seat.account, campaign_id=seat.panel.campaign_id):
        _, created = Recusal.objects.get_or_create(
            seat=seat,
            entry_id=entry_id,
            defaults={"automatic": True, "reason": AUTOMATIC, "at": now},
        )
        if created:
            new += 1
            _audit("juror.recused", seat, entry_id, by=None, now=now)
    return new


def lock(seat_id: UUID) -> Seat:
    """The seat, locked, and its panel as it is now. The panel is read after the lock, in a
    statement of its own: a join would show it as it was when the waiting began."""
    seat = Seat.objects.select_for_update(no_key=True).get(id=seat_id)
    seat.panel = Panel.objects.select_related("campaign").get(id=seat.panel_id)
    return seat


def _open(seat_id: UUID) -> Seat:
    seat = lock(seat_id)
    if seat.sealed_at is not None or seat.panel.closed_at is not None:
        raise Sealed
    return seat


def _audit(act: str, seat: Seat, entry_id: UUID, *, by: Account | None, now: datetime) -> None:
    records.write(
        now=now,
        act=act,
        thing="seat",
        thing_id=seat.pk,
        actor=by,
        role="juror" if by else "",
        campaign_id=seat.panel.campaign_id,
        details={"entry": str(entry_id), "seat": seat.number},
    )
