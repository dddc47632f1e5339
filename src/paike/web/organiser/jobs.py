"""What is done in the background: what waits, what failed, and running it again."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from paike.entries.queries import entries
from paike.kernel import clock
from paike.web.organiser import job_lines, scope
from paike.web.shared import engine, gate


@require_safe
@never_cache
@gate.open_to(gate.strong)
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Every kind of work with what is not done; the failed first."""
    campaign = scope.campaign(request, slug)
    shelves = job_lines.shelves(clock.now())
    wanted = {line.entry_id for shelf in shelves for line in shelf.lines if line.entry_id}
    known = {
        entry.pk: entry.number
        for entry in entries.by_ids(wanted).values()
        if entry.campaign_id == campaign.pk and entry.number is not None
    }
    context = {
        "campaign": campaign,
        "shelves": [job_lines.numbered(shelf, known) for shelf in shelves],
        "failed": sum(shelf.failed for shelf in shelves),
        "open": sum(shelf.open for shelf in shelves),
        "workers": engine.workers(clock.now() - clock.offset()),
        "lost": engine.failed(),
        "shared_store": bool(settings.STORE_URL),
    }
    return render(request, "organiser/jobs.html", context)


@require_POST
@gate.open_to(gate.strong)
def run_again(request: HttpRequest, slug: str, kind: str, job_id: UUID) -> HttpResponse:
    """Give it a new set of attempts. It stays on the page until it is really done."""
    campaign = scope.campaign(request, slug)
    try:
        job_lines.run_again(kind, job_id, by=gate.account(request), now=clock.now())
        messages.success(request, _("已重新运行，完成后会从这里消失。"))
    except job_lines.Unknown as unknown:
        raise Http404 from unknown
    except job_lines.REFUSALS as refusal:
        scope.say(request, refusal)
    return redirect("jobs", campaign.slug)
