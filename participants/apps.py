from importlib import import_module

from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"

    def ready(self) -> None:
        # These register themselves, and need the models: the traces of signing in, and what the
        # API's description says of it.
        import_module("participants.signing_in")
        import_module("participants.access.schema")
