"""PURE: what is known of one qualification, as plain values; ``reviews.facts`` gathers them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from participants.enums import Status
from participants.market_roles import MARKET_ROLES
from reviews.enums import (
    SETTLED,
    SETTLED_OR_PLANNED,
    ApprovalState,
    DipUserState,
    Outcome,
    SignOffState,
    ThreadKind,
)
from waves.routes import ROUTES

ORGANISATION, ROLE = "organisation", "role"
SCOPES = (ORGANISATION, ROLE)
UNDER_REVIEW = (Status.FINAL_SUBMITTED, Status.FINAL_REVIEW)
INITIAL_WRITING = (Status.INITIAL_DRAFT, Status.INITIAL_PART_SUBMITTED)
INITIAL_READING = (Status.INITIAL_SUBMITTED, Status.INITIAL_REVIEW)
AGREED = (Status.CONTENT_AGREED, Status.SIGNED_OFF, Status.QUALIFIED, Status.NOT_APPROVED)


@dataclass(frozen=True, slots=True)
class PartFacts:
    """A part with its newest version; number 0 while nothing was submitted."""

    id: UUID
    number: int = 0
    sha256: str = ""
    stage: str = ""
    submitted_at: datetime | None = None
    being_changed: bool = False


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """One body's review at one stage."""

    started_at: datetime | None = None
    completed_at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """One body's opinion of a part."""

    status: str
    covers_sha256: str
    number: int
    at: datetime
    by: str = ""
    because: str = ""
    lapsed_at: datetime | None = None
    lapsed_because: str = ""

    def stands_on(self, part: PartFacts | None) -> bool:
        """Return whether it approves the part as it is now (R103)."""
        return (
            part is not None
            and self.status == ApprovalState.APPROVED
            and self.covers_sha256 == part.sha256
        )


@dataclass(frozen=True, slots=True)
class ThreadFacts:
    """A comment, observation or finding."""

    id: UUID
    reference: str
    body: str
    kind: str
    status: str
    question: str
    subject: str
    holder: str
    holder_since: datetime
    scope: str = ROLE
    severity: str = ""
    settled_at: datetime | None = None
    plan_due_on: date | None = None
    joined: tuple[str, ...] = ()  # further bodies that stand behind it

    @property
    def is_comment(self) -> bool:
        return self.kind == ThreadKind.COMMENT

    @property
    def is_settled(self) -> bool:
        return self.status in SETTLED

    @property
    def is_settled_or_planned(self) -> bool:
        """Cleared, closed, or planned with the body that raised it (R99)."""
        return self.status in SETTLED_OR_PLANNED


@dataclass(frozen=True, slots=True)
class SignOffFacts:
    """The last signature, in force or void."""

    id: UUID
    status: str
    signer: str
    capacity: str
    signed_at: datetime
    covers: Mapping[str, str] = field(default_factory=dict)  # scope -> sha256
    void_because: str = ""


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """The last decision of a body."""

    outcome: str
    decided_on: date
    recorded_at: datetime
    sign_off_id: UUID
    minute_reference: str = ""
    reasons: str = ""
    effective_at: datetime | None = None
    conditions: int = 0


@dataclass(frozen=True, slots=True)
class DipFacts:
    """The DIP Manager's word on DIP User status."""

    status: str
    at: datetime
    note: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """The newest SIT or QT completion report."""

    kind: str
    received_at: datetime
    work_off_agreed: bool
    is_reviewed: bool = False
    agreed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AssertionFacts:
    """The Management Assertion on the remaining MPIDs."""

    complete_by: date
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """One qualification, with all that bears on "qualified yet?"."""

    id: UUID
    organisation_id: UUID
    organisation: str
    slug: str
    role: str
    route: str
    status: str
    status_since: datetime
    created_at: datetime
    mpids: tuple[str, ...] = ()
    trio: UUID | None = None
    mpids_split: bool = False
    is_new_entrant: bool = False
    on_paper: bool = False  # a new entrant for MHHS alone: kept for tracking only (R23)
    initial_submitted_at: datetime | None = None
    report_received_at: datetime | None = None
    final_opened_at: datetime | None = None
    final_submitted_at: datetime | None = None
    content_agreed_at: datetime | None = None
    signed_off_at: datetime | None = None
    qualified_at: datetime | None = None
    parts: Mapping[str, PartFacts] = field(default_factory=dict)
    reviews: Mapping[tuple[str, str], ReviewFacts] = field(default_factory=dict)
    approvals: Mapping[tuple[str, str], ApprovalFacts] = field(default_factory=dict)
    threads: tuple[ThreadFacts, ...] = ()
    sign_off: SignOffFacts | None = None
    letter: str = ""
    dip: DipFacts | None = None
    accessions: Mapping[str, datetime] = field(default_factory=dict)
    assertion: AssertionFacts | None = None
    decisions: Mapping[str, DecisionFacts] = field(default_factory=dict)
    report: ReportFacts | None = None
    mates: tuple["Facts", ...] = ()

    @property
    def label(self) -> str:
        """The market role in words."""
        return MARKET_ROLES[self.role].label

    @property
    def bodies(self) -> tuple[str, ...]:
        """The bodies that review and approve (R7, R13)."""
        return MARKET_ROLES[self.role].bodies

    @property
    def deciding_bodies(self) -> tuple[str, ...]:
        """The code bodies that decide (R102, R113)."""
        return MARKET_ROLES[self.role].deciding_bodies

    @property
    def report_may_follow(self) -> bool:
        """Whether the test report may come after the Final submission (R85)."""
        return ROUTES[self.route].final_before_report

    @property
    def report_name(self) -> str:
        """The report that the route ends its tests with."""
        is_sit = ROUTES[self.route].kind == "SIT"
        return "SIT Completion Report" if is_sit else "QT Test Completion Report"

    def review(self, body: str, stage: str) -> ReviewFacts:
        """Return a body's review at a stage, blank when it has not begun."""
        return self.reviews.get((body, stage), ReviewFacts())

    def approval_stands(self, scope: str, body: str) -> bool:
        """Return whether a body's approval of a part covers it as it is now (R101, R103)."""
        given = self.approvals.get((scope, body))
        return given is not None and given.stands_on(self.parts.get(scope))

    def open_items(self, *bodies: str) -> tuple[ThreadFacts, ...]:
        """Return findings and observations that are neither cleared nor planned (R99)."""
        wanted = bodies or self.bodies
        return tuple(
            each
            for each in self.threads
            if each.body in wanted and not each.is_comment and not each.is_settled_or_planned
        )

    def open_threads(self, body: str) -> tuple[ThreadFacts, ...]:
        """Return everything a body still waits for or has to answer (R100)."""
        return tuple(
            each
            for each in self.threads
            if body in (each.body, *each.joined) and not each.is_settled_or_planned
        )

    @property
    def signature_stands(self) -> bool:
        """Whether the signature in force covers both parts as they are now (R111).

        Of what is on paper the portal keeps that it was signed, and nothing that it would cover.
        """
        if self.on_paper:
            return self.sign_off is not None and self.sign_off.status == SignOffState.SIGNED
        return (
            self.sign_off is not None
            and self.sign_off.status == SignOffState.SIGNED
            and all(
                scope in self.parts and self.sign_off.covers.get(scope) == self.parts[scope].sha256
                for scope in SCOPES
            )
        )

    def decision(self, body: str) -> DecisionFacts | None:
        """Return a body's last decision, if it was taken on the signature in force."""
        taken = self.decisions.get(body)
        if taken is None or self.sign_off is None or taken.sign_off_id != self.sign_off.id:
            return None
        return taken if self.sign_off.status == SignOffState.SIGNED else None

    def approved_by(self, body: str) -> bool:
        """Return whether a deciding body approved what is signed."""
        taken = self.decision(body)
        return taken is not None and taken.outcome == Outcome.APPROVED

    @property
    def dip_confirmed(self) -> bool:
        """Whether the DIP Manager confirmed the DIP User status (R114)."""
        return self.dip is not None and self.dip.status == DipUserState.CONFIRMED
