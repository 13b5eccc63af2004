"""The sweep: what is due speaks up, exactly once, however many sweeps run (trust: timers)."""

from collections.abc import Callable

from django.db import OperationalError, connection
from django.db.models import F

from foundation.clock import moments
from foundation.notices import digest
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from waves import tables
from waves.models import SweepHeartbeat
from waves.services import clocks, reminding, testing_dues, withdrawing
from waves.services.reminding import Swept

HEARTBEAT = "obligations"
_ALSO: list[Callable[..., object]] = []


def sweep() -> Swept:
    """Let every due reminder speak, in batches, as the portal; safe to run many times at once."""
    _beat(started=True)
    _plan_what_has_no_dates()
    _flag_who_relied()
    _say_what_testing_owes()
    _say_what_else_is_due()
    total = Swept()
    try:
        for done in reminding.batches():
            total += done
    except OperationalError:  # somebody's work holds a row; the next bell takes up the rest
        pass
    _write_digests(total)
    _beat(started=False, fired=total.fired)
    return total


def _write_digests(swept: Swept) -> None:
    """Send the digests that are due; after a silence only when all of it has been said."""
    with acting_as(PORTAL):
        at = moments.now()
        is_caught_up = reminding.unsaid(at) <= swept.failed
        digest.compose(at=at, is_caught_up=is_caught_up)


def _say_what_testing_owes() -> None:
    """Say which deferred tests, plans and exceptions come due or are overdue (NT12)."""
    with acting_as(PORTAL):
        testing_dues.speak(at=moments.now())


def also(speak: Callable[..., object]) -> Callable[..., object]:
    """Have the sweep call ``speak(at=...)`` of a floor above too, as the portal; once, at start."""
    if speak not in _ALSO:
        _ALSO.append(speak)
    return speak


def _say_what_else_is_due() -> None:
    """Let the floors above say what comes due there, each in a transaction of its own."""
    for speak in _ALSO:
        with acting_as(PORTAL):
            speak(at=moments.now())


def _plan_what_has_no_dates() -> None:
    """Give clocks to qualifications that were opened without; harmless when there are none."""
    with acting_as(PORTAL):
        if tables.is_published():
            clocks.sync_unplanned(actor=PORTAL, at=moments.now())


def _flag_who_relied() -> None:
    """Look after those who relied on a party that withdrew by its own act (R57)."""
    with acting_as(PORTAL):
        withdrawing.flag_who_relied(actor=PORTAL, at=moments.now())


def _beat(*, started: bool, fired: int = 0) -> None:
    """Leave a sign of life, in the database's true time, for whoever watches from outside."""
    with acting_as(PORTAL):
        with connection.cursor() as cursor:
            cursor.execute("select clock_timestamp()")
            true_now = cursor.fetchone()[0]
        SweepHeartbeat.objects.get_or_create(name=HEARTBEAT)
        column = "last_started_at" if started else "last_finished_at"
        SweepHeartbeat.objects.filter(name=HEARTBEAT).update(
            **{column: true_now, "fired": F("fired") + fired}
        )
