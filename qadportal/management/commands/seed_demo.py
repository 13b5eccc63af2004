"""``manage.py seed_demo``: the invented organisations of the demonstration, with their history."""

import time

from django.core.management.base import BaseCommand, CommandError

from foundation.errors import Denied
from qadportal.demo import world
from qadportal.demo.play.organisation import PlayError
from submissions.models import Template
from waves import tables


class Command(BaseCommand):
    """Make the world, or finish one that was interrupted."""

    help = "Writes the demonstration through the portal's own services; finishes what was begun."

    def add_arguments(self, parser) -> None:
        """Take whether to stand back where there is data, and which organisations."""
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where organisations exist already"
        )
        parser.add_argument("--only", nargs="*", default=(), help="slugs of single organisations")
        parser.add_argument("--jobs", type=int, default=world.processors(), help="processes")

    def handle(self, *args, **options) -> None:
        """Seed, unless there is nothing to do or the database belongs to somebody else."""
        try:
            known = world.standing()
            if options["if_empty"] and (known.is_seeded or known.is_foreign):
                self.stdout.write("There are organisations already; nothing is seeded.")
                return
            if known.is_foreign:
                raise CommandError(
                    "This database holds organisations that are not of the demonstration. Give the"
                    " demonstration a database of its own."
                )
            self._seed(options)
        except Denied as turndown:
            raise CommandError(turndown.reason) from None
        except PlayError as problem:
            raise CommandError(
                f"{problem}\nWhat was seeded before stands; run seed_demo again once it is mended."
            ) from None

    def _seed(self, options) -> None:
        if not tables.is_published() or not Template.objects.exists():
            raise CommandError("Load the reference data first: manage.py load_reference.")
        began = time.monotonic()
        made = world.seed(only=options["only"], jobs=options["jobs"], say=self._say(options))
        seconds = time.monotonic() - began
        self.stdout.write(f"{made} organisations seeded in {seconds:.1f} s.")

    def _say(self, options):
        return self.stdout.write if options["verbosity"] > 1 else (lambda line: None)
