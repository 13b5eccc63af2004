"""Places in the waves: made for everybody on a wave, kept in line with the route, written down."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from foundation.audit.trail import record
from foundation.clock import moments
from foundation.errors import Invalid
from foundation.lifecycle import Move
from foundation.tenancy.actor import Actor
from participants.enums import Route
from participants.models import Qualification
from participants.moves import lock, perform
from waves.capacity import ENDURING_ORDER, WAVES
from waves.enums import PlaceNoteKind, PlaceState
from waves.lifecycle.board import FOLLOW, Wish
from waves.models import Place, PlaceNote, PreQualification
from waves.queries.board import OVER
from waves.routes import ROUTES
from waves.services.milestones import doer_of

_SETTLED = (PlaceState.REQUESTED, PlaceState.INDICATIVE, PlaceState.ALLOCATED)


@transaction.atomic
def ensure(*, qualification: Qualification, actor: Actor, at: datetime) -> Place:
    """Return the place of a qualification, made where there is none; it asks for what the
    Pre-Qualification Submission preferred (R29, R32).
    """
    rows = Place.objects.filter(qualification_id=qualification.pk)
    if found := rows.first():
        return found
    held = lock(qualification)  # who comes second finds what the first one made
    return rows.first() or _make([held], PlaceState.REQUESTED, actor, at)[0]


def unmade(qualification: Qualification, at: datetime) -> Place:
    """Return the place that a qualification would have, without making it; for reading."""
    return Place(
        organisation_id=qualification.organisation_id,
        qualification=qualification,
        status=PlaceState.REQUESTED,
        status_since=at,
        requested=qualification.route,
    )


@transaction.atomic
def ensure_all(*, actor: Actor, at: datetime, limit: int | None = None) -> int:
    """Make the places that are missing among the live qualifications in waves; return how many."""
    rows = Qualification.objects.filter(route__in=WAVES, places=None).exclude(status__in=OVER)
    rows = rows.select_related("organisation").order_by("pk")
    return len(_make(list(rows[:limit] if limit else rows), PlaceState.REQUESTED, actor, at))


def group_of(qualification: Qualification, *, actor: Actor, at: datetime) -> list[Place]:
    """Return the places that move together, locked: of the trio, or the one (R14)."""
    same = {"trio": qualification.trio} if qualification.trio else {"pk": qualification.pk}
    members = list(Qualification.objects.filter(**same).order_by("pk"))
    for each in members:
        ensure(qualification=each, actor=actor, at=at)
    rows = Place.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    found = rows.filter(qualification__in=members).select_related("qualification__organisation")
    chosen_first = sorted(found, key=lambda place: place.qualification_id != qualification.pk)
    return list(chosen_first)


def move_all(
    move: Move,
    group: Sequence[Place],
    *,
    route: str = "",
    actor: Actor,
    at: datetime,
    because: str = "",
    is_a_wish: bool = False,
    **changes: Any,
) -> list[Place]:
    """Carry out a move on all places that go together; ``route`` is the wave in question.

    ``is_a_wish`` keeps the reason with the place for as long as the wish or proposal stands.
    """

    def wish(locked: Place) -> Wish:
        held = group[0].qualification
        return Wish(
            held=ROUTES[held.route].wave_order,
            wanted=_order(route),
            today=at.astimezone(moments.LONDON).date(),
            offer_until=locked.offer_until,
        )

    moved = [
        perform(
            move,
            subject=place,
            facts=wish,
            actor=doer_of(actor, place.qualification),
            at=at,
            because=because,
            **changes,
        )
        for place in group
    ]
    for place in moved if is_a_wish else ():
        place.because = because  # perform() takes this name for the audit trail
        place.save(update_fields=["because"])
    return moved


def _order(route: str) -> int:
    if not route:
        return 0
    return ROUTES[route].wave_order if route in ROUTES else ENDURING_ORDER


def note(
    group: Iterable[Place],
    kind: str,
    text: str,
    *,
    actor: Actor,
    at: datetime,
    is_shared: bool = True,
    judgement: str = "",
    from_route: str = "",
    to_route: str = "",
) -> list[PlaceNote]:
    """Write a line into the ledger of places; lines are only added."""
    return PlaceNote.objects.bulk_create(
        PlaceNote(
            organisation_id=place.organisation_id,
            place=place,
            kind=kind,
            text=text.strip(),
            judgement=judgement,
            from_route=from_route,
            to_route=to_route,
            is_shared=is_shared,
            at=at,
            by_name=actor.name,
        )
        for place in group
    )


@transaction.atomic
def follow(
    *,
    group: Sequence[Qualification],
    before: str,
    because: str,
    capability: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Bring places in line after the route of their qualifications changed, and write it down.

    A wish, an offer or a proposal that was open is settled by the move. Whoever comes into a wave
    from another road got its place by that decision (R41).
    """
    found = Place.objects.filter(qualification__in=group).select_related("qualification")
    held = {place.qualification_id: place for place in found}
    missing = [each for each in group if each.pk not in held]
    if group[0].route in WAVES and missing:
        made = _make(missing, PlaceState.ALLOCATED, actor, at)
        held |= {place.qualification_id: place for place in made}
    for place in held.values():
        if place.status not in _SETTLED:
            settle = replace(FOLLOW, capability=capability)
            doer = doer_of(actor, place.qualification)
            perform(settle, subject=place, actor=doer, at=at, wanted="", offer_until=None)
    note(
        held.values(),
        PlaceNoteKind.MOVE,
        because,
        actor=actor,
        at=at,
        from_route=before,
        to_route=group[0].route,
    )


def _make(
    qualifications: Sequence[Qualification], state: str, actor: Actor, at: datetime
) -> list[Place]:
    submissions = PreQualification.objects.filter(
        organisation_id__in={each.organisation_id for each in qualifications}
    )
    said = {each.organisation_id: each for each in submissions}
    made = Place.objects.bulk_create(
        Place(
            organisation_id=each.organisation_id,
            qualification=each,
            status=state,
            status_since=at,
            requested=_preferred(each, said.get(each.organisation_id)),
        )
        for each in qualifications
    )
    for place in made:
        record("place.opened", subject=place, actor=actor, at=at, requested=place.requested)
    return made


def _preferred(qualification: Qualification, said: PreQualification | None) -> str:
    wish = said.preferences.get(qualification.role) or said.preferred_route if said else ""
    return wish if wish in WAVES else qualification.route


def require_wave(route: str) -> None:
    """Raise Invalid for anything that is none of the four waves."""
    if route not in WAVES:
        raise Invalid({"route": "Choose one of the four waves."})


def require_reason(because: str, field: str = "because") -> str:
    """Return the reason without space around it; Invalid where there is none."""
    if not because.strip():
        raise Invalid({field: "Give the reason; it is kept, and the organisation is told."})
    return because.strip()


def wave(route: str) -> str:
    """How a wave is named to people."""
    return Route(route).label if route in Route.values else "after wave 4"


def require_day(until: date | None, at: datetime) -> date:
    """Return the last day of an offer; Invalid where it has passed or is missing."""
    if until is None or until < at.astimezone(moments.LONDON).date():
        raise Invalid({"until": "Give a last day that has not passed."})
    return until
