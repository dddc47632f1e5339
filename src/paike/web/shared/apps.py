from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "paike.web.shared"
    label = "web_shared"
