"""RP18, the log of appeals against decisions (R122)."""

from participants.enums import Duty
from participants.market_roles import GOVERNING_BODIES, MARKET_ROLES
from reviews.enums import AppealState
from reviews.models import Appeal
from reviews.queries import decisions
from waves.reports.shape import PLANNING, Ask, Column, Kind, Line, Part, Report

_STATES = {
    AppealState.LODGED.label: "waiting",
    AppealState.STANDS.label: "refused",
    AppealState.OVERTURNED.label: "approved",
    AppealState.WITHDRAWN.label: "closed",
}


def _appeals(ask: Ask) -> list[Line]:
    rows = Appeal.objects.filter(decision__in=decisions(ask.actor).values("pk")).select_related(
        "organisation", "decision", "decision__qualification"
    )
    return [
        Line(
            {
                "lodged": each.lodged_on,
                "organisation": each.organisation.name,
                "role": MARKET_ROLES[each.decision.qualification.role].short_label,
                "decider": GOVERNING_BODIES[each.decision.body].decided_by,
                "decided": each.decision.decided_on,
                "heard": GOVERNING_BODIES[each.decision.body].appeal_to,
                "state": each.get_status_display(),
                "ended": each.ended_on,
                "reference": each.reference,
            },
            each.organisation.slug,
        )
        for each in rows.order_by("-lodged_on", "pk")
        if ask.takes(each.decision.qualification.role, each.decision.qualification.route)
    ]


RP18 = Report(
    code="rp18",
    title="Appeals",
    lead="Which decisions were appealed, to whom, and what came of it.",
    duties=PLANNING | {Duty.PAB_SECRETARY, Duty.DECISION_MAKER},
    bodies=frozenset({"BSC", "REC", "DIP"}),
    capability="reports.caseload",
    filters=("role", "route"),
    source="QA&P 11.3",
    parts=[
        Part(
            key="appeals",
            title="Appeals",
            rows=_appeals,
            link="reviews:decisions_of",
            note="Appeals are made to Ofgem (BSC) or the REC PAB (REC); the portal keeps their"
            " days and what came of them.",
            empty="No appeal is recorded with these filters.",
            columns=[
                Column("lodged", "Appealed", Kind.DATE, 12),
                Column("organisation", "Organisation", width=28),
                Column("role", "Market role", width=16),
                Column("decider", "Decided by", width=20),
                Column("decided", "Decision of", Kind.DATE, 12),
                Column("heard", "Heard by", width=16),
                Column("state", "State", width=20, states=_STATES),
                Column("ended", "Ended", Kind.DATE, 12),
                Column("reference", "Reference", width=16),
            ],
        )
    ],
)
