"""Is this paper real? Certificates and recommendation lists, by the code printed on them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from paike.awards.models import Award, SupersededPaper
from paike.awards.queries import results
from paike.campaigns.queries import campaigns
from paike.entries.queries import entries
from paike.kernel import ids
from paike.kernel.text import Text
from paike.review.models import RecommendationList
from paike.review.queries import recommendation_lists
from paike.web.public import certificates
from paike.web.shared import cards, gate


@dataclass(frozen=True)
class NoLonger:
    """A certificate that was given and does not hold any more. Why is between the organiser and the
    entrant: a reason may name people."""

    number: str
    title: str
    award: cards.Words
    now: cards.Words  # what holds instead
    url: str


@require_safe
@gate.open_to(gate.anyone)
def check_form(request: HttpRequest) -> HttpResponse:
    """Type a code."""
    code = ids.read_code(request.GET.get("code", ""))
    if code:
        return redirect("paper-check", code[:16])
    return render(request, "public/paper_check.html", {"code": ""})


@require_safe
@gate.open_to(gate.anyone)
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What the paper with this code must say; clear words when it does not hold or never did."""
    plain = ids.read_code(code)
    certificate = certificates.by_code(plain)
    gone = None if certificate else _no_longer(plain)
    listed = None if certificate or gone else recommendation_lists.by_check_code(plain)
    is_known = bool(certificate or gone or listed)
    context = {
        "code": plain,
        "certificate": certificate,
        "gone": gone,
        "list": listed,
        "list_works": _listed(listed) if listed else [],
        "is_unknown": not is_known,
        "campaign": certificate.campaign if certificate else getattr(listed, "campaign", None),
    }
    return render(request, "public/paper_check.html", context, status=200 if is_known else 404)


@require_safe
@gate.open_to(gate.anyone)
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The certificate itself. It names nothing that the result page does not name."""
    plain = ids.read_code(code)
    found = gate.find(certificates.by_code(plain))
    url = request.build_absolute_uri(reverse("paper-check", args=[plain]))
    response = HttpResponse(certificates.pdf(found, check_url=url), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return response


def _no_longer(code: str) -> NoLonger | None:
    papers = results.by_check_code(code)
    if papers.award is not None and papers.award.revoked_at is not None:
        return _revoked(papers.award)
    return _superseded(papers.superseded) if papers.superseded else None


def _revoked(award: Award) -> NoLonger:
    rulebook = campaigns.rulebook_of(award.result.campaign)
    return NoLonger(
        number=award.number,
        title=_title(award),
        award=certificates.level_of(rulebook, award.level),
        now=Text("这部作品的奖项已被撤销。", "The award of this work has been revoked."),
        url="",
    )


def _superseded(paper: SupersededPaper) -> NoLonger:
    award = paper.award
    rulebook = campaigns.rulebook_of(award.result.campaign)
    level = certificates.level_of(rulebook, award.level)
    return NoLonger(
        number=paper.number,
        title=_title(award),
        award=certificates.level_of(rulebook, paper.level),
        now=Text(
            f"作品已依次递补为{level.zh}，请以新证书 {award.number} 为准。",
            f"The work moved up to: {level.en}. Certificate {award.number} holds instead.",
        ),
        url="" if award.revoked_at else reverse("paper-check", args=[award.check_code]),
    )


def _title(award: Award) -> str:
    return entries.composed_titles([award.entry_id]).get(award.entry_id, "")


def _listed(found: RecommendationList) -> list[str]:
    rows = [row for row in recommendation_lists.live(found.pk) if row.rank is not None]
    titles = entries.composed_titles(row.entry_id for row in rows)
    return [titles.get(row.entry_id, "") for row in rows]
