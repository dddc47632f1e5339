"""A list of units from a spreadsheet, and the report of every row that can't be."""

import codecs

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from paike.kernel import clock
from paike.orgs import access
from paike.orgs.actions import imports
from paike.web.organiser.unit_forms import ImportForm
from paike.web.organiser.unit_pages import call_of
from paike.web.shared import gate

SHOWN = 200
EXAMPLE = """上级代码,代码,名称,简称,级别
GD,GD-SZ,深圳市总工会,深圳市总工会,市级
GD-SZ,GD-SZ-NS,深圳市南山区总工会,南山区总工会,县区级
GD-SZ-NS,GD-SZ-NS-0001,深圳电子厂工会委员会,深圳电子厂工会,基层
"""


@require_http_methods(["GET", "HEAD", "POST"])
@gate.open_to(gate.strong)
def load(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; after it either the tree or the list of what is wrong."""
    campaign, account = call_of(slug), gate.account(request)
    gate.require(access.may_import(account))
    form = ImportForm(request.POST or None, request.FILES or None)
    report = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data["file"].read()
        report = imports.load(data=data, by=account, now=clock.now())
        if report.done:
            told = _("导入完成：新增 %(new)d 个单位，更新 %(old)d 个，未变 %(same)d 个。")
            numbers = {"new": report.created, "old": report.updated, "same": report.unchanged}
            messages.success(request, told % numbers)
            return redirect("units", slug)
    context = {
        "campaign": campaign,
        "form": form,
        "report": report,
        "faults": report.faults[:SHOWN] if report else (),
        "shown": SHOWN,
        "example": EXAMPLE,
    }
    return render(request, "organiser/units/import.html", context, status=422 if report else 200)


@require_safe
@gate.open_to(gate.strong)
def example(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty list to fill in, as Excel likes it: UTF-8 with byte order mark."""
    call_of(slug)
    gate.require(access.may_import(gate.account(request)))
    answer = HttpResponse(
        codecs.BOM_UTF8 + EXAMPLE.replace("\n", "\r\n").encode(),
        content_type="text/csv; charset=utf-8",
    )
    answer["Content-Disposition"] = 'attachment; filename="units.csv"'
    return answer
