"""What last days leave to those who come after, against a slow reading that counts days."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waves import tables
from waves.deadlines import Events
from waves.settling import add_months
from waves.squeeze import STEPS, in_words, pinches, worth_saying
from waves.timetable import Kind, Unit

FIRST = tables.from_files()
ROUTES = tuple(FIRST.routes)
LONG_AGO = date(2024, 1, 1)
ONE_DAY = timedelta(days=1)

# The table of the plan's last days: route -> (days given, full period) of Initial, Final, decision,
# and the days from the last day of the Final review to sign-off.
LAST_DAYS = {
    "SIT_M10_READY": ((42, 42), (28, 28), (19, 31), 77),
    "SIT_M11_READY": ((42, 42), (28, 28), (30, 30), 61),
    "SIT_NOT_M11_READY": ((42, 42), (28, 28), (20, 30), 42),
    "NON_SIT_LDSO_M10": ((42, 42), (28, 28), (19, 31), 63),
    "QT_WAVE_1": ((42, 42), (28, 28), (26, 31), 35),
    "QT_WAVE_2": ((35, 42), (28, 28), (30, 30), 17),
    "QT_WAVE_3": ((42, 42), (28, 28), (30, 30), 7),
    "QT_WAVE_4": ((42, 42), (28, 28), (27, 31), 7),
}


def slow_end(cell, on: date, last: date) -> date:
    """Walk on day by day until the period is over or the last printed day has come."""
    if cell.rule.unit is Unit.MONTHS:
        end = add_months(on, cell.rule.count)
    else:
        end, left = on, cell.rule.count * (7 if cell.rule.unit is Unit.WEEKS else 1)
        while left:
            end, left = end + ONE_DAY, left - 1
    if cell.kind is Kind.DATE and last >= on:
        return end if end > last and on > last else last
    while end > last and last >= on:
        end -= ONE_DAY
    return end


def slow_count(first: date, second: date) -> int:
    """The days from one to another, counted one by one."""
    step, count = (ONE_DAY, 0) if second >= first else (-ONE_DAY, 0)
    while first != second:
        first, count = first + step, count + step.days
    return count


@pytest.mark.parametrize("route", ROUTES)
def test_x07_last_days_leave_what_the_table_of_the_plan_says(route):
    found = pinches(FIRST, route, Events(), LONG_AGO)
    initial, final, decision, to_sign = LAST_DAYS[route]

    assert [(found[step.activity].given, found[step.activity].promised) for step in STEPS] == [
        initial,
        final,
        decision,
    ]
    assert found["final_qad_window"].then_days == to_sign


def test_x07_wave_2_says_five_weeks_of_six_and_wave_3_one_week_to_sign():
    wave_2 = worth_saying(pinches(FIRST, "QT_WAVE_2", Events(), LONG_AGO))
    wave_3 = worth_saying(pinches(FIRST, "QT_WAVE_3", Events(), LONG_AGO))

    assert wave_2["initial_qad_window"] == (
        "Submitted on the last day, 12 September 2025, it leaves reviewers 35 days, not 42:"
        " 17 October 2025 is the last day for that."
        " Submitted by 5 September 2025, all 42 are there."
    )
    assert wave_3 == {
        "final_qad_window": (
            "Submitted on the last day, 22 May 2026, it leaves reviewers 28 days;"
            " sign-off then has 7 days."
        )
    }


def test_what_was_submitted_is_said_of_the_review_and_what_is_done_of_nobody():
    submitted = Events(initial_submitted=date(2025, 11, 3), final_submitted=date(2026, 5, 20))
    found = pinches(FIRST, "QT_WAVE_3", submitted, date(2026, 5, 21))

    assert in_words(found["final_qad_review_complete"]) == (
        "If this ends on its last day, 17 June 2026, sign-off then has 9 days."
    )
    assert "final_qad_window" not in found
    reviewed = replace(submitted, final_reviewed=date(2026, 6, 1))
    assert "final_qad_review_complete" not in pinches(
        FIRST, "QT_WAVE_3", reviewed, date(2026, 6, 2)
    )


def test_a_last_day_that_has_passed_squeezes_nobody_for_the_late_keep_their_reviewers_time():
    assert pinches(FIRST, "QT_WAVE_2", Events(), date(2026, 12, 1)) == {}


@st.composite
def timetables(draw):
    """The first timetable with other last days, caps and periods on one route."""
    route, cells = draw(st.sampled_from(ROUTES)), dict(FIRST.cells)
    start = date(2025, 6, 1)
    for step in STEPS:
        on = start + timedelta(days=draw(st.integers(0, 300)))
        name = "end" if cells[step.activity, route].kind is Kind.WINDOW else "start"
        opens = {"start": start} if name == "end" else {}
        cells[step.activity, route] = replace(cells[step.activity, route], **{**opens, name: on})
        answer = cells[step.answer, route]
        day = on + timedelta(days=draw(st.integers(0, 80)))
        rule = replace(
            answer.rule,
            count=draw(st.integers(1, 6)),
            unit=draw(st.sampled_from((Unit.WEEKS, Unit.DAYS, Unit.MONTHS))),
        )
        where = "start" if answer.kind is Kind.DATE else "cap"
        cells[step.answer, route] = replace(answer, rule=rule, floor=None, **{where: day})
    return replace(FIRST, cells=MappingProxyType(cells)), route


@given(timetables())
def test_x07_every_squeeze_is_what_counting_day_by_day_gives(drawn):
    timetable, route = drawn
    found = pinches(timetable, route, Events(), LONG_AGO)

    for step in STEPS:
        cell, pinch = timetable.cell(step.answer, route), found[step.activity]
        on = timetable.cell(step.activity, route).last_day
        ends = slow_end(cell, on, cell.last_day)
        full = slow_end(cell, on, date(2099, 1, 1)) if cell.kind is not Kind.DATE else None
        assert (pinch.last_day, pinch.ends_on) == (on, ends)
        assert pinch.given == slow_count(on, ends)
        if full:
            assert pinch.promised == slow_count(on, full)
        if step.then:
            then = timetable.cell(step.then, route).last_day
            assert pinch.then_days == slow_count(ends, then)
        if pinch.full_until:
            kept = slow_end(cell, pinch.full_until, cell.last_day)
            assert kept == slow_end(cell, pinch.full_until, date(2099, 1, 1)) or (
                cell.kind is Kind.DATE
            )
            assert pinch.full_until < on
