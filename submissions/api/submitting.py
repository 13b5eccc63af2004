"""Handing in: the Initial, its changes, the Final, what was reopened; opening the Final."""

from collections.abc import Callable
from typing import ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from participants.access.views import Door, cleaned, shown
from participants.models import Qualification
from submissions import finding
from submissions.serializers import ReopenedInput, SubmittedSerializer, VersionSerializer
from submissions.services import opening, submitting

TAG = ["QAD"]


def _own(request: Request, slug: str, key: UUID) -> Qualification:
    if not request.actor.is_participant:
        raise Http404
    return finding.qualification(request.actor, finding.organisation(request.actor, slug), key)


@extend_schema(tags=TAG, request=None, responses=SubmittedSerializer(many=True))
class SubmitInitial(Door):
    """The Initial QAD of a qualification, the trio together."""

    service: ClassVar[Callable] = staticmethod(submitting.submit_initial)

    def post(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Submit it; 409 with every reason where that cannot be done now."""
        held = _own(request, organisation, qualification)
        moved = self.service(qualification=held, actor=request.actor, at=moments.now())
        return Response(SubmittedSerializer(moved, many=True).data)


class SubmitFinal(SubmitInitial):
    """The Final QAD: no blanks, the report in; everything locks (R86 to R88)."""

    service: ClassVar[Callable] = staticmethod(submitting.submit_final)


@extend_schema(tags=TAG, request=ReopenedInput, responses=SubmittedSerializer(many=True))
class SubmitReopened(Door):
    """The sections that were reopened."""

    def post(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Submit them; 409 where nothing changed in one and no reason is given (D.13)."""
        held = _own(request, organisation, qualification)
        data = cleaned(self, request, ReopenedInput)
        moved = submitting.resubmit_final(
            qualification=held, **data, actor=request.actor, at=moments.now()
        )
        return Response(SubmittedSerializer(moved, many=True).data)


@extend_schema(tags=TAG, request=None, responses=VersionSerializer)
class SubmitChanges(Door):
    """What changed since the Initial submission."""

    def post(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Hand it in; running clocks stay untouched."""
        held = _own(request, organisation, qualification)
        version = submitting.submit_changes(
            qualification=held, actor=request.actor, at=moments.now()
        )
        return shown(VersionSerializer, version)


@extend_schema(tags=TAG, request=None, responses=SubmittedSerializer)
class OpenFinal(Door):
    """The Final QAD on a SIT route, before the report."""

    def post(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Open it as a code body (R85)."""
        place = finding.organisation(request.actor, organisation)
        held = finding.qualification(request.actor, place, qualification)
        opened = opening.open_final(qualification=held, actor=request.actor, at=moments.now())
        return shown(SubmittedSerializer, opened)
