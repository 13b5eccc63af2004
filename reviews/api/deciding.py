"""Decisions of the BSC PAB and the REC Code Manager."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.errors import Denied, Invalid
from foundation.tenancy.actor import Actor
from participants import policy
from participants.access.views import ListRows, cleaned, made
from participants.models import Qualification
from reviews import queries
from reviews.api import finding
from reviews.api.filters import DecisionFilter
from reviews.api.serializers_papers import DecisionInput, DecisionSerializer
from reviews.models import Decision, Pack
from reviews.queries import deciding as queries_deciding
from reviews.services import once
from reviews.services.decisions import Condition
from submissions import finding as places
from submissions.services.opening import group_of

TAG = ["Decisions"]


@extend_schema(tags=TAG)
class AllDecisions(ListRows):
    """Every decision on the roles that your body has to do with, newest first (staff)."""

    model = Decision
    serializer_class = DecisionSerializer
    filterset_class = DecisionFilter

    def rows(self, actor: Actor) -> QuerySet:
        policy.require(actor, "organisation.read")
        return queries.decisions(actor)


@extend_schema(tags=TAG)
class Decisions(ListRows):
    """The decisions on an organisation's roles, newest first."""

    model = Decision
    serializer_class = DecisionSerializer
    filterset_class = DecisionFilter

    def rows(self, actor: Actor) -> QuerySet:
        place = places.organisation(actor, self.kwargs["organisation"])
        return queries.decisions(actor, place.pk)


@extend_schema(tags=TAG)
class OfQualification(ListRows):
    """The decisions on one qualification, newest first."""

    model = Decision
    serializer_class = DecisionSerializer
    filterset_class = DecisionFilter

    def rows(self, actor: Actor) -> QuerySet:
        held = finding.held_at(actor, self.kwargs["organisation"], self.kwargs["qualification"])
        return queries.decisions(actor, held.organisation_id).filter(qualification=held)

    @extend_schema(request=DecisionInput, responses={201: DecisionSerializer})
    def post(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Record a decision of your body (PAB secretary, or REC decision maker; R113)."""
        held = finding.held_at(request.actor, organisation, qualification)
        if not request.actor.is_staff:
            raise Denied("Decisions are recorded by the body that takes them.")
        data = dict(cleaned(self, request, DecisionInput))
        conditions = [Condition(**each) for each in data.pop("conditions", ())]
        pack = _pack(request.actor, held, data.pop("pack", None))
        decision = once.decide(
            qualification=held,
            body=request.actor.body,
            conditions=conditions,
            pack=pack,
            **data,
            actor=request.actor,
            at=moments.now(),
        )
        return made(DecisionSerializer, queries.decisions(request.actor).get(pk=decision.pk))


def _pack(actor: Actor, held: Qualification, key: UUID | None) -> Pack | None:
    """Return the pack that was named, if it is finished, of the body, and holds the application."""
    if key is None:
        return None
    group = [each.pk for each in group_of(held)]
    packs = queries_deciding.packs_with(actor.body, group)
    found = next((each for each in packs if each.pk == key), None)
    if found is None:
        raise Invalid({"pack": "No finished pack of your body that holds this is called so."})
    return found
