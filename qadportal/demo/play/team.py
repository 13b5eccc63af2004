"""Playing how the BSC shares out its reading: two readers, one of them away, one recused."""

from datetime import datetime, timedelta

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from participants.enums import Role, Status
from qadportal.demo.play.cast import Cast
from reviews import queries
from reviews.models import Assignment
from reviews.services import team

SECTION = "H"
UNDER_REVIEW = (Status.INITIAL_REVIEW, Status.FINAL_REVIEW)


def share_reading(cast: Cast, now: datetime) -> None:
    """Give two Suppliers under review to readers; enter days away; declare a conflict."""
    lead = cast.lead("BSC")
    suppliers, networks = cast.reader("BSC", Role.SUPPLIER), cast.reader("BSC", Role.LDSO)
    at = now - timedelta(days=6)
    with moments.at(at), acting_as(lead):
        parts = queries.parts(lead).filter(
            qualification__role=Role.SUPPLIER, qualification__status__in=UNDER_REVIEW
        )
        found = list(parts.order_by("organisation__name")[:3])
        if not found or Assignment.objects.exists():
            return
        for part in found[:2]:
            team.assign(part=part, section="", person_id=suppliers.person_id, actor=lead, at=at)
        team.assign(
            part=found[0], section=SECTION, person_id=networks.person_id, actor=lead, at=at,
            because="Has read this section of three Suppliers.",
        )  # fmt: skip
    with moments.at(now - timedelta(days=1)), acting_as(suppliers):
        team.be_away(
            person_id=suppliers.person_id, starts_on=now.date() + timedelta(days=6),
            ends_on=now.date() + timedelta(days=10), cover_id=lead.person_id, actor=suppliers,
            at=now - timedelta(days=1),
        )  # fmt: skip
    if found[2:]:
        with moments.at(at), acting_as(networks):
            team.declare_conflict(
                organisation=found[2].organisation, actor=networks, at=at,
                reason="I worked in its operations team until the spring.",
            )  # fmt: skip
