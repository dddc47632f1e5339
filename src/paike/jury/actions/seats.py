"""Jurors come, decline, seal and leave; their sheets stay."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.jury.actions import commitments, panels, recusals
from paike.jury.models import Panel, Seat
from paike.jury.queries import panels as panel_queries
from paike.jury.queries import seats
from paike.kernel.text import Text
from paike.orgs import access as orgs_access

VALID_FOR = timedelta(days=14)


class InvitationOver(Exception):
    """The link was used, declined, replaced, or its 14 days are over."""

    text = Text(
        "这条邀请链接已失效（已使用、已谢绝或超过 14 天）。请联系主办方重新发送。",
        "This invitation is over (used, declined, or older than 14 days). Ask the organiser for a "
        "new one.",
    )


class AlreadyOnPanel(Exception):
    text = Text("这个账号已经是本评审团的评委。", "This account sits on the panel already.")


class NotNeutral(Exception):
    """Organisers and editors see names, units and figures: their marks would not be blind."""

    text = Text(
        "主办方和编辑的账号能看到作者、单位和票数，不能担任评委。请换用其他账号接受邀请。",
        "Organisers and editors see authors, units and votes, so they can't be jurors. Accept with "
        "another account.",
    )


class NotComplete(Exception):
    """Works without a complete sheet remain; sealing would leave them out."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.text = Text(
            "还有 {left} 部作品没有评完，暂时不能封卷。",
            "{left} works still lack marks, so you can't seal yet.",
        ).fill(left=left)
        super().__init__(self.text.zh)


@transaction.atomic
def invite(*, panel_id: UUID, name: str, by: Account, now: datetime) -> tuple[Seat, str]:
    """A new seat and the token of its one-time link, which is shown once. Raises PanelClosed."""
    panel = panels.lock(panel_id)
    token = secrets.token_urlsafe(24)
    last = panel.seats.aggregate(last=Max("number"))["last"] or 0
    seat = Seat.objects.create(
        panel=panel,
        number=last + 1,
        name=name.strip(),
        token_hash=seats.token_hash(token),
        invited_at=now,
        invited_by=by,
        expires_at=now + VALID_FOR,
    )
    _audit("juror.invited", seat, by=by, role="organiser", now=now)
    return seat, token


@transaction.atomic
def invite_again(*, seat_id: UUID, by: Account, now: datetime) -> tuple[Seat, str]:
    """A new link for a seat nobody has taken; the old one is over. Raises PanelClosed,
    InvitationOver."""
    seat = _lock(seat_id)
    if seat.accepted_at or seat.left_at:
        raise InvitationOver
    token = secrets.token_urlsafe(24)
    seat.token_hash, seat.declined_at = seats.token_hash(token), None
    seat.invited_at, seat.expires_at = now, now + VALID_FOR
    seat.save(update_fields=["token_hash", "declined_at", "invited_at", "expires_at"])
    _audit("juror.invited", seat, by=by, role="organiser", now=now)
    return seat, token


@transaction.atomic
def accept(*, token: str, account: Account, now: datetime) -> Seat:
    """The invited person takes the seat with an account; works bound to the juror are recused at
    once. Raises InvitationOver, AlreadyOnPanel, NotNeutral, PanelClosed."""
    seat = _pending(token, now=now)
    if orgs_access.is_organiser(account) or orgs_access.is_editor(account):
        raise NotNeutral
    if seats.of_juror(panel_id=seat.panel_id, account=account) is not None:
        raise AlreadyOnPanel
    seat.account, seat.accepted_at = account, now
    seat.save(update_fields=["account", "accepted_at"])
    recusals.sweep_seat(seat=seat, now=now)
    _audit("juror.accepted", seat, by=account, role="juror", now=now)
    return seat


@transaction.atomic
def decline(*, token: str, now: datetime) -> Seat:
    """The invited person does not come. Raises InvitationOver, PanelClosed."""
    seat = _pending(token, now=now)
    seat.declined_at = now
    seat.save(update_fields=["declined_at"])
    _audit("juror.declined", seat, by=None, role="", now=now)
    return seat


@transaction.atomic
def leave(*, seat_id: UUID, reason: str, by: Account, now: datetime) -> Seat:
    """The organiser releases a juror mid-round; complete sheets stay and count. A seat nobody has
    taken is just closed. Raises PanelClosed."""
    seat = _lock(seat_id)
    if seat.left_at is None:
        seat.left_at = now
        seat.save(update_fields=["left_at"])
        _audit("juror.left", seat, by=by, role="organiser", now=now, reason=reason.strip())
    return seat


@transaction.atomic
def seal(*, seat_id: UUID, by: Account, now: datetime) -> Seat:
    """The juror is done: every work not recused has a complete sheet, and none changes any more
    without being found: the pile is committed to. Raises PanelClosed, NotComplete."""
    seat = _lock(seat_id)
    recusals.sweep_seat(seat=seat, now=now)
    mine = next(each for each in panel_queries.progress(seat.panel) if each.seat.pk == seat.pk)
    if not mine.progress.is_complete:
        raise NotComplete(mine.progress.left)
    if seat.sealed_at is None:
        seat.sealed_at = now
        seat.save(update_fields=["sealed_at"])
        commitments.commit(seat=seat, now=now)
        _audit("sheets.sealed", seat, by=by, role="juror", now=now)
    return seat


def reopen_for_new_work(*, panel: Panel, now: datetime) -> int:
    """A work came onto the shortlist after jurors had sealed: their seats are open again for it,
    with every earlier sheet as it was. Returns how many."""
    reopened = 0
    for each in panel_queries.progress(panel):
        seat = each.seat
        if seat.sealed_at is not None and seat.left_at is None and not each.progress.is_complete:
            seat.sealed_at = None
            seat.save(update_fields=["sealed_at"])
            _audit("sheets.reopened", seat, by=None, role="", now=now)
            reopened += 1
    return reopened


def _pending(token: str, *, now: datetime) -> Seat:
    """The seat of a live invitation, locked. Raises InvitationOver, PanelClosed."""
    known = seats.by_token(token)
    if known is None:
        raise InvitationOver
    seat = _lock(known.pk)
    is_replaced = seat.token_hash != known.token_hash
    if is_replaced or seat.accepted_at or seat.declined_at or seat.left_at:
        raise InvitationOver
    if now >= seat.expires_at:
        raise InvitationOver
    return seat


def _lock(seat_id: UUID) -> Seat:
    """The seat, locked, its panel before it: everybody locks in this order. Raises PanelClosed."""
    panels.lock(Seat.objects.values_list("panel_id", flat=True).get(id=seat_id))
    return (
        Seat.objects.select_for_update(no_key=True, of=["self"])
        .select_related("panel")
        .get(id=seat_id)
    )


def _audit(
    act: str, seat: Seat, *, by: Account | None, role: str, now: datetime, reason: str = ""
) -> None:
    records.write(
        now=now,
        act=act,
        thing="seat",
        thing_id=seat.pk,
        actor=by,
        role=role,
        campaign_id=seat.panel.campaign_id,
        details={"seat": seat.number} | ({"reason": reason} if reason else {}),
    )
