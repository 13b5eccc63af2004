"""The audit trail."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema

from foundation.audit import queries as trail
from foundation.audit.models import AuditEvent
from foundation.tenancy.actor import Actor
from participants import policy, queries
from participants.access.views import ListRows
from participants.api.filters import EventFilter
from participants.api.organisations import organisation_of
from participants.serializers import EventSerializer


@extend_schema(tags=["History"])
class OfOrganisation(ListRows):
    """What happened in an organisation, newest first, with the hashes that chain it."""

    model = AuditEvent
    serializer_class = EventSerializer
    filterset_class = EventFilter

    def rows(self, actor: Actor) -> QuerySet:
        found = organisation_of(actor, self.kwargs["organisation"])
        policy.require(actor, "history.read", found)
        return trail.of_organisation(found.pk)


@extend_schema(tags=["History"])
class Events(ListRows):
    """What happened in every organisation of your body (leads and administrators)."""

    model = AuditEvent
    serializer_class = EventSerializer
    filterset_class = EventFilter

    def rows(self, actor: Actor) -> QuerySet:
        policy.require(actor, "audit.read")
        return trail.of_organisations(queries.organisations(actor).values("pk"))
