"""PURE: one act of the demonstration: when, what, by whom, about what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zlib import crc32

from foundation.clock.moments import LONDON

FRIDAY = 4
HOLIDAYS = {(12, 25), (12, 26), (1, 1)}
# The time of day at which each kind of act begins, so that acts of one day follow in sense.
HOURS = {
    "found": time(9, 0),
    "record_pqs": time(9, 20),
    "add_qualification": time(9, 40),
    "give_place": time(9, 55),
    "invite_admin": time(10, 10),
    "come_in": time(11, 30),
    "limit_authors": time(11, 50),
    "change_route": time(11, 0),
    "start_review": time(9, 30),
    "request_reopening": time(9, 15),
    "receive_report": time(9, 50),
    "open_final": time(10, 10),
    "make_assertion": time(10, 0),
    "draft_letter": time(10, 20),
    "sign_letter": time(11, 20),
    "accept_letter": time(12, 10),
    "write": time(10, 30),
    "talk": time(10, 0),
    "decide_reopening": time(12, 0),
    "change_reopened": time(13, 30),
    "agree_work_off": time(14, 0),
    "take_step": time(14, 30),
    "plan_place": time(11, 40),
    "pre_qualify": time(14, 5),
    "confirm_pit": time(14, 45),
    "submit_section": time(15, 30),
    "submit_initial": time(16, 0),
    "submit_final": time(16, 0),
    "resubmit": time(16, 0),
    "sign": time(15, 0),
    "record_accession": time(15, 40),
    "say_dip_user": time(14, 20),
    "complete_initial": time(16, 10),
    "give_opinion": time(16, 0),
    "confirm_comments": time(16, 40),
    "decide": time(15, 0),
}


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody does; ``verb`` names the function that plays it.

    ``about`` is the key of a qualification, ORG, or the id of a thread.
    """

    at: datetime
    verb: str
    about: str = ""
    who: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def act(verb: str, on: date, about: str = "", who: str = "", *, minutes: int = 0, **data) -> Act:
    """Return an act on a day, at an hour that suits it; ``minutes`` sets it later."""
    return Act(moment(verb, on, about + who, minutes), verb, about, who, data)


def moment(verb: str, on: date, key: str, minutes: int = 0) -> datetime:
    """Return the instant of an act: its hour in London, and a few minutes that look unplanned."""
    hour = HOURS[verb]
    minute = hour.minute + crc32(f"{verb}{on}{key}".encode()) % 9 + minutes
    return datetime.combine(
        on, time(hour.hour + minute // 60, minute % 60, crc32(key.encode()) % 60), LONDON
    )


def working_day(day: date) -> date:
    """Return the day, or the working day before it; nobody writes at Christmas."""
    while day.weekday() > FRIDAY or (day.month, day.day) in HOLIDAYS:
        day -= timedelta(days=1)
    return day
