"""Works whose films show the same: side by side, what both entrants say, the decision. For
organisers and editors."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries.actions import disqualifications, mergers
from paike.entries.models import Version
from paike.kernel import clock
from paike.kernel.text import Text
from paike.review import access
from paike.review.actions import likeness_cases
from paike.review.models import LikenessAnswer, LikenessCase, LikenessOutcome
from paike.review.queries import likeness_cases as found
from paike.review.rules.refusals import Refusal
from paike.web.organiser import scope
from paike.web.shared import films, gate
from paike.web.shared.cards import Chip, Player

CHIPS = {
    "": Chip(Text("待决定", "To be decided"), "hint", "search"),
    "allowed": Chip(Text("都保留", "Both stay"), "good", "circle-check"),
    "returned": Chip(Text("一部退回修改", "One given back"), "hint", "undo-2"),
    "copy": Chip(Text("复制，一部退出", "A copy left"), "bad", "ban"),
    "merged": Chip(Text("已合并", "Merged"), "neutral", "network"),
}
KINDS = {
    "whole": Text("整部影片相同", "The whole film is the same"),
    "inside": Text("一部影片是另一部的一部分", "One film is a part of the other"),
    "excerpt": Text("有一段画面相同", "A passage is the same"),
    "sound": Text(
        "声音有一段相同，画面不同", "A passage of the sound is the same, not the pictures"
    ),
}
REFUSALS = (
    likeness_cases.NotAllowed,
    likeness_cases.ReasonMissing,
    likeness_cases.Decided,
    likeness_cases.WhichOne,
    disqualifications.NotInTheCall,
    mergers.NotInTheCall,
    Refusal,
)


@dataclass(frozen=True)
class Line:
    """A case in the list."""

    case: LikenessCase
    chip: Chip
    kind: Text | None


@dataclass(frozen=True)
class Side:
    """One of the two works. `starts`: the second at which the first shared stretch begins."""

    version: Version
    player: Player
    answer: LikenessAnswer | None
    starts: str


@dataclass(frozen=True)
class Passage:
    """A shared stretch: its beginning in both films, ready to jump to."""

    left: str
    right: str
    left_words: str
    right_words: str
    seconds: int
    speed: str
    mirrored: bool


@require_safe
@never_cache
@gate.open_to(gate.strong)
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """All cases of the call, those to be decided first."""
    campaign = _campaign(request, slug)
    lines = [Line(one, CHIPS[one.outcome], _kind(one)) for one in found.of_campaign(campaign.pk)]
    context = {
        "campaign": campaign,
        "open": [line for line in lines if not line.case.outcome],
        "closed": [line for line in lines if line.case.outcome],
    }
    return render(request, "organiser/likeness_cases.html", context)


@require_safe
@never_cache
@gate.open_to(gate.strong)
def show(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Both films, aligned in time."""
    case = _case(request, slug, case_id)
    return render(request, "organiser/likeness_case.html", _context(request, case))


@require_POST
@gate.open_to(gate.strong)
def decide(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """What it means. The reason that was typed stays when something is missing."""
    case = _case(request, slug, case_id)
    outcome = request.POST.get("outcome", "")
    gate.find(outcome if outcome in LikenessOutcome.values else None)
    try:
        likeness_cases.decide(
            case_id=case.pk,
            outcome=LikenessOutcome(outcome),
            out=_chosen(request.POST.get("out", "")),
            reason=request.POST.get("reason", "")[:2000],
            by=gate.account(request),
            now=clock.now(),
        )
    except REFUSALS as refusal:
        scope.say(request, refusal)
        typed = {"outcome": outcome, "out": request.POST.get("out", "")}
        typed["reason"] = request.POST.get("reason", "")
        context = _context(request, case) | {"typed": typed}
        return render(request, "organiser/likeness_case.html", context, status=422)
    return redirect("likeness-case", slug, case.pk)


def _campaign(request: HttpRequest, slug: str) -> Campaign:
    campaign = gate.find(campaigns.by_slug(slug))
    gate.require(access.may_judge_likeness(gate.account(request)))
    return campaign


def _case(request: HttpRequest, slug: str, case_id: UUID) -> LikenessCase:
    campaign = _campaign(request, slug)
    case = gate.find(found.by_id(case_id))
    return gate.find(case if case.campaign_id == campaign.pk else None)


def _chosen(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _kind(case: LikenessCase) -> Text | None:
    return KINDS[case.likeness.kind] if case.likeness is not None else None


def _context(request: HttpRequest, case: LikenessCase) -> dict[str, Any]:
    passages = _passages(case)
    answers = {one.entry_id: one for one in case.answers.all()}
    sides = [
        Side(
            version=version,
            player=films.player(film_id=version.film_id, title=version.composed_title),
            answer=answers.get(version.entry_id),
            starts=(passages[0].left if left else passages[0].right) if passages else "0",
        )
        for version, left in ((case.earlier, True), (case.later, False))
    ]
    return {
        "campaign": case.campaign,
        "case": case,
        "chip": CHIPS[case.outcome],
        "kind": _kind(case),
        "sides": sides,
        "passages": passages,
        "may_take_out": access.may_organise(gate.account(request)),
        "typed": {},
    }


def _passages(case: LikenessCase) -> list[Passage]:
    """The shared stretches, the work submitted first on the left. The likeness knows the films only,
    in the order in which they were signed."""
    if case.likeness is None:
        return []
    swapped = case.likeness.film_id != case.earlier.film_id
    found_passages = []
    for one in case.likeness.stretches:
        left, right = float(one["start"]), float(one["other_start"])
        speed = float(one["speed"])
        if swapped:
            left, right, speed = right, left, 1 / speed
        found_passages.append(
            Passage(
                left=f"{left:.2f}",
                right=f"{right:.2f}",
                left_words=_clock(left),
                right_words=_clock(right),
                seconds=round(float(one["end"]) - float(one["start"])),
                speed=f"{speed:.2f}",
                mirrored=bool(one["mirrored"]),
            )
        )
    return found_passages


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
