"""Where the organiser looks into stuffed ballots."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules.rulebook import Sanction as Step
from paike.kernel import clock
from paike.kernel.text import Text
from paike.voting.models import DetectionRun, Finding, Quarantine, Ruling, Sanction
from paike.voting.queries import forensics, mobilisation_windows, standings
from paike.voting.rules import sanctioning
from paike.web.organiser import forensic_words, scope
from paike.web.shared import gate, sheets
from paike.web.shared.cards import Chip, Tile

CHIPS = {
    "quarantined": Chip(Text("待核实", "Set aside"), "hint", "search"),
    "released": Chip(Text("已恢复", "Released"), "good", "circle-check"),
    "void": Chip(Text("已作废", "Void"), "bad", "ban"),
}
ACTS = {
    "void-ballots": Text("仅作废选票", "ballots void only"),
    "pause-work": Text("暂停该作品投票 {n} 分钟", "voting for the work pauses for {n} minutes"),
    "zero-votes": Text("该作品票数清零", "the work's votes count as zero"),
    "disqualify": Text("取消该作品资格", "the work is disqualified"),
}


@dataclass(frozen=True)
class Case:
    """Ballots set aside together, what became of them and of the work, and what this person can do
    about them."""

    quarantine: Quarantine
    title: str
    chip: Chip
    detectors: list[Text]
    pending: Ruling | None
    ruling: Ruling | None
    may_void: bool
    may_confirm: bool
    next_step: Text | None
    fell: Text | None  # the step of the ladder that fell with the ruling


@dataclass(frozen=True)
class Line:
    """A finding in words."""

    finding: Finding
    title: str
    name: Text
    family: Text
    words: Text
    honest: Text


@require_safe
@never_cache
@gate.open_to(gate.strong)
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """What was found, what waits for a decision, and what the ranking is without it."""
    campaign = scope.campaign(request, slug)
    run = forensics.latest_run(campaign.pk)
    titles = forensics.titles(campaign.pk)
    cases = _cases(campaign, gate.account(request), titles)
    figures = standings.figures(campaign.pk)
    context = {
        "campaign": campaign,
        "run": run,
        "open": [one for one in cases if one.ruling is None],
        "closed": [one for one in cases if one.ruling is not None],
        "lines": _lines(run, titles),
        "ranking": _ranking(run, titles),
        "windows": mobilisation_windows.of_campaign(campaign.pk)[:50],
        "tiles": [
            Tile(f"{figures.accepted:,}", Text("选票", "Ballots"), Text("张", "")),
            Tile(f"{figures.valid:,}", Text("计入", "Counted"), Text("张", "")),
            Tile(
                f"{figures.ballots['quarantined']:,}", Text("待核实", "Set aside"), Text("张", "")
            ),
            Tile(f"{figures.ballots['released']:,}", Text("已恢复", "Released"), Text("张", "")),
            Tile(f"{figures.ballots['void']:,}", Text("已作废", "Void"), Text("张", "")),
        ],
    }
    return render(request, "organiser/forensics.html", context)


@require_safe
@never_cache
@gate.open_to(gate.strong)
def work(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One work: its hours, its company, its networks, its cases."""
    campaign = scope.campaign(request, slug)
    run = forensics.latest_run(campaign.pk)
    picture = _picture(run)["works"].get(str(number))
    titles = forensics.titles(campaign.pk)
    gate.find(titles.get(number))
    rule = campaigns.rulebook_of(campaign).ballot
    context = {
        "campaign": campaign,
        "run": run,
        "number": number,
        "title": titles[number],
        "picture": picture,
        "chart": picture and _chart(picture, rule.opens.timestamp()),
        "hours": picture and _hours(picture),
        "company": _company(picture, titles),
        "networks": _networks(picture),
        "lines": [one for one in _lines(run, titles) if one.finding.work == number],
        "cases": [
            one
            for one in _cases(campaign, gate.account(request), titles)
            if one.quarantine.work == number
        ],
        "opens": rule.opens,
    }  # fmt: skip
    return render(request, "organiser/forensics_work.html", context)


@require_safe
@gate.open_to(gate.strong)
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """The findings and the ranking as CSV, without personal data."""
    campaign = scope.campaign(request, slug)
    run = forensics.latest_run(campaign.pk)
    titles, language = forensics.titles(campaign.pk), get_language() or "zh-hans"
    head = [_("编号"), _("作品"), _("疑点"), _("类别"), _("选票"), _("说明")]
    rows = [
        [
            line.finding.work, line.title, line.name.in_language(language),
            line.family.in_language(language), line.finding.ballots,
            line.words.in_language(language),
        ]
        for line in _lines(run, titles)
    ]  # fmt: skip
    answer = HttpResponse(sheets.as_csv(head, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-findings.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@gate.open_to(gate.strong)
def data(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything the pages draw, as JSON, with the evidence of every quarantine."""
    campaign = scope.campaign(request, slug)
    run = forensics.latest_run(campaign.pk)
    body = {
        "format": "paike-forensics-1",
        "campaign": campaign.slug,
        "looked_at": run.finished_at.isoformat() if run and run.finished_at else None,
        "picture": run.picture if run else {},
        "findings": [
            {"detector": one.detector, "family": one.family, "work": one.work,
             "ballots": one.ballots, "explained": one.explained, "figures": one.figures}
            for one in (forensics.findings(run) if run else [])
        ],
        "quarantines": [
            {"id": str(one.pk), "work": one.work, "at": one.at.isoformat(), "ballots": one.ballots,
             "state": standings.of_quarantine(one), "evidence": json.loads(one.evidence),
             "evidence_sha256": one.evidence_sha256}
            for one in standings.quarantines(campaign.pk)
        ],
    }  # fmt: skip
    answer = HttpResponse(
        json.dumps(body, ensure_ascii=False, indent=1), content_type="application/json"
    )
    answer["Content-Disposition"] = f'attachment; filename="{slug}-forensics.json"'
    answer["Cache-Control"] = "no-store"
    return answer


def _cases(campaign: Campaign, account: Account, titles: dict[int, str]) -> list[Case]:
    now = clock.now()
    ladder = campaigns.rulebook_of(campaign).ballot.sanctions
    found = list(standings.quarantines(campaign.pk))
    offences: dict[int, int] = {}
    for one in found:
        held = standings.ruling_of(one)
        if held is not None and hasattr(held, "sanction"):
            offences[one.work] = offences.get(one.work, 0) + 1
    return [
        _case(one, account, titles, sanctioning.step(ladder, offences.get(one.work, 0) + 1), now)
        for one in found
    ]


def _case(
    one: Quarantine, account: Account, titles: dict[int, str], step: Step | None, now: datetime
) -> Case:
    pending, ruling = standings.pending_ruling(one), standings.ruling_of(one)
    return Case(
        quarantine=one,
        title=titles.get(one.work, ""),
        chip=CHIPS[standings.of_quarantine(one)],
        detectors=[forensic_words.name(key) for key in one.detectors],
        pending=pending,
        ruling=ruling,
        may_void=sanctioning.may_void(
            answered=hasattr(one, "explanation"), answer_until=one.answer_until, now=now
        ),
        may_confirm=pending is not None and pending.proposed_by_id != account.pk,
        next_step=ACTS[step.act].fill(n=step.minutes or 0)
        if step is not None and step.act != "void-ballots"
        else None,
        fell=_fell(getattr(ruling, "sanction", None)),
    )


def _fell(made: Sanction | None) -> Text | None:
    if made is None or made.act == "void-ballots":
        return None
    minutes = (made.until - made.at) // timedelta(minutes=1) if made.until else 0
    return ACTS[made.act].fill(n=minutes)


def _lines(run: DetectionRun | None, titles: dict[int, str]) -> list[Line]:
    return [
        Line(
            finding=one,
            title=titles.get(one.work, "") if one.work is not None else "",
            name=forensic_words.name(one.detector),
            family=forensic_words.family(one.family),
            words=forensic_words.of(one),
            honest=forensic_words.HONEST[one.detector],
        )
        for one in (forensics.findings(run) if run else [])
    ]


def _picture(run: DetectionRun | None) -> dict[str, Any]:
    empty: dict[str, Any] = {"ranking": [], "works": {}}
    return empty | (run.picture if run else {})


def _ranking(run: DetectionRun | None, titles: dict[int, str]) -> list[dict[str, Any]]:
    """The works whose votes or rank change."""
    return [
        one | {"title": titles.get(one["number"], ""), "lost": one["votes"] - one["without"]}
        for one in _picture(run)["ranking"]
        if one["votes"] != one["without"] or one["rank"] != one["rank_without"]
    ]


def _chart(picture: dict[str, Any], opens: float) -> dict[str, Any]:
    return {
        "start": int(opens * 1000),
        "hours": picture["hours"],
        "usual": picture["usual"],
        "suspect": picture["suspect_hours"],
    }


def _company(picture: dict[str, Any] | None, titles: dict[int, str]) -> list[dict[str, Any]]:
    """The other works on the suspect ballots, beside their share on the work's other ballots."""
    return [
        one
        | {
            "title": titles.get(one["number"], ""),
            "share_words": f"{one['share']:.0%}",
            "else_words": f"{one['share_else']:.0%}",
        }
        for one in (picture["company"] if picture else [])
    ]


def _networks(picture: dict[str, Any] | None) -> list[dict[str, Any]]:
    return [
        one | {"share_words": f"{one['share']:.1%}", "all_words": f"{one['share_all']:.1%}"}
        for one in (picture["networks"] if picture else [])
    ]


def _hours(picture: dict[str, Any]) -> list[tuple[int, int, int, int]]:
    """The hours that differ most from the usual, for the table behind the chart."""
    rows = zip(
        range(len(picture["hours"])), picture["hours"], picture["usual"], picture["suspect_hours"],
        strict=True,
    )  # fmt: skip
    return sorted(sorted(rows, key=lambda row: row[2] - row[1])[:24])
