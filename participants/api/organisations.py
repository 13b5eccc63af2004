"""Organisations, their MPIDs and their qualifications."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.tenancy.actor import Actor
from participants import policy, queries
from participants.access.views import ListRows, OneRow, cleaned, made, shown
from participants.api.filters import MpidFilter, OrganisationFilter, QualificationFilter
from participants.models import Mpid, Organisation, Qualification
from participants.serializers import (
    MpidSerializer,
    MpidsInput,
    OrganisationChange,
    OrganisationInput,
    OrganisationSerializer,
    QualificationSerializer,
    RetrievalInput,
)
from participants.services import organisations as services


def organisation_of(actor: Actor, slug: str) -> Organisation:
    """Return an organisation that the actor can see, or 404."""
    return get_object_or_404(queries.organisations(actor), slug=slug)


@extend_schema(tags=["Organisations"])
class Organisations(ListRows):
    """The organisations that you have to do with."""

    model = Organisation
    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilter

    def rows(self, actor: Actor) -> QuerySet:
        return queries.organisations(actor)

    @extend_schema(request=OrganisationInput, responses={201: OrganisationSerializer})
    def post(self, request: Request) -> Response:
        """Register an organisation (code bodies)."""
        policy.require(request.actor, "organisation.create")
        data = cleaned(self, request, OrganisationInput)
        organisation = services.create_organisation(**data, actor=request.actor, at=moments.now())
        return made(OrganisationSerializer, organisation)


@extend_schema(tags=["Organisations"])
class OneOrganisation(OneRow):
    """One organisation."""

    model = Organisation
    serializer_class = OrganisationSerializer
    lookup_field, lookup_url_kwarg = "slug", "organisation"

    def rows(self, actor: Actor) -> QuerySet:
        return queries.organisations(actor)

    @extend_schema(request=OrganisationChange, responses=OrganisationSerializer)
    def patch(self, request: Request, organisation: str) -> Response:
        """Correct what is registered (code bodies)."""
        found = organisation_of(request.actor, organisation)
        policy.require(request.actor, "organisation.create", found)
        data = cleaned(self, request, OrganisationChange)
        changed = services.change_organisation(
            organisation=found, **data, actor=request.actor, at=moments.now()
        )
        return shown(OrganisationSerializer, changed)


@extend_schema(tags=["Organisations"])
class Mpids(ListRows):
    """The MPIDs of an organisation."""

    model = Mpid
    serializer_class = MpidSerializer
    filterset_class = MpidFilter

    def rows(self, actor: Actor) -> QuerySet:
        return queries.mpids(organisation_of(actor, self.kwargs["organisation"]).pk)

    @extend_schema(request=MpidsInput, responses={201: MpidSerializer(many=True)})
    def post(self, request: Request, organisation: str) -> Response:
        """Give the organisation MPIDs (code bodies)."""
        found = organisation_of(request.actor, organisation)
        policy.require(request.actor, "qualification.create", found)
        codes = cleaned(self, request, MpidsInput)["codes"]
        mpids = services.add_mpids(
            organisation=found, codes=codes, actor=request.actor, at=moments.now()
        )
        return Response(MpidSerializer(mpids, many=True).data, status=201)


@extend_schema(tags=["Qualifications"])
class Qualifications(ListRows):
    """The qualifications of every organisation that your body has to do with (staff)."""

    model = Qualification
    serializer_class = QualificationSerializer
    filterset_class = QualificationFilter

    def rows(self, actor: Actor) -> QuerySet:
        policy.require(actor, "organisation.read")
        return queries.with_codes(queries.qualifications(actor))


@extend_schema(tags=["Qualifications"])
class OfOrganisation(ListRows):
    """The qualifications of an organisation."""

    model = Qualification
    serializer_class = QualificationSerializer
    filterset_class = QualificationFilter

    def rows(self, actor: Actor) -> QuerySet:
        found = organisation_of(actor, self.kwargs["organisation"])
        return queries.with_codes(queries.of_organisation(actor, found.pk))


@extend_schema(tags=["Qualifications"])
class OneQualification(OneRow):
    """One qualification."""

    model = Qualification
    serializer_class = QualificationSerializer
    lookup_url_kwarg = "qualification"

    def rows(self, actor: Actor) -> QuerySet:
        held = queries.qualifications(actor).filter(organisation__slug=self.kwargs["organisation"])
        return queries.with_codes(held)

    @extend_schema(request=RetrievalInput, responses=QualificationSerializer)
    def patch(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Say how a Smart Data Service gets its data (code bodies, R16)."""
        held = self.get_object()
        policy.require(request.actor, "qualification.create", held)
        data = cleaned(self, request, RetrievalInput)
        changed = services.change_retrieval(
            qualification=held, **data, actor=request.actor, at=moments.now()
        )
        return shown(QualificationSerializer, changed)
