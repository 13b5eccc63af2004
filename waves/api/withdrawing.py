"""Withdrawing a qualification."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from participants.access.inputs import Taken
from participants.access.views import Door, cleaned
from participants.serializers import QualificationSerializer
from waves.api.dates import one_held
from waves.services import withdrawing as services


class WithdrawInput(Taken):
    """Why it is withdrawn."""

    because = serializers.CharField(max_length=2000)


@extend_schema(tags=["Qualifications"], request=WithdrawInput)
class Withdraw(Door):
    """The end of a qualification that nobody decides any more."""

    @extend_schema(responses=QualificationSerializer(many=True))
    def post(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Withdraw it, or the trio (code bodies, and the organisation's master admin)."""
        held = one_held(request.actor, organisation, qualification)
        data = cleaned(self, request, WithdrawInput)
        gone = services.withdraw(qualification=held, **data, actor=request.actor, at=moments.now())
        return Response(QualificationSerializer(gone, many=True).data)
