"""A work goes out after publication: its prize is revoked and the others move up in the published
order. No score is computed again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.audit.actions import records
from paike.audit.models import Audience
from paike.awards.actions import letters
from paike.awards.models import Award, Result, SupersededPaper
from paike.awards.rules import computation, ladder
from paike.awards.rules.race import Rung
from paike.entries.events import EntryLeft
from paike.entries.models import Entry
from paike.entries.queries import entries, race
from paike.kernel import ids
from paike.review.models import Shortlist


@transaction.atomic
def follow(*, entry_id: UUID, reason: str, now: datetime) -> list[Award]:
    """Revoke the work's award, if it has one, and fill its place. Returns the awards that moved
    up or were given anew; nothing happens before publication."""
    if _lock_shortlist(entry_id) is None:
        return []
    award = Award.objects.filter(entry_id=entry_id, revoked_at__isnull=True).first()
    if award is None:
        return []
    result = Result.objects.select_related("campaign").get(id=award.result_id)
    held = {
        each.entry_id: each
        for each in Award.objects.filter(result=result)
        .select_related("entry", "result", "result__campaign")
        .order_by("pk")
    }
    _revoke(held[entry_id], reason=reason, now=now)
    by_rank = computation.order(result.computation["steps"])
    order = [UUID(key) for tied in by_rank for key in tied]
    levels = ladder.refill(
        by_rank, out={str(key) for key in _out(order) | {entry_id}}, rungs=_rungs(result)
    )
    return _apply(result, held, order, levels, reason=reason, now=now)


@transaction.atomic
def when_left(event: EntryLeft) -> None:
    """A work was taken back, taken out, or stays under another number."""
    follow(entry_id=event.entry_id, reason=event.reason or event.how, now=event.at)


def _lock_shortlist(entry_id: UUID) -> Shortlist | None:
    """The lock that publishing takes too: a work that leaves at that moment is either not in the
    result, or its prize is revoked here; and two that leave are refilled one after the other."""
    shortlists = Shortlist.objects.select_for_update(no_key=True)
    return shortlists.filter(
        campaign__in=Entry.objects.filter(pk=entry_id).values("campaign")
    ).first()


def _rungs(result: Result) -> tuple[Rung, ...]:
    return tuple(Rung(r["key"], r["count"]) for r in result.computation["rules"]["ladder"])


def _out(order: list[UUID]) -> set[UUID]:
    """Works of the published order that have left the call since."""
    published = Entry.objects.filter(id__in=order)
    return set(published.exclude(race.still_in()).values_list("id", flat=True))


def _revoke(award: Award, *, reason: str, now: datetime) -> None:
    award.revoked_at, award.revoked_why = now, reason
    award.save(update_fields=["revoked_at", "revoked_why"])
    _audit("award.revoked", award, now=now)


def _apply(
    result: Result,
    held: dict[UUID, Award],
    order: list[UUID],
    levels: dict[str, str],
    *,
    reason: str,
    now: datetime,
) -> list[Award]:
    titles = entries.composed_titles(order)
    ranks = {step["id"]: step["rank"] for step in result.computation["steps"]}
    moved = []
    for key in order:
        level = levels.get(str(key))
        award = held.get(key)
        if level is None or (award is not None and award.level == level):
            continue
        if award is None:
            award = Award(result=result, entry_id=key, rank=ranks[str(key)])
        else:
            _keep_old_paper(award, reason=reason, now=now)
        award.level = level
        award.number = _next_number(result)
        award.check_code = ids.new_code()
        award.save()
        letters.announce(award, title=titles.get(key, ""), now=now)
        _audit("award.moved-up", award, now=now)
        moved.append(award)
    return moved


def _keep_old_paper(award: Award, *, reason: str, now: datetime) -> None:
    SupersededPaper.objects.create(
        award=award,
        level=award.level,
        number=award.number,
        check_code=award.check_code,
        at=now,
        reason=reason,
    )


def _next_number(result: Result) -> str:
    """Numbers of papers given after publication go on where those of the publication ended."""
    given = Award.objects.filter(result=result).count()
    replaced = SupersededPaper.objects.filter(award__result=result).count()
    head = f"{result.published_at.year}-{result.digest[:6].upper()}"
    return f"{head}-R{given + replaced + 1:03d}"


def _audit(act: str, award: Award, *, now: datetime) -> None:
    records.write(
        now=now,
        act=act,
        thing="award",
        thing_id=award.pk,
        audience=Audience.PUBLIC,
        campaign_id=award.result.campaign_id,
        entry_id=award.entry_id,
        details={"level": award.level, "rank": award.rank, "number": award.number},
    )
