"""Dates of qualifications as entries of a calendar: what is to be done, and since when it moved."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse

from participants.models import Qualification
from waves.dates import Dated
from waves.deadlines import london_date
from waves.enums import ObligationState
from waves.feed import Entry
from waves.models import Obligation

_DAY = timedelta(days=1)


def entries_of(
    qualification: Qualification,
    dates: Sequence[Dated],
    obligations: Iterable[Obligation],
    *,
    published: tuple[int, datetime],
    body: str = "",
) -> list[Entry]:
    """Return the entries of one qualification; ``body`` leaves the clocks of one body alone.

    ``published`` is how many timetables came before the one in force, and when that one came.
    """
    rows = {(row.activity, row.body): row for row in obligations}
    found: list[Entry] = []
    told: set[tuple[str, str]] = set()
    for line in dates:
        row = rows.get((line.activity, line.body))
        ended = row is not None and row.state == ObligationState.CANCELLED
        if line.due is None or ended or (body and line.body != body):
            continue
        told.add((line.activity, line.body))
        found += _entries(qualification, line, row, published)
    for key, row in rows.items():
        if key not in told and row.state == ObligationState.CANCELLED and body in ("", row.body):
            found.append(_cancelled(qualification, row, published))
    return found


def _entries(
    qualification: Qualification,
    line: Dated,
    row: Obligation | None,
    published: tuple[int, datetime],
) -> Iterable[Entry]:
    last = _effective(row) if row else line.due
    key = f"{qualification.pk}-{line.activity}{f'-{line.body}' if line.body else ''}"
    shared = {
        "because": line.because,
        "url": _address(qualification, line.activity, line.body),
        "sequence": published[0] + (_moves(row) if row else 0),
        "changed_at": _changed_at(row, published[1]),
        "categories": ("MHHS Qualification", qualification.get_role_display()),
    }
    named = _named(qualification, line.body)
    done = "Done: " if line.state in ("met", "late") else ""
    yield Entry(key=key, title=f"{done}{named}: {line.task}", first=last, last=last, **shared)
    opens, closes = line.window_start, line.window_end
    if opens and closes and opens < closes and not done:
        title = f"{named}: {_lower(line.label)}"
        yield Entry(
            key=f"{key}-window", title=title, first=opens, last=max(closes, opens), **shared
        )


def _cancelled(
    qualification: Qualification, row: Obligation, published: tuple[int, datetime]
) -> Entry:
    key = f"{qualification.pk}-{row.activity}{f'-{row.body}' if row.body else ''}"
    last = _effective(row)
    return Entry(
        key=key,
        title=f"{_named(qualification, row.body)}: {row.label}",
        first=last,
        last=last,
        because=row.because,
        url=_address(qualification),
        sequence=published[0] + _moves(row),
        changed_at=_changed_at(row, published[1]),
        is_cancelled=True,
    )


def _address(qualification: Qualification, activity: str = "", body: str = "") -> str:
    place = [qualification.organisation.slug, qualification.pk]
    if not activity:
        return f"{settings.BASE_URL}{reverse('waves:dates', args=place)}"
    url = f"{settings.BASE_URL}{reverse('waves:date', args=[*place, activity])}"
    return f"{url}?body={body}" if body else url


def _named(qualification: Qualification, body: str) -> str:
    who = f"{qualification.organisation.name}, {qualification.get_role_display()}"
    return f"{who}, {body}" if body else who


def _effective(row: Obligation) -> date:
    """The last day on which a duty is in time, with what a clock was paused or extended by."""
    return london_date(row.due_at) - _DAY


def _moves(row: Obligation) -> int:
    return len(row.reason.get("was", ())) + len(row.spans)


def _changed_at(row: Obligation | None, published_at: datetime) -> datetime:
    """The last moment at which the portal wrote the date anew."""
    if row is None:
        return published_at
    was = [datetime.fromisoformat(each["until"]) for each in row.reason.get("was", ())]
    return max([published_at, *was, *([row.met_at] if row.met_at else [])])


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[0].lower() + text[1:]
