"""``perform()``: the one place in which a status changes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction

from foundation.audit.trail import record
from foundation.errors import Refused
from foundation.lifecycle import Move
from foundation.tenancy.actor import Actor
from participants import policy

Subject = TypeVar("Subject", bound=models.Model)


def lock(subject: Subject) -> Subject:
    """Return the row, locked against other writers until the transaction ends."""
    rows = type(subject).objects.select_for_update(no_key=True, of=("self",))
    return rows.get(pk=subject.pk)


@transaction.atomic
def perform(
    move: Move,
    *,
    subject: Subject,
    facts: Callable[[Any], Any] | None = None,
    actor: Actor,
    at: datetime,
    because: str = "",
    log: dict[str, Any] | None = None,
    **changes: Any,
) -> Subject:
    """Carry out ``move`` on the locked row, or raise Denied or Refused and change nothing.

    ``facts`` builds what the guards look at, from the locked row. ``changes`` are further fields
    to write; ``log`` goes into the audit event. A second, identical click finds the state moved
    on and is refused with the reason.
    """
    locked = lock(subject)
    policy.require(actor, move.capability, locked)  # who, before what: no hints to outsiders
    objections = move.objections(locked.status, facts(locked) if facts else None)
    if objections:
        raise Refused(objections)
    before, locked.status = locked.status, move.target
    for field, value in changes.items():
        setattr(locked, field, value)
    stamp = {"status_since": at} if hasattr(locked, "status_since") else {}
    for field, value in stamp.items():
        setattr(locked, field, value)
    locked.save(update_fields=["status", *changes, *stamp])
    record(
        move.event,
        subject=locked,
        actor=actor,
        at=at,
        because=because,
        before=before,
        after=move.target,
        **(log or {}),
    )
    return locked
