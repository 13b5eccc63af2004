"""RP16: how ready the market is for M10 and M14, and who may fall under Annex 4."""

from participants.enums import Duty
from participants.market_roles import MARKET_ROLES, MILESTONES
from waves.progress import REPORTED, Progress, recorded_on
from waves.reports.progress import STANDINGS, asked, line
from waves.reports.shape import PLANNING, Ask, Column, Kind, Line, Part, Report, Value


def _ready(ask: Ask) -> list[Line]:
    held: dict[tuple[str, str], list[Progress]] = {}
    for each in asked(ask):
        if each.milestone:
            held.setdefault((each.milestone.code, each.held.role), []).append(each)
    rows = []
    for code, milestone in MILESTONES.items():
        own = {role: held[code, role] for role in MARKET_ROLES if (code, role) in held}
        when = {"milestone": code, "on": milestone.on}
        rows += [Line(when | _counts(MARKET_ROLES[role].short_label, own[role])) for role in own]
        if own:
            rows.append(Line(when | _counts("All roles", sum(own.values(), []))))
    return rows


def _counts(label: str, held: list[Progress]) -> dict[str, Value]:
    def count(word: str) -> int:
        return sum(each.standing == word for each in held)

    return {
        "role": label,
        "total": len(held),
        "qualified": count("Qualified"),
        "on_track": count("On track"),
        "at_risk": count("At risk"),
        "exiting": count("Exiting"),
        "after": sum(each.misses_milestone and not each.has_left for each in held),
    }


def _not_ready(ask: Ask) -> list[Line]:
    return [_one(each) for each in asked(ask) if each.standing in ("At risk", "Exiting")]


def _candidates(ask: Ask) -> list[Line]:
    return [_one(each) for each in asked(ask) if each.is_annex_4_candidate]


def _one(each: Progress) -> Line:
    return line(
        each,
        {
            "milestone": each.milestone.code if each.milestone else None,
            "expected": None if each.has_left else each.expected,
            "standing": each.standing,
            "why": " ".join(each.risks) or None,
            "reported": recorded_on(each.held.happened, REPORTED),
        },
    )


_ROLES = [
    Column("organisation", "Organisation", width=28),
    Column("role", "Market role", width=14),
    Column("route", "Route", width=10),
    Column("milestone", "Milestone", width=10),
    Column("expected", "Expected Qualified", Kind.DATE, 12),
    Column("standing", "Standing", width=11, states=STANDINGS),
    Column("why", "Why", width=40),
    Column("reported", "Reported to the Programme", Kind.DATE, 13),
]
RP16 = Report(
    code="rp16",
    title="Readiness for M10 and M14",
    lead="Roles that are qualified, on track, at risk or exiting, beside the milestone by which"
    " they have to be qualified.",
    duties=PLANNING | {Duty.MCC_READER},
    filters=("route", "role", "body", "as_of"),
    source="QA&P 7.1, 11.2, Annex 4",
    reports_risk=True,
    parts=[
        Part(
            key="milestones",
            title="By milestone",
            rows=_ready,
            columns=[
                Column("milestone", "Milestone", width=10),
                Column("on", "Day", Kind.DATE, 12),
                Column("role", "Market role", width=20),
                Column("total", "Roles", Kind.NUMBER, 8),
                Column("qualified", "Qualified", Kind.NUMBER, 10),
                Column("on_track", "On track", Kind.NUMBER, 9),
                Column("at_risk", "At risk", Kind.NUMBER, 9),
                Column("exiting", "Exiting", Kind.NUMBER, 9),
                Column("after", "After the milestone", Kind.NUMBER, 11),
            ],
        ),
        Part(
            key="risks",
            title="At risk and exiting",
            rows=_not_ready,
            link="waves:dates",
            columns=_ROLES,
            empty="Nobody is at risk or exiting.",
        ),
        Part(
            key="annex-4",
            title="Annex 4 candidates",
            rows=_candidates,
            link="waves:dates",
            columns=_ROLES,
            note="Suppliers that have left the road, or whose qualification is expected after M14."
            " Whether Annex 4 applies is decided by the code bodies, not here.",
            empty="No Supplier is expected after M14.",
        ),
    ],
)
