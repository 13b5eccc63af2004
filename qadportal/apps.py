from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "qadportal"

    def ready(self) -> None:
        # Web processes hand tasks to the same broker as workers do.
        from qadportal import celery  # noqa: F401, PLC0415 - settings must be ready first
