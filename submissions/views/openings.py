"""Opening the QAD as its owner: re-versioning happens here, and nowhere on a reader's way (R83)."""

from django.http import HttpRequest

from foundation.clock import moments
from foundation.clock.words import day, days
from foundation.ui.parts import DateLink
from participants.access.addresses import address
from participants.enums import INITIAL_STATES, Status
from participants.models import Organisation, Qualification
from submissions import finding, queries
from submissions.models import Part
from submissions.services import opening
from waves.queries import obligations_for
from waves.routes import ROUTES

HAND_IN_ACTIVITIES = ("initial_qad_window", "final_qad_window")


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
    request: HttpRequest, place: Organisation
) -> tuple[list[Qualification], list[Part], list[Qualification]]:
    """Open the QAD as its owner (R83); return qualifications, parts, and what became Final now.

    The service is asked only where there may be something to do, so that most openings read.
    """
    held, parts = finding.held_by(place), queries.parts_of(place.pk)
    made = {part.qualification_id for part in parts}
    complete = {None, *(each.pk for each in held)} <= made if held else True
    if complete and not is_opening_due(held):
        return held, parts, []
    opened = opening.open_qad(organisation=place, actor=request.actor, at=moments.now())
    return finding.held_by(place), queries.parts_of(place.pk), opened


def submit_by(
    request: HttpRequest, place: Organisation, group: list[Qualification]
) -> DateLink | None:
    """Return the date by which these qualifications hand in next, with its reason a press away."""
    keys = {each.pk for each in group}
    owed = obligations_for(
        request.actor, organisation_id=place.pk, mine=True, activities=HAND_IN_ACTIVITIES
    )
    first = next((one for one in owed if one.qualification_id in keys), None)
    if first is None:
        return None
    left = first.days_left(moments.today())
    after = days(left) if left >= 0 else f"{days(-left)} ago"
    args = (place.slug, first.qualification_id, first.activity)
    return DateLink(day(first.due_on), url=address("waves:date", *args), after=after)


def opened_now(request: HttpRequest, part: Part) -> bool:
    """Open the QAD where an opening is due; return whether that re-versioned something (R83)."""
    request.held = finding.held_by(part.organisation)
    if not is_opening_due(request.held):
        return False
    return bool(
        opening.open_qad(organisation=part.organisation, actor=request.actor, at=moments.now())
    )
