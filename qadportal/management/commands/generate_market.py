"""Fill a demonstration database with thousands of invented organisations, for measurements."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Organisation
from qadportal.demo.market import Market

BATCH = 100


class Command(BaseCommand):
    help = "Write many invented organisations with QADs, versions and threads (demonstration only)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--organisations", type=int, default=1000)
        parser.add_argument("--comments", type=int, default=6, help="threads a qualification")

    def handle(self, *, organisations: int, comments: int, **options) -> None:
        if not settings.DEMO:
            raise CommandError("Invented organisations are written in a demonstration only.")
        rows = 0
        with acting_as(PORTAL):
            first = Organisation.objects.filter(slug__startswith="market-").count()
        for start in range(first, first + organisations, BATCH):
            with acting_as(PORTAL):
                market = Market(at=moments.now(), seed=start, comments=comments)
                rows += market.write(min(BATCH, first + organisations - start), start)
        self.stdout.write(f"{organisations} organisations, {rows} rows.")
