from django.apps import AppConfig


class ExhibitionConfig(AppConfig):
    name = "paike.exhibition"
    label = "exhibition"
    default_auto_field = "django.db.models.BigAutoField"
