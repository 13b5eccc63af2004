"""Signatures and letters of delegated authority."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.documents.services import is_open_to
from foundation.documents.serving import download
from foundation.errors import Invalid
from foundation.tenancy.actor import Actor
from participants import policy
from participants import queries as people
from participants.access.parsers import BoundedJSON
from participants.access.views import Door, ListRows, OneRow, cleaned, gone, made, shown
from reviews import queries, tasks
from reviews.api import finding
from reviews.api.filters import LetterFilter, SignOffFilter
from reviews.api.serializers_papers import (
    DraftLetterInput,
    LetterSerializer,
    PrintingSerializer,
    SignInput,
    SignLetterInput,
    SignOffDetailSerializer,
    SignOffSerializer,
    ToSignSerializer,
)
from reviews.api.serializers_talk import OptionalReasonInput, ReasonInput
from reviews.api.to_sign import to_sign
from reviews.assembly.letters import paper_in_place
from reviews.models import DelegationLetter, SignOff
from reviews.printing import confirmation_file
from reviews.reauthentication import deny_wrong_password
from reviews.services import once, sheets, sign_off
from submissions import finding as places

SIGNING, LETTERS = ["Sign-off"], ["Letters of delegated authority"]
PDF = {(200, "application/pdf"): OpenApiTypes.BINARY}
FILE = {(200, "*/*"): OpenApiTypes.BINARY}


@extend_schema(tags=SIGNING)
class SignOffs(ListRows):
    """The signatures of an organisation, newest first, void ones included."""

    model = SignOff
    serializer_class = SignOffSerializer
    filterset_class = SignOffFilter

    def rows(self, actor: Actor) -> QuerySet:
        place = places.organisation(actor, self.kwargs["organisation"])
        return queries.sign_offs(actor, place.pk)


class _OneSignature(OneRow):
    model = SignOff
    serializer_class = SignOffDetailSerializer
    lookup_url_kwarg = "sign_off"

    def rows(self, actor: Actor) -> QuerySet:
        place = places.organisation(actor, self.kwargs["organisation"])
        return queries.sign_offs(actor, place.pk).select_related(
            "organisation", "qualification", "letter"
        )

    def readable(self) -> SignOff:
        """Return the signature, to those who read what it covers."""
        row = self.get_object()
        finding.read_at(self.request.actor, row.organisation.slug, row.qualification_id)
        return row


@extend_schema(tags=SIGNING)
class OneSignOff(_OneSignature):
    """One signature with the content that it covers."""

    def get(self, request: Request, organisation: str, sign_off: UUID) -> Response:
        """Return it; the SHA-256 of ``content`` is ``content_sha256``."""
        return shown(SignOffDetailSerializer, self.readable())


@extend_schema(tags=SIGNING, responses={**PDF, 202: PrintingSerializer})
class Confirmation(_OneSignature):
    """The Applicant's Confirmation of a signature, as a sheet."""

    def get(self, request: Request, organisation: str, sign_off: UUID) -> HttpResponse:
        """Return the PDF; 202 while it is printed, which the first call orders. Ask again then."""
        row = self.readable()
        by = {"actor": request.actor, "at": moments.now()}
        job = sheets.order(signed=row, enqueue=tasks.enqueue_sheet, **by)
        file = confirmation_file(row, job, request.actor)
        return file or Response(
            PrintingSerializer(job).data, status=202, headers={"Retry-After": "5"}
        )


@extend_schema(tags=SIGNING)
class Sign(Door):
    """What a signature covers now, and signing it."""

    @extend_schema(responses=ToSignSerializer)
    def get(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Return the content to sign with its hash, and what is still missing."""
        held = finding.read_at(request.actor, organisation, qualification)
        return shown(ToSignSerializer, to_sign(held, request.actor))

    @extend_schema(request=SignInput, responses={201: SignOffSerializer})
    def post(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Sign exactly what was shown, with your password (director, or delegate; R105, R106)."""
        held = finding.held_at(request.actor, organisation, qualification)
        data = cleaned(self, request, SignInput)
        policy.require(request.actor, "qad.sign", held)
        deny_wrong_password(request._request, data["password"])
        by = {"actor": request.actor, "at": moments.now()}
        signed = once.sign(qualification=held, seen_sha256=data["seen_sha256"], **by)
        sheets.order(signed=signed, enqueue=tasks.enqueue_sheet, **by)
        return made(SignOffSerializer, signed)


@extend_schema(tags=SIGNING, request=ReasonInput, responses={204: None})
class Decline(Door):
    """A signature that is not given."""

    def post(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Decline to sign, with a reason that the admins and the bodies read."""
        held = finding.held_at(request.actor, organisation, qualification)
        reason = cleaned(self, request, ReasonInput)["reason"]
        sign_off.decline(qualification=held, reason=reason, actor=request.actor, at=moments.now())
        return gone()


@extend_schema(tags=LETTERS)
class Letters(ListRows):
    """The letters of delegated authority of an organisation, newest first."""

    model = DelegationLetter
    serializer_class = LetterSerializer
    filterset_class = LetterFilter

    def rows(self, actor: Actor) -> QuerySet:
        place = places.organisation(actor, self.kwargs["organisation"])
        return queries.letters(actor, place.pk)

    @extend_schema(request=DraftLetterInput, responses={201: LetterSerializer})
    def post(self, request: Request, organisation: str) -> Response:
        """Draft a letter for one role and one employee (REC, R107)."""
        data = cleaned(self, request, DraftLetterInput)
        held = finding.held_at(request.actor, organisation, data["qualification"])
        delegate = people.members(held.organisation_id).filter(pk=data["delegate"]).first()
        if delegate is None:
            raise Invalid({"delegate": "There is no such member of the organisation."})
        drafted = once.draft_letter(
            qualification=held, delegate=delegate, actor=request.actor, at=moments.now()
        )
        rows = queries.letters(request.actor, held.organisation_id)
        return made(LetterSerializer, rows.get(pk=drafted.pk))


class _OneLetter(OneRow):
    model = DelegationLetter
    serializer_class = LetterSerializer
    lookup_url_kwarg = "letter"

    def rows(self, actor: Actor) -> QuerySet:
        place = places.organisation(actor, self.kwargs["organisation"])
        return queries.letters(actor, place.pk)


@extend_schema(tags=LETTERS)
class OneLetter(_OneLetter):
    """One letter with its words."""


@extend_schema(tags=LETTERS, request={"multipart/form-data": SignLetterInput})
class SignLetter(_OneLetter):
    """A director's signature under a letter."""

    http_method_names = ("post",)
    parser_classes = (MultiPartParser, BoundedJSON)

    @extend_schema(responses=LetterSerializer)
    def post(self, request: Request, organisation: str, letter: UUID) -> Response:
        """Hand the signed letter in, or sign it in place, with your password (director)."""
        held = self.get_object()
        policy.require(request.actor, "letter.sign", held)
        data = cleaned(self, request, SignLetterInput)
        deny_wrong_password(request._request, data["password"])
        at, upload = moments.now(), data.get("file")
        name, content = (
            (upload.name, upload.read()) if upload else paper_in_place(held, request.actor.name, at)
        )
        once.sign_letter(letter=held, name=name, content=content, actor=request.actor, at=at)
        return shown(LetterSerializer, self.get_object())


@extend_schema(tags=LETTERS, request=None, responses=LetterSerializer)
class AcceptLetter(_OneLetter):
    """The REC's acceptance of a signed letter."""

    http_method_names = ("post",)

    def post(self, request: Request, organisation: str, letter: UUID) -> Response:
        """Accept it; from now on the delegate may sign (REC lead reviewers)."""
        once.accept_letter(letter=self.get_object(), actor=request.actor, at=moments.now())
        return shown(LetterSerializer, self.get_object())


@extend_schema(tags=LETTERS, request=OptionalReasonInput, responses=LetterSerializer)
class RevokeLetter(_OneLetter):
    """The end of a letter."""

    http_method_names = ("post",)

    def post(self, request: Request, organisation: str, letter: UUID) -> Response:
        """End it, as the REC or as a director; a signature given under it stands."""
        reason = cleaned(self, request, OptionalReasonInput)["reason"]
        once.revoke_letter(
            letter=self.get_object(), reason=reason, actor=request.actor, at=moments.now()
        )
        return shown(LetterSerializer, self.get_object())


@extend_schema(tags=LETTERS, responses=FILE)
class LetterFile(_OneLetter):
    """The signed letter itself."""

    def get(self, request: Request, organisation: str, letter: UUID) -> HttpResponse:
        """Hand it out, unless the scanner blocked it."""
        stored = self.get_object().file
        if stored is None or not is_open_to(stored, request.actor):
            raise Http404
        return download(stored)
