"""RP8: progress of Qualification Testing against its plans, for the Programme (R72, R142)."""

from datetime import date

from participants.enums import Duty
from participants.market_roles import MARKET_ROLES, milestone_of
from waves.progress import ESCALATED, REPORTED, recorded_on
from waves.queries import testing as queries
from waves.reports.shape import PLANNING, Ask, Column, Covers, Kind, Line, Part, Report, Value
from waves.routes import ROUTES
from waves.standing import OVER, Standing, standing_of

RISKS = {"At risk": "at_risk", "On track": "reading", "Reported complete": "done"}


def standings(ask: Ask) -> list[Standing]:
    """Return how each track outside SIT stands, as the list of testing shows it, in one statement.

    The tracks are those of the desk of testing; of a trio its LDSO stands for the three (R14).
    """
    rows = queries.with_standing(queries.tracks(ask.actor), ask.as_of)
    return [
        standing_of(held, ask.as_of)
        for held in rows
        if ROUTES[held.route].kind != "SIT" and ask.takes(held.role, held.route)
    ]


def risk_of(each: Standing) -> str:
    """Return how it stands, in words."""
    if each.is_at_risk:
        return "At risk"
    return "Reported complete" if each.stage in OVER else "On track"


def _rows(ask: Ask) -> list[Line]:
    return [
        Line(_cells(each), each.held.organisation.slug, each.held.pk)
        for each in standings(ask)
        if not ask.risk or risk_of(each) == ask.risk
    ]


def _cells(each: Standing) -> dict[str, Value]:
    held, plans, newest, slips = each.held, each.plans, each.newest, each.slips
    milestone = milestone_of(held.role, ROUTES[held.route].kind)
    return {
        "organisation": held.organisation.name,
        "role": MARKET_ROLES[held.role].short_label,
        "route": ROUTES[held.route].short_label,
        "stage": each.stage,
        "baselines": len(plans),
        "ends_original": date.fromisoformat(plans[0]["ends_on"]) if plans else None,
        "ends": date.fromisoformat(plans[-1]["ends_on"]) if plans else None,
        "run": newest["run"] if newest else None,
        "passed": newest["passed"] if newest else None,
        "tests": plans[-1]["tests"] if plans else newest["planned"] if newest else None,
        "slip_original": slips[0].tests if slips else None,
        "slip": slips[-1].tests if slips else None,
        "slip_days": slips[-1].days if slips else None,
        "severe": len(each.severe),
        "milestone": milestone.on if milestone else None,
        "risk": risk_of(each),
        "reported": recorded_on(held.happened, REPORTED),
        "escalated": recorded_on(held.happened, ESCALATED),
    }


RP8 = Report(
    code="rp8",
    title="Progress of Qualification Testing",
    lead="Every track against its original and its present plan, and who was reported at risk to"
    " the Programme.",
    duties=PLANNING | {Duty.MCC_READER, Duty.TEST_MANAGER},
    filters=("route", "role", "body", "testing_risk", "as_of"),
    source="QA&P 9.3.3, 11.2",
    reports_risk=True,
    covers=Covers.TESTING,
    parts=[
        Part(
            key="testing",
            title="Testing",
            rows=_rows,
            link="waves:testing_track",
            note="Slip counts tests behind a plan; ahead is negative. At risk: behind the present"
            " plan, past its end, or a defect of severity 1 or 2 is open. Whether a milestone is"
            " escalated to the Programme Steering Group is for the Programme (QA&P 11.2).",
            empty="Nobody is testing with these filters.",
            columns=[
                Column("organisation", "Organisation", width=28),
                Column("role", "Market role", width=13),
                Column("route", "Route", width=9),
                Column("stage", "Stage", width=12),
                Column("baselines", "Plans", Kind.NUMBER, 6, on_screen=False),
                Column("ends_original", "Original end", Kind.DATE, 11, on_screen=False),
                Column("ends", "Plan ends", Kind.DATE, 11),
                Column("run", "Run", Kind.NUMBER, 6),
                Column("passed", "Passed", Kind.NUMBER, 7, on_screen=False),
                Column("tests", "Planned", Kind.NUMBER, 11),
                Column("slip_original", "Slip, original plan", Kind.NUMBER, 9),
                Column("slip", "Slip, present plan", Kind.NUMBER, 9),
                Column("slip_days", "Days behind", Kind.NUMBER, 8, on_screen=False),
                Column("severe", "Severe open", Kind.NUMBER, 9),
                Column("milestone", "Milestone", Kind.DATE, 11, on_screen=False),
                Column("risk", "Standing", width=12, states=RISKS),
                Column("reported", "Reported to the Programme", Kind.DATE, 15),
                Column("escalated", "Escalated by it", Kind.DATE, 13, on_screen=False),
            ],
        )
    ],
)
