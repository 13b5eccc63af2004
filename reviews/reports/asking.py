"""PURE: what a reader asks of a report: its filters with their choices, read from a query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from foundation.clock.moments import LONDON
from foundation.clock.words import day
from foundation.tenancy.actor import Actor
from participants.enums import REVIEWING_BODIES
from participants.market_roles import MARKET_ROLES
from waves.capacity import WAVES
from waves.reports.progress import STANDINGS
from waves.reports.shape import Ask, Report
from waves.reports.testing import RISKS
from waves.routes import ROUTES


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter: the name in the address, what it is called, what can be chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


AS_OF = "as_of"
_ROUTES = tuple((code, route.short_label) for code, route in ROUTES.items())
CHOICES: Mapping[str, Choice] = {
    "route": Choice("route", "Route", _ROUTES),
    "wave": Choice("route", "Wave", tuple(each for each in _ROUTES if each[0] in WAVES)),
    "role": Choice(
        "role", "Role", tuple((code, role.short_label) for code, role in MARKET_ROLES.items())
    ),
    "body": Choice("body", "Body", tuple((body.value, body.label) for body in REVIEWING_BODIES)),
    "risk": Choice("risk", "Standing", tuple((word, word) for word in STANDINGS)),
    "testing_risk": Choice("risk", "Standing", tuple((word, word) for word in RISKS)),
}
# Everything that may stand in the address of a report.
NAMES = frozenset({"part", "sort", AS_OF, *(choice.name for choice in CHOICES.values())})


def choices_of(report: Report) -> list[Choice]:
    """Return the filters of a report that are chosen from a list."""
    return [CHOICES[name] for name in report.filters if name in CHOICES]


def ask_of(report: Report, query: Mapping[str, str], actor: Actor, now: datetime) -> Ask:
    """Return what a query asks; what makes no sense, or is no filter of it, is left out."""
    today = now.astimezone(LONDON).date()
    given = {
        choice.name: query[choice.name]
        for choice in choices_of(report)
        if query.get(choice.name) in dict(choice.options)
    }
    return Ask(actor, now, _day(report, query, today), **given)


def _day(report: Report, query: Mapping[str, str], today: date) -> date:
    if AS_OF not in report.filters:
        return today
    try:
        return min(date.fromisoformat(query.get(AS_OF, "")), today)
    except ValueError:
        return today


def said_of(report: Report, ask: Ask) -> list[tuple[str, str]]:
    """Return what is chosen, in words."""
    return [
        (choice.label, dict(choice.options)[getattr(ask, choice.name)])
        for choice in choices_of(report)
        if getattr(ask, choice.name)
    ]


def days_to_choose(today: date) -> list[tuple[str, str]]:
    """Return the ends of the last weeks and months, the newest first."""
    sunday = today - timedelta(days=today.isoweekday())
    weeks = {sunday - timedelta(weeks=number) for number in range(4)}
    months, first = set(), today.replace(day=1)
    for _ in range(3):
        last = first - timedelta(days=1)
        months.add(last)
        first = last.replace(day=1)
    return [(each.isoformat(), day(each)) for each in sorted(weeks | months, reverse=True)]
