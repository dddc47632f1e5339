from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "paike.config"
    label = "config"

    def ready(self) -> None:
        from paike.config import wiring  # noqa: PLC0415 - models must be loaded first

        wiring.connect()
