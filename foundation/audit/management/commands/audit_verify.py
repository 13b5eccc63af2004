"""Recompute the audit trail's hash chains: exit 0 when whole, 1 when broken."""

import sys

from django.core.management.base import BaseCommand

from foundation.audit.verify import walk
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL


class Command(BaseCommand):
    help = "Verify the audit trail's hash chains (all, or one)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--chain", default="", help="for example organisation:<id>")

    def handle(self, *, chain: str, **options) -> None:
        with acting_as(PORTAL):
            verdict = walk(chain)
        for said in verdict.breaks:
            self.stdout.write(said)
        self.stdout.write(
            f"{verdict.events} events in {verdict.chains} chains, {len(verdict.breaks)} broken."
        )
        if verdict.breaks:
            sys.exit(1)
