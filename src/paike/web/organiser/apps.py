from django.apps import AppConfig


class OrganiserConfig(AppConfig):
    name = "paike.web.organiser"
    label = "web_organiser"
