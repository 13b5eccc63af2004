"""Keeping obligations in line with what has happened; dates warn and record, never block (X11)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from foundation.audit.trail import record
from foundation.tenancy.actor import Actor
from participants.enums import ENDED
from participants.models import Qualification
from participants.moves import lock
from waves import happenings, tables
from waves.deadlines import london_date
from waves.enums import ObligationState
from waves.models import CompletionReport, Obligation
from waves.obligations import wishes
from waves.services import planning

OPEN = (ObligationState.RUNNING, ObligationState.PAUSED)
DONE = (ObligationState.MET, ObligationState.LATE)
Row = TypeVar("Row", CompletionReport, Obligation)


@transaction.atomic
def sync(*, qualification: Qualification, actor: Actor, at: datetime) -> list[Obligation]:
    """Bring the obligations of a qualification in line with its events, route and timetable.

    Call it after any event of the qualification; a second call changes nothing. Dates that moved
    plan their reminders anew, and the audit trail keeps what they were (R43).
    """
    locked = lock(qualification)
    reports = CompletionReport.objects.filter(qualification_id=locked.pk)
    line = _line(locked, reports, _held([locked.pk]), tables.current(), at)
    _write([line], actor, at)
    return line.obligations


@transaction.atomic
def sync_all(*, actor: Actor, at: datetime) -> dict[UUID, list[dict[str, Any]]]:
    """Bring every live qualification in line, after a new timetable; return what changed by key.

    The rows of all of them are read and written together, however many there are.
    """
    rows = Qualification.objects.select_for_update(no_key=True, of=("self",))
    live = list(rows.exclude(status__in=ENDED).order_by("organisation_id", "pk"))
    keys = [each.pk for each in live]
    held, reports, published = _by_qualification(_held(keys)), _reports(keys), tables.current()
    lines = [
        _line(each, reports.get(each.pk, ()), held.get(each.pk, ()), published, at) for each in live
    ]
    _write(lines, actor, at)
    return {line.qualification.pk: line.changes for line in lines if line.changes}


def sync_unplanned(*, actor: Actor, at: datetime, limit: int = 50) -> int:
    """Give clocks to live qualifications that have none yet; return how many."""
    rows = Qualification.objects.filter(obligations=None).exclude(status__in=ENDED)
    chosen = list(rows.order_by("created_at", "pk")[:limit])
    for qualification in chosen:
        sync(qualification=qualification, actor=actor, at=at)
    return len(chosen)


@transaction.atomic
def meet(
    *,
    qualification: Qualification,
    activity: str,
    body: str = "",
    actor: Actor,
    at: datetime,
) -> Obligation | None:
    """Record that a duty was done, late or in time; None where no such duty runs."""
    running = _running(qualification.pk).filter(activity=activity, body=body).first()
    if running is None:
        return None
    planning.end(running, at)
    running.save(update_fields=["state", "met_at", "due_at", "spans"])
    planning.silence([running])
    record(
        "obligation.met",
        subject=running,
        actor=actor,
        at=at,
        activity=activity,
        body=body,
        late=running.state == ObligationState.LATE,
    )
    return running


@transaction.atomic
def run_again(
    *,
    qualification: Qualification,
    activity: str,
    body: str = "",
    actor: Actor,
    at: datetime,
) -> Obligation | None:
    """Take back that a duty was done; its date stays what it was (X31). None if it was not done."""
    done = Obligation.objects.select_for_update(no_key=True, of=("self",)).filter(
        qualification_id=qualification.pk, activity=activity, body=body, state__in=DONE
    )
    row = done.first()
    if row is None:
        return None
    row.state, row.met_at = ObligationState.RUNNING, None
    row.save(update_fields=["state", "met_at"])
    planning.remind([row], at=at)
    record("obligation.reopened", subject=row, actor=actor, at=at, activity=activity, body=body)
    return row


@transaction.atomic
def cancel_all(
    *, qualification: Qualification, actor: Actor, at: datetime, because: str = ""
) -> int:
    """End every duty that still runs, as on withdrawal; return how many there were."""
    rows = list(_running(qualification.pk))
    for row in rows:
        row.state = ObligationState.CANCELLED
    Obligation.objects.bulk_update(rows, ["state"])
    planning.silence(rows)
    if rows:
        record(
            "obligations.cancelled",
            subject=qualification,
            actor=actor,
            at=at,
            because=because,
            activities=sorted({row.activity for row in rows}),
        )
    return len(rows)


def _held(qualification_ids: Sequence[UUID]) -> list[Obligation]:
    rows = Obligation.objects.select_for_update(no_key=True, of=("self",))
    return list(rows.filter(qualification_id__in=qualification_ids).order_by("pk"))


def _reports(qualification_ids: Sequence[UUID]) -> dict[UUID, list[CompletionReport]]:
    rows = CompletionReport.objects.filter(qualification_id__in=qualification_ids)
    return _by_qualification(rows)


def _by_qualification(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {}
    for row in rows:
        found.setdefault(row.qualification_id, []).append(row)
    return found


def _running(qualification_id: UUID):
    rows = Obligation.objects.select_for_update(no_key=True, of=("self",))
    return rows.filter(qualification_id=qualification_id, state__in=OPEN).order_by("pk")


def _line(
    qualification: Qualification,
    reports: Iterable[CompletionReport],
    rows: Iterable[Obligation],
    published: tables.Published,
    at: datetime,
) -> planning.Line:
    """What ought to stand of one qualification, put beside what does; nothing is written yet."""
    held = {(row.activity, row.body): row for row in rows}
    happened = happenings.instants(qualification, reports)
    line = planning.Line(qualification, published=published, happened=happened, at=at)
    found = wishes(
        published.timetable,
        qualification.route,
        happenings.as_events(happened),
        holders=happenings.holders_of(qualification),
        today=london_date(at),
        held={key for key, row in held.items() if row.state in OPEN},
        happened=happened,
        final_is_open=qualification.final_opened_at is not None,
        ended=qualification.status in ENDED,
    )
    for wish in found:
        line.bring(wish, held.pop(wish.key, None), qualification)
    for left in held.values():
        line.drop(left)
    return line


def _write(lines: Sequence[planning.Line], actor: Actor, at: datetime) -> None:
    planning.write(lines, at=at)
    for line in lines:
        if line.changes:
            subject = line.qualification
            record("dates.changed", subject=subject, actor=actor, at=at, changes=line.changes)
