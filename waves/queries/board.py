"""Reading the wave board: everybody on the way in one statement, whatever their number."""

from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject, Lower

from foundation.tenancy.actor import Actor
from participants import queries as people
from participants.enums import Status
from participants.models import Qualification
from participants.roles import roles_in_reach
from waves.board import Board, Seat
from waves.capacity import WAVES, Room
from waves.enums import PlaceState, RelianceKind, RelianceState, ScenarioState, TestStage
from waves.models import Dependant, Place, PlaceNote, RelianceLink, Scenario, TestProgress
from waves.models import WaveCapacity as Capacity

# Who left the road binds nobody and needs no reviewer.
OVER = (Status.WITHDRAWN, Status.NOT_APPROVED)
# Proposals that nobody has handed in, or that came to nothing, bind no wave.
_IDLE = (RelianceState.DRAFT, RelianceState.WITHDRAWN, RelianceState.NOT_AGREED)

_SEAT = {
    "organisation_name": F("organisation__name"),
    "organisation_slug": F("organisation__slug"),
    **{
        f"of_{name}": F(f"places__{name}")
        for name in (
            *("id", "status", "requested", "wanted", "because", "offer_until", "is_at_risk"),
            "weight",
        )
    },
}
_OWN = ("id", "organisation_id", "role", "route", "status", "trio", "is_new_entrant")


def board() -> Board:
    """Return the board with everybody on it, in three statements; for staff and the portal."""
    found = seats()
    unit = {seat.id: seat.unit for seat in found}
    return Board(
        seats=found,
        edges=[
            (unit[relying], unit[provider])
            for relying, provider in edges()
            if relying in unit and provider in unit and unit[relying] != unit[provider]
        ],
        rooms=rooms(),
    )


def seats() -> list[Seat]:
    """Return everybody on the way with their places, by name: never by when they asked (R36)."""
    rows = Qualification.objects.exclude(status__in=OVER).order_by(
        Lower("organisation__name"), "organisation_id", "role", "pk"
    )
    newest = TestProgress.objects.filter(qualification_id=OuterRef("pk"), stage=TestStage.QT)
    figures = newest.order_by("-on").values(figures=JSONObject(run=F("run"), planned=F("planned")))
    return [_seat(row) for row in rows.values(*_OWN, **_SEAT, qt=Subquery(figures[:1]))]


def _seat(row: dict[str, Any]) -> Seat:
    route = row["route"]
    plain = {name: row[name] for name in _OWN}
    if row["of_id"] is not None:
        plain |= {
            "place": row["of_id"],
            "state": row["of_status"],
            **{name: row[f"of_{name}"] for name in ("requested", "wanted", "because")},
            **{name: row[f"of_{name}"] for name in ("offer_until", "is_at_risk", "weight")},
        }
    return Seat(
        **{"requested": route, **plain},
        organisation=row["organisation_name"],
        slug=row["organisation_slug"],
        progress=(row["qt"]["run"], row["qt"]["planned"]) if row["qt"] else None,
    )


def edges() -> list[tuple[UUID, UUID]]:
    """Return who relies on whom, as qualifications: the links that bind a wave (R33, R44)."""
    rows = RelianceLink.objects.filter(
        ended_at=None, provider__isnull=False, reliance__kind=RelianceKind.RELIANCE
    ).exclude(reliance__status__in=_IDLE)
    return list(rows.values_list("reliance__qualification_id", "provider_id").order_by("pk"))


def rooms() -> dict[str, Room]:
    """Return what each wave can take, as far as somebody said."""
    rows = Capacity.objects.values_list("route", "places", "reviewer_weeks")
    return {route: Room(places, weeks) for route, places, weeks in rows}


def capacities() -> dict[str, Capacity]:
    """Return the rows of capacity by wave."""
    return {each.route: each for each in Capacity.objects.all()}


def to_place(actor: Actor) -> QuerySet[Qualification]:
    """Return the qualifications in waves that the actor may see (R1, R7)."""
    return people.qualifications(actor).filter(route__in=WAVES).exclude(status__in=OVER)


def places(actor: Actor) -> QuerySet[Place]:
    """Return the places that the actor may see, by organisation and role."""
    rows = Place.objects.select_related("qualification__organisation").order_by(
        Lower("qualification__organisation__name"), "qualification__role", "pk"
    )
    rows = rows.exclude(qualification__status__in=OVER)
    if actor.is_staff:
        return rows.filter(qualification__role__in=roles_in_reach(actor))
    return rows


def waiting(actor: Actor) -> QuerySet[Place]:
    """Return the wait list, in the order of names: there is no other (R37)."""
    return places(actor).filter(status__in=(PlaceState.WAITLISTED, PlaceState.OFFERED))


def ledger(place_ids: list[UUID]) -> dict[UUID, list[PlaceNote]]:
    """Return what was done and said about places, newest first; a participant's shared rows."""
    found: dict[UUID, list[PlaceNote]] = {key: [] for key in place_ids}
    for note in PlaceNote.objects.filter(place_id__in=place_ids).order_by("-at", "-pk"):
        found[note.place_id].append(note)
    return found


def flags(actor: Actor, qualification_ids: list[UUID] | None = None) -> QuerySet[Dependant]:
    """Return whom to look at again because somebody they rely on moved; for the bodies (R34)."""
    rows = Dependant.objects.filter(settled_at=None).select_related(
        "qualification__organisation", "cause"
    )
    if qualification_ids is not None:
        rows = rows.filter(qualification_id__in=qualification_ids)
    rows = rows.filter(qualification__role__in=roles_in_reach(actor)) if actor.is_staff else rows
    return rows.order_by("raised_at", "pk")


def open_scenarios() -> QuerySet[Scenario]:
    """Return the what-ifs that are neither applied nor discarded, newest first."""
    return Scenario.objects.filter(status=ScenarioState.OPEN).order_by("-made_at", "-pk")
