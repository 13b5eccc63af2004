"""Of applications on paper (R23)."""

from datetime import date, datetime

from foundation.lifecycle import Move
from participants.models import Organisation, Qualification
from participants.queries import member_recipients, staff_recipients
from reviews.notices.telling import bodies_of, role_of, tell


def recorded(
    move: Move, organisation: Organisation, qualification: Qualification, on: date, *, at: datetime
) -> None:
    """Tell both sides how far an application on paper has come."""
    said = f"{move.label}, on {on:%-d %B %Y}"
    tell(
        "paper", qualification.pk,
        [*member_recipients(organisation.pk), *staff_recipients(bodies_of(qualification))],
        organisation, what=f"{role_of(qualification)} on paper: {move.label.lower()}",
        text=f"{said}. The application is on paper; the portal keeps where it stands.",
        page="qualified/", at=at,
    )  # fmt: skip
