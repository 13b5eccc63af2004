"""Recording what happened to a qualification where the portal does not see it for itself."""

from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor, portal_after
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from waves.models import Milestone
from waves.obligations import WITNESSED
from waves.services import clocks


def group_of(qualification: Qualification) -> list[Qualification]:
    """Return the qualification, or the whole trio, locked in one order (R14)."""
    rows = Qualification.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    rows = rows.select_related("organisation")
    same = {"trio": qualification.trio} if qualification.trio else {"pk": qualification.pk}
    return list(rows.filter(**same))


def doer_of(actor: Actor, held: Qualification) -> Actor:
    """Who acts on a row of a trio (R14): for a role that the body does not govern, the portal."""
    if not actor.is_staff or actor.body in MARKET_ROLES[held.role].bodies:
        return actor
    return portal_after(actor)


@transaction.atomic
def record_milestone(
    *,
    qualification: Qualification,
    event: str,
    actor: Actor,
    at: datetime,
    note: str = "",
    body: str = "",
    happened_at: datetime | None = None,
) -> Milestone:
    """Record an event of one qualification, or of the whole trio; its clocks follow.

    ``happened_at`` is given where it is recorded later than it happened, as of what came on
    paper. The caller has asked for the right. Refused when it stands already, or when the portal
    sees it by itself (submissions, reports, signatures, decisions).
    """
    if event in {str(each) for each in WITNESSED}:
        raise Refused("The portal records this by itself when it happens.")
    group = group_of(qualification)
    chosen = next(each for each in group if each.pk == qualification.pk)
    if event in chosen.happened:
        raise Refused("This was recorded already.")
    on = happened_at or at
    made = {each.pk: _keep(each, event, actor, at, note, body, on) for each in group}
    return made[chosen.pk]


@transaction.atomic
def undo_milestone(*, milestone: Milestone, because: str, actor: Actor, at: datetime) -> Milestone:
    """Take back what was recorded; the row stays, with the reason, and the clocks follow."""
    if not because.strip():
        raise Invalid({"because": "Say why this is taken back; it is kept with the record."})
    group = group_of(milestone.qualification)
    rows = Milestone.objects.select_for_update(no_key=True, of=("self",)).filter(
        qualification__in=group, event=milestone.event, undone_at=None
    )
    standing = {row.qualification_id: row for row in rows.order_by("pk")}
    if milestone.qualification_id not in standing:
        raise Refused("This was taken back already.")
    for each in group:
        row = standing.get(each.pk)
        if row is None:
            continue
        row.undone_at, row.undone_because = at, because
        row.save(update_fields=["undone_at", "undone_because"])
        each.happened = {name: on for name, on in each.happened.items() if name != row.event}
        each.save(update_fields=["happened"])
        clocks.sync(qualification=each, actor=actor, at=at)
        record(
            "milestone.undone", subject=row, actor=actor, at=at, because=because, event=row.event
        )
    milestone.refresh_from_db()
    return milestone


def _keep(
    qualification: Qualification,
    event: str,
    actor: Actor,
    at: datetime,
    note: str,
    body: str,
    on: datetime,
) -> Milestone:
    row = Milestone.objects.create(
        organisation_id=qualification.organisation_id,
        qualification=qualification,
        event=event,
        at=on,
        by_name=actor.name,
        body=body or actor.body,
        note=note,
    )
    qualification.happened = qualification.happened | {event: on.isoformat()}
    qualification.save(update_fields=["happened"])
    clocks.sync(qualification=qualification, actor=actor, at=at)
    record(
        "milestone.recorded",
        subject=row,
        actor=actor,
        at=at,
        because=note,
        event=event,
        qualification=qualification.pk,
    )
    return row
