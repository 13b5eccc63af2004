"""Answers that a body accepts one by one (D.3)."""

from uuid import UUID

import django_filters as filters
from django.db.models import Exists, Func, OuterRef, Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.tenancy.actor import Actor
from participants.access.filtering import TrueOrFalse
from participants.access.inputs import Taken
from participants.access.outputs import ShownRow
from participants.access.views import Door, ListRows, cleaned
from participants.enums import Body
from reviews.api import finding
from reviews.models import Acceptance
from reviews.services import accepting
from submissions.models import Version

TAG = ["Approvals and reviews"]


class AcceptanceSerializer(ShownRow):
    """A body's word on one answer; ``stands`` until it is taken back or the answer changes."""

    part = serializers.UUIDField(source="part_id", read_only=True)
    version = serializers.IntegerField(source="version.number", read_only=True)
    stands = serializers.BooleanField(read_only=True)

    class Meta:
        model = Acceptance
        fields = (
            *("id", "part", "question", "body", "version", "sha256", "stands", "at", "by_name"),
            *("withdrawn_at", "withdrawn_because"),
        )


class AcceptInput(Taken):
    """Which answers are accepted, and the version in which they were read."""

    questions = serializers.ListField(
        child=serializers.CharField(max_length=6), min_length=1, max_length=200
    )
    version = serializers.IntegerField(min_value=1)


class TakeBackInput(Taken):
    """Of which answer the acceptance is taken back."""

    question = serializers.CharField(max_length=6)


class AcceptanceFilter(filters.FilterSet):
    part = filters.UUIDFilter(field_name="part_id")
    question = filters.CharFilter()
    body = filters.ChoiceFilter(choices=Body.choices)
    stands = TrueOrFalse(field_name="stands")


def _rows(actor: Actor, slug: str) -> QuerySet[Acceptance]:
    later = Version.objects.filter(
        part_id=OuterRef("part_id"),
        number__gt=OuterRef("version__number"),
        changed__contains=Func(OuterRef("question"), function="to_jsonb"),
    )
    rows = Acceptance.objects.filter(part__in=finding.parts_of(actor, slug).values("pk"))
    rows = rows.select_related("version").annotate(stands=Q(withdrawn_at=None) & ~Exists(later))
    return rows.order_by("part_id", "question", "body", "pk")


@extend_schema(tags=TAG)
class Acceptances(ListRows):
    """The answers of an organisation's QAD that bodies accept, or accepted."""

    model = Acceptance
    serializer_class = AcceptanceSerializer
    filterset_class = AcceptanceFilter

    def rows(self, actor: Actor) -> QuerySet:
        return _rows(actor, self.kwargs["organisation"])


@extend_schema(tags=TAG, request=AcceptInput, responses=AcceptanceSerializer(many=True))
class Accept(Door):
    """Answers accepted, all of those that are named or none."""

    def post(self, request: Request, organisation: str, part: UUID) -> Response:
        """Accept them for your body; refused with every reason against any of them."""
        found = finding.part_at(request.actor, organisation, part)
        data = cleaned(self, request, AcceptInput)
        rows = accepting.accept_all(
            part=found,
            questions=list(dict.fromkeys(data["questions"])),
            seen_version=data["version"],
            actor=request.actor,
            at=moments.now(),
        )
        keys = [row.pk for row in rows]
        found_rows = _rows(request.actor, organisation).filter(pk__in=keys)
        return Response(AcceptanceSerializer(found_rows, many=True).data)


@extend_schema(tags=TAG, request=TakeBackInput, responses={204: None})
class TakeBack(Door):
    """An acceptance taken back."""

    def post(self, request: Request, organisation: str, part: UUID) -> Response:
        """Take your body's acceptance of an answer back; nothing happens where there is none."""
        found = finding.part_at(request.actor, organisation, part)
        data = cleaned(self, request, TakeBackInput)
        accepting.take_back(part=found, **data, actor=request.actor, at=moments.now())
        return Response(status=204)
