"""Opening on the way to a page, and the date by which one hands in next."""

from django.db.models import QuerySet
from django.http import HttpRequest

from foundation.clock import moments
from foundation.clock.words import day, days
from foundation.sql import each_of, keys_of
from foundation.tenancy.actor import Actor
from foundation.tenancy.prepared import Prepared
from foundation.ui.parts import DateLink
from participants.access.addresses import address
from participants.models import Organisation, Qualification
from submissions import finding
from submissions.models import Part
from submissions.openings import is_opening_due
from submissions.services import opening
from waves.models import Obligation
from waves.queries import OPEN

HAND_IN_ACTIVITIES = ("initial_qad_window", "final_qad_window")


def submit_by(place: Organisation, group: list[Qualification]) -> DateLink | None:
    """Return the date by which these qualifications hand in next, with its reason a press away."""
    first = next(iter(_OWED.rows(keys=keys_of(each.pk for each in group))), None)
    if first is None:
        return None
    left = (first["due_on"] - moments.today()).days
    after = days(left) if left >= 0 else f"{days(-left)} ago"
    args = (place.slug, first["qualification_id"], first["activity"])
    return DateLink(day(first["due_on"]), url=address("waves:date", *args), after=after)


def _owed(actor: Actor, *, keys: str) -> QuerySet:
    """What the organisation itself has to hand in: a clock without a body, the first one first."""
    rows = Obligation.objects.filter(
        qualification_id__in=each_of(keys), body="", state__in=OPEN, activity__in=HAND_IN_ACTIVITIES
    )
    rows = rows.order_by("due_at", "activity", "pk")
    return rows.values("qualification_id", "activity", "due_on")[:1]


_OWED = Prepared(_owed)


def opened_now(request: HttpRequest, part: Part) -> bool:
    """Open the QAD where an opening is due; return whether that re-versioned something (R83)."""
    request.held = finding.held_by(part.organisation)
    if not is_opening_due(request.held):
        return False
    return bool(
        opening.open_qad(organisation=part.organisation, actor=request.actor, at=moments.now())
    )
