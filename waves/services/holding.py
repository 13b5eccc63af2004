"""Holding a body's clock: pause, resume, extend; the promised date stays beside the new one."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants import queries as people
from participants.moves import lock
from waves import clocks, notices
from waves.deadlines import due_at, london_date
from waves.enums import ObligationState
from waves.models import Obligation
from waves.services import planning

LONGEST = 366
_OPEN = (ObligationState.RUNNING, ObligationState.PAUSED)


@transaction.atomic
def pause(*, obligation: Obligation, because: str, actor: Actor, at: datetime) -> Obligation:
    """Hold a body's clock while it waits for the participant; its reminders keep silent."""
    _say(because, "Say what the body waits for; the organisation is told.")
    row = _held(obligation, "clock.pause", actor)
    _change(row, lambda clock: clocks.pause(clock, london_date(at), because, actor.name))
    row.state = ObligationState.PAUSED
    return _keep(row, "obligation.paused", actor, at, because)


@transaction.atomic
def resume(*, obligation: Obligation, actor: Actor, at: datetime) -> Obligation:
    """Let a held clock run on; the days it stood are added to its effective date."""
    row = _held(obligation, "clock.pause", actor)
    _change(row, lambda clock: clocks.resume(clock, london_date(at)))
    row.state = ObligationState.RUNNING
    return _keep(row, "obligation.resumed", actor, at, "")


@transaction.atomic
def extend(
    *,
    obligation: Obligation,
    days: int,
    because: str,
    authority: str,
    actor: Actor,
    at: datetime,
) -> Obligation:
    """Grant a body's clock more days, for a reason and on somebody's authority."""
    _say(because, "Say why the clock is extended.")
    if not authority.strip():
        raise Invalid({"authority": "Name who allowed it, such as a minute or a change request."})
    if not 1 <= days <= LONGEST:
        raise Invalid({"days": f"Grant between 1 and {LONGEST} days."})
    row = _held(obligation, "clock.extend", actor)
    why = f"{because.strip()} ({authority.strip()})"
    _change(row, lambda clock: clocks.extend(clock, days, london_date(at), why, actor.name))
    return _keep(row, "obligation.extended", actor, at, because, days=days, authority=authority)


def clock_of(row: Obligation) -> clocks.Clock:
    """Return the clock of a duty that began on a day; it stops when the duty is done."""
    if row.started_on is None:
        raise Refused("This date does not run from an event, so it has no clock to hold.")
    return clocks.Clock(
        started_on=row.started_on,
        due_promised=row.due_on,
        spans=clocks.spans_from_json(row.spans),
        stopped_on=london_date(row.met_at) if row.met_at else None,
    )


def _say(because: str, ask: str) -> None:
    if not because.strip():
        raise Invalid({"because": ask})


def _held(obligation: Obligation, capability: str, actor: Actor) -> Obligation:
    """Return the duty, locked; Denied unless the clock is the actor's own body's."""
    row = lock(obligation)
    policy.require(actor, capability, row.qualification)
    if actor.is_staff and row.body != actor.body:
        raise Denied("A clock is held by the body that it runs for.")
    if row.state not in _OPEN:
        raise Refused("The clock has stopped.")
    return row


def _change(row: Obligation, act: Callable[[clocks.Clock], clocks.Clock]) -> None:
    try:
        changed = act(clock_of(row))
    except clocks.ClockError as objection:
        raise Refused(str(objection)) from None
    row.spans = clocks.spans_to_json(changed.spans)
    row.due_at = due_at(clocks.effective(row.due_on, changed.spans))


def _keep(
    row: Obligation, event: str, actor: Actor, at: datetime, because: str, **log: Any
) -> Obligation:
    row.save(update_fields=["spans", "state", "due_at"])
    planning.silence([row])
    planning.remind([row], at=at)
    members = people.member_recipients(row.organisation_id)
    notices.clock_changed(row, event, members=members, because=because, at=at)
    record(
        event,
        subject=row,
        actor=actor,
        at=at,
        because=because,
        activity=row.activity,
        body=row.body,
        promised=row.due_on,
        effective=clocks.effective(row.due_on, clocks.spans_from_json(row.spans)),
        **log,
    )
    return row
