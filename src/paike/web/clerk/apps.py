from django.apps import AppConfig


class ClerkConfig(AppConfig):
    name = "paike.web.clerk"
    label = "web_clerk"
