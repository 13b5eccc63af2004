"""Due dates for any day: against a slow reference, and as instants in London."""

import itertools
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from waves.deadlines import (
    Events,
    due_at,
    is_late,
    london_date,
    resolve,
    resolve_route,
)
from waves.settling import Binds, add_months, after, settle
from waves.timetable import Cell, Event, Kind, Rule, Unit
from waves.timetable_file import parse

FIXTURES = Path(__file__).parents[2] / "fixtures"
TIMETABLE = parse(
    (FIXTURES / "timetable_v1.csv").read_text(encoding="utf-8"),
    (FIXTURES / "timetable_v1.toml").read_text(encoding="utf-8"),
)
INITIAL, FINAL, DECISION = (
    "initial_qad_review_complete",
    "final_qad_review_complete",
    "qualification_decision",
)
STARTS = {INITIAL: "initial_submitted", FINAL: "final_submitted", DECISION: "signed_off"}


def day(text: str) -> date:
    """A date written as in the plan: day, month, year."""
    return datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=UTC).date()


def found(key: str, route: str, **events: str):
    """One activity of a route, with the events that have happened."""
    happened = Events(**{name: day(text) for name, text in events.items()})
    return resolve(TIMETABLE.cell(key, route), happened, timetable=TIMETABLE)


def after_event(key: str, route: str, on: str):
    """One activity whose period has started."""
    return found(key, route, **{STARTS[key]: on})


@pytest.mark.parametrize(
    ("due", "missed_from"),
    [
        ("17/10/2025", "2025-10-17T23:00:00+00:00"),
        ("25/10/2025", "2025-10-25T23:00:00+00:00"),
        ("26/10/2025", "2025-10-27T00:00:00+00:00"),  # the day of 25 hours
        ("28/03/2026", "2026-03-29T00:00:00+00:00"),
        ("29/03/2026", "2026-03-29T23:00:00+00:00"),  # the day of 23 hours
        ("28/02/2028", "2028-02-29T00:00:00+00:00"),
        ("31/12/2025", "2026-01-01T00:00:00+00:00"),
    ],
)
def test_x11_a_due_date_is_missed_from_the_first_instant_of_the_next_london_day(due, missed_from):
    instant = datetime.fromisoformat(missed_from)

    assert due_at(day(due)) == instant
    assert is_late(day(due), instant)
    assert not is_late(day(due), instant - timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("2025-09-05T22:59:59+00:00", "05/09/2025"),
        ("2025-09-05T23:00:00+00:00", "06/09/2025"),
        ("2026-01-16T23:59:59+00:00", "16/01/2026"),
        ("2026-03-29T23:00:00+00:00", "30/03/2026"),
    ],
)
def test_r082_a_submission_counts_from_its_london_date(instant, expected):
    assert london_date(datetime.fromisoformat(instant)) == day(expected)


def test_r082_six_weeks_over_the_end_of_summer_time_are_six_calendar_weeks():
    submitted = london_date(datetime(2025, 9, 19, 23, 30, tzinfo=UTC))
    rule = Rule(6, Unit.WEEKS, Event.INITIAL_SUBMITTED)

    assert submitted == date(2025, 9, 20)
    assert due_at(after(rule, submitted)) == datetime(2025, 11, 2, 0, 0, tzinfo=UTC)


def test_r082_an_instant_without_a_zone_or_in_place_of_a_date_is_refused():
    naive = datetime(2025, 9, 5, 12, 0)
    with pytest.raises(ValueError, match="time zone"):
        london_date(naive)
    with pytest.raises(TypeError, match="initial_submitted"):
        Events(initial_submitted=datetime(2025, 9, 5, 12, 0, tzinfo=UTC))


DAYS = st.dates(date(2023, 1, 1), date(2033, 12, 31))
PERIODS = st.sampled_from(
    [(6, Unit.WEEKS), (4, Unit.WEEKS), (1, Unit.MONTHS), (2, Unit.MONTHS), (14, Unit.MONTHS)]
    + [(0, Unit.DAYS), (28, Unit.DAYS)]
)


def walk(start: date, unit: Unit, count: int) -> date:
    """A period on a wall calendar: turned over day by day, month by month."""
    if unit is not Unit.MONTHS:
        days = (start + timedelta(days=n) for n in itertools.count())
        return next(itertools.islice(days, count * (7 if unit is Unit.WEEKS else 1), None))
    leaf = start
    for _ in range(count):  # to the first of the next month
        here = leaf.month
        while leaf.month == here:
            leaf += timedelta(days=1)
    month = leaf.month
    if count == 0:
        return start
    while leaf.day < start.day and (leaf + timedelta(days=1)).month == month:
        leaf += timedelta(days=1)
    return leaf


def reference(*, event, period, cap, fixed, floor, closes):
    """The same rules the other way round: what each person in the story may count on."""
    whole = walk(event, *period)
    last = fixed or cap
    came_late = (closes is not None and event > closes) or (last is not None and event > last)
    if last is None:
        promised = whole
    elif came_late:
        promised = max(whole, last) if fixed else whole
    else:
        promised = fixed or min([whole, cap])
    return max(promised, floor) if floor else promised


@st.composite
def settlements(draw):
    """A cell with a cap, a fixed date or neither, perhaps a floor, and an event."""
    unit_count = draw(PERIODS)
    shape = draw(st.sampled_from(["cap", "fixed", "open"]))
    last = draw(DAYS) if shape != "open" else None
    closes = draw(st.none() | DAYS)
    floor = draw(st.none() | DAYS) if shape != "fixed" else None
    if floor and last:
        assume(floor <= last)
    cell = Cell(
        key="review",
        label="Review",
        route="QT_WAVE_2",
        kind=Kind.DATE if shape == "fixed" else Kind.RELATIVE,
        start=last if shape == "fixed" else None,
        cap=last if shape == "cap" else None,
        rule=Rule(unit_count[0], unit_count[1], Event.INITIAL_SUBMITTED),
        floor=floor,
    )
    return cell, closes


@given(settlements(), DAYS)
def test_r082_r091_r115_x07_the_sum_agrees_with_the_slow_reference(settlement, event):
    cell, closes = settlement
    expected = reference(
        event=event,
        period=(cell.rule.unit, cell.rule.count),
        cap=cell.cap,
        fixed=cell.start,
        floor=cell.floor,
        closes=closes,
    )

    assert settle(cell, event, closes).due == expected


@given(settlements(), DAYS, DAYS)
def test_x07_who_comes_later_is_never_due_earlier(settlement, one, other):
    cell, closes = settlement
    first, second = sorted((one, other))

    assert settle(cell, first, closes).due <= settle(cell, second, closes).due


@given(settlements(), DAYS)
def test_x07_nothing_is_due_before_it_was_submitted(settlement, event):
    cell, closes = settlement

    assert settle(cell, event, closes).due >= event


@given(settlements(), DAYS)
def test_x07_what_binds_is_what_the_date_is(settlement, event):
    cell, closes = settlement
    it = settle(cell, event, closes)

    assert (
        it.due
        in {
            Binds.RULE: {it.rule_date},
            Binds.CAP: {cell.cap} - {it.rule_date},
            Binds.BOTH: {cell.cap} & {it.rule_date},
            Binds.FIXED: {cell.start},
            Binds.LATE: {it.rule_date} - {it.last_day},
            Binds.FLOOR: {cell.floor} - {it.rule_date},
        }[it.binds]
    )
    assert it.cap_missed == (it.binds is Binds.LATE)


@given(DAYS, st.integers(0, 30))
@example(date(2025, 1, 31), 1)
@example(date(2028, 1, 31), 1)
@example(date(2028, 2, 29), 12)
@example(date(2025, 8, 31), 1)
@example(date(2025, 12, 31), 2)
def test_x32_a_month_ends_on_the_same_day_number_or_at_the_end_of_a_shorter_month(start, months):
    assert add_months(start, months) == walk(start, Unit.MONTHS, months)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("31/01/2025", "28/02/2025"),
        ("31/01/2028", "29/02/2028"),
        ("29/02/2028", "29/03/2028"),
        ("31/08/2025", "30/09/2025"),
        ("30/11/2025", "30/12/2025"),
        ("31/12/2025", "31/01/2026"),
    ],
)
def test_x32_month_ends(start, end):
    assert after(Rule(1, Unit.MONTHS, Event.SIGNED_OFF), day(start)) == day(end)


@given(DAYS)
@example(date(2026, 3, 29))
@example(date(2025, 10, 26))
def test_x11_a_london_day_belongs_to_one_due_date_only(due):
    missed_from = due_at(due)
    in_london = missed_from.astimezone(ZoneInfo("Europe/London"))

    assert london_date(missed_from - timedelta(microseconds=1)) == due
    assert london_date(missed_from) == due + timedelta(days=1)
    assert (in_london.hour, in_london.minute, missed_from.tzinfo) == (0, 0, UTC)


@given(st.sampled_from(sorted(TIMETABLE.routes)), DAYS, DAYS, DAYS)
def test_x11_any_day_whatever_gives_a_route_its_dates_and_never_an_error(
    route, initial, final, signed
):
    events = Events(initial_submitted=initial, final_submitted=final, signed_off=signed)
    dues = {due.key: due for due in resolve_route(TIMETABLE, route, events)}

    assert dues[INITIAL].due >= initial
    assert dues[FINAL].due is not None
    assert dues[DECISION].due is not None
    for key in (INITIAL, FINAL, DECISION):
        assert dues[key].cap_missed == ("is missed" in dues[key].because)
