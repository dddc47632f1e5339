from django.apps import AppConfig


class EntrantConfig(AppConfig):
    name = "paike.web.entrant"
    label = "web_entrant"
