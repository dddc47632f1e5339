from django.urls import URLPattern, URLResolver, include, path

from paike.web.public import calls, join

urlpatterns: list[URLPattern | URLResolver] = [
    path("join/<str:code>/", join.join, name="join"),
    path("", calls.home, name="home"),
    path("c/<slug:slug>/", calls.call, name="call"),
    path("c/<slug:slug>/rules/", calls.rules, name="call-rules"),
    path("c/<slug:slug>/card.png", calls.share_card, name="call-card"),
    path("", include("paike.web.public.vote_urls")),
]
