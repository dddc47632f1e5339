"""The table of works for Excel. Without personal data; with it only for a reason on record."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from paike.accounts.actions import reveals
from paike.accounts.models import Account
from paike.audit.actions import records
from paike.audit.models import Audience
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries import access as entries_access
from paike.entries.models import Route
from paike.kernel import clock
from paike.review.queries import works
from paike.review.rules.states import StateKey
from paike.web.organiser import scope
from paike.web.organiser.entries import PERSONAL, VERDICTS, read_filter
from paike.web.organiser.forms import ExportForm
from paike.web.shared import gate, road, sheets
from paike.web.shared.sheets import Cell

MIME = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_http_methods(["GET", "HEAD", "POST"])
@gate.open_to(gate.strong)
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The choice of format and columns; the file on POST. The filter stays in the address."""
    campaign = scope.campaign(request, slug)
    account = gate.account(request)
    form = ExportForm(request.POST or None)
    wanted = read_filter(request)
    found = works.find(campaign_id=campaign.pk, wanted=wanted)
    if request.method != "POST" or not form.is_valid():
        context = {"campaign": campaign, "form": form, "wanted": wanted, "number": found.count()}
        return render(request, "organiser/export.html", context)
    rows = list(found)
    personal = form.cleaned_data["personal"]
    if personal:
        gate.require(all(entries_access.may_see_personal_data(account, row) for row in rows[:1]))
    head, body = _table(campaign, rows, account, form.cleaned_data["reason"] if personal else "")
    kind = form.cleaned_data["format"]
    table = list(body)
    _record(campaign, account, number=len(rows), personal=personal, kind=kind)
    data = (
        sheets.as_csv(head, table)
        if kind == "csv"
        else sheets.as_xlsx(head, table, sheet=pgettext("plural", "作品"))
    )
    answer = HttpResponse(data, content_type=MIME[kind])
    answer["Content-Disposition"] = f'attachment; filename="{campaign.slug}-works.{kind}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _table(
    campaign: Campaign, rows: list[Any], account: Account, reason: str
) -> tuple[list[str], Iterator[list[Cell]]]:
    """The head and the rows; with a reason also what only a reason opens."""
    head = [
        _("编号"), _("作品名称"), _("主题"), _("报送方式"), _("推荐单位"), _("报送单位"),
        _("片头署名"), _("状态"), _("状态时间"), _("检测"), _("提交时间"),
    ]  # fmt: skip
    if reason:
        head += [
            _("真实姓名"), _("手机"), _("邮箱"), _("工作单位"), _("片中人物"), _("人物单位"),
        ]  # fmt: skip
    return head, _rows(campaign, rows, account, reason)


def _rows(
    campaign: Campaign, rows: list[Any], account: Account, reason: str
) -> Iterator[list[Cell]]:
    rulebook = campaigns.rulebook_of(campaign)
    zone = ZoneInfo(rulebook.timezone)
    language = get_language() or "zh-hans"
    themes = {theme.key: theme.name.in_language(language) for theme in rulebook.themes}
    found = works.bodies_of_units({row.unit_id for row in rows if row.unit_id})
    bodies = {unit_id: body.short_name for unit_id, body in found.items()}
    now = clock.now()
    for row in rows:
        individual = row.route == Route.INDIVIDUAL
        label: Any = road.CHIPS[StateKey(row.state)].label
        verdict = VERDICTS.get(row.verdict)
        line: list[Cell] = [
            row.number,
            row.composed_title,
            themes.get(row.theme, row.theme),
            _("个人报送") if individual else _("单位推荐"),
            "" if individual else bodies.get(row.unit_id, ""),
            row.workplace if individual else row.unit.name,
            row.credit,
            label.in_language(language),
            f"{row.state_since.astimezone(zone):%Y-%m-%d %H:%M}",
            verdict.in_language(language) if verdict else "",
            f"{row.submitted_at.astimezone(zone):%Y-%m-%d %H:%M}",
        ]
        if reason:
            opened = reveals.open_fields(
                thing=row,
                fields=PERSONAL,
                by=account,
                reason=reason,
                now=now,
                role="organiser",
                campaign_id=campaign.pk,
                entry_id=row.pk,
            )
            line += [opened[field] for field in PERSONAL]
        yield line


def _record(
    campaign: Campaign, account: Account, *, number: int, personal: bool, kind: str
) -> None:
    records.write(
        now=clock.now(),
        act="entries.exported",
        thing="campaign",
        thing_id=campaign.pk,
        audience=Audience.STAFF,
        actor=account,
        role="organiser",
        campaign_id=campaign.pk,
        details={"works": number, "personal": personal, "format": kind},
    )
