"""Progress of testing against its baselines: the burn-up, its table, and how far it slipped."""

from datetime import date

from foundation.clock.words import day
from foundation.ui.blocks import Action
from foundation.ui.burn_up import BurnUp, Line
from foundation.ui.pages import Column, Row, Table
from waves import burn_up
from waves.enums import PlanState
from waves.models import TestPlan
from waves.pages.track import Track


def _agreed_plans(track: Track) -> list[TestPlan]:
    known = (PlanState.APPROVED, PlanState.SUPERSEDED, PlanState.COMPLETE)
    return [each for each in reversed(track.plans) if each.status in known]


def chart(track: Track) -> BurnUp | None:
    plans = _agreed_plans(track)
    if not plans and not track.progress:
        return None
    lines = [
        Line(
            label=f"Baseline {each.baseline}",
            kind="earlier" if each.status == PlanState.SUPERSEDED else "plan",
            points=[(date.fromisoformat(point["on"]), point["planned"]) for point in each.points],
        )
        for each in plans
    ]
    for label, kind in (("Run", "run"), ("Passed", "passed")):
        points = [(each.on, getattr(each, kind)) for each in track.progress]
        lines.append(Line(label=label, kind=kind, points=points))
    return BurnUp(title="Tests planned, run and passed", lines=lines, today=track.today)


def slips(track: Track) -> str:
    """How far testing is from the first and from the present baseline (R72)."""
    plans = _agreed_plans(track)
    if not plans or not track.progress:
        return ""
    newest = track.progress[-1]
    chosen = {"original": plans[0], "present": plans[-1]} if len(plans) > 1 else {"": plans[0]}
    said = []
    for word, plan in chosen.items():
        found = burn_up.slip(plan.points, newest.run, newest.on)
        name = f"the {word} baseline".replace("  ", " ")
        if found.is_behind:
            said.append(f"{found.tests} tests and {found.days} days behind {name}")
        else:
            said.append(f"on or ahead of {name}")
    return "; ".join(said)


def chart_table(track: Track) -> Table:
    plans = _agreed_plans(track)
    return Table(
        caption="Tests planned, run and passed, day by day",
        columns=[
            Column(label="Day"),
            *(Column(label=f"Baseline {each.baseline}", align="end") for each in plans),
            Column(label="Run", align="end"),
            Column(label="Passed", align="end"),
            Column(label="Failed", align="end"),
        ],
        rows=[
            Row(
                cells=[
                    day(row.on),
                    *(str(burn_up.planned_on(each.points, row.on)) for each in plans),
                    str(row.run),
                    str(row.passed),
                    str(row.failed),
                ]
            )
            for row in reversed(track.progress)
        ],
        compact=True,
    )


def actions(track: Track) -> list[Action]:
    files = [
        Action(
            text=f"Export {word}", url=track.url("testing_export", kind), small=True, kind="quiet"
        )
        for kind, word in (("cases", "the tests"), ("defects", "the defects"))
    ]
    if not track.may_bring_in:
        return files
    return [track.button("Record the figures of today", "testing_progress"), *files]
