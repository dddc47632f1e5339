from django.urls import URLPattern, URLResolver, path

from paike.web.shared import captions, language, machines, style_page, thumbnails

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", machines.health, name="health"),
    path("captions/<str:token>", captions.show, name="captions"),
    path("thumbnails/<str:token>", thumbnails.show, name="thumbnails"),
    path("robots.txt", machines.robots, name="robots"),
    path("language/", language.choose, name="language"),
    path("dev/style/", style_page.show, name="style"),
]
