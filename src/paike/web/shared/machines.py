"""Pages that machines read: the state of this installation, and where search engines may go."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from paike.kernel import clock
from paike.web.shared import engine, gate

PRIVATE = (
    "/desk/", "/dev/", "/editor/", "/entries/", "/inbox/", "/invitations/", "/jury/", "/language/",
    "/me/", "/media/", "/my/", "/organise/", "/register/", "/sign-in/", "/uploads/",
)  # fmt: skip
DAY = 24 * 3600


@require_safe
@never_cache
@gate.open_to(gate.anyone)
def health(request: HttpRequest) -> HttpResponse:
    """For load balancers: 200 while this process can answer pages, 503 while the database is away.
    `workers` counts those with a sign of life; `?workers` asks for at least one, too."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        workers = engine.workers(clock.now() - clock.offset())
    except DatabaseError:
        return JsonResponse({"database": False, "workers": None}, status=503)
    well = workers > 0 or "workers" not in request.GET
    return JsonResponse({"database": True, "workers": workers}, status=200 if well else 503)


@require_safe
@cache_control(public=True, max_age=DAY)
@gate.open_to(gate.anyone)
def robots(request: HttpRequest) -> HttpResponse:
    """Public pages may be found; what belongs to a person or a desk may not, nor any of a
    development installation."""
    closed = ("/",) if settings.DEVELOPMENT else PRIVATE
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
