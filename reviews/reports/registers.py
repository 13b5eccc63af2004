"""RP6, the Qualified Persons Workbook, and RP15, the register of findings and action plans."""

from collections import defaultdict
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from participants import queries as people
from participants.enums import REVIEWING_BODIES, Duty, Status
from participants.market_roles import GOVERNING_BODIES, MARKET_ROLES
from participants.models import Qualification
from reviews import queries
from reviews.enums import SETTLED, Outcome, Severity, Side, ThreadKind, ThreadState
from reviews.models import ActionPlan, Decision, Thread
from reviews.queries.register import RUNNING
from reviews.reports.exemptions import IN_FORCE
from waves.deadlines import london_date
from waves.reports.shape import PLANNING, Ask, Column, Kind, Line, Part, Report, Value
from waves.routes import ROUTES

PLANS = {"Agreed": "plan_agreed", "Overdue": "overdue", "Done, to be cleared": "waiting"}
_OUTCOMES = {
    Outcome.APPROVED.label: "approved",
    Outcome.NOT_APPROVED.label: "refused",
    Outcome.DEFERRED.label: "waiting",
}


# --- RP6 ----------------------------------------------------------------------------------


def _qualified(ask: Ask) -> list[Line]:
    held = people.with_codes(people.qualifications(ask.actor).filter(status=Status.QUALIFIED))
    taken = defaultdict(dict)
    for one in queries.decisions(ask.actor).filter(outcome=Outcome.APPROVED):
        taken[one.qualification_id][one.body] = one
    return [_person(each, taken[each.pk]) for each in held if ask.takes(each.role, each.route)]


def _person(held: Qualification, taken: dict[str, Decision]) -> Line:
    conditions = sum(len(each.conditions) for each in taken.values())
    cells: dict[str, Value] = {
        "organisation": held.organisation.name,
        "legal": held.organisation.legal_name,
        "number": held.organisation.company_number,
        "role": MARKET_ROLES[held.role].label,
        "mpids": ", ".join(held.codes),
        "from": london_date(held.qualified_at) if held.qualified_at else None,
        "bsc": _day_of(taken.get("BSC")),
        "rec": _day_of(taken.get("REC")),
        "route": ROUTES[held.route].short_label,
        "conditions": conditions or None,
    }
    return Line(cells, held.organisation.slug)


def _day_of(taken: Decision | None) -> date | None:
    return taken.decided_on if taken else None


def _effect(taken: Decision) -> date | None:
    if taken.outcome != Outcome.APPROVED or taken.effective_at is None:
        return None
    return london_date(taken.effective_at)


def _changes(ask: Ask) -> list[Line]:
    return [
        Line(
            {
                "day": one.decided_on,
                "organisation": one.organisation.name,
                "role": MARKET_ROLES[one.qualification.role].short_label,
                "decider": GOVERNING_BODIES[one.body].decided_by,
                "outcome": one.get_outcome_display(),
                "minute": one.minute_reference,
                "effect": _effect(one),
                "recorded": one.recorded_by_name,
            },
            one.organisation.slug,
        )
        for one in queries.decisions(ask.actor).order_by("-decided_on", "-recorded_at", "pk")
        if ask.takes(one.qualification.role, one.qualification.route)
    ]


RP6 = Report(
    code="rp6",
    title="Qualified Persons Workbook",
    lead="Who is MHHS Qualified, in which market role, for which MPIDs, since when and by whom.",
    duties=PLANNING | {Duty.PAB_SECRETARY, Duty.DECISION_MAKER},
    bodies=frozenset(REVIEWING_BODIES),
    capability="reports.caseload",
    filters=("role", "route"),
    source="QA&P 6.15, 7.3.3, 11.3",
    parts=[
        Part(
            key="register",
            title="Qualified persons",
            rows=_qualified,
            link="reviews:decisions_of",
            note="A role stands here from the day on which the last of its decisions took effect.",
            empty="No role is MHHS Qualified with these filters.",
            columns=[
                Column("organisation", "Organisation", width=28),
                Column("legal", "Legal entity", width=34),
                Column("number", "Company number", width=14, on_screen=False),
                Column("role", "Market role", width=30),
                Column("mpids", "MPIDs", width=18),
                Column("from", "Qualified from", Kind.DATE, 14),
                Column("bsc", "BSC PAB", Kind.DATE, 12),
                Column("rec", "REC Code Manager", Kind.DATE, 14),
                Column("route", "Route", width=12, on_screen=False),
                Column("conditions", "Conditions", Kind.NUMBER, 10),
            ],
        ),
        IN_FORCE,
        Part(
            key="changes",
            title="Decisions",
            rows=_changes,
            link="reviews:decisions_of",
            note="Every decision that was recorded, the newest first.",
            empty="No decision is recorded with these filters.",
            columns=[
                Column("day", "Day", Kind.DATE, 12),
                Column("organisation", "Organisation", width=28),
                Column("role", "Market role", width=16),
                Column("decider", "Decided by", width=20),
                Column("outcome", "Decision", width=16, states=_OUTCOMES),
                Column("minute", "Minute", width=16),
                Column("effect", "Takes effect", Kind.DATE, 12),
                Column("recorded", "Recorded by", width=22, on_screen=False),
            ],
        ),
    ],
)


# --- RP15 ---------------------------------------------------------------------------------


def _raised(ask: Ask) -> list[Line]:
    rows = _register(ask).exclude(status__in=(*SETTLED, *RUNNING))
    return [_thread(each, ask) for each in rows if _takes(ask, each)]


def _running(ask: Ask) -> list[Line]:
    rows = _register(ask).filter(status__in=RUNNING)
    return [_planned(each, ask) for each in rows if _takes(ask, each)]


def _settled(ask: Ask) -> list[Line]:
    rows = _register(ask).filter(status__in=SETTLED)
    return [_thread(each, ask) for each in rows if _takes(ask, each)]


def _register(ask: Ask) -> QuerySet[Thread]:
    plans = ActionPlan.objects.filter(thread_id=OuterRef("pk")).order_by("-number")
    rows = queries.threads(ask.actor).exclude(kind=ThreadKind.COMMENT)
    return rows.annotate(
        plan=ArraySubquery(plans.values("due_on")[:1]),
        owner=ArraySubquery(plans.values("owner_name")[:1]),
        promised=ArraySubquery(plans.values("text")[:1]),
    )


def _takes(ask: Ask, row: Thread) -> bool:
    # Here the filter of body says who raised it, and the organisation's own part is of every role.
    held = row.part.qualification
    return ask.body in ("", row.body) and (not ask.role or bool(held and held.role == ask.role))


def _thread(row: Thread, ask: Ask, **more: Value) -> Line:
    held = row.part.qualification
    waits = row.body if row.holder == Side.BODY else row.organisation.name
    cells: dict[str, Value] = {
        "reference": row.reference,
        "body": row.body,
        "organisation": row.organisation.name,
        "role": MARKET_ROLES[held.role].short_label if held else "Organisation",
        "question": row.question,
        "kind": row.get_kind_display(),
        "severity": Severity(row.severity).label if row.severity else "",
        "subject": row.subject,
        "raised": london_date(row.raised_at),
        "age": ((london_date(row.settled_at) if row.settled_at else ask.as_of)
                - london_date(row.raised_at)).days,
        "holder": "" if row.status in SETTLED else waits,
        "settled": london_date(row.settled_at) if row.settled_at else None,
        **more,
    }  # fmt: skip
    return Line(cells, row.organisation.slug)


def _planned(row: Thread, ask: Ask) -> Line:
    due = next(iter(row.plan), None)
    state = "Done, to be cleared" if row.status == ThreadState.ACTION_DONE else "Agreed"
    if state == "Agreed" and due and due < ask.as_of:
        state = "Overdue"
    owner, promised = next(iter(row.owner), ""), next(iter(row.promised), "")
    return _thread(row, ask, due=due, state=state, owner=owner, promised=promised)


_COLUMNS = [
    Column("reference", "Number", width=9),
    Column("body", "Body", width=7),
    Column("organisation", "Organisation", width=28),
    Column("role", "Market role", width=14),
    Column("question", "Question", width=9),
    Column("kind", "Kind", width=12, on_screen=False),
    Column("severity", "Severity", width=10),
    Column("subject", "Subject", width=44),
    Column("raised", "Raised", Kind.DATE, 12),
    Column("age", "Age in days", Kind.NUMBER, 10),
]
_NOTE = "Findings and observations of every body on the roles that yours governs (QA&P 11.3)."

RP15 = Report(
    code="rp15",
    title="Findings and action plans",
    lead="What the bodies raised, how old it is, who holds it, and what was promised by when.",
    duties=PLANNING | {Duty.PAB_SECRETARY, Duty.DECISION_MAKER},
    bodies=frozenset(REVIEWING_BODIES),
    capability="reports.caseload",
    filters=("body", "role"),
    source="QA&P 10.2.1, 11.3",
    parts=[
        Part(
            key="open",
            title="Without an agreed plan",
            rows=_raised,
            link="reviews:findings",
            note=_NOTE,
            empty="Nothing is open without a plan with these filters.",
            columns=[*_COLUMNS, Column("holder", "Held by", width=24)],
        ),
        Part(
            key="plans",
            title="Plans running",
            rows=_running,
            link="reviews:findings",
            note=_NOTE,
            empty="No plan is running with these filters.",
            columns=[
                *_COLUMNS,
                Column("due", "Plan due", Kind.DATE, 12),
                Column("state", "State", width=18, states=PLANS),
                Column("owner", "Owner", width=22, on_screen=False),
                Column("promised", "Plan", width=60, on_screen=False),
            ],
        ),
        Part(
            key="cleared",
            title="Cleared",
            rows=_settled,
            link="reviews:findings",
            note=_NOTE,
            empty="Nothing is cleared with these filters.",
            columns=[*_COLUMNS, Column("settled", "Cleared", Kind.DATE, 12)],
        ),
    ],
)
