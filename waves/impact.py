"""PURE: what another timetable would do to the dates of everybody, before anybody is moved.

It reckons with the rules by which obligations are kept (``waves.obligations``) and writes nothing;
publishing then does the same, which the tests compare.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from waves.clocks import Span, effective
from waves.deadlines import Events, due_at, london_date
from waves.enums import ObligationState
from waves.obligations import Holders, Wanted, begins_anew, wishes
from waves.timetable import Event, Timetable

SOON = timedelta(days=7)
OPEN = (ObligationState.RUNNING, ObligationState.PAUSED)
DONE = (ObligationState.MET, ObligationState.LATE)


class How(StrEnum):
    """What becomes of a duty."""

    MOVES = "moves"
    BEGINS = "begins"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Held:
    """A duty as it stands."""

    activity: str
    body: str
    label: str
    state: str
    due_on: date
    met_at: datetime | None
    spans: tuple[Span, ...] = ()

    @property
    def due_at(self) -> datetime:
        """The instant from which it is missed, pauses and extensions counted."""
        return due_at(effective(self.due_on, self.spans))


@dataclass(frozen=True, slots=True)
class Party:
    """One qualification on its road, with what has happened and what it is held to."""

    qualification: UUID
    organisation_id: UUID
    organisation: str
    slug: str
    role: str
    route: str
    ended: bool
    final_is_open: bool
    happened: Mapping[Event, datetime]
    events: Events
    holders: Holders
    held: Sequence[Held]


@dataclass(frozen=True, slots=True)
class Moved:
    """One duty that another timetable would move, begin or end."""

    party: Party
    activity: str
    body: str
    label: str
    how: How
    before: date | None
    after: date | None
    newly_overdue: bool = False
    newly_at_risk: bool = False

    @property
    def days(self) -> int:
        """The days by which it moves; later is positive."""
        return (self.after - self.before).days if self.before and self.after else 0


@dataclass(frozen=True, slots=True)
class Impact:
    """What would move, whose it is, and who would be told."""

    moves: tuple[Moved, ...]

    @property
    def organisations(self) -> dict[UUID, str]:
        """The organisations for which anything moves, by name; they would be told."""
        found = {each.party.organisation_id: each.party.organisation for each in self.moves}
        return dict(sorted(found.items(), key=lambda item: item[1].lower()))

    @property
    def qualifications(self) -> set[UUID]:
        """The qualifications for which anything moves."""
        return {each.party.qualification for each in self.moves}

    def within(self, roles: Collection[str]) -> "Impact":
        """Return what of it concerns these market roles (R7)."""
        return Impact(tuple(each for each in self.moves if each.party.role in roles))

    def of(self, view: str) -> list[Moved]:
        """Return those of one view: all, later, earlier, overdue, risk, begins, ends."""
        return [each for each in self.moves if VIEWS[view](each)]


VIEWS = {
    "all": lambda each: True,
    "overdue": lambda each: each.newly_overdue,
    "risk": lambda each: each.newly_at_risk,
    "earlier": lambda each: each.days < 0,
    "later": lambda each: each.days > 0,
    "begins": lambda each: each.how is How.BEGINS,
    "ends": lambda each: each.how is How.ENDS,
}


def impact(parties: Iterable[Party], timetable: Timetable, at: datetime) -> Impact:
    """Return what a timetable would move for these parties at a moment."""
    return Impact(tuple(each for party in parties for each in _moves(party, timetable, at)))


def _moves(party: Party, timetable: Timetable, at: datetime) -> Iterator[Moved]:
    held = {(row.activity, row.body): row for row in party.held}
    for wish in _wishes(party, timetable, held, at):
        row = held.pop(wish.key, None)
        if row is None:
            yield _new(party, wish, at)
        elif row.state not in DONE or begins_anew(wish, row.met_at, party.happened):
            yield from _kept(party, wish, row, at)
    for row in held.values():
        if row.state in OPEN:
            yield Moved(party, row.activity, row.body, row.label, How.ENDS, row.due_on, None)


def _wishes(
    party: Party, timetable: Timetable, held: Mapping[tuple[str, str], Held], at: datetime
) -> list[Wanted]:
    return wishes(
        timetable,
        party.route,
        party.events,
        holders=party.holders,
        today=london_date(at),
        held={key for key, row in held.items() if row.state in OPEN},
        happened=party.happened,
        final_is_open=party.final_is_open,
        ended=party.ended,
    )


def _new(party: Party, wish: Wanted, at: datetime) -> Moved:
    runs = _met_at(wish, party) is None
    overdue, risk = _warns(due_at(wish.due.due), at) if runs else (False, False)
    about = (party, wish.rule.activity, wish.body, wish.rule.task)
    return Moved(*about, How.BEGINS, None, wish.due.due, overdue, risk)


def _kept(party: Party, wish: Wanted, row: Held, at: datetime) -> Iterator[Moved]:
    met_at, due = _met_at(wish, party), wish.due.due
    spans = row.spans
    state = ObligationState.PAUSED if row.state == ObligationState.PAUSED else None
    if met_at is not None:
        late = met_at >= due_at(effective(due, spans))
        state = ObligationState.LATE if late else ObligationState.MET
    state = state or ObligationState.RUNNING
    if due == row.due_on and state == row.state:
        return
    was_open = row.state in OPEN
    how = How.MOVES if was_open else How.BEGINS
    if was_open and state in DONE:
        how = How.ENDS
    overdue = risk = False
    if state == ObligationState.RUNNING:
        was = _warns(row.due_at, at) if row.state == ObligationState.RUNNING else (False, False)
        now = _warns(due_at(effective(due, spans)), at)
        overdue, risk = now[0] and not was[0], now[1] and not any(was)
    yield Moved(
        *(party, row.activity, row.body, wish.rule.task, how, row.due_on, due), overdue, risk
    )


def _met_at(wish: Wanted, party: Party) -> datetime | None:
    return party.happened.get(wish.due.met_by) if wish.due.met_by else None


def _warns(missed_at: datetime, at: datetime) -> tuple[bool, bool]:
    """Whether a running duty is overdue, and whether it is due within a week."""
    return at >= missed_at, at < missed_at <= at + SOON
