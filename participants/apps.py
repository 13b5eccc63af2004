from importlib import import_module

from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"

    def ready(self) -> None:
        # These register themselves, and need the models: the traces of signing in, what the API's
        # description says of it, and to whom notices are mailed.
        import_module("participants.signing_in")
        import_module("participants.access.schema")
        import_module("participants.delivery")
