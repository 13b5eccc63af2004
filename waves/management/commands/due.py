"""``manage.py due``: the dates of a route and why, as the portal itself counts them."""

import json
import re
from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from waves import tables
from waves.deadlines import Due, Events, as_json, resolve_route
from waves.timetable import Timetable

EVENTS = {
    "initial_submitted": "the day on which the Initial QAD was submitted",
    "final_submitted": "the day on which the Final QAD was submitted",
    "comments_confirmed": "the day on which the last body confirmed the open comments",
    "signed_off": "the day on which the QAD was signed off",
}
FIRST_YEAR, LAST_YEAR = 2000, 2099


class Command(BaseCommand):
    """Print every activity of a route with its date, from the published timetable."""

    help = "Prints the due dates of a route, each with its reason. Days are written 2025-09-12."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the route, what has happened so far, and the form of the answer."""
        parser.add_argument("--route", default="", help="a route of Appendix C, such as QT_WAVE_2")
        for event, meaning in EVENTS.items():
            parser.add_argument(f"--{event.replace('_', '-')}", default="", help=meaning)
        parser.add_argument("--json", action="store_true", help="print JSON and nothing else")

    def handle(self, *args, **options) -> None:
        """Answer, or say in one sentence what is wrong with the question (exit 2)."""
        timetable, route = _timetable(), options["route"]
        if route not in timetable.routes:
            asked = f"“{route}” is not a route" if route else "Name a route with --route"
            raise CommandError(f"{asked}; use one of {', '.join(timetable.routes)}.", returncode=2)
        events = Events(**{event: _day(event, options[event]) for event in EVENTS})
        dues = resolve_route(timetable, route, events)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(route, timetable, dues), indent=2))
            return
        self.stdout.write(f"{timetable.routes[route]}, timetable {timetable.reference}\n\n")
        for due in dues:
            self.stdout.write(f"{_when(due):<27} {due.label}\n{'':<27} {due.because}\n")


def _timetable() -> Timetable:
    """The published timetable; the first one from its file where no database answers."""
    try:
        if tables.is_published():
            return tables.current().timetable
    except DatabaseError:
        pass
    return tables.from_files()


def _day(event: str, text: str) -> date | None:
    if not text:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):  # fromisoformat takes more than this
            raise ValueError(text)
        day = date.fromisoformat(text)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(text)
    except ValueError:
        option = f"--{event.replace('_', '-')}"
        message = f"{option}: “{text}” is not a day of this century written like 2025-09-12."
        raise CommandError(message, returncode=2) from None
    return day


def _when(due: Due) -> str:
    if due.window_start:
        return f"{due.window_start} to {due.window_end}"
    if due.due:
        return due.due.isoformat()
    return f"cap {due.cap}" if due.cap else "-"
