"""Opening qualifications on a route and moving them to another, with the dates that follow."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants import queries as people
from participants.enums import Retrieval, Route, Status
from participants.models import Mpid, Organisation, Qualification
from participants.services.organisations import add_qualification
from waves import notices
from waves.board import Board
from waves.capacity import WAVES
from waves.models import Obligation
from waves.obligations import RULES, WITNESSED
from waves.queries import board as boards
from waves.routes import assurance_objection, route_objections
from waves.services import clocks, milestones, ordering, places, pre_qualifying
from waves.tables import current

_BEING_READ = (Status.FINAL_SUBMITTED, Status.FINAL_REVIEW, Status.CONTENT_AGREED)
_SETTLED = (Status.SIGNED_OFF, Status.QUALIFIED, Status.NOT_APPROVED, Status.WITHDRAWN)


@transaction.atomic
def open_qualification(
    *,
    organisation: Organisation,
    role: str,
    route: str,
    mpids: Sequence[Mpid],
    override_reason: str = "",
    is_new_entrant: bool = False,
    mpids_split: bool = False,
    retrieval: str = Retrieval.NONE,
    actor: Actor,
    at: datetime,
) -> list[Qualification]:
    """Open a qualification, or the trio, by the rules of its route; start its clocks (R18)."""
    made = add_qualification(
        organisation=organisation,
        role=role,
        route=route,
        mpids=mpids,
        route_objections=route_objections(role, route, is_new_entrant),
        override_reason=override_reason,
        is_new_entrant=is_new_entrant,
        mpids_split=mpids_split,
        retrieval=retrieval,
        actor=actor,
        at=at,
    )
    for each in made:
        clocks.sync(qualification=each, actor=actor, at=at)
        if each.route in WAVES:
            places.ensure(qualification=each, actor=actor, at=at)
    pre_qualifying.carry_over(organisation=organisation, held=made, actor=actor, at=at)
    return made


@transaction.atomic
def change_route(
    *,
    qualification: Qualification,
    route: str,
    because: str,
    override: bool = False,
    capability: str = "qualification.create",
    together: Mapping[UUID, str] = MappingProxyType({}),
    actor: Actor,
    at: datetime,
) -> list[Qualification]:
    """Move a qualification, or the whole trio, to another route; its dates follow (R41, R43).

    What was done stays done. ``because`` is told to the organisation and kept in the audit trail;
    ``override`` goes against the rules of the route, which a code body may (R18), but never
    against the order of reliance (R33). ``capability`` is what the act that moves it asks for;
    ``together`` names units that move in the same transaction, with their routes.
    """
    ordering.hold_board()
    group = milestones.group_of(qualification)
    chosen = next(each for each in group if each.pk == qualification.pk)
    policy.require(actor, capability, chosen)
    _refuse_route(chosen, route, because, override)
    board, moves = _in_order(chosen, route, together, actor)
    before, left = chosen.get_route_display(), chosen.route
    _take(group, route, before=before, because=because, actor=actor, at=at)
    places.follow(
        group=group, before=left, because=because, capability=capability, actor=actor, at=at
    )
    if board:
        ordering.flag_dependants(board=board, moves=moves, along=together, actor=actor, at=at)
    members = people.member_recipients(chosen.organisation_id)
    notices.route_changed(chosen, before, members=members, because=because, at=at)
    return group


def _take(
    group: Sequence[Qualification],
    route: str,
    *,
    before: str,
    because: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Put the qualifications on the route, and bring their clocks in line."""
    for each in group:
        each.route = route
        each.save(update_fields=["route"])
    for each in group:
        clocks.sync(qualification=each, actor=actor, at=at)
        record(
            "qualification.route_changed",
            subject=each,
            actor=actor,
            at=at,
            because=because,
            before=before,
            after=route,
        )


def _in_order(
    chosen: Qualification, route: str, together: Mapping[UUID, str], actor: Actor
) -> tuple[Board | None, dict[UUID, str]]:
    """Refuse a move that puts somebody before a party that it relies on (R33, R34).

    A participant moves only by accepting an offer, whose order the offer and every move since have
    kept; who relies on whom is nothing that it could read (R10).
    """
    moves = {chosen.trio or chosen.pk: route}
    if actor.is_participant:
        return None, moves
    board = boards.board()
    ordering.require_order(board, {**together, **moves})
    return board, moves


@transaction.atomic
def record_step(
    *, qualification: Qualification, activity: str, actor: Actor, at: datetime
) -> Obligation:
    """Record that a step of testing was taken which the portal does not see for itself.

    A test manager does this; what the portal sees (submissions, reports, signatures) is refused.
    """
    policy.require(actor, "report.confirm", qualification)
    if said := assurance_objection(actor.body, qualification.route):
        raise Refused(said)
    rule = RULES.get(activity)
    cell = current().timetable.cell(activity, qualification.route) if rule else None
    if cell is None or cell.met_by in WITNESSED:
        raise Refused("The portal records this step by itself when it happens.")
    duty = Obligation.objects.filter(
        qualification_id=qualification.pk, activity=activity, body="", state__in=clocks.OPEN
    ).first()
    if duty is None or cell.met_by is None:
        raise Refused("This step is not open: it was recorded already, or does not apply.")
    milestones.record_milestone(
        qualification=qualification, event=str(cell.met_by), actor=actor, at=at
    )
    duty.refresh_from_db()
    return duty


def _refuse_route(qualification: Qualification, route: str, because: str, override: bool) -> None:
    if route not in Route.values:
        raise Invalid({"route": "Choose one of the routes of Appendix C."})
    if not because.strip():
        raise Invalid({"because": "Say why the route changes; the organisation is told."})
    reasons = []
    if route == qualification.route:
        reasons.append("The qualification takes this route already.")
    if qualification.status in _SETTLED:
        reasons.append("The QAD is signed off or settled, so its route stands.")
    if qualification.status in _BEING_READ:  # approvals would stand for another road (R87, R103)
        reasons.append(
            "The Final QAD is under review for its present route. Reopen it first, so that what"
            " the new route asks can be answered and approved."
        )
    if not override:
        reasons += route_objections(qualification.role, route, qualification.is_new_entrant)
    if reasons:
        raise Refused(reasons)
