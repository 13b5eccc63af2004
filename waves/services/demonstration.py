"""Moving the portal's time in a demonstration: everything follows, the sweep first."""

from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.clock.services import move_to
from foundation.tenancy.actor import Actor
from participants import policy
from waves.services.sweep import sweep


@transaction.atomic
def move_portal_time(*, moment: datetime, actor: Actor, at: datetime) -> None:
    """Set the portal's time; what has come due since speaks as soon as this is committed.

    Denied outside a demonstration. The audit event keeps the true time beside the portal's.
    """
    policy.require(actor, "portal.time")
    move_to(moment=moment, set_by_name=actor.name)
    transaction.on_commit(sweep, robust=True)
    record("portal.time_moved", actor=actor, at=at, to=moment)
