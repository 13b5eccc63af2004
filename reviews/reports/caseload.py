"""RP14: the clocks and the load of the reviewing bodies, and what their meetings have ahead."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Count

from participants.enums import REVIEWING_BODIES, Duty, Status
from participants.market_roles import GOVERNING_BODIES, MARKET_ROLES
from participants.models import Qualification
from reviews.enums import MeetingState, Outcome
from reviews.models import Decision, Meeting
from waves.deadlines import london_date
from waves.enums import ObligationState
from waves.models import Obligation
from waves.progress import Progress
from waves.queries import clocks
from waves.queries.progress import progress
from waves.reports.shape import PLANNING, Ask, Column, Kind, Line, Part, Report, Value
from waves.routes import ROUTES

STATES = {
    "Running": "reading",
    "Due within a week": "at_risk",
    "Overdue": "overdue",
    "Paused": "paused",
}


def _open(ask: Ask) -> list[Obligation]:
    """Return the open clocks of bodies that the filters leave, the most pressing first."""
    rows = clocks.narrowed(clocks.clocks_of_bodies(ask.actor), "all", ask.now)
    if ask.body:
        rows = rows.filter(body=ask.body)
    return [row for row in rows if _takes(ask, row.qualification)]


def _takes(ask: Ask, held: Qualification) -> bool:
    # Here the filter of body says whose clock it is, not whose role.
    return replace(ask, body="").takes(held.role, held.route)


def _state(row: Obligation, ask: Ask) -> str:
    if row.state == ObligationState.PAUSED:
        return "Paused"
    if row.due_at <= ask.now:
        return "Overdue"
    return "Due within a week" if row.due_at <= ask.now + timedelta(days=clocks.SOON) else "Running"


def _bodies(ask: Ask) -> list[Line]:
    held = [(row.body, _state(row, ask)) for row in _open(ask)]
    counted = Counter(held)
    return [
        Line(
            {
                "body": body.label,
                "open": sum(each[0] == body for each in held),
                **{state: counted[body, state] for state in STATES},
            }
        )
        for body in REVIEWING_BODIES
        if ask.body in ("", body)
    ]


def _clocks(ask: Ask) -> list[Line]:
    return [_clock(row, ask) for row in _open(ask)]


def _clock(row: Obligation, ask: Ask) -> Line:
    held = row.qualification
    cells: dict[str, Value] = {
        "body": row.body,
        "organisation": held.organisation.name,
        "role": MARKET_ROLES[held.role].short_label,
        "route": ROUTES[held.route].short_label,
        "what": row.label,
        "started": row.started_on,
        "due": row.due_on,
        "left": (row.due_on - london_date(ask.now)).days,
        "state": _state(row, ask),
    }
    return Line(cells, held.organisation.slug, held.pk)


def _weeks(ask: Ask) -> list[Line]:
    bodies = [body for body in REVIEWING_BODIES if ask.body in ("", body)]
    loads = clocks.load_by_week(ask.actor, bodies, london_date(ask.now))
    return [
        Line({"monday": load.monday, "body": load.body, "due": load.due, "paused": load.paused})
        for load in sorted(loads, key=lambda load: (load.monday, load.body))
    ]


def _meetings(ask: Ask) -> list[Line]:
    given = set(
        Decision.objects.filter(outcome=Outcome.APPROVED).values_list("qualification_id", "body")
    )
    waits: Counter[tuple[date, str]] = Counter()
    comes: Counter[tuple[date, str]] = Counter()
    for each in progress(ask.actor, ask.as_of):
        for body in _deciders(each, ask):
            if (each.held.pk, body) not in given:
                place = (max(each.expected, ask.as_of).replace(day=1), body)
                (waits if each.held.status == Status.SIGNED_OFF else comes)[place] += 1
    return [
        Line(
            {
                "month": month,
                "meeting": GOVERNING_BODIES[body].decided_by,
                "waiting": waits[month, body],
                "expected": comes[month, body],
                "total": waits[month, body] + comes[month, body],
            }
        )
        for month, body in sorted({*waits, *comes})
    ]


def _calendar(ask: Ask) -> list[Line]:
    if ask.body not in ("", "BSC"):
        return []
    rows = Meeting.objects.filter(status=MeetingState.PLANNED, held_on__gte=ask.as_of)
    return [
        Line({"day": each.held_on, "meeting": each.title, "applications": each.applications})
        for each in rows.annotate(applications=Count("items")).order_by("held_on")
    ]


def _deciders(each: Progress, ask: Ask) -> list[str]:
    held = each.held
    if each.is_qualified or each.has_left or each.expected is None or not _takes(ask, held):
        return []
    return [body for body in MARKET_ROLES[held.role].deciding_bodies if ask.body in ("", body)]


RP14 = Report(
    code="rp14",
    title="Clocks and caseload of the bodies",
    lead="What each body has to review and decide, what is late, and what its meetings have ahead.",
    duties=PLANNING | {Duty.PAB_SECRETARY, Duty.DECISION_MAKER},
    bodies=frozenset(REVIEWING_BODIES),
    capability="reports.caseload",
    filters=("body", "route", "role"),
    source="QA&P 10.2, 11.3, Appendix C",
    parts=[
        Part(
            key="bodies",
            title="By body",
            rows=_bodies,
            note="Counted as on the page of review clocks.",
            columns=[
                Column("body", "Body", width=14),
                Column("open", "Open clocks", Kind.NUMBER, 11),
                Column("Overdue", "Overdue", Kind.NUMBER, 10),
                Column("Due within a week", "Due within a week", Kind.NUMBER, 12),
                Column("Running", "Running", Kind.NUMBER, 10),
                Column("Paused", "Paused", Kind.NUMBER, 10),
            ],
        ),
        Part(
            key="clocks",
            title="Clocks",
            rows=_clocks,
            link="waves:dates",
            empty="No clock of a body runs with these filters.",
            columns=[
                Column("body", "Body", width=7),
                Column("organisation", "Organisation", width=28),
                Column("role", "Market role", width=14),
                Column("route", "Route", width=10, on_screen=False),
                Column("what", "What", width=30),
                Column("started", "Started", Kind.DATE, 11),
                Column("due", "Due", Kind.DATE, 11),
                Column("left", "Days left", Kind.NUMBER, 8),
                Column("state", "State", width=16, states=STATES),
            ],
        ),
        Part(
            key="weeks",
            title="Load by week",
            rows=_weeks,
            note="Clocks by the week in which they end; what is late counts in the present week.",
            columns=[
                Column("monday", "Week from", Kind.DATE, 12),
                Column("body", "Body", width=10),
                Column("due", "Clocks that end", Kind.NUMBER, 12),
                Column("paused", "Of them paused", Kind.NUMBER, 12),
            ],
        ),
        Part(
            key="calendar",
            title="Meetings planned",
            rows=_calendar,
            note="Of the BSC PAB; the REC Code Manager decides without a meeting.",
            empty="No meeting is planned.",
            columns=[
                Column("day", "Day", Kind.DATE, 12),
                Column("meeting", "Meeting", width=34),
                Column("applications", "Applications", Kind.NUMBER, 12),
            ],
        ),
        Part(
            key="meetings",
            title="Meetings ahead",
            rows=_meetings,
            note="Decisions by the month in which they are expected, a role each. Waiting: signed"
            " off already. LDSO, SMRA / ERDA and UMSO are decided together.",
            empty="No decision is expected with these filters.",
            columns=[
                Column("month", "Month from", Kind.DATE, 12),
                Column("meeting", "Decided by", width=24),
                Column("waiting", "Waiting", Kind.NUMBER, 10),
                Column("expected", "Expected", Kind.NUMBER, 10),
                Column("total", "In all", Kind.NUMBER, 9),
            ],
        ),
    ],
)
