"""PURE: what a report is: its readers, its filters, its parts with their columns and rows.

A report is declared once. The screen, the workbook, the print, the text file and the API are all
drawn from the same lines, so that they cannot differ.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from foundation.tenancy.actor import Actor
from participants.enums import Body, Duty
from participants.market_roles import MARKET_ROLES
from participants.roles import governed_roles, holds, roles_in_reach

Value = str | int | date | None
EVERY_BODY = frozenset(Body.values)
PLANNING = frozenset({Duty.LEAD, Duty.PLANNER})


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


class Covers(StrEnum):
    """Whose market roles a report holds."""

    BODY = "body"
    TESTING = "testing"
    NAMES = "names"  # counts of all, names within the reader's reach
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``states`` says how its words are drawn, ``width`` counts characters.

    What is not ``on_screen`` stands in the files only.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    width: int = 16
    on_screen: bool = True
    states: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a value for each column; ``slug`` and ``key`` say whose it is, for links.

    Without a key the link of the part leads to a page of the organisation.
    """

    cells: Mapping[str, Value]
    slug: str = ""
    key: UUID | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks, as at which day, and what the rows are narrowed by."""

    actor: Actor
    now: datetime
    as_of: date
    route: str = ""
    role: str = ""
    body: str = ""
    risk: str = ""

    def takes(self, role: str, route: str) -> bool:
        """Return whether a market role on a route is among what is asked for."""
        return (
            (not self.route or route == self.route)
            and (not self.role or role == self.role)
            and (not self.body or role in governed_roles(self.body))
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a report; ``rows`` reads it, ``link`` names the page that a row leads to."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: Callable[[Ask], list[Line]]
    note: str = ""
    empty: str = "Take a filter off to see more."
    link: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its number in the plan of reports, who reads it, its filters and its parts.

    ``reports_risk`` offers to report a row at risk to the Programme (R142); an ``is_issued``
    report can be frozen as an edition for the Migration Control Centre (R140). ``covers`` says
    whose roles it holds: the body's, those in a test manager's reach, or all.
    """

    code: str
    title: str
    lead: str
    parts: Sequence[Part]
    duties: frozenset[str]
    bodies: frozenset[str] = EVERY_BODY
    capability: str = "reports.read"
    filters: Sequence[str] = ()
    source: str = ""
    covers: Covers = Covers.BODY
    is_issued: bool = False
    reports_risk: bool = False

    def is_read_by(self, actor: Actor) -> bool:
        """Return whether a staff account may read it: the right, the duty and the body."""
        return (
            actor.is_staff
            and holds(actor, self.capability)
            and actor.body in self.bodies
            and bool(self.duties & actor.duties)
        )

    @property
    def readers(self) -> str:
        """Who reads it, in words."""
        duties = [each.label for each in Duty if each in self.duties]
        bodies = [each.label for each in Body if each in self.bodies]
        where = "every body" if len(bodies) == len(Body) else ", ".join(bodies)
        return f"{'; '.join(duties)}: of {where}"

    def scope(self, actor: Actor) -> str:
        """Say which market roles an actor's copy of it covers."""
        own = self.covers is Covers.BODY
        roles = governed_roles(actor.body) if own else roles_in_reach(actor)
        if self.covers is Covers.ALL or len(roles) == len(MARKET_ROLES):
            return "Every market role"
        named = ", ".join(MARKET_ROLES[role].short_label for role in roles)
        if self.covers is Covers.NAMES:
            return f"Counts of every market role; by name {named}"
        return f"What {Body(actor.body).label} has to do with: {named}"

    def part(self, key: str) -> Part:
        """Return a part by its key; the first one when there is no such part."""
        return next((each for each in self.parts if each.key == key), self.parts[0])


def ordered(lines: Iterable[Line], part: Part, sort: str) -> list[Line]:
    """Return lines by a column, downwards after "-"; what is empty comes last either way."""
    found, key = list(lines), sort.removeprefix("-")
    if key not in {column.key for column in part.columns}:
        return found
    known = [line for line in found if line.cells.get(key) is not None]
    known.sort(key=lambda line: _plain(line.cells[key]), reverse=sort.startswith("-"))
    return known + [line for line in found if line.cells.get(key) is None]


def _plain(value: Value) -> Value:
    return value.casefold() if isinstance(value, str) else value
