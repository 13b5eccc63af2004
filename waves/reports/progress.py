"""RP7: the progress report to the Migration Control Centre (R140; QA&P 11.1)."""

from participants.enums import Duty
from participants.market_roles import MARKET_ROLES
from waves.mcc_stages import STAGES
from waves.progress import Progress
from waves.queries.progress import progress
from waves.reports.shape import (
    PLANNING,
    Ask,
    Column,
    Kind,
    Line,
    Part,
    Report,
    Value,
)
from waves.routes import ROUTES

STANDINGS = {
    "On track": "reading",
    "At risk": "at_risk",
    "Qualified": "qualified",
    "Exiting": "dash",
}
NOT_BEGUN = "Before the first stage"

_WHO = (
    Column("organisation", "Organisation", width=28),
    Column("role", "Market role", width=13),
)


def asked(ask: Ask) -> list[Progress]:
    """Return the progress of everybody that the filters leave."""
    found = [each for each in progress(ask.actor, ask.as_of) if _takes(ask, each)]
    if ask.risk:
        found = [each for each in found if each.standing == ask.risk]
    return found


def _takes(ask: Ask, each: Progress) -> bool:
    return ask.takes(each.held.role, each.held.route)


def who(each: Progress) -> dict[str, Value]:
    """Return the cells that say whose row it is."""
    held = each.held
    return {
        "organisation": held.organisation.name,
        "role": MARKET_ROLES[held.role].short_label,
        "route": ROUTES[held.route].short_label,
        "mpids": ", ".join(held.codes),
    }


def line(each: Progress, cells: dict[str, Value]) -> Line:
    """Return a row of one qualification."""
    return Line(who(each) | cells, each.held.organisation.slug, each.held.pk)


def testing_cells(each: Progress) -> dict[str, Value]:
    """Return how far Qualification Testing is, beside its original and its present plan (R72)."""
    found = each.testing
    if found is None:
        return {}
    newest, slips = found.newest, found.slips
    tests = found.plans[-1]["tests"] if found.plans else newest["planned"] if newest else None
    return {
        "run": newest["run"] if newest else None,
        "tests": tests,
        "slip_original": slips[0].tests if slips else None,
        "slip_present": slips[-1].tests if slips else None,
    }


def _whole(ask: Ask) -> list[Line]:
    return [line(each, _cells(each)) for each in asked(ask)]


def _cells(each: Progress) -> dict[str, Value]:
    done, following = each.reached, each.following
    return {
        "stage": done.stage.label if done else NOT_BEGUN,
        "since": done.reached if done else None,
        "next": following.stage.label if following else None,
        "next_on": following.planned if following else None,
        **testing_cells(each),
        "expected": each.expected if not each.has_left else None,
        "milestone": each.milestone.on if each.milestone else None,
        "earliest": each.earliest_migration,
        "approved": each.events.decided,
        "standing": each.standing,
        "why": " ".join(each.risks) or None,
    }


def _steps(ask: Ask) -> list[Line]:
    return [
        line(
            each,
            {
                "number": number,
                "stage": step.stage.label,
                "planned": step.planned,
                "actual": step.reached,
                "late": step.days_late(each.on),
            },
        )
        for each in asked(ask)
        for number, step in enumerate(each.steps, start=1)
    ]


def _summary(ask: Ask) -> list[Line]:
    found = asked(ask)
    stages = [stage.label for stage in STAGES]
    at = {name: [] for name in (NOT_BEGUN, *stages)}
    for each in found:
        at[each.reached.stage.label if each.reached else NOT_BEGUN].append(each)
    rows = [_counts(name, held) for name, held in at.items()]
    return [*rows, _counts("Everybody", found)]


def _counts(name: str, held: list[Progress]) -> Line:
    counts = {word: sum(each.standing == word for each in held) for word in STANDINGS}
    return Line(
        {
            "stage": name,
            "total": len(held),
            "on_track": counts["On track"],
            "at_risk": counts["At risk"],
            "qualified": counts["Qualified"],
            "exiting": counts["Exiting"],
        }
    )


WHOLE = Part(
    key="progress",
    title="Progress",
    rows=_whole,
    link="waves:dates",
    note="The next step's date is the plan's. Slip counts tests behind the plan; ahead is negative."
    " A wave party may not operate before the earliest migration date, even if it is qualified"
    " sooner (QA&P 4.4, 9.3.1).",
    columns=[
        Column("organisation", "Organisation", width=24),
        Column("role", "Market role", width=12),
        Column("mpids", "MPIDs", width=10, on_screen=False),
        Column("route", "Route", width=9),
        Column("stage", "Stage reached", width=14),
        Column("since", "Reached on", Kind.DATE, 13, on_screen=False),
        Column("next", "Next stage", width=14, on_screen=False),
        Column("next_on", "Next by", Kind.DATE, 13),
        Column("run", "QT run", Kind.NUMBER, 7),
        Column("tests", "QT planned", Kind.NUMBER, 8),
        Column("slip_original", "Slip, first plan", Kind.NUMBER, 8, on_screen=False),
        Column("slip_present", "Slip, this plan", Kind.NUMBER, 8, on_screen=False),
        Column("expected", "Expected Qualified", Kind.DATE, 13),
        Column("milestone", "Milestone", Kind.DATE, 13, on_screen=False),
        Column("earliest", "Earliest migration", Kind.DATE, 13, on_screen=False),
        Column("approved", "Approved on", Kind.DATE, 13, on_screen=False),
        Column("standing", "Standing", width=13, states=STANDINGS),
        Column("why", "Why", width=26),
    ],
)
STEPS = Part(
    key="plan",
    title="Plan and actual",
    rows=_steps,
    link="waves:dates",
    note="A stage that a role or a route does not have is left out.",
    columns=[
        *_WHO,
        Column("route", "Route", width=10),
        Column("number", "No.", Kind.NUMBER, 5),
        Column("stage", "Stage", width=22),
        Column("planned", "Planned", Kind.DATE, 12),
        Column("actual", "Actual", Kind.DATE, 12),
        Column("late", "Days late", Kind.NUMBER, 9),
    ],
)
SUMMARY = Part(
    key="stages",
    title="By stage",
    rows=_summary,
    columns=[
        Column("stage", "Furthest stage reached", width=30),
        Column("total", "Roles", Kind.NUMBER, 9),
        Column("on_track", "On track", Kind.NUMBER, 9),
        Column("at_risk", "At risk", Kind.NUMBER, 9),
        Column("qualified", "Qualified", Kind.NUMBER, 9),
        Column("exiting", "Exiting", Kind.NUMBER, 9),
    ],
)
RP7 = Report(
    code="rp7",
    title="Progress to the Migration Control Centre",
    lead="Every role with its stage, its plan, its testing and the day on which it is expected to"
    " be MHHS Qualified.",
    parts=[WHOLE, STEPS, SUMMARY],
    duties=PLANNING | {Duty.MCC_READER},
    filters=("route", "role", "body", "risk", "as_of"),
    source="QA&P 11.1; the list of stages is missing there, so it can be configured",
    is_issued=True,
)
