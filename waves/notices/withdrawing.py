"""What people are told when a qualification leaves the road."""

from collections.abc import Sequence
from datetime import datetime

from foundation.notices.outbox import announce
from participants import queries as people
from participants.enums import Body, Duty
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification

_STAFF = (Duty.REVIEWER, Duty.LEAD, Duty.PLANNER, Duty.TEST_MANAGER)


def withdrawn(gone: Sequence[Qualification], because: str, *, by: str, at: datetime) -> None:
    """Tell the organisation, every body that reads it and its testers, with the reason."""
    first = gone[0]
    roles = ", ".join(MARKET_ROLES[each.role].label for each in gone)
    bodies = {body for each in gone for body in MARKET_ROLES[each.role].bodies}
    name, slug = first.organisation.name, first.organisation.slug
    announce(
        kind="withdrawal",
        key=f"{first.pk}:{at.isoformat()}",
        recipients=[
            *people.member_recipients(first.organisation_id),
            *people.member_recipients(first.organisation_id, directors=True),
            *people.staff_recipients((*sorted(bodies), Body.MHHSP), _STAFF),
        ],
        subject=f"{name}: {roles} withdrawn",
        text=f"{by} withdrew {roles} of {name}. What was submitted stays as it was read, and no"
        f" date runs on. Reason: {because}",
        path=f"/o/{slug}/qualifications/{first.pk}/dates/",
        at=at,
        organisation_id=first.organisation_id,
    )
