"""Parts of a QAD, their sections, and the questions as they are put."""

from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.tenancy.actor import Actor
from participants.access.views import Door, ListRows, asked, shown
from participants.roles import governed_roles
from submissions import bank, finding, queries
from submissions.api import reading
from submissions.api.filters import PartFilter
from submissions.models import Part, SectionProgress, Version
from submissions.openings import opened_qad
from submissions.presenters.states import QuestionState, tally
from submissions.serializers import (
    AskedSerializer,
    PartSerializer,
    QuestionsAsked,
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
class OnePart(Door):
    """One part of a QAD."""

    def get(self, request: Request, organisation: str, part: UUID) -> Response:
        """Return it, with its newest version."""
        held = finding.part(request.actor, organisation, part)
        newest = queries.latest_versions([held.pk]).get(held.pk)
        held.newest = newest.number if newest else None
        return shown(PartSerializer, held)


@extend_schema(tags=TAG, responses=SectionSerializer(many=True))
class Sections(Door):
    """The sections of a part."""

    def get(self, request: Request, organisation: str, part: UUID) -> Response:
        """Return where each stands; for its owner with counts of its answers."""
        if request.actor.is_participant:
            own = reading.own_part(request.actor, organisation, part)
            held, progress, counts = own.part, own.sections, reading.states(own)
        else:
            held = finding.part(request.actor, organisation, part)
            progress, counts = queries.progress([held.pk]).get(held.pk, {}), {}
        rows = [
            _section(section.title, progress[section.code], counts.get(section.code))
            for section in bank.of_part(held).sections
            if section.code in progress
        ]
        return Response(SectionSerializer(rows, many=True).data)


def _section(
    title: str, row: SectionProgress | dict[str, Any], states: list[QuestionState] | None
) -> dict[str, Any]:
    said = row if isinstance(row, dict) else vars(row)
    if states is None:
        return {**said, "title": title}
    counts = tally(states)
    return {**said, "title": title} | {name: getattr(counts, name) for name in counts.__slots__}


@extend_schema(tags=TAG, request=None, responses=VersionSerializer)
class SubmitSection(Door):
    """One section, handed in by itself at the Initial stage."""

    def post(self, request: Request, organisation: str, part: UUID, section: str) -> Response:
        """Submit it, blanks and all; the version that stands now comes back (R80)."""
        held = finding.own_part(request.actor, organisation, part)
        finding.require_writing(request.actor, held, section)
        version = submitting.submit_section(
            part=held, section=section, actor=request.actor, at=moments.now()
        )
        return shown(VersionSerializer, version)


@extend_schema(tags=TAG, parameters=[QuestionsAsked])
class Questions(ListRows):
    """The questions of a part as they are put to its owner now."""

    model = Part
    serializer_class = AskedSerializer
    filter_backends = ()
    query_names = frozenset(QuestionsAsked().fields)

    def rows(self, actor: Actor) -> list[dict[str, Any]]:
        held = reading.own_part(actor, self.kwargs["organisation"], self.kwargs["part"])
        wanted = asked(self.request, QuestionsAsked)
        section = wanted.pop("section", None)
        found = (_asked(state) for state in chain.from_iterable(reading.states(held).values()))
        return [
            each
            for each in found
            if section in (None, each["question"].section)
            and all(each[name] == value for name, value in wanted.items())
        ]

    def row_key(self, row: dict[str, Any]) -> str:
        return row["question"].code


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
class TemplateInForce(Door):
    """The QAD template in force."""

    def get(self, request: Request) -> Response:
        """Return its sections and questions."""
        _, template = bank.current()
        return shown(TemplateSerializer, template)
