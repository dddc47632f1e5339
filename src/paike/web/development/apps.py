from django.apps import AppConfig


class DevelopmentConfig(AppConfig):
    name = "paike.web.development"
    label = "web_development"
