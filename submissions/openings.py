"""Opening the QAD as its owner: re-versioning happens here, and never by a reader's way (R83)."""

from foundation.clock import moments
from foundation.tenancy.actor import Actor
from participants.enums import INITIAL_STATES, Status
from participants.models import Organisation, Qualification
from submissions import finding, queries
from submissions.models import Part
from submissions.services import opening
from waves.routes import ROUTES


def is_opening_due(held: list[Qualification]) -> bool:
    """Return whether an opening may re-version something; the service decides (R83, R85)."""
    return any(
        each.status in INITIAL_STATES
        and (
            each.report_received_at is not None
            or (each.status == Status.INITIAL_REVIEWED and ROUTES[each.route].final_before_report)
        )
        for each in held
    )


def opened_qad(
    place: Organisation, actor: Actor
) -> tuple[list[Qualification], list[Part], list[Qualification]]:
    """Open the QAD as its owner (R83); return qualifications, parts, and what became Final now.

    The service is asked only where there may be something to do, so that most openings read.
    """
    held = finding.held_by(place)
    parts = queries.parts_among(place, held)
    made = {part.qualification_id for part in parts}
    complete = {None, *(each.pk for each in held)} <= made if held else True
    if complete and not is_opening_due(held):
        return held, parts, []
    opened = opening.open_qad(organisation=place, actor=actor, at=moments.now())
    held = finding.held_by(place)
    return held, queries.parts_among(place, held), opened
