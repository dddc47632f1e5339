"""The official count: how many ballots were accepted, set aside, released, void, and why."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from paike.campaigns.queries import campaigns
from paike.kernel import canonical_json
from paike.kernel.text import Text
from paike.voting.models import OfficialCount
from paike.voting.queries import ballot_logs, forensics, mobilisation_windows, standings
from paike.voting.rules.detection.registry import DETECTORS
from paike.web.public import opened_calls
from paike.web.shared import gate, sheets
from paike.web.shared.cards import Tile

STATES = ("quarantined", "released", "void")
NAMES = {one.KEY: one.NAME for one in DETECTORS}


@dataclass(frozen=True)
class Row:
    """A work's votes by what became of their ballots. `accepted` are all that stand in the log: a
    work that left the race or whose votes a sanction took has them, and none that count."""

    number: int
    title: str
    accepted: int
    counted: int
    quarantined: int
    released: int
    void: int


@require_safe
@gate.open_to(gate.anyone)
def count(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures at the close and after every ruling; before, the declared windows only."""
    campaign = opened_calls.find(slug)
    found = standings.latest_count(campaign.pk)
    titles = forensics.titles(campaign.pk)
    windows = mobilisation_windows.of_campaign(campaign.pk)[:200]
    context = {
        "campaign": campaign,
        "rulebook": campaigns.rulebook_of(campaign),
        "count": found,
        "rows": _rows(found, titles),
        "tiles": _tiles(found),
        "rules": [
            (NAMES.get(key, Text(key, key)), [states.get(state, 0) for state in STATES])
            for key, states in (found.body["per_rule"] if found else {}).items()
        ],
        "windows": [(one, titles.get(one.entry.number or 0, "")) for one in windows],
    }
    return render(request, "public/count.html", context)


@require_safe
@gate.open_to(gate.anyone)
def data(request: HttpRequest, slug: str) -> HttpResponse:
    """The count in its canonical form, as it stands in the ballot log."""
    found = gate.find(standings.latest_count(opened_calls.find(slug).pk))
    body = canonical_json.dumps({**found.body, "k": "count"})
    answer = HttpResponse(body, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-count-{found.number}.json"'
    return answer


@require_safe
@gate.open_to(gate.anyone)
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """The same by work, for a spreadsheet."""
    campaign = opened_calls.find(slug)
    found = gate.find(standings.latest_count(campaign.pk))
    head = [_("编号"), _("作品"), _("收到"), _("有效票"), _("待核实"), _("已恢复"), _("已作废")]
    rows: list[list[sheets.Cell]] = [
        [
            *(one.number, one.title, one.accepted, one.counted),
            *(one.quarantined, one.released, one.void),
        ]
        for one in _rows(found, forensics.titles(campaign.pk))
    ]
    answer = HttpResponse(sheets.as_csv(head, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-count-{found.number}.csv"'
    return answer


def _rows(found: OfficialCount | None, titles: dict[int, str]) -> list[Row]:
    if found is None:
        return []
    body: dict[str, Any] = found.body
    counted, per = body["counted"], body["per_work"]
    accepted = ballot_logs.votes(found.campaign_id)
    rows = [
        Row(
            number,
            titles.get(number, ""),
            accepted.get(number, 0),
            counted.get(str(number), 0),
            *(per[state].get(str(number), 0) for state in STATES),
        )
        for number in {*map(int, counted), *accepted}
    ]
    return sorted(rows, key=lambda row: (-row.counted, row.number))


def _tiles(found: OfficialCount | None) -> list[Tile]:
    if found is None:
        return []
    unit = Text("张", "")
    names = {
        "accepted": Text("收到选票", "Ballots accepted"),
        "valid": Text("计入", "Counted"),
        "quarantined": Text("待核实", "Set aside"),
        "released": Text("核实后恢复", "Released"),
        "void": Text("作废", "Void"),
    }
    return [Tile(f"{found.body[key]:,}", name, unit) for key, name in names.items()]
