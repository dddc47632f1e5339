from django.urls import URLPattern, URLResolver, path

from paike.web.shared import language, style_page

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", language.choose, name="language"),
    path("dev/style/", style_page.show, name="style"),
]
