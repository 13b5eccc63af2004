"""What a change of road would mean, before it is made: gathered in a few statements; for staff."""

from dataclasses import dataclass
from datetime import datetime

from participants.models import Mpid, Qualification, QualificationMpid
from waves import happenings
from waves.board import Board
from waves.models import CompletionReport
from waves.order import Reliant
from waves.pathways import Case, DateMove, Redo, date_moves, redo
from waves.queries import board as boards
from waves.queries.board import OVER
from waves.tables import Published
from waves.timetable import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A qualification with all that a change of its road touches."""

    held: Qualification
    others: tuple[str, ...]
    mpids: tuple[Mpid, ...]
    board: Board
    happened: dict[Event, datetime]

    @property
    def unit(self):
        """What it moves with."""
        return self.held.trio or self.held.pk


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would change: dates, what starts anew, the order, and who relies on it."""

    dates: tuple[DateMove, ...]
    redo: Redo
    order: tuple[str, ...]
    dependants: tuple[Reliant, ...]


def before(held: Qualification) -> Before:
    """Return what stands now."""
    reports = CompletionReport.objects.filter(qualification_id=held.pk)
    return Before(
        held=held,
        others=others_of(held),
        mpids=mpids_of(held),
        board=boards.board(),
        happened=happenings.instants(held, reports),
    )


def preview(now: Before, to: str, published: Published) -> Preview:
    """Return what a move to a route would change; nothing is written."""
    again = redo(now.held.route, to)
    then = {event: on for event, on in now.happened.items() if event not in again.events}
    was, after = (happenings.as_events(each) for each in (now.happened, then))
    is_on_board = now.unit in now.board.units
    return Preview(
        dates=date_moves(published.timetable, now.held.route, to, was, after),
        redo=again,
        order=tuple(now.board.order_objections({now.unit: to})) if is_on_board else (),
        dependants=now.board.dependants(now.unit),
    )


def case_of(
    held: Qualification,
    *,
    to: str = "",
    moved: int = 0,
    is_identical: bool | None = None,
    override: bool = False,
    now: Before | None = None,
) -> Case:
    """Return what the rules of the pathways look at."""
    return Case(
        role=held.role,
        status=held.status,
        route=held.route,
        to=to,
        entrant=held.organisation.entrant,
        is_new_entrant=held.is_new_entrant,
        others=now.others if now else others_of(held),
        mpids=len(now.mpids if now else mpids_of(held)),
        moved=moved,
        is_identical=is_identical,
        override=override,
    )


def fingerprint(held: Qualification) -> str:
    """Return what a preview was made of, so that a confirmation meets the same."""
    return f"{held.route}:{held.status}:{len(held.happened)}"


def others_of(held: Qualification) -> tuple[str, ...]:
    """Return the routes of the organisation's other roles."""
    rows = Qualification.objects.filter(organisation_id=held.organisation_id)
    rows = rows.exclude(role=held.role).exclude(status__in=OVER)
    rows = rows.exclude(trio=held.trio) if held.trio else rows
    return tuple(rows.order_by("route").values_list("route", flat=True))


def mpids_of(held: Qualification) -> tuple[Mpid, ...]:
    """Return the MPIDs of a qualification by code."""
    places = QualificationMpid.objects.filter(qualification_id=held.pk)
    return tuple(Mpid.objects.filter(pk__in=places.values("mpid_id")).order_by("code"))
