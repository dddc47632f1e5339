"""The ballot check as files, without personal data."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from paike.kernel import clock
from paike.voting.models import Quarantine
from paike.voting.queries import standings
from paike.web.organiser import forensic_looks, scope
from paike.web.shared import gate, sheets


@require_safe
@gate.open_to(gate.strong)
def findings(request: HttpRequest, slug: str) -> HttpResponse:
    """The findings as CSV."""
    look = forensic_looks.latest(scope.campaign(request, slug), now=clock.now())
    language = get_language() or "zh-hans"
    head = [_("编号"), _("作品"), _("疑点"), _("类别"), _("选票"), _("说明")]
    rows = [
        [
            line.finding.work, line.title, line.name.in_language(language),
            line.family.in_language(language), line.finding.ballots,
            line.words.in_language(language),
        ]
        for line in look.lines()
    ]  # fmt: skip
    return _file(sheets.as_csv(head, rows), f"{slug}-findings.csv", "text/csv; charset=utf-8")


@require_safe
@gate.open_to(gate.strong)
def ranking(request: HttpRequest, slug: str) -> HttpResponse:
    """Every work's votes and rank with the suspect ballots and without, as CSV."""
    look = forensic_looks.latest(scope.campaign(request, slug), now=clock.now())
    gate.require(look.is_open)
    head = [_("编号"), _("作品"), _("票数"), _("可疑"), _("其余"), _("名次"), _("去掉后")]
    keys = ("number", "title", "votes", "lost", "without", "rank", "rank_without")
    rows = [[one[key] for key in keys] for one in look.ranking()]
    return _file(sheets.as_csv(head, rows), f"{slug}-ranking.csv", "text/csv; charset=utf-8")


@require_safe
@gate.open_to(gate.strong)
def data(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything the pages draw, as JSON, with the evidence of every quarantine."""
    campaign = scope.campaign(request, slug)
    look = forensic_looks.latest(campaign, now=clock.now())
    body = {
        "format": "paike-forensics-1",
        "campaign": campaign.slug,
        "looked_at": look.run.finished_at.isoformat()
        if look.run and look.run.finished_at
        else None,
        "picture": look.picture,
        "findings": [
            {"detector": one.detector, "family": one.family, "work": one.work,
             "ballots": one.ballots, "explained": one.explained, "figures": look.figures(one)}
            for one in look.findings
        ],
        "quarantines": [
            {"id": str(one.pk), "work": one.work, "at": one.at.isoformat(), "ballots": one.ballots,
             "state": standings.of_quarantine(one), "evidence_sha256": one.evidence_sha256}
            | _evidence(one, look)
            for one in standings.quarantines(campaign.pk)
        ],
    }  # fmt: skip
    text = json.dumps(body, ensure_ascii=False, indent=1).encode()
    return _file(text, f"{slug}-forensics.json", "application/json")


def _evidence(of: Quarantine, look: forensic_looks.Look) -> dict[str, object]:
    return {"evidence": json.loads(of.evidence)} if look.is_open else {}


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
