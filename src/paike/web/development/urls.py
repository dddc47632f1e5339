from django.urls import URLPattern, URLResolver, path

from paike.web.development import desk

urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.home, name="dev-home"),
    path("outbox.json", desk.outbox_json, name="dev-outbox"),
    path("clock/", desk.move_clock, name="dev-clock"),
]
