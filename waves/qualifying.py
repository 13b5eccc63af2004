"""Opening a qualification by the API: the same service as the page (R13 to R19)."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.errors import Invalid
from participants import policy, queries
from participants.access.inputs import Taken
from participants.access.views import cleaned
from participants.api.organisations import OfOrganisation, organisation_of
from participants.enums import Retrieval, Role, Route
from participants.models import Mpid, Organisation
from participants.serializers import QualificationSerializer
from waves.services import roads


class QualificationInput(Taken):
    role = serializers.ChoiceField(Role.choices)
    route = serializers.ChoiceField(Route.choices)
    mpids = serializers.ListField(child=serializers.CharField(max_length=4), allow_empty=False)
    retrieval = serializers.ChoiceField(Retrieval.choices, required=False, allow_blank=True)
    is_new_entrant = serializers.BooleanField(required=False)
    mpids_split = serializers.BooleanField(required=False)
    override_reason = serializers.CharField(required=False, allow_blank=True, max_length=500)


@extend_schema(tags=["Qualifications"])
class QualificationsApi(OfOrganisation):
    """The qualifications of an organisation."""

    @extend_schema(request=QualificationInput, responses={201: QualificationSerializer(many=True)})
    def post(self, request: Request, organisation: str) -> Response:
        """Open a qualification, or all three of LDSO, SMRA / ERDA and UMSO (code bodies)."""
        found = organisation_of(request.actor, organisation)
        policy.require(request.actor, "qualification.create", found)
        data = cleaned(self, request, QualificationInput)
        opened = roads.open_qualification(
            organisation=found,
            **data | {"mpids": _mpids(found, data["mpids"])},
            actor=request.actor,
            at=moments.now(),
        )
        return Response(QualificationSerializer(opened, many=True).data, status=201)


def _mpids(organisation: Organisation, codes: list[str]) -> list[Mpid]:
    known = {mpid.code: mpid for mpid in queries.mpids(organisation.pk)}
    missing = [code for code in codes if code not in known]
    if missing:
        raise Invalid({"mpids": f"Not MPIDs of this organisation: {', '.join(missing)}."})
    return [known[code] for code in dict.fromkeys(codes)]
