"""Evidence: adding, citing, replacing, taking away, and the files themselves."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.errors import Invalid
from foundation.tenancy.actor import Actor
from participants.access.parsers import BoundedJSON
from participants.access.views import Door, ListRows, cleaned, gone, made, shown
from submissions import finding, handing_out, queries
from submissions.api.filters import EvidenceFilter
from submissions.models import Evidence, Part
from submissions.serializers import (
    EvidenceDetailSerializer,
    EvidenceInput,
    EvidenceSerializer,
    FileInput,
)
from submissions.services import evidence as services

TAG = ["Evidence"]


def _content(given: UploadedFile) -> bytes:
    if given.size > settings.EVIDENCE_MAX_BYTES:
        limit = settings.EVIDENCE_MAX_BYTES // (1024 * 1024)
        raise Invalid({"file": f"{given.name} is larger than {limit} MB. Send it in parts."})
    return given.read()


@extend_schema(tags=TAG)
class OfAnswer(ListRows):
    """The evidence that an answer cites, oldest first."""

    parser_classes = (BoundedJSON, MultiPartParser)
    model = Evidence
    serializer_class = EvidenceSerializer
    filter_backends = ()

    def rows(self, actor: Actor) -> list[Evidence]:
        held = finding.own_part(actor, self.kwargs["organisation"], self.kwargs["part"])
        asked = finding.question(held, self.kwargs["question"])
        return queries.evidence([held.pk]).get(held.pk, {}).get(asked.code, [])

    @extend_schema(request=EvidenceInput, responses={201: EvidenceSerializer})
    def post(self, request: Request, organisation: str, part: UUID, question: str) -> Response:
        """Add a file (multipart), a reference, or cite a piece of the library."""
        held = finding.own_part(request.actor, organisation, part)
        asked = finding.question(held, question)
        data = cleaned(self, request, EvidenceInput)
        added = _add(request, organisation, held, asked.code, data)
        return made(EvidenceSerializer, added)


def _add(request: Request, slug: str, held: Part, code: str, data: dict[str, Any]) -> Evidence:
    place = {"part": held, "question_code": code, "actor": request.actor, "at": moments.now()}
    given, cited = data.pop("file", None), data.pop("evidence", None)
    if cited:
        piece = finding.evidence(request.actor, slug, cited)
        services.cite(evidence=piece, **place)
        return piece
    if given:
        content = _content(given)
        return services.add_file(name=given.name, content=content, title=data["title"], **place)
    return services.add_reference(**data, **place)


@extend_schema(tags=TAG)
class OneUse(Door):
    """One piece of evidence in an answer."""

    parser_classes = (MultiPartParser,)

    @extend_schema(request=FileInput, responses=EvidenceSerializer)
    def put(
        self, request: Request, organisation: str, part: UUID, question: str, evidence: UUID
    ) -> Response:
        """Put a new version in place of its file."""
        held = finding.own_part(request.actor, organisation, part)
        asked = finding.question(held, question)
        piece = finding.evidence(request.actor, organisation, evidence)
        given = cleaned(self, request, FileInput)["file"]
        replaced = services.replace_file(
            part=held,
            question_code=asked.code,
            evidence=piece,
            name=given.name,
            content=_content(given),
            actor=request.actor,
            at=moments.now(),
        )
        return shown(EvidenceSerializer, replaced)

    @extend_schema(responses={204: None})
    def delete(
        self, request: Request, organisation: str, part: UUID, question: str, evidence: UUID
    ) -> Response:
        """Take it away from the answer; it stays in the library and in what was submitted."""
        held = finding.own_part(request.actor, organisation, part)
        asked = finding.question(held, question)
        piece = finding.evidence(request.actor, organisation, evidence)
        services.uncite(
            part=held,
            question_code=asked.code,
            evidence=piece,
            actor=request.actor,
            at=moments.now(),
        )
        return gone()


@extend_schema(tags=TAG)
class Library(ListRows):
    """All evidence of the organisation, newest first."""

    model = Evidence
    serializer_class = EvidenceSerializer
    filterset_class = EvidenceFilter

    def rows(self, actor: Actor) -> QuerySet:
        if not actor.is_participant:
            raise Http404
        place = finding.organisation(actor, self.kwargs["organisation"])
        return queries.library(place.pk).prefetch_related(None)


@extend_schema(tags=TAG, responses=EvidenceDetailSerializer)
class OnePiece(Door):
    """One piece of evidence."""

    def get(self, request: Request, organisation: str, evidence: UUID) -> Response:
        """Return it with its versions and the answers that cite it."""
        return shown(
            EvidenceDetailSerializer, finding.evidence(request.actor, organisation, evidence)
        )


@extend_schema(tags=TAG, responses={(200, "*/*"): OpenApiTypes.BINARY})
class File(Door):
    """The bytes of a stored file."""

    def get(self, request: Request, organisation: str, file: UUID) -> HttpResponse:
        """Return them as an attachment; what a body takes is recorded."""
        stored = finding.stored_file(request.actor, organisation, file)
        return handing_out.hand_out(stored, request.actor)
