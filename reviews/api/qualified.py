"""Qualified yet? The criteria of R118, the matrix, and every missing thing with its holder."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.errors import Denied
from foundation.tenancy.actor import Actor
from participants import policy
from participants import queries as people
from participants.access.views import Door, ListRows, shown
from participants.enums import REVIEWING_BODIES, Status
from participants.models import Qualification
from reviews import facts
from reviews.api import finding
from reviews.api.filters import QualifiedFilter
from reviews.api.serializers_qualified import QualifiedDetailSerializer, QualifiedSerializer
from reviews.qualified import Band, Criterion, Facts, Lack, bands, criteria, missing
from reviews.qualified.grid import decisions
from submissions import finding as places

TAG = ["Qualified yet?"]


class Standing:
    """Where one qualification stands, all of it derived from its facts, and once."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @property
    def is_qualified(self) -> bool:
        return self.facts.status == Status.QUALIFIED

    @cached_property
    def decisions(self) -> tuple[int, int]:
        return decisions(self.facts)

    @property
    def decisions_taken(self) -> int:
        return self.decisions[0]

    @property
    def decisions_needed(self) -> int:
        return self.decisions[1]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return criteria(self.facts)

    @property
    def matrix(self) -> tuple[Band, ...]:
        return bands(self.facts)

    @cached_property
    def missing(self) -> tuple[Lack, ...]:
        return missing(self.facts)


def _standings(rows: Sequence[Qualification]) -> list[Standing]:
    known = _known({row.organisation_id for row in rows})
    return [Standing(known[row.pk]) for row in rows]


def _known(organisation_ids: Iterable[UUID]) -> dict[UUID, Facts]:
    held = facts.of_organisations(organisation_ids).values()
    return {each.id: each for group in held for each in group}


def _require_reader(actor: Actor) -> None:
    """The matrix names findings, and the Programme reads none (R11)."""
    if actor.is_staff and actor.body not in REVIEWING_BODIES:
        raise Denied("What is missing is read by the organisation and its bodies.")


class _Standings(ListRows):
    model = Qualification
    serializer_class = QualifiedSerializer
    filterset_class = QualifiedFilter

    def list(self, request: Request, *args: object, **kwargs: object) -> Response:
        """Return a page of standings; as many statements for one as for a page."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(QualifiedSerializer(_standings(page), many=True).data)


@extend_schema(tags=TAG)
class All(_Standings):
    """Every qualification that your body has to do with (staff)."""

    def rows(self, actor: Actor) -> QuerySet:
        policy.require(actor, "organisation.read")
        _require_reader(actor)
        return people.qualifications(actor)


@extend_schema(tags=TAG)
class OfOrganisation(_Standings):
    """The qualifications of an organisation."""

    def rows(self, actor: Actor) -> QuerySet:
        place = places.organisation(actor, self.kwargs["organisation"])
        _require_reader(actor)
        return people.of_organisation(actor, place.pk)


@extend_schema(tags=TAG, responses=QualifiedDetailSerializer)
class OneStanding(Door):
    """One qualification."""

    def get(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Return its criteria, its matrix, and what is missing."""
        held = finding.read_at(request.actor, organisation, qualification)
        return shown(QualifiedDetailSerializer, Standing(facts.of_qualification(held)))
