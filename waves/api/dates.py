"""Dates with their reasons, obligations, and the timetable."""

from uuid import UUID

import django_filters as filters
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.tenancy.actor import Actor
from participants import policy
from participants import queries as people
from participants.access.views import Door, ListRows, asked, cleaned, shown
from participants.api.organisations import organisation_of
from participants.enums import Body
from participants.models import Qualification
from waves import queries, tables
from waves.dates import STATES, Dated
from waves.enums import ObligationState
from waves.models import Obligation
from waves.serializers import (
    DatedSerializer,
    ObligationSerializer,
    StepInput,
    TimetableSerializer,
)
from waves.services import roads


class AskedDates(serializers.Serializer):
    """What the dates can be narrowed by."""

    qualification = serializers.UUIDField(required=False, help_text="Of this one only.")
    activity = serializers.CharField(required=False, help_text="Only this key of the timetable.")
    body = serializers.ChoiceField(
        Body.choices, required=False, help_text="Only the clock of this body."
    )
    state = serializers.ChoiceField(STATES, required=False, help_text="Only what stands so.")


@extend_schema(tags=["Dates"], parameters=[AskedDates])
class Dates(ListRows):
    """Every date of an organisation's qualifications, with its reason, in the order of the plan."""

    model = Qualification
    serializer_class = DatedSerializer
    filter_backends = ()
    query_names = frozenset(AskedDates().fields)

    def rows(self, actor: Actor) -> list[Dated]:
        """Return the dates that were asked for."""
        slug = self.kwargs["organisation"]
        held = list(people.qualifications(actor).filter(organisation__slug=slug))
        if not held:
            organisation_of(actor, slug)  # nothing to show, or nothing to see
        wanted = asked(self.request, AskedDates)
        if key := wanted.pop("qualification", None):
            held = [each for each in held if each.pk == key]
        return [
            line
            for lines in queries.dates_for(held).values()
            for line in lines
            if all(getattr(line, name) == value for name, value in wanted.items())
        ]

    def row_key(self, row: Dated) -> str:
        """Return what tells a date from all others of the list."""
        return f"{row.qualification_id} {row.activity} {row.body}"


class ObligationFilter(filters.FilterSet):
    """Narrow obligations by what they are, whose they are, and when they are due."""

    qualification = filters.UUIDFilter(field_name="qualification_id")
    activity = filters.CharFilter()
    body = filters.CharFilter()
    state = filters.ChoiceFilter(choices=ObligationState.choices)
    due_before = filters.DateFilter(field_name="due_on", lookup_expr="lte")
    due_after = filters.DateFilter(field_name="due_on", lookup_expr="gte")


@extend_schema(tags=["Dates"])
class Obligations(ListRows):
    """The dated duties around an organisation, its own (no body) and the bodies', by date."""

    model = Obligation
    serializer_class = ObligationSerializer
    filterset_class = ObligationFilter

    def rows(self, actor: Actor) -> QuerySet:
        """Return every duty that the actor may see; those that ended are among them."""
        found = organisation_of(actor, self.kwargs["organisation"])
        return queries.obligations(actor, found.pk)


@extend_schema(tags=["Dates"], request=StepInput, responses=ObligationSerializer)
class Steps(Door):
    """Steps of testing that the portal does not see for itself."""

    def post(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Record that a step was taken (test managers)."""
        held = one_held(request.actor, organisation, qualification)
        activity = cleaned(self, request, StepInput)["activity"]
        met = roads.record_step(
            qualification=held, activity=activity, actor=request.actor, at=moments.now()
        )
        return shown(ObligationSerializer, met)


@extend_schema(tags=["Dates"], responses=TimetableSerializer)
class Timetable(Door):
    """The timetable in force: every activity on every route, with what is printed."""

    def get(self, request: Request) -> Response:
        """Return version, routes and cells."""
        if request.actor.is_staff:
            policy.require(request.actor, "timetable.read")
        return shown(TimetableSerializer, tables.current().timetable)


def one_held(actor: Actor, slug: str, key: UUID) -> Qualification:
    """Return a qualification of an organisation that the actor can see, or 404."""
    return get_object_or_404(people.qualifications(actor).filter(organisation__slug=slug), pk=key)
