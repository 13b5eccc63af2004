"""Dates in lists and date cards: the state in a word, and why the date is its date."""

from datetime import date

from django.urls import reverse

from foundation.clock.words import day, days, instant
from foundation.ui.parts import DateCard, DateLink, Lines, Mark, Ruler, Status, Words
from waves.because import long_day
from waves.dates import Dated
from waves.timetable import Owner, Standing

_BODIES = ("BSC", "REC", "DIP")
_BRIEFLY = 20  # such as "Summer 2023"
_PLAIN = {
    "met": Status("Met", "met"),
    "late": Status("Met late", "late"),
    "paused": Status("", "paused"),
    "cancelled": Status("Ended", "not_needed"),
    "ahead": Status("Ahead", "not_due"),
    "passed": Status("Passed", "not_needed"),
    "waiting": Status("", "waiting"),
    "no_date": Status("No date", "not_applicable"),
    "not_applicable": Status("", "not_applicable"),
}
_STARTS = {
    "initial_submitted": "submitted",
    "final_submitted": "submitted",
    "signed_off": "signed",
    "pit_report_received": "received",
}
_HOLDERS = {
    Owner.PARTICIPANT: "The organisation",
    Owner.QTM: "Test manager",
    Owner.MHHSP: "MHHS Programme",
}


def state(dated: Dated, today: date) -> Status:
    """Return how a date stands, in its word and shape."""
    if dated.state == "overdue":
        return Status(f"Overdue by {days((today - _ends(dated)).days)}", "overdue")
    if dated.state != "running":
        return _PLAIN[dated.state]
    if dated.body:
        return Status(f"With {dated.body}", "with_body")
    opened = dated.window_start is None or dated.window_start <= today
    return Status("", "open_now" if opened else "not_open")


def when(dated: Dated) -> str:
    """Return the date in words: a day, or the cap of what has not begun."""
    if dated.due:
        return day(dated.due)
    if dated.state == "no_date" and len(dated.raw_text) <= _BRIEFLY:
        return dated.raw_text
    if dated.state in ("no_date", "not_applicable"):
        return "No date"
    return f"By {day(dated.cap)} at the latest" if dated.cap else "No date yet"


def left(dated: Dated, today: date) -> str:
    """Return the days from today, or "" where nothing is awaited."""
    if dated.due is None or dated.state not in ("running", "ahead", "overdue"):
        return ""
    gap = (_ends(dated) - today).days
    return days(gap) if gap >= 0 else f"{days(-gap)} ago"


def who(dated: Dated, *, own: bool = False) -> Words:
    """Return who holds a date: the body's mark, or the side in words; ``own`` speaks to it."""
    if own and dated.is_participants:
        return "You"
    if dated.body in _BODIES:
        return Mark(dated.body)
    if dated.owner in _BODIES:
        return Mark(dated.owner)
    return _HOLDERS.get(dated.owner, "Each body")


def address(dated: Dated, slug: str) -> str:
    """Return the address under which one date explains itself."""
    url = reverse("waves:date", args=[slug, dated.qualification_id, dated.activity])
    return f"{url}?body={dated.body}" if dated.body else url


def link(dated: Dated, slug: str) -> DateLink:
    """Return the date as a link that fetches its card when asked."""
    return DateLink(when(dated), url=address(dated, slug), after=_after(dated))


def card(dated: Dated, *, route: str, url: str = "") -> DateCard:
    """Return the card of a date."""
    reason = dated.reason
    question = f"Why {long_day(dated.due)}?" if dated.due else "Why no date yet?"
    return DateCard(
        question=question,
        status=_standing(dated),
        what=f"{dated.label}, {route}",
        ruler=_ruler(dated),
        rule=reason["rule"],
        sum=reason["sum"],
        cap=reason["cap"],
        note=reason["note"],
        clause=reason["clause"],
        version=reason["version"],
        changed=Lines(dated.history) if dated.history else "",
        rows=_rows(dated),
    )


def printed_value(dated: Dated) -> str:
    """Return what the plan prints where the portal uses another day, as it prints days."""
    return f"{dated.printed:%d/%m/%Y}" if dated.printed else ""


def _after(dated: Dated) -> str:
    binds = dated.reason["binds"]
    return binds if binds in ("rule", "cap", "late", "floor") else ""


def _standing(dated: Dated) -> Status | None:
    if dated.standing == Standing.ASSUMED:
        return Status("", "assumed")
    if dated.is_corrected:
        return Status("Misprint corrected", "at_risk")
    return None


def _ruler(dated: Dated) -> Ruler | None:
    if dated.started_on is None or dated.due is None or dated.due <= dated.started_on:
        return None
    cap_days = (dated.cap - dated.started_on).days if dated.cap else None
    return Ruler(
        days=(dated.due - dated.started_on).days,
        start=_brief(dated.started_on),
        start_note=_STARTS.get(dated.reason["starts_on"], ""),
        due=_brief(dated.due),
        due_note=f"+ {days((dated.due - dated.started_on).days)}",
        cap_days=cap_days if cap_days and cap_days > 0 else None,
        cap=_brief(dated.cap) if dated.cap else "",
    )


def _rows(dated: Dated) -> list[tuple[str, Words]]:
    rows: list[tuple[str, Words]] = []
    if dated.printed:
        rows.append(("Printed", printed_value(dated)))
    elif dated.raw_text:
        rows.append(("Printed", f"“{dated.raw_text}”"))
    if dated.effective:
        rows.append(("With pauses", day(dated.effective)))
    if dated.squeeze:
        rows.append(("Last day", dated.squeeze))
    if dated.met_at:
        rows.append(("Met", instant(dated.met_at)))
    if dated.due_at and dated.state in ("running", "overdue"):
        rows.append(("Ends", f"23:59 on {day(_ends(dated))} (UK time); it blocks nothing"))
    return rows


def _ends(dated: Dated) -> date:
    """The day on which it ends, pauses and extensions counted."""
    return dated.effective or dated.due


def _brief(value: date) -> str:
    return f"{value.day} {value:%b}"
