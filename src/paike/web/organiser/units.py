"""The tree of units: the part of it that this account looks after."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from paike.kernel import clock
from paike.orgs import access
from paike.orgs.actions import organisations as actions
from paike.orgs.queries import units
from paike.web.organiser.unit_forms import LEVEL_NAMES, UnitForm
from paike.web.organiser.unit_pages import call_of, level_choices, managed, render_unit
from paike.web.shared import gate


@require_safe
@gate.open_to(gate.strong)
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """The units on top of this account's part, or those a search found."""
    campaign, account = call_of(slug), gate.account(request)
    gate.require(access.may_import(account))
    word, everywhere = request.GET.get("q", "").strip(), access.is_organiser(account)
    if word:
        found = units.search(word, account=account, everywhere=everywhere)
    else:
        found = units.tops(account=account, everywhere=everywhere)
    page = Paginator(found, units.PAGE).get_page(request.GET.get("page"))
    lines = [(unit, LEVEL_NAMES[unit.level]) for unit in page]
    context = {"campaign": campaign, "page_obj": page, "lines": lines, "word": word}
    return render(request, "organiser/units/index.html", context)


@require_safe
@gate.open_to(gate.strong)
def show(request: HttpRequest, slug: str, unit_id: UUID) -> HttpResponse:
    """A unit: what stands below, who serves, its link and poster."""
    return render_unit(request, call_of(slug), managed(request, unit_id))


@require_POST
@gate.open_to(gate.strong)
def plant(request: HttpRequest, slug: str, unit_id: UUID) -> HttpResponse:
    """A new unit below this one."""
    campaign, unit = call_of(slug), managed(request, unit_id)
    form = UnitForm(request.POST, levels=level_choices(unit))
    if not form.is_valid():
        return render_unit(request, campaign, unit, unit_form=form, open="unit")
    try:
        made = actions.create(parent=unit, now=clock.now(), **form.cleaned_data)
    except actions.CodeTaken as refused:
        form.add_error("code", refused.text.in_language(get_language() or ""))
    except actions.NameTaken as refused:
        form.add_error("name", refused.text.in_language(get_language() or ""))
    except actions.WrongLevel as refused:
        form.add_error("level", refused.text.in_language(get_language() or ""))
    else:
        messages.success(request, _("已添加“%(name)s”。") % {"name": made.name})
        return redirect("unit", slug, made.pk)
    return render_unit(request, campaign, unit, unit_form=form, open="unit")
