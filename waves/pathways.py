"""PURE: the pathways of Appendix B, when each is open, what it changes and what starts anew (C.14).

Number 0 is a change that needs no pathway: to another wave, or to another time of SIT.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from participants.enums import Entrant, Status
from participants.market_roles import MARKET_ROLES
from waves.board import short
from waves.capacity import LAST_WAVE
from waves.deadlines import Due, Events, resolve
from waves.enums import EntryCriterion
from waves.routes import ROUTES, route_objections
from waves.timetable import Event, Timetable

SIT, LDSO, WAVE = "SIT", "LDSO", "WAVE"
PLAIN, LEAVES_SIT, SEVERAL_ROADS, SPLIT_OFF, ENDURING, NEW_ENTRANT, OWN_RELIANCE = range(7)

MOVABLE = frozenset(
    {
        *(Status.INITIAL_DRAFT, Status.INITIAL_PART_SUBMITTED, Status.INITIAL_SUBMITTED),
        *(Status.INITIAL_REVIEW, Status.INITIAL_REVIEWED),
        *(Status.FINAL_DRAFT, Status.FINAL_REOPENED),
    }
)
_BEING_READ = frozenset({Status.FINAL_SUBMITTED, Status.FINAL_REVIEW, Status.CONTENT_AGREED})
_EVERY = frozenset((one, two) for one in (SIT, LDSO, WAVE) for two in (SIT, LDSO, WAVE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """One row of the table: who may take it, from where to where, in which states."""

    number: int
    title: str
    when: str
    clause: str
    kinds: frozenset[tuple[str, str]]
    states: frozenset[str] = MOVABLE
    splits: bool = False
    stays: bool = False  # no other route is chosen

    @property
    def called(self) -> str:
        """How it is called in a list."""
        return f"Pathway {self.number}: {self.title}" if self.number else self.title


PATHWAYS: Mapping[int, Pathway] = MappingProxyType(
    {
        row.number: row
        for row in (
            Pathway(
                number=PLAIN,
                title="Another wave or time",
                when="Another wave, another time of SIT, or back into SIT.",
                clause="QA&P 9.3.3; Appendix C",
                kinds=_EVERY - {(SIT, WAVE)},
            ),
            Pathway(
                number=LEAVES_SIT,
                title="SIT to QT",
                when="A party of SIT cannot finish there, whatever was tried to keep it in.",
                clause="QA&P 9.1.2; Appendix B, Pathway 1",
                kinds=frozenset({(SIT, WAVE)}),
            ),
            Pathway(
                number=SEVERAL_ROADS,
                title="SIT for one role, QT for others",
                when="The organisation has several roles, and this one takes another road.",
                clause="Appendix B, Pathway 2; QA&P 11.4.1",
                kinds=frozenset({(SIT, WAVE), (WAVE, SIT)}),
            ),
            Pathway(
                number=SPLIT_OFF,
                title="SIT for some MPIDs, QT for the rest",
                when="By exception, MPIDs with other systems leave SIT and take a wave.",
                clause="Appendix B, Pathway 3; QA&P 11.4.1",
                kinds=frozenset({(SIT, WAVE)}),
                splits=True,
            ),
            Pathway(
                number=ENDURING,
                title="Enduring arrangements",
                when="It cannot finish in the last wave, and leaves for after M14.",
                clause="Appendix B, Pathway 4; QA&P 7.1",
                kinds=frozenset({(WAVE, WAVE)}),
                states=MOVABLE | _BEING_READ,
                stays=True,
            ),
            Pathway(
                number=NEW_ENTRANT,
                title="New entrant before M14",
                when="A business that enters the market takes a wave, where there is room.",
                clause="Appendix B, Pathway 5; QA&P 9.3.2",
                kinds=frozenset((kind, WAVE) for kind in (SIT, LDSO, WAVE)),
            ),
            Pathway(
                number=OWN_RELIANCE,
                title="QT for some MPIDs, reliance for the rest",
                when="The other MPIDs are set up identically and rely on the one that tests.",
                clause="Appendix B, Pathway 6; QA&P 10.4",
                kinds=frozenset({(WAVE, WAVE), (LDSO, LDSO)}),
                splits=True,
                stays=True,
            ),
        )
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the rules look at: the qualification, where it would go, and what is beside it.

    ``others`` are the routes of the organisation's other roles; ``moved`` of ``mpids`` go.
    """

    role: str
    status: str
    route: str
    to: str = ""
    entrant: str = Entrant.EXISTING
    is_new_entrant: bool = False
    others: Sequence[str] = ()
    mpids: int = 1
    moved: int = 0
    is_identical: bool | None = None
    override: bool = False


@dataclass(frozen=True, slots=True)
class Redo:
    """What has to be done again on the new road, as events, as entry criteria and in words."""

    events: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateMove:
    """One date before and after; ``met_on`` says that it is done and stays done."""

    key: str
    label: str
    before: date | None
    after: date | None
    met_on: date | None

    @property
    def days(self) -> int | None:
        """By how many days it moves; None where it appears or falls away."""
        both = self.before and self.after
        return (self.after - self.before).days if both else None


def natural(case: Case) -> int:
    """Return the pathway that a plain change of route amounts to."""
    leaves = ROUTES[case.route].kind == SIT and ROUTES[case.to].is_wave
    return LEAVES_SIT if leaves and not MARKET_ROLES[case.role].in_trio else PLAIN


def objections(number: int, case: Case) -> tuple[str, ...]:
    """Return every reason against a pathway now; empty where it is open.

    Without ``to`` only what holds for any target is asked.
    """
    path = PATHWAYS[number]
    found = [*_state_objections(path, case), *_own_objections(number, case)]
    if case.to or path.stays:
        found += _target_objections(path, case)
    if path.splits and (case.to or case.moved):
        found += _split_objections(number, case)
    return tuple(dict.fromkeys(found))


def redo(before: str, after: str) -> Redo:
    """Return what a change of route makes necessary again (R41, QA&P 9.1.2)."""
    if ROUTES[before].kind != SIT or ROUTES[after].kind == SIT:
        return Redo()
    return Redo(
        events=(Event.DIP_ONBOARDED, Event.DIP_ASSURED, Event.QT_ENTRY_CONFIRMED),
        criteria=(EntryCriterion.UIT, EntryCriterion.DATA),
        words=(
            "New certificates for the test environment of QT.",
            "Proof of connectivity there.",
            "Loading of test data there.",
        ),
    )


def kept(case: Case) -> tuple[str, ...]:
    """Return what stays as it is, in words (R41, R43)."""
    left_sit = ROUTES[case.route].kind == SIT and case.to and ROUTES[case.to].is_wave
    return (
        "Answers, evidence, threads, findings and the whole history.",
        "Every date that was met stays met.",
        *(("SIT tests that were passed count; QT tests what is left.",) if left_sit else ()),
        "Reliance proposals and what the bodies agreed on them.",
    )


def lapses(status: str) -> str:
    """Return what becomes of approvals and signatures (R87, R103)."""
    if status == Status.FINAL_REOPENED:
        return "None stands: those given before lapsed when the Final QAD was reopened."
    if status in _BEING_READ:
        return "None lapses: the QAD stays as it is."
    return "None stands yet: they are given on the Final QAD."


def date_moves(
    timetable: Timetable, before: str, after: str, was: Events, then: Events
) -> tuple[DateMove, ...]:
    """Return every dated activity on both roads, in the order of the timetable.

    ``then`` are the events that still count on the new road.
    """
    found = []
    for key in _dated(timetable):
        one, two = _due(timetable, key, before, was), _due(timetable, key, after, then)
        met = two.met_on if two else None
        move = DateMove(
            key,
            (two or one).label,
            one.due if one else None,
            two.due if two else None,
            met,
        )
        if move.before or move.after:
            found.append(move)
    return tuple(found)


def _state_objections(path: Pathway, case: Case) -> list[str]:
    if case.status in path.states:
        return []
    if case.status in _BEING_READ:
        return [
            "The Final QAD is under review for its present route. Reopen it first, so that what"
            " the new route asks can be answered and approved."
        ]
    return ["The QAD is signed off or settled, so its route stands."]


def _own_objections(number: int, case: Case) -> list[str]:
    role, found = MARKET_ROLES[case.role], []
    if number in (LEAVES_SIT, SEVERAL_ROADS, SPLIT_OFF) and role.in_trio:
        found.append(
            "Networks in SIT have to be qualified by M10, so this pathway is not theirs"
            " (Appendix B, Pathway 1)."
        )
    if number == SEVERAL_ROADS and not case.others:
        found.append("The organisation has no other role, so there are no two roads.")
    if number == ENDURING and case.route != LAST_WAVE:
        found.append(
            "Only from wave 4: while a wave comes after, defer it there instead (QA&P 9.3.2)."
        )
    if number == NEW_ENTRANT and case.entrant == Entrant.EXISTING:
        found.append("The organisation is registered as an existing participant.")
    if number in (SPLIT_OFF, OWN_RELIANCE) and case.mpids < 2:
        found.append("There is one MPID here, so nothing can be split.")
    kinds = {one for one, _ in PATHWAYS[number].kinds}
    if ROUTES[case.route].kind not in kinds:
        found.append(f"It does not begin on {short(case.route)}.")
    return found


def _target_objections(path: Pathway, case: Case) -> list[str]:
    to = case.to or case.route
    pair = (ROUTES[case.route].kind, ROUTES[to].kind)
    found = []
    begins = pair[0] in {one for one, _ in path.kinds}  # said already where it does not
    if begins and pair not in path.kinds:
        found.append(f"It does not lead from {short(case.route)} to {short(to)}.")
    if not path.stays and to == case.route:
        found.append("The qualification takes this route already.")
    if path.number == SEVERAL_ROADS and not _two_roads(case):
        found.append("No other role of the organisation would then be on the other road.")
    if not case.override and to != case.route:
        is_new = case.is_new_entrant or path.number == NEW_ENTRANT
        found += route_objections(case.role, to, is_new)
    return found


def _two_roads(case: Case) -> bool:
    there = {ROUTES[route].kind for route in case.others}
    return bool(there - {ROUTES[case.to].kind})


def _split_objections(number: int, case: Case) -> list[str]:
    if not 0 < case.moved < case.mpids:
        return ["Choose the MPIDs that go; at least one stays."]
    if number == SPLIT_OFF and case.is_identical:
        return [
            "MPIDs that are set up identically stay and rely on the SIT of the other: propose"
            " that reliance instead (QA&P 10.4)."
        ]
    if number == OWN_RELIANCE and not case.is_identical:
        return ["Only MPIDs that are set up identically rely on the other; others test (R56)."]
    return []


def _dated(timetable: Timetable) -> list[str]:
    return list(dict.fromkeys([*timetable.keys, *(key for key, _ in timetable.beyond)]))


def _due(timetable: Timetable, key: str, route: str, events: Events) -> Due | None:
    cell = timetable.cells.get((key, route)) or timetable.beyond.get((key, route))
    return resolve(cell, events, timetable=timetable) if cell else None
