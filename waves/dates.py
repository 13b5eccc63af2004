"""One date of a qualification as people and programs read it, with all that explains it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from participants.models import Qualification
from waves.clocks import effective, spans_from_json
from waves.deadlines import Due, Events, due_at, london_date, resolve_beyond, resolve_route
from waves.enums import ObligationState
from waves.history import history
from waves.models import Obligation
from waves.obligations import RULES
from waves.reasons import fixed_by, reason_of
from waves.squeeze import pinches, worth_saying
from waves.tables import Published
from waves.timetable import Bound, Cell, Kind, Owner, Standing

# How an activity stands, beside the states of an obligation.
STATES = (
    "met",
    "late",
    "running",
    "overdue",
    "paused",
    "cancelled",
    "ahead",
    "passed",
    "waiting",
    "no_date",
    "not_applicable",
)
_OF_OBLIGATION = {
    ObligationState.MET: "met",
    ObligationState.LATE: "late",
    ObligationState.PAUSED: "paused",
    ObligationState.CANCELLED: "cancelled",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """One activity of a qualification: its date, its state, and the parts of its reason.

    ``effective`` is the day on which a clock ends that was paused or extended; ``history`` says
    what changed the date and who approved; ``squeeze`` what its last day leaves to others.
    """

    qualification_id: UUID
    activity: str
    label: str
    task: str
    owner: str
    body: str
    kind: str
    bound: str
    state: str
    due: date | None
    due_at: datetime | None
    window_start: date | None
    window_end: date | None
    started_on: date | None
    cap: date | None
    met_at: datetime | None
    because: str
    fixed: str
    reason: Mapping[str, Any]
    printed: date | None
    raw_text: str
    note: str
    standing: str
    beyond: bool
    effective: date | None = None
    history: tuple[str, ...] = ()
    squeeze: str = ""

    @property
    def is_participants(self) -> bool:
        """Whether the organisation itself holds this."""
        return not self.body and self.owner == Owner.PARTICIPANT

    @property
    def is_corrected(self) -> bool:
        """Whether the plan prints another date than the portal uses."""
        return self.standing == Standing.CORRECTED


def dates_of(
    qualification: Qualification,
    *,
    events: Events,
    obligations: Iterable[Obligation],
    published: Published,
    now: datetime,
) -> list[Dated]:
    """Return every activity of a qualification's route in the order of the plan, then those beyond.

    Where bodies have a clock each, each has a line of its own.
    """
    timetable, route = published.timetable, qualification.route
    held: dict[str, list[Obligation]] = {}
    for row in obligations:
        held.setdefault(row.activity, []).append(row)
    found: list[Dated] = []
    tight = worth_saying(pinches(timetable, route, events, london_date(now)))
    table = resolve_route(timetable, route, events)
    for due in [*table, *resolve_beyond(timetable, route, events)]:
        cell = timetable.cell(due.key, route)
        shared = _shared(qualification, due, cell, published, beyond=due.key not in timetable.keys)
        shared["squeeze"] = tight.get(due.key, "")
        found += _lines(shared, due, held.get(due.key, ()), now)
    return found


def _shared(
    qualification: Qualification, due: Due, cell: Cell, published: Published, *, beyond: bool
) -> dict[str, Any]:
    """What all lines of one activity have in common."""
    return {
        "qualification_id": qualification.pk,
        "activity": due.key,
        "label": due.label,
        "task": RULES[due.key].task if due.key in RULES else due.label,
        "owner": str(due.owner),
        "kind": str(due.kind),
        "bound": str(due.bound or ""),
        "due": due.due,
        "due_at": due_at(due.due) if due.due else None,
        "window_start": due.window_start,
        "window_end": due.window_end,
        "started_on": due.started_on,
        "cap": due.cap,
        "because": due.because,
        "fixed": fixed_by(due, cell),
        "reason": reason_of(due, cell, published.timetable),
        "printed": due.printed,
        "raw_text": due.raw_text,
        "note": due.note,
        "standing": str(due.standing),
        "beyond": beyond,
    }


def _lines(
    shared: dict[str, Any], due: Due, rows: Sequence[Obligation], now: datetime
) -> Iterator[Dated]:
    live = [row for row in rows if row.state != ObligationState.CANCELLED]
    if not live:
        yield Dated(**shared, body="", met_at=None, state=_plain_state(due, now))
    for row in sorted(live, key=lambda row: row.body):
        was = {"was": row.reason["was"]} if "was" in row.reason else {}
        spans = spans_from_json(row.spans)
        own = shared | {"reason": {**shared["reason"], **was}}
        own["history"] = history(row.reason.get("was", ()), spans)
        if any(span.days or span.end for span in spans):
            own |= {"effective": effective(row.due_on, spans), "due_at": row.due_at}
        if due.due is None:
            own |= {"due": row.due_on, "due_at": row.due_at}
        yield Dated(**own, body=row.body, met_at=row.met_at, state=state_of(row, now))


def state_of(row: Obligation, now: datetime) -> str:
    """Return how an obligation stands at a moment: late is late even before anybody says so."""
    if row.state == ObligationState.RUNNING:
        return "overdue" if now >= row.due_at else "running"
    return _OF_OBLIGATION[ObligationState(row.state)]


def _plain_state(due: Due, now: datetime) -> str:
    """How an activity stands that nobody is reminded of."""
    if due.kind is Kind.NOT_APPLICABLE:
        return "not_applicable"
    if due.met_on is not None:
        return "met"
    if due.due is None:
        return "waiting" if due.kind is Kind.RELATIVE else "no_date"
    opens_only = due.bound is Bound.OPENS
    has_passed = now >= due_at(due.due) or (opens_only and now.date() >= due.due)
    return "passed" if has_passed else "ahead"
