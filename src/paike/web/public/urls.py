from django.urls import URLPattern, URLResolver, path

from paike.web.public import calls

urlpatterns: list[URLPattern | URLResolver] = [
    path("", calls.home, name="home"),
    path("c/<slug:slug>/", calls.call, name="call"),
    path("c/<slug:slug>/rules/", calls.rules, name="call-rules"),
    path("c/<slug:slug>/card.png", calls.share_card, name="call-card"),
]
