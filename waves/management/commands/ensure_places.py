"""``manage.py ensure_places``: a place for every qualification in a wave; safe to run again."""

from django.core.management.base import BaseCommand

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from waves.services import places


class Command(BaseCommand):
    """Make the places that are missing, as for qualifications older than the wave board."""

    help = "Makes a place for every qualification in a wave that has none; it changes no other."

    def handle(self, *args, **options) -> None:
        """Make them, and say how many."""
        with acting_as(PORTAL) as actor:
            made = places.ensure_all(actor=actor, at=moments.now())
        self.stdout.write(f"{made} places made.")
