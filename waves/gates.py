"""PURE: the gates of testing: PIT exit, QT entry, QT exit, SIT exit (QA&P 10.5.2, 10.7, 9.1.1).

Each gate is evaluated live from facts and says of every criterion whether it is met, what is
missing, and who holds it. Nothing here decides: a person confirms a gate, and an open one is
refused with every reason.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from waves.enums import CaseOutcome, CheckState, DeliverableKind, EntryCriterion, TestStage
from waves.enums import WorkOffKind as K
from waves.enums import WorkOffState as W
from waves.testing_facts import NOT_RUN, Facts, Reliance

SHOWN = 6  # references named in one sentence; the rest are counted
PIT_GAPS = ("APPROACH", "RTTM", "REPORT", "INTERFACES")  # what a deferred item may name


class GateName(StrEnum):
    """The gates, each by the milestone that confirms it."""

    PIT_EXIT = "pit_exit"
    QT_ENTRY = "qt_entry_confirmed"
    QT_EXIT = "qt_exit"
    SIT_EXIT = "sit_exit"


class Holder(StrEnum):
    """Who can bring a criterion forward."""

    PARTICIPANT = "the organisation"
    TESTERS = "the test manager"
    BODIES = "the bodies"
    OTHERS = "whoever does the testing"
    NOBODY = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: met or not, what is missing in one sentence, and who holds it."""

    key: str
    title: str
    clause: str
    missing: str = ""
    holder: Holder = Holder.NOBODY

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate with its criteria, in the order of the plan."""

    name: GateName
    title: str
    criteria: tuple[Criterion, ...]

    @property
    def missing(self) -> tuple[Criterion, ...]:
        """What still stands in the way."""
        return tuple(each for each in self.criteria if not each.is_met)

    @property
    def is_open(self) -> bool:
        """Whether somebody may confirm it now."""
        return not self.missing

    @property
    def met(self) -> int:
        """How many criteria are met."""
        return len(self.criteria) - len(self.missing)


Lack = tuple[str, Holder]


def pit_exit(facts: Facts) -> Gate:
    """The five criteria of PIT exit (R61); what was deferred by agreement is no gap (R63)."""
    clause = "QA&P 10.5.2"
    return Gate(
        GateName.PIT_EXIT,
        "PIT exit",
        (
            _criterion("run", "All planned PIT tests run", clause, _pit_tests(facts)),
            _criterion("severe", "No severity 1 or 2 open", clause, _pit_severe(facts)),
            _criterion("plans", "A plan agreed for open defects", clause, _pit_plans(facts)),
            _criterion("artefacts", "Artefacts in and assured", clause, _artefacts(facts)),
            _criterion("interfaces", "Interfaces proven", clause, _interfaces(facts)),
            *_relied_on(facts, "PIT"),
        ),
    )


def qt_entry(facts: Facts) -> Gate:
    """The six criteria of entry into QT, the Initial QAD and the reliance (R68, R69, R46, R51)."""
    clause = "QA&P 10.7"
    six = [_criterion(each, each.label, clause, _entry(facts, each)) for each in EntryCriterion]
    if facts.route_kind == "WAVE":  # QT of a Non-SIT LDSO comes before its Initial QAD (X9)
        title = "Initial QAD submitted"
        six.append(_criterion("initial", title, "QA&P 9.3.2", _initial(facts)))
    if facts.reliances:
        title = "Reliance agreed, with its scope"
        six.append(_criterion("reliance", title, "QA&P 10.1, 10.4", _reliance(facts)))
    return Gate(GateName.QT_ENTRY, "QT entry", tuple(six))


def qt_exit(facts: Facts) -> Gate:
    """The criteria of QT exit; there is no exception for severity 1 and 2 (R73, X20, X36)."""
    clause = "QA&P 10.7"
    return Gate(
        GateName.QT_EXIT,
        "QT exit",
        (
            _criterion("entry", "QT entry confirmed", clause, _entered(facts)),
            _criterion("severe", "No severity 1 or 2 open", clause, _qt_severe(facts)),
            _criterion("minor", "Severity 3 and 4 with a plan", clause, _qt_minor(facts)),
            _criterion("run", "All tests run", clause, _qt_tests(facts)),
            _criterion("deferred", "Deferred PIT and PIT work-off done", clause, _deferred(facts)),
            *_relied_on(facts, "TESTS"),
        ),
    )


def sit_exit(facts: Facts) -> Gate:
    """What the bodies ask of a SIT party: every open defect under an agreed plan (R77)."""
    lacks = [*_waiting(facts, K.WORK_OFF, TestStage.SIT)]
    if open_ := _uncovered(facts, facts.open_faults(TestStage.SIT)):
        lacks.append((f"No agreed work-off plan for {_named(open_)}.", Holder.PARTICIPANT))
    title = "A plan agreed for open defects"
    return Gate(
        GateName.SIT_EXIT,
        "SIT exit",
        (
            _criterion("plans", title, "QA&P 9.1.1, 9.1.2", lacks),
            *_relied_on(facts, "PIT", "TESTS"),
        ),
    )


def gates_of(facts: Facts) -> tuple[Gate, ...]:
    """The gates of a route, in the order in which they are passed (R59, R77)."""
    if facts.route_kind == "SIT":
        return (sit_exit(facts),)
    return pit_exit(facts), qt_entry(facts), qt_exit(facts)


def gate_of(facts: Facts, name: str) -> Gate | None:
    """One gate by its name; None where the route does not have it."""
    return next((each for each in gates_of(facts) if each.name == name), None)


def _criterion(key: str, title: str, clause: str, lacks: Iterable[Lack]) -> Criterion:
    found = list(lacks)
    text = " ".join(said for said, _ in found)
    return Criterion(str(key), title, clause, text, found[0][1] if found else Holder.NOBODY)


# --- PIT


def _pit_tests(facts: Facts) -> Iterator[Lack]:
    known = facts.cases_of(TestStage.PIT)
    if known:
        left = [each.reference for each in known if each.outcome in NOT_RUN]
        left += [each.reference for each in known if each.outcome == CaseOutcome.DESCOPED]
        if gaps := [ref for ref in left if not facts.covered(ref, K.EXCEPTION, K.DEFERRED_PIT)]:
            said = f"Not run, and no exception or deferral is agreed: {_named(gaps)}."
            yield said, Holder.PARTICIPANT
        return
    yield from _counted(facts, TestStage.PIT)


def _counted(facts: Facts, stage: str) -> Iterator[Lack]:
    """Judge by figures where tests are not known one by one: nothing can be excepted then."""
    figures = facts.figures.get(stage)
    if figures is None or not figures.planned:
        yield "No tests or figures are here yet.", Holder.PARTICIPANT
    elif figures.run < figures.planned:
        left = figures.planned - figures.run
        yield (
            f"{left} of {figures.planned} planned tests are not run. Bring the tests in by"
            " reference where an exception is agreed.",
            Holder.PARTICIPANT,
        )


def _pit_severe(facts: Facts) -> Iterator[Lack]:
    rows = [each.reference for each in facts.open_faults(TestStage.PIT, 1, 2)]
    if gaps := [each for each in rows if not facts.covered(each, K.EXCEPTION)]:
        said = f"Open without an agreed exception: {_named(gaps)}."
        yield said, Holder.PARTICIPANT
    yield from _only_reported(facts, TestStage.PIT)


def _only_reported(facts: Facts, stage: str) -> Iterator[Lack]:
    known = any(each.stage == stage for each in facts.faults)
    if not known and (count := facts.reported_severe.get(stage, 0)):
        yield (
            f"The report counts {count} open of severity 1 or 2. Bring the defects in by"
            " reference.",
            Holder.PARTICIPANT,
        )


def _pit_plans(facts: Facts) -> Iterator[Lack]:
    if gaps := _uncovered(facts, facts.open_faults(TestStage.PIT)):
        yield f"No agreed plan or exception for {_named(gaps)}.", Holder.PARTICIPANT
    yield from _waiting(facts, K.WORK_OFF, TestStage.PIT)


def _uncovered(facts: Facts, faults: Iterable) -> list[str]:
    return [each.reference for each in faults if not facts.covered(each.reference)]


def _waiting(facts: Facts, kind: str, stage: str = "") -> Iterator[Lack]:
    """Every item that was proposed and not agreed, by who has to move (R75)."""
    for each in facts.unagreed(kind, stage):
        name = f"{K(kind).label} {each.number}"
        if each.status == W.RETURNED:
            yield f"{name} needs more.", Holder.PARTICIPANT
        elif each.status == W.PROPOSED:
            yield f"{name} waits for the test manager's review.", Holder.TESTERS
        else:
            yield f"{name} waits for agreement.", Holder.BODIES


def _artefacts(facts: Facts) -> Iterator[Lack]:
    for kind in (DeliverableKind.APPROACH, DeliverableKind.RTTM):
        if facts.assured(kind) or facts.covered(kind, K.DEFERRED_PIT):
            continue
        state = facts.deliverables.get(kind)
        held = Holder.TESTERS if state == "SUBMITTED" else Holder.PARTICIPANT
        word = {"SUBMITTED": "waits for assurance", "RETURNED": "needs more"}.get(
            state, "is not handed in"
        )
        yield f"{kind.label} {word}.", held
    if facts.covered("REPORT", K.DEFERRED_PIT) or facts.pit_confirmed:
        return
    if facts.pit_report:
        yield "The PIT report is not confirmed as sufficient.", Holder.TESTERS
    else:
        yield "The PIT Test Completion Report is not here.", Holder.PARTICIPANT


def _interfaces(facts: Facts) -> Iterator[Lack]:
    if not (facts.interfaces_proven or facts.covered("INTERFACES", K.DEFERRED_PIT)):
        yield (
            "Nobody has recorded that the DIP Simulator evidence and the changed DTN messages"
            " were seen.",
            Holder.TESTERS,
        )


# --- QT entry


def _entry(facts: Facts, criterion: EntryCriterion) -> Iterator[Lack]:
    if criterion == EntryCriterion.PIT:
        gate = pit_exit(facts)
        if gate.missing and not facts.pit_exited:
            titles = "; ".join(each.title.lower() for each in gate.missing)
            yield f"PIT exit is not met: {titles}.", gate.missing[0].holder
        yield from _waiting(facts, K.DEFERRED_PIT)
    if criterion == EntryCriterion.PLAN and not facts.plan_approved:
        held = Holder.BODIES if facts.plan_waits else Holder.PARTICIPANT
        yield (
            (
                "The QT Test Plan waits for agreement."
                if facts.plan_waits
                else "No QT Test Plan is here."
            ),
            held,
        )
    state = facts.checked(criterion)
    agreed = any(each.kind == K.DEFERRED_PIT and each.is_agreed for each in facts.items)
    if state == CheckState.OPEN:
        yield "The test manager has not found it met.", Holder.TESTERS
    elif state == CheckState.DEFERRED and not agreed:
        yield "It is marked deferred, and no deferral is agreed.", Holder.BODIES


def _initial(facts: Facts) -> Iterator[Lack]:
    if not facts.initial_submitted:
        yield "The Initial QAD is not submitted.", Holder.PARTICIPANT


def _reliance(facts: Facts) -> Iterator[Lack]:
    if any(not each.is_agreed for each in facts.reliances):
        yield "A proposal to rely on other testing is not agreed.", Holder.BODIES
    if any(
        each.is_agreed and each.is_partial and not each.scope_agreed for each in facts.reliances
    ):
        yield "The test scope beside a reliance in part is not agreed.", Holder.BODIES


def _relied_on(facts: Facts, *of: str) -> Iterator[Criterion]:
    """The evidence gate: what is relied upon has passed before it counts (R48, R52, X25).

    It names nobody: the organisation learns that it waits, not for whom (R10).
    """
    asked = [each for each in facts.reliances if set(each.covers) & set(of)]
    if asked:
        title = "Testing relied upon passed"
        yield _criterion("relied_on", title, "QA&P 10.4", _not_passed(asked, of))


def _not_passed(asked: Iterable[Reliance], of: Iterable[str]) -> Iterator[Lack]:
    if any(not each.is_agreed for each in asked):
        yield "A proposal to rely on other testing is not agreed.", Holder.BODIES
    if any(set(each.waits) & set(of) for each in asked if each.is_agreed):
        yield "Waits for the testing relied upon.", Holder.OTHERS


# --- QT exit


def _entered(facts: Facts) -> Iterator[Lack]:
    if not facts.entry_confirmed:
        yield "Entry into QT is not confirmed.", Holder.TESTERS


def _qt_severe(facts: Facts) -> Iterator[Lack]:
    rows = [each.reference for each in facts.open_faults(TestStage.QT, 1, 2)]
    if rows:
        yield f"Open: {_named(rows)}. QT knows no exception for these.", Holder.PARTICIPANT
    yield from _only_reported(facts, TestStage.QT)


def _qt_minor(facts: Facts) -> Iterator[Lack]:
    rows = facts.open_faults(TestStage.QT, 3, 4)
    if blind := [each.reference for each in rows if not each.has_impact]:
        yield f"No impact assessment of {_named(blind)}.", Holder.PARTICIPANT
    if gaps := [each.reference for each in rows if not facts.covered(each.reference, K.WORK_OFF)]:
        yield f"No agreed work-off plan for {_named(gaps)}.", Holder.PARTICIPANT
    yield from _waiting(facts, K.WORK_OFF, TestStage.QT)


def _qt_tests(facts: Facts) -> Iterator[Lack]:
    known = facts.cases_of(TestStage.QT)
    if not known:
        yield from _counted(facts, TestStage.QT)
        figures = facts.figures.get(TestStage.QT)
        if figures and figures.planned and figures.passed < figures.run:
            count = figures.run - figures.passed
            said = f"{count} tests did not pass; bring them in by reference, to be agreed."
            yield said, Holder.PARTICIPANT
        return
    left = [each.reference for each in known if each.outcome in NOT_RUN]
    if gaps := [each for each in left if not facts.covered(each, K.EXCEPTION)]:
        yield f"Not run: {_named(gaps)}.", Holder.PARTICIPANT
    odd = (CaseOutcome.FAILED, CaseOutcome.DESCOPED)
    failed = [each.reference for each in known if each.outcome in odd]
    if gaps := [each for each in failed if not facts.covered(each, K.EXCEPTION, K.WORK_OFF)]:
        said = f"De-scoped or failed, and not agreed by every body: {_named(gaps)}."
        yield said, Holder.PARTICIPANT


def _deferred(facts: Facts) -> Iterator[Lack]:
    for each in facts.items:
        is_pit = each.kind == K.DEFERRED_PIT or (
            each.kind == K.WORK_OFF and each.stage == TestStage.PIT
        )
        if not is_pit or each.status == W.DONE or (each.is_agreed and each.may_outlast):
            continue
        yield f"{K(each.kind).label} {each.number} is not done.", Holder.PARTICIPANT


def _named(references: Iterable[str]) -> str:
    found = list(references)
    named, more = ", ".join(found[:SHOWN]), len(found) - SHOWN
    return f"{named} and {more} more" if more > 0 else named
