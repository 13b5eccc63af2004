"""What a route says for itself: its printed dates, its squeeze, its sentences, its JSON."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from waves.deadlines import (
    Events,
    Leg,
    Squeeze,
    as_json,
    resolve,
    resolve_route,
    squeeze,
)
from waves.settling import Binds
from waves.timetable import Standing
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


# route: Initial window, its review cap, Final window, its review, sign-off, decision
PRINTED = {
    "SIT_M10_READY": "06/01/2025 14/02/2025 04/04/2025 07/04/2025 09/05/2025 06/06/2025"
    " 22/08/2025 10/09/2025",
    "SIT_M11_READY": "06/01/2025 14/02/2025 04/04/2025 07/04/2025 06/06/2025 04/07/2025"
    " 03/09/2025 15/10/2025",
    "SIT_NOT_M11_READY": "06/01/2025 14/02/2025 04/04/2025 07/04/2025 19/09/2025 24/10/2025"
    " 28/11/2025 18/12/2025",
    "NON_SIT_LDSO_M10": "06/01/2025 14/02/2025 04/04/2025 07/04/2025 23/05/2025 20/06/2025"
    " 22/08/2025 10/09/2025",
    "QT_WAVE_1": "05/05/2025 11/07/2025 22/08/2025 25/08/2025 16/01/2026 06/03/2026"
    " 20/03/2026 15/04/2026",
    "QT_WAVE_2": "09/06/2025 12/09/2025 17/10/2025 20/10/2025 06/03/2026 13/04/2026"
    " 20/04/2026 28/05/2026",
    "QT_WAVE_3": "11/08/2025 07/11/2025 19/12/2025 12/01/2026 22/05/2026 19/06/2026"
    " 26/06/2026 30/07/2026",
    "QT_WAVE_4": "20/10/2025 16/01/2026 27/02/2026 09/03/2026 24/07/2026 21/08/2026"
    " 28/08/2026 24/09/2026",
}
FIXED_ROUTES = {"SIT_M10_READY", "NON_SIT_LDSO_M10"}


@pytest.mark.parametrize("route", PRINTED)
def test_r043_the_main_dates_of_a_route_are_those_of_the_plan(route):
    dues = {due.key: due for due in resolve_route(TIMETABLE, route, Events())}
    initial, final = dues["initial_qad_window"], dues["final_qad_window"]
    fixed = route in FIXED_ROUTES

    assert [
        *(initial.window_start, initial.window_end, dues[INITIAL].cap),
        *(final.window_start, final.window_end),
        dues[FINAL].due if fixed else dues[FINAL].cap,
        dues["qad_signoff_deadline"].due,
        dues[DECISION].due if fixed else dues[DECISION].cap,
    ] == [day(text) for text in PRINTED[route].split()]


@pytest.mark.parametrize("route", PRINTED)
def test_r043_every_route_answers_for_every_activity_in_the_order_of_the_file(route):
    dues = resolve_route(TIMETABLE, route, Events())

    assert [due.key for due in dues] == list(TIMETABLE.keys)
    assert len(dues) == 27
    assert all(due.because.endswith(f"{TIMETABLE.routes[route]}).") for due in dues)


@pytest.mark.parametrize(
    ("key", "route", "due", "start", "end"),
    [
        ("pqs_deadline", "QT_WAVE_3", "26/04/2024", None, None),
        ("placing_reliance_proposal_deadline", "NON_SIT_LDSO_M10", "05/01/2024", None, None),
        ("qt_preparation_start", "NON_SIT_LDSO_M10", "04/03/2024", None, None),
        ("qt_entry_checkpoint_1", "QT_WAVE_4", "08/12/2025", None, None),
        ("qt_test_plan_approved", "QT_WAVE_4", "09/01/2026", None, None),
        ("qt_entry_checkpoint_2", "QT_WAVE_3", "10/11/2025", None, None),
        ("qt_entry_checkpoint_2", "NON_SIT_LDSO_M10", "30/11/2024", None, None),
        ("qt_entry_checkpoint_2_second", "NON_SIT_LDSO_M10", "30/01/2025", None, None),
        ("qt_entry_confirmation", "QT_WAVE_4", "06/03/2026", None, None),
        ("pit_rttm", "QT_WAVE_1", "14/04/2025", None, None),
        ("qt_execution_window", "QT_WAVE_2", "27/02/2026", "20/10/2025", "27/02/2026"),
        ("dip_onboarding_window_qt", "QT_WAVE_1", "11/07/2025", "26/05/2025", "11/07/2025"),
        ("pit_approach_plan_clarification", "QT_WAVE_4", "05/07/2024", "26/04/2024", "05/07/2024"),
    ],
)
def test_x33_dates_are_read_day_first_and_a_window_is_due_on_its_last_day(
    key, route, due, start, end
):
    it = found(key, route)

    assert it.due == day(due)
    assert (it.window_start, it.window_end) == (start and day(start), end and day(end))
    assert it.binds is Binds.FIXED


@pytest.mark.parametrize("wave", range(1, 5))
def test_x01_the_misprinted_opening_is_corrected_beside_what_is_printed(wave):
    it = found("pqs_open", f"QT_WAVE_{wave}")

    assert (it.due, it.printed, it.raw_text) == (date(2024, 2, 5), date(2025, 2, 5), "05/02/2025")
    assert it.standing is Standing.CORRECTED
    assert "Monday 5 February 2024, although the plan prints 5 February 2025" in it.because


@pytest.mark.parametrize(
    ("key", "route", "kept"),
    [
        ("qt_preparation_start", "QT_WAVE_1", "28/05/2025"),
        ("qt_entry_checkpoint_1", "QT_WAVE_1", "13/06/2025"),
    ],
)
def test_x02_a_suspect_print_is_kept_and_said(key, route, kept):
    it = found(key, route)

    assert (it.due, it.standing) == (day(kept), Standing.PRINTED)
    assert it.note.startswith("Kept as printed")


@pytest.mark.parametrize(
    ("key", "route", "words"),
    [
        ("pit_rttm", "NON_SIT_LDSO_M10", "required all the same"),
        ("dip_onboarding_window_qt", "SIT_M10_READY", "onboard to the DIP all the same"),
        ("placing_reliance_proposal_deadline", "QT_WAVE_1", "inside the Pre-Qualification"),
        ("placing_reliance_proposal_deadline", "SIT_M10_READY", "only “Summer 2023”"),
        ("dip_non_technical_assurance", "QT_WAVE_2", "names no day"),
    ],
)
def test_x22_where_no_date_is_printed_there_is_none_and_the_reason_says_so(key, route, words):
    it = found(key, route)

    assert (it.due, it.window_start, it.window_end, it.cap, it.binds) == (None,) * 5
    assert words in it.because


# route: (last day, period ends, backstop) for Initial, Final, decision; days from the Final
# backstop to the sign-off deadline; slack of the three.
SQUEEZES = {
    "SIT_M10_READY": (
        ("14/02/2025", "28/03/2025", "04/04/2025", 7),
        ("09/05/2025", "06/06/2025", "06/06/2025", 0),
        ("22/08/2025", "22/09/2025", "10/09/2025", -12),
        77,
    ),
    "SIT_M11_READY": (
        ("14/02/2025", "28/03/2025", "04/04/2025", 7),
        ("06/06/2025", "04/07/2025", "04/07/2025", 0),
        ("03/09/2025", "03/10/2025", "15/10/2025", 12),
        61,
    ),
    "SIT_NOT_M11_READY": (
        ("14/02/2025", "28/03/2025", "04/04/2025", 7),
        ("19/09/2025", "17/10/2025", "24/10/2025", 7),
        ("28/11/2025", "28/12/2025", "18/12/2025", -10),
        35,
    ),
    "NON_SIT_LDSO_M10": (
        ("14/02/2025", "28/03/2025", "04/04/2025", 7),
        ("23/05/2025", "20/06/2025", "20/06/2025", 0),
        ("22/08/2025", "22/09/2025", "10/09/2025", -12),
        63,
    ),
    "QT_WAVE_1": (
        ("11/07/2025", "22/08/2025", "22/08/2025", 0),
        ("16/01/2026", "13/02/2026", "06/03/2026", 21),
        ("20/03/2026", "20/04/2026", "15/04/2026", -5),
        14,
    ),
    "QT_WAVE_2": (
        ("12/09/2025", "24/10/2025", "17/10/2025", -7),
        ("06/03/2026", "03/04/2026", "13/04/2026", 10),
        ("20/04/2026", "20/05/2026", "28/05/2026", 8),
        7,
    ),
    "QT_WAVE_3": (
        ("07/11/2025", "19/12/2025", "19/12/2025", 0),
        ("22/05/2026", "19/06/2026", "19/06/2026", 0),
        ("26/06/2026", "26/07/2026", "30/07/2026", 4),
        7,
    ),
    "QT_WAVE_4": (
        ("16/01/2026", "27/02/2026", "27/02/2026", 0),
        ("24/07/2026", "21/08/2026", "21/08/2026", 0),
        ("28/08/2026", "28/09/2026", "24/09/2026", -4),
        7,
    ),
}


@pytest.mark.parametrize("route", SQUEEZES)
def test_x07_the_squeeze_of_a_route_for_last_day_submitters(route):
    *legs, review_to_sign_off = SQUEEZES[route]
    fixed = (False, route in FIXED_ROUTES, route in FIXED_ROUTES)

    assert squeeze(TIMETABLE, route) == Squeeze(
        route,
        *(
            Leg(day(last), day(rule), day(backstop), is_fixed)
            for (last, rule, backstop, _), is_fixed in zip(legs, fixed, strict=True)
        ),
        review_to_sign_off,
    )
    it = squeeze(TIMETABLE, route)
    assert [leg.slack for leg in (it.initial_review, it.final_review, it.decision)] == [
        slack for *_, slack in legs
    ]


def test_x07_wave_2_leaves_five_weeks_of_six_to_the_initial_review():
    assert squeeze(TIMETABLE, "QT_WAVE_2").initial_review.days_left == 35
    assert squeeze(TIMETABLE, "QT_WAVE_3").initial_review.days_left == 42


@pytest.mark.parametrize(
    ("key", "route", "on", "because"),
    [
        (
            INITIAL,
            "QT_WAVE_2",
            "05/09/2025",
            "Six weeks from Friday 5 September 2025 is Friday 17 October 2025; the cap of"
            " 17 October 2025 falls on the same day. Both bind (QA&P v5.0, Appendix C, QT Wave 2).",
        ),
        (
            INITIAL,
            "QT_WAVE_2",
            "12/09/2025",
            "Six weeks from Friday 12 September 2025 is Friday 24 October 2025; the cap of"
            " Friday 17 October 2025 comes 7 days earlier. The cap binds"
            " (QA&P v5.0, Appendix C, QT Wave 2).",
        ),
        (
            FINAL,
            "QT_WAVE_2",
            "06/03/2026",
            "Four weeks from Friday 6 March 2026 is Friday 3 April 2026; the cap of Monday"
            " 13 April 2026 comes 10 days later. The rule binds"
            " (QA&P v5.0, Appendix C, QT Wave 2).",
        ),
        (
            DECISION,
            "QT_WAVE_3",
            "26/06/2026",
            "One month from Friday 26 June 2026 is Sunday 26 July 2026; the cap of Thursday"
            " 30 July 2026 comes 4 days later. The rule binds. 26 July 2026 is a Sunday; calendar"
            " days count, so the date stays (QA&P v5.0, Appendix C and 11.3, QT Wave 3).",
        ),
        (
            FINAL,
            "SIT_M10_READY",
            "09/05/2025",
            "The plan prints Friday 6 June 2025 as the last day, without a period"
            " (QA&P v5.0, Appendix C, SIT M10 Ready).",
        ),
        (
            DECISION,
            "SIT_M10_READY",
            "23/08/2025",
            "The QAD was signed off on Saturday 23 August 2025, 1 day after Friday"
            " 22 August 2025, the last day for it, so the full period of one month counts: Tuesday"
            " 23 September 2025. The printed date of Wednesday 10 September 2025 is missed. This"
            " reading is assumed (QA&P v5.0, Appendix C and 11.3, with 10.2, SIT M10 Ready).",
        ),
        (
            DECISION,
            "SIT_M11_READY",
            "20/07/2025",
            "One month from Sunday 20 July 2025 is Wednesday 20 August 2025; the plan foresees"
            " Wednesday 10 September 2025 at the earliest, so that day holds. This reading is"
            " assumed (QA&P v5.0, Appendix C and 11.3, SIT M11 Ready).",
        ),
    ],
)
def test_x35_a_due_date_says_why_down_to_the_paragraph(key, route, on, because):
    assert after_event(key, route, on).because == because


def test_x32_a_printed_saturday_stays_and_is_said_once():
    it = found("qt_entry_checkpoint_2", "NON_SIT_LDSO_M10")

    assert it.due.isoweekday() == 6
    assert it.because.count("30 November 2024 is a Saturday") == 1


def test_r043_the_dates_of_a_route_for_programs():
    events = Events(initial_submitted=date(2025, 9, 5))
    told = as_json("QT_WAVE_2", TIMETABLE, resolve_route(TIMETABLE, "QT_WAVE_2", events))
    by_key = {row["key"]: row for row in told["activities"]}

    assert list(told) == ["route", "timetable", "activities"]
    assert told["route"] == "QT_WAVE_2"
    assert told["timetable"] == "v1 (QA&P v5.0, Appendix C)"
    assert [row["key"] for row in told["activities"]] == list(TIMETABLE.keys)
    assert {tuple(row) for row in told["activities"]} == {
        ("key", "due", "window_start", "window_end", "cap", "because")
    }
    assert {name: by_key[INITIAL][name] for name in ("due", "window_start", "cap")} == {
        "due": "2025-10-17",
        "window_start": None,
        "cap": "2025-10-17",
    }
    assert {
        name: by_key["initial_qad_window"][name]
        for name in ("due", "window_start", "window_end", "cap")
    } == {
        "due": "2025-09-12",
        "window_start": "2025-06-09",
        "window_end": "2025-09-12",
        "cap": None,
    }
    assert by_key[FINAL]["due"] is None
    assert by_key[FINAL]["cap"] == "2026-04-13"
