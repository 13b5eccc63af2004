from importlib import import_module

from django.apps import AppConfig


class WavesConfig(AppConfig):
    name = "waves"

    def ready(self) -> None:
        # Registers itself, and needs the models: to whom reminders are still mailed.
        import_module("waves.delivery")
