"""推荐表: the list as a paper to sign and stamp. No personal data; a draft says that it is one."""

from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from paike.campaigns.queries import campaigns
from paike.campaigns.rules.rulebook import Rulebook
from paike.entries.models import Version
from paike.entries.queries import entries, mergers
from paike.media.queries import inspections
from paike.review import access
from paike.review.models import RecommendationList
from paike.review.queries import recommendation_lists as queries
from paike.web.shared import gate, moments, typesetting

SOURCE = Path(__file__).parent / "typst" / "list.typ"


@require_safe
@gate.open_to(gate.strong)
def show(request: HttpRequest, list_id: UUID) -> HttpResponse:
    kept = gate.find(queries.by_id(list_id))
    gate.require(access.may_read_list(gate.account(request), kept))
    answer = HttpResponse(pdf(kept), content_type="application/pdf")
    name = f"推荐表-{kept.body.short_name}.pdf"
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    return answer


def pdf(kept: RecommendationList) -> bytes:
    """The paper of a list; a watermark until it is submitted."""
    return typesetting.pdf(SOURCE, _data(kept))


def _data(kept: RecommendationList) -> dict[str, Any]:
    rulebook = campaigns.rulebook_of(kept.campaign)
    ranking = queries.ranking_of(kept)
    versions = entries.latest_versions([*ranking.ranked, *ranking.reserve])
    credited = mergers.credited(
        {one: str(version.snapshot.get("credit", "")) for one, version in versions.items()}
    )
    zone = ZoneInfo(rulebook.timezone)
    submitted = kept.submitted_at.astimezone(zone) if kept.submitted_at else None

    def rows(ids: tuple[UUID, ...]) -> list[dict[str, Any]]:
        return [
            _row(at, versions[one], rulebook) | {"credit": credited[one]}
            for at, one in enumerate(ids, start=1)
        ]

    return {
        "title": f"{kept.body.name}作品推荐表",
        "call": rulebook.name.zh,
        "body": kept.body.name,
        "least": kept.quota_min,
        "most": kept.quota_max,
        "draft": submitted is None,
        "submitted": f"{submitted:%Y年%m月%d日 %H:%M}" if submitted else "尚未提交",
        "code": kept.check_code if submitted else "提交后生成",
        "qr": _qr(kept.check_code),
        "ranked": rows(ranking.ranked),
        "reserve": rows(ranking.reserve),
    }


def _row(place: int, version: Version, rulebook: Rulebook) -> dict[str, Any]:
    themes = {theme.key: theme.name.zh for theme in rulebook.themes}
    report = inspections.report_of(version.inspection)
    milliseconds = (report.facts if report else {}).get("duration_ms")
    return {
        "place": place,
        "number": str(version.entry.number or ""),
        "title": version.composed_title,
        "theme": themes.get(version.snapshot.get("theme", ""), ""),
        "duration": moments.duration(milliseconds / 1000).zh if milliseconds else "",
    }


def _qr(code: str) -> str:
    """Leads to the page on which anybody can check the paper."""
    try:
        path = reverse("paper-check", args=[code])
    except NoReverseMatch:
        path = f"/check/{code}/"
    return typesetting.qr_svg(f"{settings.PUBLIC_URL}{path}")
