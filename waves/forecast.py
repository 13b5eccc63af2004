"""PURE: what is still to come, if every step ends on its last day; drawn, never stored."""

from dataclasses import replace
from datetime import date

from waves.deadlines import Due, Events, resolve
from waves.timetable import Timetable


def forecast(timetable: Timetable, route: str, events: Events, today: date) -> dict[str, Due]:
    """Return the dates of the reviews and the decision that have not begun, by activity."""
    found: dict[str, Due] = {}
    supposed = events
    for submits, by, answered in (
        ("initial_submitted", "initial_qad_window", "initial_qad_review_complete"),
        ("final_submitted", "final_qad_window", "final_qad_review_complete"),
        ("signed_off", "qad_signoff_deadline", "qualification_decision"),
    ):
        if getattr(supposed, submits) is None:
            last_day = timetable.cell(by, route).last_day
            supposed = replace(supposed, **{submits: max(today, last_day or today)})
            due = resolve(timetable.cell(answered, route), supposed, timetable=timetable)
            found[answered] = due
    return found
