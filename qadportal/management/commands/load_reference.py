"""``manage.py load_reference``: the timetable and the question bank, from their files."""

import tomllib
from datetime import datetime, time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from foundation.clock import moments
from foundation.errors import Invalid, Refused
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from submissions.services.templates import import_template
from waves import tables
from waves.services.timetable import import_timetable

FIRST_TEMPLATE = tables.FIXTURES / "qad_template_v5.toml"


class Command(BaseCommand):
    """Publish what the files hold; what is published already is left as it is."""

    help = "Publishes the timetable and the QAD template from files; safe to run again."

    def add_arguments(self, parser) -> None:
        """Take other files than the first ones, and why they are published."""
        parser.add_argument("--timetable", type=Path, default=tables.FIRST_TABLE)
        parser.add_argument("--timetable-header", type=Path, default=tables.FIRST_HEADER)
        parser.add_argument("--template", type=Path, default=FIRST_TEMPLATE)
        parser.add_argument("--reason", default="", help="why a changed timetable is published")

    def handle(self, *args, **options) -> None:
        """Import both as the portal, in one transaction."""
        try:
            with acting_as(PORTAL), transaction.atomic():
                at = _moment(options["timetable_header"])
                timetable = import_timetable(
                    csv_text=_text(options["timetable"]),
                    header_text=_text(options["timetable_header"]),
                    actor=PORTAL,
                    at=at,
                    reason=options["reason"],
                )
                template = import_template(text=_text(options["template"]), actor=PORTAL, at=at)
        except (Invalid, Refused) as turndown:
            raise CommandError(str(turndown)) from None
        self.stdout.write(f"In force: {timetable}, {template}.")


def _moment(header: Path) -> datetime:
    """Return when this is published: now, or in a demonstration on the day of issue."""
    if not settings.DEMO:
        return moments.now()
    issued = tomllib.loads(_text(header))["issued"]
    return datetime.combine(issued, time(12), moments.LONDON)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as problem:
        raise CommandError(f"{path} cannot be read: {problem.strerror}.") from None
