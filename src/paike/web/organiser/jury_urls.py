from django.urls import URLPattern, URLResolver, path

from paike.web.organiser import jury_panels, jury_seats

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:slug>/jury/", jury_panels.panel, name="jury-panel"),
    path("<slug:slug>/jury/opening/", jury_panels.opening, name="jury-opening"),
    path("<slug:slug>/jury/closing/", jury_panels.closing, name="jury-closing"),
    path("<slug:slug>/jury/seats/", jury_seats.seats, name="seats"),
    path(
        "<slug:slug>/jury/seats/<uuid:seat_id>/invitation/",
        jury_seats.again,
        name="seat-invitation",
    ),
    path("<slug:slug>/jury/seats/<uuid:seat_id>/leave/", jury_seats.leave, name="seat-leave"),
]
