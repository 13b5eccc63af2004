"""What a timetable is: every activity on every route, with its dates and where they come from.

Pure values: dates are data with a clause and a standing, never constants of the code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a cell of the timetable holds."""

    DATE = "date"
    WINDOW = "window"
    RELATIVE = "relative"
    TEXT = "text"
    NOT_APPLICABLE = "not_applicable"


class Bound(StrEnum):
    """What a cell bounds: a first day, a last day, a span, a condition or an expectation."""

    OPENS = "opens"
    DUE_BY = "due_by"
    WINDOW = "window"
    GATE = "gate"
    EXPECTED_IN = "expected_in"


class Standing(StrEnum):
    """How sure a value is: as printed, corrected against a misprint, or our reading."""

    PRINTED = "printed"
    CORRECTED = "corrected"
    ASSUMED = "assumed"


class Owner(StrEnum):
    """Who holds a dated duty; BODIES are all those that review or decide for the role."""

    PARTICIPANT = "PARTICIPANT"
    BODIES = "BODIES"
    BSC = "BSC"
    REC = "REC"
    DIP = "DIP"
    QTM = "QTM"
    MHHSP = "MHHSP"


class Unit(StrEnum):
    """The unit in which the plan counts a period."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class Event(StrEnum):
    """What can start a period or meet a date."""

    RELIANCE_PROPOSED = "reliance_proposed"
    RELIANCE_REVIEWED_BY_PROGRAMME = "reliance_reviewed_by_programme"
    RELIANCE_REVIEWED_BY_BODIES = "reliance_reviewed_by_bodies"
    PQS_SUBMITTED = "pqs_submitted"
    WAVE_INDICATED = "wave_indicated"
    WAVE_ALLOCATED = "wave_allocated"
    PIT_PLAN_SUBMITTED = "pit_plan_submitted"
    PIT_PLAN_CLARIFIED = "pit_plan_clarified"
    PIT_PLAN_FINALISED = "pit_plan_finalised"
    PIT_RTTM_SUBMITTED = "pit_rttm_submitted"
    PIT_REPORT_RECEIVED = "pit_report_received"
    SECOND_PIT_REPORT_RECEIVED = "second_pit_report_received"
    PIT_CONFIRMED = "pit_confirmed"
    CHECKPOINT_1_MET = "checkpoint_1_met"
    TEST_PLAN_APPROVED = "test_plan_approved"
    DIP_ONBOARDED = "dip_onboarded"
    DIP_ASSURED = "dip_assured"
    QT_ENTRY_CONFIRMED = "qt_entry_confirmed"
    QT_COMPLETED = "qt_completed"
    INITIAL_SUBMITTED = "initial_submitted"
    INITIAL_REVIEWED = "initial_reviewed"
    FINAL_SUBMITTED = "final_submitted"
    FINAL_REVIEWED = "final_reviewed"
    COMMENTS_CONFIRMED = "comments_confirmed"
    SIGNED_OFF = "signed_off"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Rule:
    """A period counted from an event, such as six weeks from the Initial submission."""

    count: int
    unit: Unit
    starts_on: Event


@dataclass(frozen=True, slots=True)
class Cell:
    """One activity on one route, beside the words that are printed for it.

    On a ``date`` cell the rule holds only for somebody who came later than ``late_after`` allows.
    """

    key: str
    label: str
    route: str
    kind: Kind
    bound: Bound | None = None
    start: date | None = None
    end: date | None = None
    rule: Rule | None = None
    late_after: str = ""
    cap: date | None = None
    floor: date | None = None
    printed: date | None = None
    raw_text: str = ""
    note: str = ""
    clause: str = ""
    standing: Standing = Standing.PRINTED
    owner: Owner = Owner.PARTICIPANT
    met_by: Event | None = None

    @property
    def last_day(self) -> date | None:
        """The last printed day: of a window its end, of a date the date, of a rule its cap."""
        return {Kind.WINDOW: self.end, Kind.DATE: self.start}.get(self.kind, self.cap)


@dataclass(frozen=True, slots=True)
class LateReading:
    """Where the reading of late submissions comes from, and how sure it is."""

    clause: str
    standing: Standing
    note: str


@dataclass(frozen=True, slots=True)
class Timetable:
    """A published version of all activities on all routes, in the order of its file."""

    version: str
    title: str
    source: str
    document: str
    issued: date
    note: str
    routes: Mapping[str, str]
    late: LateReading
    cells: Mapping[tuple[str, str], Cell]
    beyond: Mapping[tuple[str, str], Cell]

    @property
    def reference(self) -> str:
        """The name by which people and programs quote this version."""
        return f"{self.version} ({self.source})"

    @property
    def keys(self) -> tuple[str, ...]:
        """The activities in the order of the file."""
        return tuple(dict.fromkeys(key for key, _ in self.cells))

    def cell(self, key: str, route: str) -> Cell:
        """The cell of one activity on one route, whether in the table or beyond it."""
        found = self.cells.get((key, route)) or self.beyond.get((key, route))
        if found is None:
            raise KeyError(f"{self.reference} has no activity {key} on route {route}.")
        return found

    def of_route(self, route: str) -> tuple[Cell, ...]:
        """Every activity of one route, in the order of the file."""
        if route not in self.routes:
            raise KeyError(f"{self.reference} has no route {route}.")
        return tuple(self.cells[key, route] for key in self.keys)

    def beyond_route(self, route: str) -> tuple[Cell, ...]:
        """The dated duties of one route that stand elsewhere in the plan."""
        return tuple(cell for (_, at), cell in self.beyond.items() if at == route)
