from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "paike.web.public"
    label = "web_public"
