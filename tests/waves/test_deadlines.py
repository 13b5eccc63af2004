"""The periods of every route by table: six weeks, four weeks, one month; late, capped, fixed."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from waves.deadlines import (
    Events,
    resolve,
    resolve_beyond,
)
from waves.settling import Binds
from waves.timetable import Bound, Standing
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
    ("route", "submitted", "due", "binds"),
    [
        ("SIT_M10_READY", "06/01/2025", "17/02/2025", Binds.RULE),
        ("SIT_M10_READY", "14/02/2025", "28/03/2025", Binds.RULE),
        ("SIT_M11_READY", "14/02/2025", "28/03/2025", Binds.RULE),
        ("SIT_NOT_M11_READY", "14/02/2025", "28/03/2025", Binds.RULE),
        ("NON_SIT_LDSO_M10", "14/02/2025", "28/03/2025", Binds.RULE),
        ("QT_WAVE_1", "10/07/2025", "21/08/2025", Binds.RULE),
        ("QT_WAVE_1", "11/07/2025", "22/08/2025", Binds.BOTH),
        ("QT_WAVE_2", "01/05/2025", "12/06/2025", Binds.RULE),  # before its window: counts at once
        ("QT_WAVE_2", "04/09/2025", "16/10/2025", Binds.RULE),
        ("QT_WAVE_2", "05/09/2025", "17/10/2025", Binds.BOTH),
        ("QT_WAVE_3", "07/11/2025", "19/12/2025", Binds.BOTH),
        ("QT_WAVE_4", "16/01/2026", "27/02/2026", Binds.BOTH),
    ],
)
def test_r082_the_initial_review_has_six_weeks_or_the_cap(route, submitted, due, binds):
    it = after_event(INITIAL, route, submitted)

    assert (it.due, it.binds, it.cap_missed) == (day(due), binds, False)
    assert it.rule_date == day(submitted) + timedelta(days=42)


@pytest.mark.parametrize("submitted", ["06/09/2025", "09/09/2025", "12/09/2025"])
def test_x07_an_on_time_submitter_of_wave_2_still_loses_days_to_the_cap(submitted):
    it = after_event(INITIAL, "QT_WAVE_2", submitted)

    assert (it.due, it.binds, it.cap_missed) == (day("17/10/2025"), Binds.CAP, False)


@pytest.mark.parametrize(
    ("route", "submitted", "due", "binds"),
    [
        ("SIT_M11_READY", "06/06/2025", "04/07/2025", Binds.BOTH),
        ("SIT_NOT_M11_READY", "19/09/2025", "17/10/2025", Binds.RULE),
        ("QT_WAVE_1", "16/01/2026", "13/02/2026", Binds.RULE),
        ("QT_WAVE_2", "06/03/2026", "03/04/2026", Binds.RULE),  # Good Friday
        ("QT_WAVE_3", "22/05/2026", "19/06/2026", Binds.BOTH),
        ("QT_WAVE_4", "24/07/2026", "21/08/2026", Binds.BOTH),
        ("QT_WAVE_4", "09/03/2026", "06/04/2026", Binds.RULE),
        ("SIT_M10_READY", "07/04/2025", "06/06/2025", Binds.FIXED),
        ("SIT_M10_READY", "09/05/2025", "06/06/2025", Binds.FIXED),
        ("NON_SIT_LDSO_M10", "07/04/2025", "20/06/2025", Binds.FIXED),
        ("NON_SIT_LDSO_M10", "23/05/2025", "20/06/2025", Binds.FIXED),
    ],
)
def test_r091_the_final_review_has_four_weeks_or_the_cap_or_its_fixed_date(
    route, submitted, due, binds
):
    it = after_event(FINAL, route, submitted)

    assert (it.due, it.binds, it.cap_missed) == (day(due), binds, False)


@pytest.mark.parametrize(
    ("route", "signed", "due", "binds"),
    [
        ("SIT_M10_READY", "01/07/2025", "10/09/2025", Binds.FIXED),
        ("SIT_M10_READY", "22/08/2025", "10/09/2025", Binds.FIXED),
        ("NON_SIT_LDSO_M10", "22/08/2025", "10/09/2025", Binds.FIXED),
        ("SIT_M11_READY", "03/09/2025", "03/10/2025", Binds.RULE),
        ("SIT_NOT_M11_READY", "18/11/2025", "18/12/2025", Binds.BOTH),
        ("SIT_NOT_M11_READY", "28/11/2025", "18/12/2025", Binds.CAP),
        ("QT_WAVE_1", "14/03/2026", "14/04/2026", Binds.RULE),
        ("QT_WAVE_1", "20/03/2026", "15/04/2026", Binds.CAP),
        ("QT_WAVE_2", "20/04/2026", "20/05/2026", Binds.RULE),
        ("QT_WAVE_3", "26/06/2026", "26/07/2026", Binds.RULE),  # a Sunday
        ("QT_WAVE_4", "28/08/2026", "24/09/2026", Binds.CAP),
    ],
)
def test_r115_the_decision_has_one_month_or_the_cap_or_its_fixed_date(route, signed, due, binds):
    it = after_event(DECISION, route, signed)

    assert (it.due, it.binds, it.cap_missed) == (day(due), binds, False)


@pytest.mark.parametrize(
    ("key", "route", "on", "due", "missed"),
    [
        (INITIAL, "QT_WAVE_2", "13/09/2025", "25/10/2025", "17/10/2025"),
        (INITIAL, "QT_WAVE_2", "17/10/2025", "28/11/2025", "17/10/2025"),
        (INITIAL, "QT_WAVE_2", "01/12/2025", "12/01/2026", "17/10/2025"),
        (INITIAL, "QT_WAVE_1", "12/07/2025", "23/08/2025", "22/08/2025"),
        (INITIAL, "SIT_M11_READY", "22/02/2025", "05/04/2025", "04/04/2025"),
        (FINAL, "QT_WAVE_3", "23/05/2026", "20/06/2026", "19/06/2026"),
        (FINAL, "QT_WAVE_1", "07/02/2026", "07/03/2026", "06/03/2026"),
        (FINAL, "SIT_M10_READY", "10/05/2025", "07/06/2025", "06/06/2025"),
        (FINAL, "SIT_M10_READY", "07/06/2025", "05/07/2025", "06/06/2025"),
        (FINAL, "NON_SIT_LDSO_M10", "24/05/2025", "21/06/2025", "20/06/2025"),
        (DECISION, "SIT_M10_READY", "23/08/2025", "23/09/2025", "10/09/2025"),
        (DECISION, "NON_SIT_LDSO_M10", "31/10/2025", "30/11/2025", "10/09/2025"),
        (DECISION, "QT_WAVE_4", "31/08/2026", "30/09/2026", "24/09/2026"),
        (DECISION, "SIT_NOT_M11_READY", "31/12/2025", "31/01/2026", "18/12/2025"),
    ],
)
def test_x07_a_late_submitter_has_the_full_period_and_the_cap_is_missed(
    key, route, on, due, missed
):
    it = after_event(key, route, on)

    assert (it.due, it.rule_date, it.cap) == (day(due), day(due), day(missed))
    assert (it.binds, it.cap_missed, it.standing) == (Binds.LATE, True, Standing.ASSUMED)
    assert it.clause.endswith("with 10.2")
    assert "is missed" in it.because
    assert "This reading is assumed" in it.because


@pytest.mark.parametrize(
    ("key", "route", "on", "due"),
    [
        (INITIAL, "SIT_M10_READY", "15/02/2025", "29/03/2025"),
        (INITIAL, "NON_SIT_LDSO_M10", "20/02/2025", "03/04/2025"),
        (FINAL, "QT_WAVE_1", "30/01/2026", "27/02/2026"),
        (FINAL, "QT_WAVE_2", "13/03/2026", "10/04/2026"),
        (DECISION, "QT_WAVE_2", "27/04/2026", "27/05/2026"),
        (DECISION, "SIT_M11_READY", "12/09/2025", "12/10/2025"),
    ],
)
def test_x07_a_late_submitter_inside_the_cap_misses_nothing(key, route, on, due):
    it = after_event(key, route, on)

    assert (it.due, it.binds, it.cap_missed) == (day(due), Binds.RULE, False)
    assert it.standing is Standing.PRINTED


@pytest.mark.parametrize(
    ("route", "signed", "due", "binds"),
    [
        ("SIT_M11_READY", "20/07/2025", "10/09/2025", Binds.FLOOR),
        ("SIT_M11_READY", "09/08/2025", "10/09/2025", Binds.FLOOR),
        ("SIT_M11_READY", "10/08/2025", "10/09/2025", Binds.RULE),
        ("SIT_M11_READY", "11/08/2025", "11/09/2025", Binds.RULE),
        ("SIT_NOT_M11_READY", "01/06/2025", "10/09/2025", Binds.FLOOR),
    ],
)
def test_r117_a_decision_of_later_sit_parties_is_not_expected_before_the_m10_ready_ones(
    route, signed, due, binds
):
    it = after_event(DECISION, route, signed)

    assert (it.due, it.binds, it.floor) == (day(due), binds, day("10/09/2025"))
    assert it.standing is (Standing.ASSUMED if binds is Binds.FLOOR else Standing.PRINTED)


@pytest.mark.parametrize(
    "route", sorted(set(TIMETABLE.routes) - {"SIT_M11_READY", "SIT_NOT_M11_READY"})
)
def test_r117_no_other_route_has_a_floor(route):
    assert [cell.key for cell in TIMETABLE.of_route(route) if cell.floor] == []


@pytest.mark.parametrize("route", list(TIMETABLE.routes))
def test_r100_sign_off_opens_on_the_day_the_comments_are_confirmed_and_has_no_cap(route):
    waiting = found("qad_signoff_open", route)
    opened = found("qad_signoff_open", route, comments_confirmed="01/04/2026")

    assert (waiting.due, waiting.cap) == (None, None)
    assert waiting.because.startswith("It waits until every body has confirmed")
    assert (opened.due, opened.cap, opened.bound) == (day("01/04/2026"), None, Bound.OPENS)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("08/09/2025", "08/10/2025"),
        ("31/08/2025", "30/09/2025"),
        ("31/01/2025", "28/02/2025"),
        ("31/01/2028", "29/02/2028"),
        ("31/12/2025", "31/01/2026"),
    ],
)
def test_r062_the_pit_report_of_a_wave_is_answered_within_one_calendar_month(received, due):
    events = Events(pit_report_received=day(received))
    dues = {it.key: it for it in resolve_beyond(TIMETABLE, "QT_WAVE_2", events)}

    assert dues["pit_sufficiency"].due == day(due)
    assert dues["pit_sufficiency"].clause == "QA&P v5.0, 9.3.3"


def test_r062_only_the_waves_have_the_promise_on_pit():
    with_promise = [
        route
        for route in TIMETABLE.routes
        if any(it.key == "pit_sufficiency" for it in resolve_beyond(TIMETABLE, route, Events()))
    ]

    assert with_promise == ["QT_WAVE_1", "QT_WAVE_2", "QT_WAVE_3", "QT_WAVE_4"]


def test_r121_wave_parties_start_to_migrate_on_15_may_2026_and_ldsos_have_no_such_date():
    wave = {it.key: it for it in resolve_beyond(TIMETABLE, "QT_WAVE_1", Events())}

    assert wave["earliest_migration"].due == date(2026, 5, 15)
    assert resolve_beyond(TIMETABLE, "NON_SIT_LDSO_M10", Events()) == []


@pytest.mark.parametrize(
    ("key", "event"), [(INITIAL, "initial"), (FINAL, "Final"), (DECISION, "signed off")]
)
def test_r082_r091_r115_without_the_event_there_is_a_cap_but_no_due_date(key, event):
    it = found(key, "QT_WAVE_2")

    assert (it.due, it.rule_date, it.binds) == (None, None, None)
    assert it.cap is not None
    assert it.because.startswith("It waits until the")
    assert event.lower() in it.because.lower()
