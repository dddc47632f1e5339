from django.apps import AppConfig


class JurorConfig(AppConfig):
    name = "paike.web.juror"
    label = "web_juror"
