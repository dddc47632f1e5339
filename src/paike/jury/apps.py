from django.apps import AppConfig


class JuryConfig(AppConfig):
    name = "paike.jury"
    label = "jury"
    default_auto_field = "django.db.models.BigAutoField"
