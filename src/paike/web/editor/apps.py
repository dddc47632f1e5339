from django.apps import AppConfig


class EditorConfig(AppConfig):
    name = "paike.web.editor"
    label = "web_editor"
