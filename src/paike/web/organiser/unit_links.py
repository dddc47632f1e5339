"""A unit's own link, its QR code and its poster."""

from pathlib import Path
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.campaigns.rules.rulebook import Rulebook
from paike.entries.queries import units
from paike.kernel import bytesize, clock
from paike.orgs.actions import invite_links
from paike.orgs.models import InviteLink
from paike.orgs.queries import invitations
from paike.web.organiser.unit_pages import call_of, managed
from paike.web.shared import gate, typesetting

POSTER = Path(__file__).parent / "typst" / "poster.typ"
PAPERS = ("a4", "a3")


@require_POST
@gate.open_to(gate.strong)
def issue(request: HttpRequest, slug: str, unit_id: UUID) -> HttpResponse:
    """The unit's link in the call, made when there is none. Only where it leads somewhere."""
    campaign, unit = call_of(slug), managed(request, unit_id)
    if not units.may_send_in(unit, rulebook=campaigns.rulebook_of(campaign)):
        messages.error(request, _("这个单位不属于本次征集的推荐单位，投稿链接不能用。"))
        return redirect("unit", slug, unit.pk)
    invite_links.issue(
        organisation=unit, campaign_id=campaign.pk, by=gate.account(request), now=clock.now()
    )
    messages.success(request, _("投稿链接已生成，可以下载海报了。"))
    return redirect("unit", slug, unit.pk)


@require_POST
@gate.open_to(gate.strong)
def renew(request: HttpRequest, slug: str, unit_id: UUID) -> HttpResponse:
    """Another link; the one in force stops to work."""
    campaign, unit = call_of(slug), managed(request, unit_id)
    invite_links.renew(
        organisation=unit, campaign_id=campaign.pk, by=gate.account(request), now=clock.now()
    )
    messages.success(request, _("已换新链接，旧链接和旧海报不再有效。"))
    return redirect("unit", slug, unit.pk)


@require_safe
@gate.open_to(gate.strong)
def poster(request: HttpRequest, slug: str, unit_id: UUID) -> HttpResponse:
    """The unit's poster as PDF, on A4 or (`?paper=a3`) A3."""
    campaign, unit = call_of(slug), managed(request, unit_id)
    link = gate.find(invitations.link_of(organisation=unit, campaign_id=campaign.pk))
    paper = request.GET.get("paper", "a4")
    made = draw(campaigns.rulebook_of(campaign), link, paper=paper if paper in PAPERS else "a4")
    answer = HttpResponse(made, content_type="application/pdf")
    name = quote(f"海报-{unit.short_name}.pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    return answer


def draw(rulebook: Rulebook, link: InviteLink, *, paper: str) -> bytes:
    """The poster of a link."""
    address = f"{settings.PUBLIC_URL}{reverse('join', args=[link.code])}"
    return typesetting.pdf(
        POSTER,
        {
            "paper": paper,
            "brand": rulebook.look.brand,
            "accent": rulebook.look.accent,
            "call": rulebook.name.zh,
            "call_en": rulebook.name.en,
            "summary": rulebook.summary.zh,
            "organiser": rulebook.organiser.name.zh,
            "undertaker": rulebook.undertaker.name.zh,
            "unit": link.organisation.name,
            "dates": _dates(rulebook),
            "film": _film(rulebook),
            "code": f"{link.code[:5]}-{link.code[5:]}",
            "address": address.split("//", 1)[-1],
            "qr": typesetting.qr_svg(address, dark="#241d18"),
        },
    )


def _dates(rulebook: Rulebook) -> str:
    window = stages.window(rulebook, "submit")
    if window is None:
        return ""
    zone = ZoneInfo(rulebook.timezone)
    start, end = window.start.astimezone(zone), window.end.astimezone(zone)
    if (end.hour, end.minute) == (0, 0):  # the last day, as people say it
        end = stages.last_day(window).astimezone(zone)
    year = "" if end.year == start.year else f"{end.year}年"
    return f"{start.year}年{start.month}月{start.day}日 — {year}{end.month}月{end.day}日"


def _film(rulebook: Rulebook) -> str:
    film = rulebook.film
    parts = [
        f"{film.duration_max} 秒以内",
        " / ".join(size.replace("x", "×") for size in film.frame_sizes),
        " / ".join(film.containers).upper(),
        f"{bytesize.show(film.size_max).replace('.0 ', ' ')} 以内",
    ]
    return " · ".join(part for part in parts if part)
