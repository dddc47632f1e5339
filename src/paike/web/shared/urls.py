from django.urls import URLPattern, URLResolver, path

from paike.web.shared import language, machines, style_page

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", machines.health, name="health"),
    path("robots.txt", machines.robots, name="robots"),
    path("language/", language.choose, name="language"),
    path("dev/style/", style_page.show, name="style"),
]
