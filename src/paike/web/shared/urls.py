from django.urls import URLPattern, URLResolver, path

from paike.web.shared import language

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", language.choose, name="language"),
]
