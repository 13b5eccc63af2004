"""The sections that a limited member may write (QA&P 10.3)."""

from collections.abc import Iterable
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.errors import Invalid
from participants import grants, policy
from participants import queries as people
from participants.access.views import Door, cleaned, shown
from participants.api.organisations import organisation_of
from participants.models import Area, Membership
from participants.services import people as services
from submissions.limits import sections_for
from submissions.serializers import LimitsInput, LimitsSerializer


@extend_schema(tags=["People"])
class Limits(Door):
    """The sections that a member may write; none means every section."""

    @extend_schema(responses=LimitsSerializer)
    def get(self, request: Request, organisation: str, membership: UUID) -> Response:
        """Return them (master admin)."""
        return _shown(_member(request, organisation, membership))

    @extend_schema(request=LimitsInput, responses=LimitsSerializer)
    def put(self, request: Request, organisation: str, membership: UUID) -> Response:
        """Set exactly these (master admin)."""
        member = _member(request, organisation, membership)
        wanted = cleaned(self, request, LimitsInput)["sections"]
        changed = services.change_membership(
            membership=member,
            areas=_areas(request, member, wanted),
            actor=request.actor,
            at=moments.now(),
        )
        return _shown(changed)


def _member(request: Request, slug: str, key: UUID) -> Membership:
    found = organisation_of(request.actor, slug)
    member = get_object_or_404(people.members(found.pk), pk=key)
    policy.require(request.actor, "people.manage", member)
    return member


def _areas(request: Request, member: Membership, wanted: Iterable[dict]) -> list[Area]:
    held = {each.pk: each for each in people.of_organisation(request.actor, member.organisation_id)}
    areas = []
    for place, named in enumerate(wanted):
        key, letter = named["qualification"], named["section"]
        if key is not None and key not in held:
            raise Invalid({f"sections.{place}.qualification": "There is no such one here."})
        part = held[key] if key else None
        if letter not in {section.code for section in sections_for(part)}:
            raise Invalid({f"sections.{place}.section": f"This part has no section {letter}."})
        areas.append(
            services.ensure_area(
                organisation_id=member.organisation_id, qualification=part, section=letter
            )
        )
    return areas


def _shown(member: Membership) -> Response:
    granted = grants.granted_sections(member.organisation_id).get(member.person_id, ())
    return shown(LimitsSerializer, {"is_limited": member.is_limited, "sections": granted})
