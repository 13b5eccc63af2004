"""Who still hears of a date when its notice is sent: nobody who was relieved of the task."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from foundation.notices.delivery import Delivery, decides
from foundation.notices.models import Notice
from waves.audience import Audience
from waves.enums import ObligationState
from waves.models import Obligation


@decides
def while_it_is_owed(notices: Sequence[Notice]) -> Mapping[UUID, Delivery]:
    """Keep a reminder in the portal when its duty was met, or is no longer this person's."""
    about = {row.pk: key for row in notices if (key := _obligation(row))}
    if not about:
        return {}
    rows = Obligation.objects.filter(pk__in={key for key, _ in about.values()})
    owed = {
        str(row.pk): row
        for row in rows.filter(state=ObligationState.RUNNING).select_related("qualification")
    }
    audience = Audience.of({row.organisation_id for row in owed.values()})
    hears = {
        (key, kind): {who.email.lower() for who in audience.hears(owed[key], kind)}
        for key, kind in set(about.values())
        if key in owed
    }
    return {
        row.pk: Delivery.PORTAL
        for row in notices
        if row.pk in about and row.email.lower() not in hears.get(about[row.pk], ())
    }


def _obligation(row: Notice) -> tuple[str, str] | None:
    """The obligation and the kind of reminder that a notice speaks of, from its key."""
    if row.kind != "reminder":
        return None
    _, key, kind, *_ = row.dedupe_key.split(":")
    return key, kind
