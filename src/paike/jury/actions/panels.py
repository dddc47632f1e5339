"""A panel from its making to its close."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.audit.models import Audience
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.jury.actions import commitments, recusals
from paike.jury.models import Panel, Seat
from paike.jury.queries import panels, standings
from paike.kernel.text import Text


class NoPanel(Exception):
    text = Text("评审团还没有成立。", "There is no panel yet.")


class PanelClosed(Exception):
    """The panel takes no more marks, jurors or changes."""

    text = Text(
        "评审团已经关闭，不能再改。结果由已完成的评分表算出。",
        "The panel is closed and can't be changed. The result comes from the completed sheets.",
    )


class JurorsAreLate(Exception):
    """Somebody has not sealed; closing over them needs a reason that the public can read."""

    text = Text(
        "还有评委没有封卷。若现在关闭，请写明原因（将公开）。",
        "Some jurors have not sealed their sheets. To close now, give a reason; it will be public.",
    )


class ShortOfQuorum(Exception):
    """Works with too few sheets: closing now would leave the result without a basis."""

    def __init__(self, works: dict[UUID, int], quorum: int) -> None:
        self.works = works
        self.text = Text(
            "有 {n} 部作品的有效评分不足 {quorum} 份，不能关闭。请增补评委或等待评分。",
            "{n} works have fewer than {quorum} completed sheets, so the panel can't close. Add "
            "jurors or wait for their marks.",
        ).fill(n=len(works), quorum=quorum)
        super().__init__(self.text.zh)


@transaction.atomic
def open_panel(*, campaign_id: UUID, by: Account, now: datetime) -> Panel:
    """The campaign's panel with the rulebook's scheme, frozen from here on; the same one again
    when it exists already."""
    campaign = Campaign.objects.select_for_update(no_key=True).get(id=campaign_id)
    existing = panels.of_campaign(campaign_id)
    if existing is not None:
        return existing
    rule = campaigns.rulebook_of(campaign).jury
    panel = Panel.objects.create(
        campaign=campaign, scheme=rule.model_dump(mode="json"), created_at=now, opened_at=now
    )
    records.write(
        now=now,
        act="panel.opened",
        thing="panel",
        thing_id=panel.pk,
        audience=Audience.PUBLIC,
        actor=by,
        role="organiser",
        campaign_id=campaign_id,
    )
    return panel


@transaction.atomic
def close(*, panel_id: UUID, reason: str, by: Account, now: datetime) -> Panel:
    """No more marks. Every complete sheet counts, those of late jurors too, and is committed to.

    Raises PanelClosed, JurorsAreLate (somebody has not sealed and no reason is given),
    ShortOfQuorum (a work in the race has too few complete sheets).
    """
    panel = lock(panel_id)
    # A mark that is being saved holds its seat's lock: it is in before the close, or refused after.
    list(panel.seats.select_for_update(no_key=True).order_by("number"))
    recusals.sweep(panel=panel, now=now)
    late = [seat.number for seat in _marking(panel) if seat.sealed_at is None]
    if late and not reason.strip():
        raise JurorsAreLate
    short = standings.short_of_quorum(panel)
    if short:
        raise ShortOfQuorum(short, panels.scheme_of(panel).quorum)
    commitments.commit_all(panel=panel, now=now)
    panel.closed_at, panel.closed_by, panel.closing_reason = now, by, reason.strip()
    panel.save(update_fields=["closed_at", "closed_by", "closing_reason"])
    records.write(
        now=now,
        act="panel.closed",
        thing="panel",
        thing_id=panel.pk,
        audience=Audience.PUBLIC,
        actor=by,
        role="organiser",
        campaign_id=panel.campaign_id,
        details={"late_seats": late, "reason": panel.closing_reason},
    )
    return panel


def lock(panel_id: UUID) -> Panel:
    """The panel, locked and still open. Raises PanelClosed."""
    panel = Panel.objects.select_for_update(no_key=True).get(id=panel_id)
    if panel.closed_at is not None:
        raise PanelClosed
    return panel


def _marking(panel: Panel) -> list[Seat]:
    """Seats whose jurors are at work."""
    return list(panel.seats.filter(accepted_at__isnull=False, left_at__isnull=True))
