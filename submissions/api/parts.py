"""Parts of a QAD, their sections, and the questions as they are put."""

from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.clock import moments
from foundation.tenancy.actor import Actor
from participants.access.views import ListRows, shown
from participants.roles import governed_roles
from submissions import bank, finding, queries
from submissions.api.filters import PartFilter
from submissions.api.pages import listed
from submissions.models import Part, Version
from submissions.openings import opened_qad
from submissions.presenters.states import QuestionState, states_of, tally
from submissions.serializers import (
    AskedSerializer,
    PartSerializer,
    SectionSerializer,
    TemplateSerializer,
    VersionSerializer,
)
from submissions.services import submitting

TAG = ["QAD"]


@extend_schema(tags=TAG)
class Parts(ListRows):
    """The parts of an organisation's QAD.

    For its owner this opens the QAD: parts that are missing are made, and what a completion
    report has armed becomes the Final (R83). A body's reading opens nothing (R84).
    """

    model = Part
    serializer_class = PartSerializer
    filterset_class = PartFilter

    def rows(self, actor: Actor) -> QuerySet:
        place = finding.organisation(actor, self.kwargs["organisation"])
        if actor.is_participant:
            opened_qad(place, actor)
        newest = Version.objects.filter(part=OuterRef("pk")).order_by("-number")
        rows = Part.objects.filter(organisation=place).select_related("qualification")
        rows = rows.annotate(newest=Subquery(newest.values("number")[:1]))
        if actor.is_staff:
            own = rows.filter(qualification__role__in=governed_roles(actor.body))
            rows = own | rows.filter(qualification=None)
        return rows.order_by("opened_at", "pk")


@extend_schema(tags=TAG, responses=PartSerializer)
class OnePart(APIView):
    """One part of a QAD."""

    def get(self, request: Request, organisation: str, part: UUID) -> Response:
        """Return it, with its newest version."""
        held = finding.part(request.actor, organisation, part)
        newest = queries.latest_versions([held.pk]).get(held.pk)
        held.newest = newest.number if newest else None
        return shown(PartSerializer, held)


@extend_schema(tags=TAG, responses=SectionSerializer(many=True))
class Sections(APIView):
    """The sections of a part."""

    def get(self, request: Request, organisation: str, part: UUID) -> Response:
        """Return where each stands; for its owner with counts of its answers."""
        held = finding.part(request.actor, organisation, part)
        progress = queries.progress([held.pk]).get(held.pk, {})
        counts = _states(held) if request.actor.is_participant else {}
        rows = [
            _section(section.code, section.title, progress[section.code], counts)
            for section in bank.of_part(held).sections
            if section.code in progress
        ]
        return Response(SectionSerializer(rows, many=True).data)


def _states(held: Part) -> dict[str, list[QuestionState]]:
    own = finding.part_sheet(held)
    frozen = finding.content_by_part(finding.initial_sections([held.pk]))
    return states_of(own, frozen.get(held.pk, {}))


def _section(letter: str, title: str, row: Any, states: dict[str, list[QuestionState]]) -> dict:
    said = {
        "section": letter,
        "title": title,
        "status": row.status,
        "since": row.since,
        "submitted_at": row.submitted_at,
        "submitted_by_name": row.submitted_by_name,
    }
    if letter in states:
        counts = tally(states[letter])
        said |= {name: getattr(counts, name) for name in counts.__slots__}
    return said


@extend_schema(tags=TAG, request=None, responses=VersionSerializer)
class SubmitSection(APIView):
    """One section, handed in by itself at the Initial stage."""

    def post(self, request: Request, organisation: str, part: UUID, section: str) -> Response:
        """Submit it, blanks and all; the version that stands now comes back (R80)."""
        held = finding.own_part(request.actor, organisation, part)
        finding.require_writing(request.actor, held, section)
        version = submitting.submit_section(
            part=held, section=section, actor=request.actor, at=moments.now()
        )
        return shown(VersionSerializer, version)


_ASKED = [
    OpenApiParameter("section", str),
    OpenApiParameter("applies", bool),
    OpenApiParameter("is_open", bool),
    OpenApiParameter("progress", str),
]


@extend_schema(tags=TAG)
class Questions(APIView):
    """The questions of a part as they are put to its owner now."""

    @extend_schema(parameters=_ASKED, responses=AskedSerializer(many=True))
    def get(self, request: Request, organisation: str, part: UUID) -> Response:
        """Return them in order, each with its reason and how far its answer is."""
        held = finding.own_part(request.actor, organisation, part)
        asked = [_asked(state) for state in chain.from_iterable(_states(held).values())]
        query = request.query_params
        if section := query.get("section"):
            asked = [each for each in asked if each["question"].section == section]
        for name in ("applies", "is_open"):
            if name in query:
                asked = [each for each in asked if each[name] is (query[name].lower() == "true")]
        if progress := query.get("progress"):
            asked = [each for each in asked if each["progress"] == progress]
        return listed(self, request, asked, AskedSerializer)


def _asked(state: QuestionState) -> dict[str, Any]:
    one = state.one
    return {
        "question": one.question,
        "applies": one.applies,
        "is_open": one.is_open,
        "because": one.because,
        "reviewers": one.reviewers,
        "required_for": one.required_for,
        "progress": state.progress.value,
        "is_answered": state.is_answered,
        "changed": state.changed,
    }


@extend_schema(tags=TAG, responses=TemplateSerializer)
class TemplateInForce(APIView):
    """The QAD template in force."""

    def get(self, request: Request) -> Response:
        """Return its sections and questions."""
        _, template = bank.current()
        return shown(TemplateSerializer, template)
