"""RP12, exemptions in force and their breaches (R129, R130); the first is a part of RP6 too."""

from participants.enums import REVIEWING_BODIES, Duty
from reviews.enums import BREACHED, ExemptionState
from reviews.models import Exemption
from reviews.pages.exemptions import KINDS
from reviews.queries.exemptions import exemptions
from waves.deadlines import london_date
from waves.reports.shape import PLANNING, Ask, Column, Kind, Line, Part, Report

_STATES = {state.label: KINDS[state] for state in ExemptionState}


def _in_force(ask: Ask) -> list[Line]:
    return _lines(ask, (ExemptionState.APPROVED, *BREACHED))


def _breaches(ask: Ask) -> list[Line]:
    return _lines(ask, BREACHED)


def _lines(ask: Ask, states: tuple[str, ...]) -> list[Line]:
    rows = exemptions(ask.actor).filter(status__in=states)
    return [
        _line(each)
        for each in rows.order_by("organisation__name", "mpid", "kind")
        if ask.takes(each.qualification.role, each.qualification.route)
    ]


def _line(row: Exemption) -> Line:
    return Line(
        {
            "organisation": row.organisation.name,
            "mpid": row.mpid,
            "kind": row.get_kind_display(),
            "state": row.get_status_display(),
            "from": row.in_force_from,
            "cap": row.cap,
            "conditions": row.conditions,
            "points": row.points,
            "counted": row.points_on,
            "since": london_date(row.status_since),
            "invited": row.invited_for,
        },
        row.organisation.slug,
    )


_WHO = [
    Column("organisation", "Supplier", width=28),
    Column("mpid", "MPID", width=8),
    Column("kind", "Exempt from", width=20),
    Column("state", "State", width=26, states=_STATES),
]
IN_FORCE = Part(
    key="exemptions",
    title="Exemptions",
    rows=_in_force,
    link="reviews:exemptions_of",
    note="From the decision until the exemption ends; a breach does not end it (QA&P 11.4.2).",
    empty="No exemption is in force with these filters.",
    columns=[
        *_WHO,
        Column("from", "In force from", Kind.DATE, 12),
        Column("cap", "Cap", Kind.NUMBER, 10),
        Column("conditions", "Conditions", width=50),
    ],
)
RP12 = Report(
    code="rp12",
    title="Breaches of exemptions",
    lead="Which exempt Suppliers hold points or meters of the exempt segment, and what follows.",
    duties=PLANNING | {Duty.PAB_SECRETARY, Duty.DECISION_MAKER},
    bodies=frozenset(REVIEWING_BODIES),
    capability="reports.caseload",
    filters=("role", "route"),
    source="QA&P 11.4.2",
    parts=[
        Part(
            key="breaches",
            title="Breaches",
            rows=_breaches,
            link="reviews:exemptions_of",
            note="Points or meters as a code body counted them last.",
            empty="No exemption is breached with these filters.",
            columns=[
                *_WHO,
                Column("points", "Found", Kind.NUMBER, 10),
                Column("counted", "Counted on", Kind.DATE, 12),
                Column("since", "State since", Kind.DATE, 12),
                Column("invited", "Invited for", Kind.DATE, 12),
            ],
        ),
        IN_FORCE,
    ],
)
