"""Reading everybody's progress along the road in one statement, as it stood on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, OuterRef

from foundation.sql import many
from foundation.tenancy.actor import Actor
from participants import queries as people
from participants.models import Qualification
from participants.roles import governed_roles
from waves import tables
from waves.deadlines import Events, london_date
from waves.happenings import as_events, instants
from waves.models import CompletionReport, Place
from waves.progress import Progress, progress_of
from waves.queries.testing import with_standing


@dataclass(frozen=True, slots=True)
class Received:
    """What happenings look at in a completion report."""

    kind: str
    received_at: datetime
    sufficiency_confirmed_at: datetime | None


def progress(actor: Actor, on: date) -> list[Progress]:
    """Return how each qualification that the actor's body has to do with stood at a day's end.

    By organisation and role, those that left the road included. Route, place and defects are those
    of now: the portal keeps no days of them.
    """
    rows = people.with_codes(people.qualifications(actor))
    if actor.is_staff:
        rows = rows.filter(role__in=governed_roles(actor.body))
    reports = CompletionReport.objects.filter(qualification_id=OuterRef("pk"))
    places = Place.objects.filter(qualification_id=OuterRef("pk"))
    rows = with_standing(rows, on).annotate(
        p_reports=many(
            reports.order_by("received_at", "pk"),
            kind=F("kind"),
            received_at=F("received_at"),
            sufficiency_confirmed_at=F("sufficiency_confirmed_at"),
        ),
        p_place=many(places, status=F("status"), is_at_risk=F("is_at_risk")),
    )
    timetable = tables.current().timetable
    return [progress_of(each, _events(each, on), timetable, on) for each in rows]


def _events(held: Qualification, on: date) -> Events:
    found = instants(held, _received(held.p_reports))
    return as_events({name: at for name, at in found.items() if london_date(at) <= on})


def _received(rows: Sequence[dict]) -> list[Received]:
    return [
        Received(
            row["kind"],
            datetime.fromisoformat(row["received_at"]),
            datetime.fromisoformat(row["sufficiency_confirmed_at"])
            if row["sufficiency_confirmed_at"]
            else None,
        )
        for row in rows
    ]
