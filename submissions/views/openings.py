"""Opening on the way to a page, and the date by which one hands in next."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from foundation.clock import moments
from foundation.clock.words import day, days
from foundation.sql import each_of, keys_of
from foundation.tenancy.actor import Actor
from foundation.tenancy.prepared import Prepared
from foundation.ui.blocks import Fact
from foundation.ui.parts import DateLink
from participants.access.addresses import address
from participants.enums import ENDED
from participants.models import Organisation, Qualification
from submissions import finding
from submissions.models import Part
from submissions.openings import is_opening_due
from submissions.services import opening
from waves.models import Obligation
from waves.queries import OPEN

LAST = "qad"  # in the session: the qualification whose QAD was opened last
HAND_IN_ACTIVITIES = ("initial_qad_window", "final_qad_window")


_CALLED = {"initial_qad_window": "Submit the Initial by", "final_qad_window": "Submit the Final by"}


def owed(held: Iterable[Qualification]) -> list[dict[str, Any]]:
    """Return what some qualifications have to hand in, the first due first, in one statement."""
    return _OWED.rows(keys=keys_of(each.pk for each in held))


def submit_by(
    place: Organisation, group: Sequence[Qualification], owing: Sequence[dict[str, Any]]
) -> Fact | None:
    """Return what these qualifications hand in next and by when, with its reason a press away."""
    keys = {each.pk for each in group}
    first = next((each for each in owing if each["qualification_id"] in keys), None)
    if first is None:
        return None
    left = (first["due_on"] - moments.today()).days
    after = days(left) if left >= 0 else f"{days(-left)} ago"
    args = (place.slug, first["qualification_id"], first["activity"])
    date = DateLink(day(first["due_on"]), url=address("waves:date", *args), after=after)
    return Fact(label=_CALLED[first["activity"]], value=date)


def _owed(actor: Actor, *, keys: str) -> QuerySet:
    """What the organisation itself has to hand in: a clock without a body, the first one first."""
    rows = Obligation.objects.filter(
        qualification_id__in=each_of(keys), body="", state__in=OPEN, activity__in=HAND_IN_ACTIVITIES
    )
    rows = rows.order_by("due_at", "activity", "pk")
    return rows.values("qualification_id", "activity", "due_on")


_OWED = Prepared(_owed)


def remember(request: HttpRequest, held: Qualification | None) -> None:
    """Keep which role's QAD was opened last, for the line of the rail that leads back to it."""
    if held is not None and request.session.get(LAST) != str(held.pk):
        request.session[LAST] = str(held.pk)


def where_left(
    request: HttpRequest, held: Sequence[Qualification], owing: Sequence[dict[str, Any]]
) -> Qualification | None:
    """Return the qualification to open where none is named: the last opened, else the most urgent.

    Without a date the first that is not over stands for it.
    """
    by_key = {str(each.pk): each for each in held}
    wanted = [request.session.get(LAST), *(str(each["qualification_id"]) for each in owing)]
    wanted += [str(each.pk) for each in held if each.status not in ENDED]
    return next((by_key[key] for key in wanted if key in by_key), next(iter(held), None))


def opened_now(request: HttpRequest, part: Part) -> bool:
    """Open the QAD where an opening is due; return whether that re-versioned something (R83)."""
    request.held = finding.held_by(part.organisation)
    if not is_opening_due(request.held):
        return False
    return bool(
        opening.open_qad(organisation=part.organisation, actor=request.actor, at=moments.now())
    )
