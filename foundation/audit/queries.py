"""Reading the audit trail; newest first."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from foundation.audit.models import AuditEvent


def of_organisation(organisation_id: UUID) -> QuerySet[AuditEvent]:
    """Return what happened in one organisation."""
    rows = AuditEvent.objects.filter(organisation_id=organisation_id)
    return rows.order_by("-at", "-seq")


def of_organisations(organisation_ids: Iterable[UUID]) -> QuerySet[AuditEvent]:
    """Return what happened in several organisations, given as ids or as a subquery of them."""
    return AuditEvent.objects.filter(organisation_id__in=organisation_ids).order_by("-at", "-seq")


def of_portal(bodies: Iterable[str]) -> QuerySet[AuditEvent]:
    """Return what belongs to no organisation: sign-ins and the settings of the bodies."""
    rows = AuditEvent.objects.filter(organisation_id=None, actor_body__in=[*bodies, ""])
    return rows.order_by("-at", "-seq")


def since(organisation_id: UUID, moment: datetime, *, but_not_by: UUID) -> QuerySet[AuditEvent]:
    """Return what others did in an organisation after a moment."""
    rows = of_organisation(organisation_id).filter(at__gt=moment)
    return rows.exclude(actor_id=but_not_by)


def last_seen(person_id: UUID) -> datetime | None:
    """Return when a person last signed in or out (run as the portal)."""
    rows = AuditEvent.objects.filter(
        object_type="person",
        object_id=str(person_id),
        action__in=("person.signed_in", "person.signed_out"),
    )
    return rows.order_by("-at").values_list("at", flat=True).first()
