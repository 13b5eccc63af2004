"""Keeping obligations in line with what has happened; dates warn and record, never block (X11)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from foundation.audit.trail import record
from foundation.tenancy.actor import Actor
from participants.enums import Status
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from participants.moves import lock
from waves import happenings, tables
from waves.deadlines import london_date, resolve_beyond, resolve_route
from waves.enums import ObligationState
from waves.models import CompletionReport, Obligation
from waves.obligations import Holders, Wanted, wanted
from waves.services import planning
from waves.timetable import Event, Timetable

OPEN = (ObligationState.RUNNING, ObligationState.PAUSED)
DONE = (ObligationState.MET, ObligationState.LATE)
ENDED = (Status.QUALIFIED, Status.NOT_APPROVED, Status.WITHDRAWN)


@transaction.atomic
def sync(*, qualification: Qualification, actor: Actor, at: datetime) -> list[Obligation]:
    """Bring the obligations of a qualification in line with its events, route and timetable.

    Call it after any event of the qualification; a second call changes nothing. Dates that moved
    plan their reminders anew, and the audit trail keeps what they were (R43).
    """
    locked, published = lock(qualification), tables.current()
    held = _held(locked.pk)
    happened = happenings.instants(
        locked, CompletionReport.objects.filter(qualification_id=locked.pk)
    )
    wishes = _wishes(locked, published.timetable, happened, held, at)
    line = planning.Line(published=published, happened=happened, at=at)
    for wish in wishes:
        line.bring(wish, held.pop(wish.key, None), locked)
    for left in held.values():
        line.drop(left)
    line.write()
    if line.changes:
        record("dates.changed", subject=locked, actor=actor, at=at, changes=line.changes)
    return line.obligations


def sync_all(*, actor: Actor, at: datetime) -> int:
    """Bring every live qualification in line, after a new timetable; return how many."""
    live = Qualification.objects.exclude(status__in=ENDED).order_by("organisation_id", "pk")
    rows = list(live)
    for qualification in rows:
        sync(qualification=qualification, actor=actor, at=at)
    return len(rows)


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


def holders_of(qualification: Qualification) -> Holders:
    """Return the bodies that share the work on a qualification (R7, R13, R62)."""
    role = MARKET_ROLES[qualification.role]
    return Holders(role.bodies, role.deciding_bodies, role.deciding_bodies[:1])


def _held(qualification_id: UUID) -> dict[tuple[str, str], Obligation]:
    rows = Obligation.objects.select_for_update(no_key=True, of=("self",))
    ordered = rows.filter(qualification_id=qualification_id).order_by("pk")
    return {(row.activity, row.body): row for row in ordered}


def _running(qualification_id: UUID):
    rows = Obligation.objects.select_for_update(no_key=True, of=("self",))
    return rows.filter(qualification_id=qualification_id, state__in=OPEN).order_by("pk")


def _wishes(
    qualification: Qualification,
    timetable: Timetable,
    happened: Mapping[Event, datetime],
    held: Mapping[tuple[str, str], Obligation],
    at: datetime,
) -> list[Wanted]:
    """What ought to stand now; of a qualification that has ended, only what was done."""
    events = happenings.as_events(happened)
    wishes = wanted(
        [
            *resolve_route(timetable, qualification.route, events),
            *resolve_beyond(timetable, qualification.route, events),
        ],
        holders=holders_of(qualification),
        today=london_date(at),
        held={key for key, row in held.items() if row.state in OPEN},
        happened=happened,
        final_is_open=qualification.final_opened_at is not None,
    )
    ended = qualification.status in ENDED
    return [wish for wish in wishes if not ended or wish.due.met_on is not None]
