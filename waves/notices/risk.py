"""What the Programme and the bodies are told of a risk to a milestone (NT37)."""

from datetime import datetime

from foundation.notices.outbox import announce
from participants import queries as people
from participants.enums import Body, Duty
from participants.market_roles import MARKET_ROLES
from waves.models import Milestone

_PROGRAMME = (Duty.LEAD, Duty.PLANNER, Duty.TEST_MANAGER, Duty.MCC_READER)
_BODIES = (Duty.LEAD, Duty.PLANNER)


def reported(row: Milestone, *, at: datetime) -> None:
    """Tell the Programme that a qualification is at risk."""
    _tell(row, "reported", "reported at risk", _PROGRAMME_ALONE, at)


def withdrawn(row: Milestone, *, at: datetime) -> None:
    """Tell the Programme that the risk is over."""
    _tell(row, "withdrawn", "no longer reported at risk", _PROGRAMME_ALONE, at)


def escalated(row: Milestone, *, at: datetime) -> None:
    """Tell the bodies that the Programme escalated."""
    _tell(row, "escalated", "risk escalated by the Programme", None, at)


_PROGRAMME_ALONE = (Body.MHHSP,)


def _tell(
    row: Milestone, event: str, headline: str, bodies: tuple[str, ...] | None, at: datetime
) -> None:
    held = row.qualification
    role = MARKET_ROLES[held.role]
    duties = _PROGRAMME if bodies else _BODIES
    announce(
        kind="risk",
        key=f"{row.pk}:{event}",
        recipients=people.staff_recipients(bodies or role.bodies, duties),
        subject=f"{held.organisation.name}: {headline}, {role.short_label}",
        text=f"{held.organisation.name} ({role.label}, {held.get_route_display()}): {headline} by"
        f" {row.by_name}, {row.body}. {row.undone_because or row.note}",
        path=f"/desk/reports/risk/{held.pk}/",
        at=at,
        organisation_id=held.organisation_id,
    )
