"""The exhibition's package: asked for, watched while it is built, taken along as a ZIP."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.exhibition.actions import archives, builds
from paike.exhibition.queries import packages, publications, shows
from paike.kernel import clock
from paike.orgs import access
from paike.web.shared import errors, exhibitions, gate, ranges
from paike.web.shared.templatetags.paike import in_language


@require_POST
@gate.open_to(gate.strong)
def build(request: HttpRequest, slug: str) -> HttpResponse:
    """Have it built; a package that was given up gets another chance."""
    campaign = campaign_of(request, slug)
    try:
        builds.request(campaign_id=campaign.pk, by=gate.account(request), now=clock.now())
        messages.success(request, _("已开始生成展播，完成后自动上线。"))
    except shows.NoTerm as refusal:
        messages.error(request, in_language(refusal.text))
    return redirect("editor-desk", campaign.slug)


@require_safe
@never_cache
@gate.open_to(gate.strong)
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """How far it is, as a fragment that asks again by itself."""
    campaign = campaign_of(request, slug)
    return render(request, "editor/package.html", {"campaign": campaign, **shown(campaign)})


@require_safe
@gate.open_to(gate.strong)
def archive(request: HttpRequest, slug: str, package_id: UUID) -> HttpResponse:
    """A package as one ZIP file, or the part of it that a broken download still wants. Its address
    names the package: what one asks for later is of the same bytes, or refused."""
    campaign = campaign_of(request, slug)
    package = gate.find(packages.built(campaign_id=campaign.pk, package_id=package_id))
    made = timezone.localtime(package.built_at)
    try:
        found = archives.of(
            builds.folder_of(campaign.slug),
            sums_sha256=package.sums_sha256,
            name=campaign.slug,
            made=made,
        )
    except archives.Replaced:
        return errors.page(request, 410)
    size, etag = found.layout.size, f'"{package.sums_sha256}"'
    asked = {name.lower(): value for name, value in request.headers.items()}
    try:
        part = ranges.asked_for(asked, size=size, etag=etag)
    except ranges.NotSatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    answer = StreamingHttpResponse(
        found.read(part.span.start, part.span.end) if request.method == "GET" else (),
        status=part.status,
        content_type="application/zip",
        headers=part.headers | {"ETag": etag, "Accept-Ranges": "bytes"},
    )
    name = f"{campaign.slug}-{made:%Y%m%d-%H%M}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-transform"  # a browser goes on with what it may keep
    # The gate speaks of HttpResponse; a streamed one has all of it that anybody here touches.
    return cast("HttpResponse", answer)


def campaign_of(request: HttpRequest, slug: str) -> Campaign:
    """The call of the address, for its editors only."""
    gate.require(access.is_editor(gate.account(request)))
    return gate.find(campaigns.by_slug(slug))


def shown(campaign: Campaign) -> dict[str, Any]:
    """What the desk says about the exhibition."""
    package = packages.online(campaign_id=campaign.pk)
    under_way = packages.under_way(campaign_id=campaign.pk)
    return {
        "package": package,
        "under_way": under_way,
        "given_up": under_way is not None and bool(under_way.fault),
        "stale": package is not None and packages.is_stale(package, campaign),
        "exhibition_url": exhibitions.address(campaign),
        "anything": publications.visible(campaign_id=campaign.pk).exists(),
    }
