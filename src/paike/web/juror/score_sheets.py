"""A score sheet: the film in view, one mark at a time, each saved at once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.jury.actions import panels as panel_actions
from paike.jury.actions import recusals, score_sheets
from paike.jury.models import Panel, ScoreSheet
from paike.jury.queries import panels, seats
from paike.jury.rules import sheets
from paike.kernel import clock
from paike.media.queries import captions, renditions, storyboards
from paike.web.juror import piles
from paike.web.shared import cards, films, gate, media_links

REFUSALS = (
    sheets.BadMark,
    score_sheets.NotMarking,
    score_sheets.NotYourWork,
    score_sheets.NoSuchCriterion,
    recusals.Sealed,
    recusals.ReasonNeeded,
    recusals.NotDeclared,
    recusals.NotInTheRace,
    panel_actions.PanelClosed,
)


@require_safe
@never_cache
@gate.open_to(gate.strong)
def sheet(request: HttpRequest, panel_id: UUID, entry_id: UUID) -> HttpResponse:
    pile = piles.of_juror(gate.account(request), panel_id)
    row = gate.find(next((row for row in pile.rows if row.work.id == entry_id), None))
    seat = pile.seat
    rulebook = campaigns.rulebook_of(seat.panel.campaign)
    filled = seats.sheet(seat=seat, entry_id=entry_id)
    before, after = pile.neighbours(entry_id)
    is_open = (
        stages.allows(rulebook, "judge", clock.now())
        and seat.sealed_at is None
        and seat.panel.closed_at is None
    )
    context = {
        "campaign": seat.panel.campaign,
        "panel": seat.panel,
        "pile": pile,
        "row": row,
        "player": _player(row),
        "lines": _lines(seat.panel, filled),
        "sheet": filled,
        "revision": filled.revision if filled else 0,
        "recusal": seats.recusal(seat=seat, entry_id=entry_id),
        "before": before,
        "after": after,
        "next_open": pile.next_open(entry_id),
        "is_open": is_open,
        "is_later": row.state is sheets.State.LATER,
        "full": sum(c.points for c in panels.scheme_of(seat.panel).criteria),
    }
    return render(request, "juror/sheet.html", context)


@require_POST
@never_cache
@gate.open_to(gate.strong)
def marks(request: HttpRequest, panel_id: UUID, entry_id: UUID) -> HttpResponse:
    """Save. With `field` and `value` one mark, answered as JSON; without script the whole form."""
    seat = gate.find(seats.of_juror(panel_id=panel_id, account=gate.account(request)))
    if "field" in request.POST:
        return _save_one(request, seat.pk, panel_id, entry_id)
    criteria = panels.criteria_of(seat.panel)
    typed = {key: request.POST[key] for key in criteria if key in request.POST}
    try:
        wrong = score_sheets.fill(seat_id=seat.pk, entry_id=entry_id, typed=typed, now=clock.now())
        if "comment" in request.POST:
            _save(seat.pk, entry_id, "comment", request.POST["comment"], seen=None)
    except REFUSALS as refusal:
        wrong = [refusal.text]
    for text in dict.fromkeys(wrong):
        messages.error(request, text.in_language(get_language() or ""))
    return redirect("score-sheet", panel_id, entry_id)


@require_POST
@gate.open_to(gate.strong)
def later(request: HttpRequest, panel_id: UUID, entry_id: UUID) -> HttpResponse:
    """Put the work aside, or take it back; then on to the next one that wants marks."""
    account = gate.account(request)
    seat = gate.find(seats.of_juror(panel_id=panel_id, account=account))
    is_later = request.POST.get("later") == "1"
    try:
        score_sheets.put_aside(seat_id=seat.pk, entry_id=entry_id, later=is_later, now=clock.now())
    except REFUSALS as refusal:
        messages.error(request, refusal.text.in_language(get_language() or ""))
        return redirect("score-sheet", panel_id, entry_id)
    following = piles.of_juror(account, panel_id).next_open(entry_id) if is_later else entry_id
    return redirect("score-sheet", panel_id, following or entry_id)


@require_POST
@gate.open_to(gate.strong)
def recusal(request: HttpRequest, panel_id: UUID, entry_id: UUID) -> HttpResponse:
    """Step aside with a reason, or take that back."""
    account = gate.account(request)
    seat = gate.find(seats.of_juror(panel_id=panel_id, account=account))
    try:
        if request.POST.get("take_back"):
            recusals.take_back(seat_id=seat.pk, entry_id=entry_id, by=account, now=clock.now())
        else:
            recusals.declare(
                seat_id=seat.pk,
                entry_id=entry_id,
                reason=request.POST.get("reason", ""),
                by=account,
                now=clock.now(),
            )
    except REFUSALS as refusal:
        messages.error(request, refusal.text.in_language(get_language() or ""))
    return redirect("score-sheet", panel_id, entry_id)


def _save_one(request: HttpRequest, seat_id: UUID, panel_id: UUID, entry_id: UUID) -> HttpResponse:
    field, value = request.POST["field"], request.POST.get("value", "")
    seen = request.POST.get("seen", "")
    try:
        saved = _save(seat_id, entry_id, field, value, seen=int(seen) if seen.isdecimal() else None)
    except REFUSALS as refusal:
        said = refusal.text.in_language(get_language() or "")
        return JsonResponse({"ok": False, "message": said}, status=409)
    pile = piles.of_juror(gate.account(request), panel_id)
    row = next(row for row in pile.rows if row.work.id == entry_id)
    return JsonResponse(
        {
            "ok": True,
            "revision": saved.sheet.revision,
            "conflict": saved.conflict,
            "total": row.total or "–",
            "done": pile.progress.done,
            "left": pile.progress.left,
            "state": saved.state.value,
        }
    )


def _save(
    seat_id: UUID, entry_id: UUID, field: str, value: str, *, seen: int | None
) -> score_sheets.Saved:
    if field == "comment":
        return score_sheets.comment(
            seat_id=seat_id, entry_id=entry_id, text=value[:2000], seen=seen, now=clock.now()
        )
    return score_sheets.mark(
        seat_id=seat_id, entry_id=entry_id, criterion=field, typed=value, seen=seen, now=clock.now()
    )


def _player(row: piles.Row) -> cards.Player:
    film = row.work.film
    made = renditions.of([film.pk])[film.pk] if film else {}
    ready = [made[kind] for kind in ("film-576", "film-360") if kind in made and made[kind].key]
    return cards.Player(
        title=row.work.title,
        sources=[
            cards.Source(media_links.film(one), height=one.height, size=one.size) for one in ready
        ],
        poster=row.poster,
        captions=media_links.captions(captions.of_film(film.pk)) if film else "",
        board=films.board(storyboards.of_film(film.pk) if film else None),
    )


def _lines(panel: Panel, filled: ScoreSheet | None) -> list[dict[str, object]]:
    """The criteria with the marks given."""
    given = {mark.criterion: mark.tenths for mark in filled.marks.all()} if filled else {}
    return [
        {
            "criterion": criterion,
            "value": sheets.show_mark(given[criterion.key]) if criterion.key in given else "",
        }
        for criterion in panels.scheme_of(panel).criteria
    ]
