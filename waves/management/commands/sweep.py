"""``manage.py sweep``: the second bell, which needs no broker."""

from django.core.management.base import BaseCommand

from foundation.notices.tasks import send_waiting
from waves.services.sweep import sweep

ROUND = 200


class Command(BaseCommand):
    """Fire what is due and send what waits; run it from cron or a systemd timer."""

    help = "Fires every due reminder and sends the notices that wait, without the broker."

    def handle(self, *args, **options) -> None:
        """Sweep once, then empty the outbox."""
        swept, sent = sweep(), 0
        while went := send_waiting(ROUND):
            sent += went
        self.stdout.write(
            f"{swept.fired} reminders fired, {swept.dropped} dropped, {sent} notices sent."
        )
