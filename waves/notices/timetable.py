"""What people are told of a new timetable: each organisation of its own dates alone (R10, R43)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from foundation.notices.outbox import Recipient, announce
from participants.enums import Body, Duty
from participants.models import Qualification
from waves.audience import Audience
from waves.because import short_day
from waves.models import Timetable
from waves.obligations import RULES

_LONGEST = 12  # lines in one notice; the page shows them all
Changes = Sequence[dict[str, Any]]


def published(row: Timetable, moved: Mapping[UUID, Changes], *, at: datetime) -> int:
    """Tell everybody whose dates moved, once for each organisation; return how many there were."""
    found = Qualification.objects.filter(pk__in=list(moved)).select_related("organisation")
    lines: dict[UUID, list[str]] = {}
    names: dict[UUID, tuple[str, str]] = {}
    for each in found.order_by("organisation_id", "created_at", "pk"):
        names[each.organisation_id] = each.organisation.name, each.organisation.slug
        said = lines.setdefault(each.organisation_id, [])
        said += (_line(change, each) for change in moved[each.pk])
    if not lines:
        return 0
    audience = Audience.of(lines)
    for key, said in lines.items():
        members = [each.who for each in audience.members.get(key, ()) if each.writes]
        _organisation(row, key, *names[key], list(dict.fromkeys(said)), members, at)
    _bodies(row, len(lines), audience, at)
    return len(lines)


def _organisation(
    row: Timetable,
    key: UUID,
    name: str,
    slug: str,
    lines: Sequence[str],
    members: Iterable[Recipient],
    at: datetime,
) -> None:
    shown, rest = lines[:_LONGEST], len(lines) - _LONGEST
    more = f"\nAnd {rest} more on the page of your dates." if rest > 0 else ""
    count = "1 date" if len(lines) == 1 else f"{len(lines)} dates"
    announce(
        kind="timetable",
        key=f"{row.pk}:{key}",
        recipients=members,
        subject=f"{name}: {count} moved with timetable {row.version}",
        text=f"Timetable {row.version} is in force. {_why(row)}\n\n"
        + "\n".join(shown)
        + f"{more}\n\nReminders follow the new dates.",
        path=f"/o/{slug}/timetable/",
        at=at,
        organisation_id=key,
    )


def _bodies(row: Timetable, count: int, audience: Audience, at: datetime) -> None:
    told = [
        who
        for body in (Body.BSC, Body.REC, Body.DIP, Body.MHHSP)
        for who, duties in audience.staff.get(body, ())
        if duties & {Duty.LEAD, Duty.PLANNER, Duty.TEST_MANAGER}
    ]
    whom = "1 organisation" if count == 1 else f"{count} organisations"
    announce(
        kind="timetable",
        key=f"{row.pk}",
        recipients=told,
        subject=f"Timetable {row.version} is in force; it moves dates of {whom}",
        text=f"{row.published_by_name} published it. {_why(row)}\n\nEvery running clock follows it"
        " now; what was done stays as it was.",
        path="/desk/timetable/",
        at=at,
    )


def _why(row: Timetable) -> str:
    said = f"Reason: {row.reason.removesuffix('.')}." if row.reason else ""
    return f"{said} Approved by: {row.authority}." if row.authority else said


def _line(change: dict[str, Any], of: Qualification) -> str:
    task = RULES[change["activity"]].task if change["activity"] in RULES else change["activity"]
    held = f", {change['body']}" if change["body"] else ""
    what = f"{task}, {of.get_role_display()}{held}"
    before, after = change["from"], change["to"]
    if after is None:
        return f"{what}: no longer asked"
    if before is None or before == after:
        return f"{what}: {_day(after)}"
    return f"{what}: {_day(before)}, now {_day(after)}"


def _day(value: date | str) -> str:
    return short_day(date.fromisoformat(value) if isinstance(value, str) else value)
