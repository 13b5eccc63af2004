"""Opening on the way to a page, and the date by which one hands in next."""

from django.http import HttpRequest

from foundation.clock import moments
from foundation.clock.words import day, days
from foundation.ui.parts import DateLink
from participants.access.addresses import address
from participants.models import Organisation, Qualification
from submissions import finding
from submissions.models import Part
from submissions.openings import is_opening_due
from submissions.services import opening
from waves.queries import obligations_for

HAND_IN_ACTIVITIES = ("initial_qad_window", "final_qad_window")


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
