"""Decision packs of the reader's body."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.audit.trail import record
from foundation.clock import moments
from foundation.documents.models import StoredFile
from foundation.documents.serving import download
from foundation.errors import Invalid
from foundation.tenancy.actor import Actor
from participants import policy
from participants.access.views import ListRows, OneRow, cleaned, made, shown
from reviews import tasks
from reviews.api.filters import PackFilter
from reviews.api.serializers_papers import PackDetailSerializer, PackInput, PackSerializer
from reviews.models import Pack
from reviews.queries import packs as queries
from reviews.services import once, packing

TAG = ["Packs"]


def _order(actor: Actor, keys: list[UUID], title: str, recommendations: dict[UUID, str]) -> Pack:
    wanted = list(dict.fromkeys(keys))
    held = {each.pk: each for each in queries.applications(actor).filter(pk__in=wanted)}
    if len(held) < len(wanted):
        raise Invalid({"qualifications": "Not all of these can be put into a pack of your body."})
    return once.order_pack(
        qualifications=[held[key] for key in wanted],
        title=title,
        recommendations=recommendations,
        actor=actor,
        at=moments.now(),
        enqueue=tasks.enqueue,
    )


@extend_schema(tags=TAG)
class Packs(ListRows):
    """The packs of your body, newest first."""

    model = Pack
    serializer_class = PackSerializer
    filterset_class = PackFilter

    def rows(self, actor: Actor) -> QuerySet:
        policy.require(actor, "pack.read")
        return queries.packs(actor)

    @extend_schema(request=PackInput, responses={201: PackSerializer})
    def post(self, request: Request) -> Response:
        """Order a pack; it is built in the background."""
        policy.require(request.actor, "pack.build")
        data = cleaned(self, request, PackInput)
        said = {each["qualification"]: each["text"] for each in data.get("recommendations", ())}
        ordered = _order(request.actor, data["qualifications"], data["title"], said)
        return made(PackSerializer, ordered)


class _OnePack(OneRow):
    model = Pack
    serializer_class = PackDetailSerializer
    lookup_url_kwarg = "pack"

    def rows(self, actor: Actor) -> QuerySet:
        policy.require(actor, "pack.read")
        return queries.packs(actor)


@extend_schema(tags=TAG)
class OnePack(_OnePack):
    """One pack with its manifest, and how far the building is."""

    def get_object(self) -> Pack:
        """Return the pack with its job at hand."""
        pack = super().get_object()
        pack.progress = queries.job_of(pack)
        return pack


@extend_schema(tags=TAG, responses={(200, "application/pdf"): OpenApiTypes.BINARY})
class PackFile(_OnePack):
    """The PDF of a pack."""

    def get(self, request: Request, pack: UUID) -> HttpResponse:
        """Hand it out; who opened it is recorded."""
        found = self.get_object()
        stored = StoredFile.objects.filter(pk=found.file_id).first()
        if stored is None:
            raise Http404
        record("pack.opened", subject=found, actor=request.actor, at=moments.now(), seal=found.seal)
        return download(stored)


@extend_schema(tags=TAG, request=None, responses={200: PackSerializer, 201: PackSerializer})
class PackAgain(_OnePack):
    """The same applications once more."""

    http_method_names = ("post",)

    def post(self, request: Request, pack: UUID) -> Response:
        """Order them as they stand now; a pack that is being built is returned as it is."""
        policy.require(request.actor, "pack.build")
        found = self.get_object()
        if packing.is_being_built(found, moments.now()):
            return shown(PackSerializer, found)
        said = {key: found.recommended([key]) for key in found.qualifications}
        ordered = _order(request.actor, found.qualifications, found.title, said)
        return made(PackSerializer, ordered)
