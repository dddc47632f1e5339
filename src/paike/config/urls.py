"""Every address, by surface. The upload protocol and films (`/uploads/`, `/media/`) are ASGI apps
beside Django: see `paike.config.asgi`."""

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("paike.web.public.urls")),
    path("", include("paike.web.account.urls")),
    path("", include("paike.web.entrant.urls")),
    path("dev/", include("paike.web.development.urls")),
    path("desk/", include("paike.web.clerk.urls")),
    path("editor/", include("paike.web.editor.urls")),
    path("jury/", include("paike.web.juror.urls")),
    path("organise/", include("paike.web.organiser.urls")),
    path("", include("paike.web.shared.urls")),
]

handler400 = "paike.web.shared.errors.bad_request"
handler403 = "paike.web.shared.errors.forbidden"
handler404 = "paike.web.shared.errors.not_found"
handler500 = "paike.web.shared.outages.server_error"
