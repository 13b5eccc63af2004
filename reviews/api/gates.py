"""What a decision stands on beside the QAD: DIP User, accession, Management Assertion."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.tenancy.actor import Actor
from participants.access.views import Door, ListRows, cleaned, made, shown
from reviews.api import finding
from reviews.api.serializers_papers import (
    AccessionSerializer,
    AssertionInput,
    AssertionSerializer,
    DipUserInput,
    DipUserSerializer,
)
from reviews.api.serializers_talk import NoteInput
from reviews.models import Accession, DipUserConfirmation, ManagementAssertion
from reviews.queries import signing as queries_signing
from reviews.services import gates, once

TAG = ["Gates before a decision"]


@extend_schema(tags=TAG, responses=DipUserSerializer)
class DipUser(Door):
    """The DIP Manager's word on DIP User status."""

    def get(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Return it, or 404 while nothing was said."""
        held = finding.held_at(request.actor, organisation, qualification)
        row = get_object_or_404(DipUserConfirmation, qualification=held)
        return shown(DipUserSerializer, row)

    @extend_schema(request=DipUserInput)
    def put(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Confirm it, or say what is missing (DIP Manager, R114)."""
        held = finding.held_at(request.actor, organisation, qualification)
        data = cleaned(self, request, DipUserInput)
        row = once.say_dip_user(
            qualification=held,
            **data,
            actor=request.actor,
            at=moments.now(),
        )
        return shown(DipUserSerializer, row)


@extend_schema(tags=TAG)
class Accessions(ListRows):
    """What the code bodies recorded of accession."""

    model = Accession
    serializer_class = AccessionSerializer

    def rows(self, actor: Actor) -> QuerySet:
        held = finding.held_at(actor, self.kwargs["organisation"], self.kwargs["qualification"])
        return queries_signing.accessions(held)

    @extend_schema(request=NoteInput, responses={201: AccessionSerializer})
    def post(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Record for your body that the organisation acceded in the role (R118)."""
        held = finding.held_at(request.actor, organisation, qualification)
        note = cleaned(self, request, NoteInput)["note"]
        row = once.record_accession(
            qualification=held, note=note, actor=request.actor, at=moments.now()
        )
        return made(AccessionSerializer, row)


@extend_schema(tags=TAG, responses=AssertionSerializer)
class Assertion(Door):
    """The Management Assertion of a split role."""

    def get(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Return it, or 404 while it is not made."""
        held = finding.held_at(request.actor, organisation, qualification)
        row = get_object_or_404(ManagementAssertion, qualification=held)
        return shown(AssertionSerializer, row)

    @extend_schema(request=AssertionInput)
    def put(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Assert that the remaining MPIDs follow in time (director or master admin, R119)."""
        held = finding.held_at(request.actor, organisation, qualification)
        data = cleaned(self, request, AssertionInput)
        row = gates.make_assertion(
            qualification=held, **data, actor=request.actor, at=moments.now()
        )
        return shown(AssertionSerializer, row)
