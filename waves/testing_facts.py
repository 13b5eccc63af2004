"""PURE: what the gates of testing look at: references, figures and agreements as plain values."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from waves.enums import (
    CaseOutcome,
    CheckState,
    DeliverableState,
    TestStage,
    WorkOffKind,
    WorkOffState,
)

AGREED = (WorkOffState.AGREED, WorkOffState.DONE)
NOT_RUN = (CaseOutcome.NOT_RUN, CaseOutcome.BLOCKED)


@dataclass(frozen=True, slots=True)
class Case:
    """A planned test by its reference, with its latest outcome."""

    reference: str
    outcome: str
    stage: str = TestStage.QT


@dataclass(frozen=True, slots=True)
class Fault:
    """A defect by its reference; ``has_impact`` says that its impact was assessed."""

    reference: str
    severity: int
    stage: str = TestStage.QT
    is_open: bool = True
    has_impact: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A deferred PIT item, a work-off plan or an exception."""

    number: int
    kind: str
    status: str
    stage: str = TestStage.PIT
    concerns: frozenset[str] = frozenset()
    may_outlast: bool = False

    @property
    def is_agreed(self) -> bool:
        """Whether every body that governs the role agreed to it."""
        return self.status in AGREED


@dataclass(frozen=True, slots=True)
class Reliance:
    """A reliance proposal, as far as entry into QT asks for it (R46, R51)."""

    is_agreed: bool
    is_partial: bool = False
    scope_agreed: bool = False
    covers: Collection[str] = ()  # "PIT", "TESTS": which gates rest on it
    waits: Collection[str] = ()  # the same: what of the testing relied upon has not passed


@dataclass(frozen=True, slots=True)
class Figures:
    """How many tests were planned and run, where they are not known one by one."""

    planned: int = 0
    run: int = 0
    passed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that a gate asks about one qualification."""

    route_kind: str = "WAVE"
    deliverables: Mapping[str, str] = field(default_factory=dict)
    pit_report: bool = False
    pit_confirmed: bool = False
    interfaces_proven: bool = False
    pit_exited: bool = False
    plan_approved: bool = False
    plan_waits: bool = False
    initial_submitted: bool = False
    initial_reviewed: bool = False
    entry_confirmed: bool = False
    checks: Mapping[str, str] = field(default_factory=dict)
    cases: Collection[Case] = ()
    faults: Collection[Fault] = ()
    items: Collection[Item] = ()
    reliances: Collection[Reliance] = ()
    figures: Mapping[str, Figures] = field(default_factory=dict)
    reported_severe: Mapping[str, int] = field(default_factory=dict)

    def cases_of(self, stage: str) -> list[Case]:
        """The tests of one stage that were not merely forgotten: all that are known."""
        return [each for each in self.cases if each.stage == stage]

    def open_faults(self, stage: str, *severities: int) -> list[Fault]:
        """The open defects of one stage, of these severities or of all."""
        wanted = severities or (1, 2, 3, 4)
        rows = (each for each in self.faults if each.stage == stage and each.is_open)
        return [each for each in rows if each.severity in wanted]

    def covered(self, reference: str, *kinds: str) -> bool:
        """Whether an agreed item of one of these kinds names the reference."""
        return any(
            each.is_agreed and each.kind in (kinds or tuple(WorkOffKind.values))
            for each in self.items
            if reference in each.concerns
        )

    def unagreed(self, kind: str, stage: str = "") -> list[Item]:
        """The items of a kind that wait for somebody's word."""
        rows = (each for each in self.items if each.kind == kind and not each.is_agreed)
        return [each for each in rows if not stage or each.stage == stage]

    def assured(self, kind: str) -> bool:
        """Whether a PIT deliverable was assured."""
        return self.deliverables.get(kind) == DeliverableState.ASSURED

    def checked(self, criterion: str) -> str:
        """What the test manager found on an entry criterion."""
        return self.checks.get(criterion, CheckState.OPEN)
