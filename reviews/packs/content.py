"""PURE: what a printed pack says, as plain values; no model, no query, no Django.

The sections B to G stand in `sections.py` and are offered here too. Answers on legacy readiness are
no part of the MHHS assessment (QA&P 7.3.2) and have no place in either module.
"""

from dataclasses import dataclass
from datetime import datetime

from reviews.packs.sections import (
    ActionPlan,
    Answer,
    Answers,
    AnswerSection,
    Assertion,
    Cleared,
    Comment,
    Commitments,
    Declaration,
    DefectRow,
    Evidence,
    EvidenceItem,
    Exemption,
    ExemptionTest,
    Finding,
    Findings,
    Line,
    Mark,
    MpidRow,
    Reliance,
    Signature,
    Table,
    TestRow,
    Tests,
    Weight,
    When,
    WorkOffPlan,
)

__all__ = [
    "ActionPlan",
    "AgendaItem",
    "Answer",
    "AnswerSection",
    "Answers",
    "Application",
    "Assertion",
    "Cleared",
    "Comment",
    "Commitments",
    "ConfirmationSheet",
    "Criterion",
    "DateRow",
    "Declaration",
    "DefectRow",
    "Evidence",
    "EvidenceItem",
    "Exemption",
    "ExemptionTest",
    "Finding",
    "Findings",
    "Line",
    "Mark",
    "MatrixRow",
    "Motion",
    "MpidRow",
    "OpenItem",
    "Pack",
    "QadPrint",
    "Reliance",
    "Signature",
    "Source",
    "Summary",
    "Table",
    "TestRow",
    "Tests",
    "Weight",
    "When",
    "WorkOffPlan",
]

# --- A: the one-page summary


@dataclass(frozen=True, slots=True)
class Motion:
    """What the chair reads out: the questions, the recommendation and its conditions."""

    questions: tuple[str, ...]
    recommendation: str
    conditions: tuple[Line, ...] = ()  # label "C1"
    why_not_today: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the four criteria of QA&P 11.3; "not met" names in `because` the holder and since."""

    title: str
    state: Mark
    because: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One part of the QAD (organisation, a role, the decision) with a cell for each body."""

    part: str
    cells: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class DateRow:
    """A step of the timetable: planned ("by" when soft), actual, and why they differ."""

    step: str
    planned: When
    actual: When
    why: str
    soft: bool = False
    late: str = ""  # "5 working days late", printed bold before the why


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something still open: its code and one line."""

    code: str
    line: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The page that a decision is taken from."""

    motion: Motion
    criteria: tuple[Criterion, ...]
    matrix: tuple[MatrixRow, ...]
    dates: tuple[DateRow, ...]
    open_items: tuple[OpenItem, ...] = ()
    open_words: str = ""
    bodies: tuple[str, ...] = ("BSC", "REC", "DIP Manager")


# --- the pack


@dataclass(frozen=True, slots=True)
class Application:
    """One qualification, or an LDSO's three together; a section left None is not printed."""

    number: int  # the item on the agenda
    name: str
    short: str  # for running heads, where forty characters are printed
    role: str
    governed: str  # "governed by the BSC, the REC and the DIP Rules"
    mpids: tuple[str, ...]
    about: str
    summary: Summary
    mpids_note: str = ""
    called: str = ""  # in sentences and in the manifest: "Larkspur"; the short name when empty
    recommended: Mark | None = None  # for the cover; the motion's own words when None
    to_decide: tuple[str, ...] = ()  # for the cover; the motion's questions when empty
    tests: Tests | None = None
    commitments: Commitments | None = None
    findings: Findings | None = None
    answers: Answers | None = None
    evidence: Evidence | None = None
    declaration: Declaration | None = None
    version: str = ""  # "QAD Final version 3"
    version_hash: str = ""

    @property
    def known_as(self) -> str:
        """The name that sentences use."""
        return self.called or self.short


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item on the cover that has no papers of its own in the pack."""

    number: int
    title: str
    to_decide: str
    recommended: str


@dataclass(frozen=True, slots=True)
class Source:
    """Something outside the pack that it rests on, named in the manifest by its hash."""

    part: str
    title: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A decision pack: for one application, for a selection, or for a meeting."""

    board: str  # "BSC Performance Assurance Board"
    reference: str  # "Meeting 9 of 2026", in the running head
    applications: tuple[Application, ...]
    printed_at: datetime
    sealed_by: str
    lines: tuple[str, ...] = ()  # under the title: meeting, day, place
    opening: str = ""
    advice: str = ""
    agenda: tuple[AgendaItem, ...] = ()
    confidential: str = "Confidential to the Board"
    copy: str = ""
    sources: tuple[Source, ...] = ()
    title: str = "Decision pack"


# --- sheets


@dataclass(frozen=True, slots=True)
class ConfirmationSheet:
    """The Applicant's Confirmation: the record of an electronic signature, on one page."""

    record: str  # "AC-2026-0117"
    applicant: str
    short: str
    company: str
    role: str
    mpids: tuple[str, ...]
    document: str  # "QAD, Final version 3, of 30 March 2026; 94 answers, 15 evidence items"
    statements: tuple[str, ...]
    name: str
    capacity: str
    signed_at: datetime
    identity: str
    content_hash: str
    record_hash: str
    not_covered: str = ""
    voided: str = ""  # when and why the signature no longer covers the content


@dataclass(frozen=True, slots=True)
class QadPrint:
    """A QAD as submitted at one stage: every answer and the evidence index."""

    applicant: str
    short: str
    role: str
    mpids: tuple[str, ...]
    version: str  # "Initial version 2"
    submitted_at: datetime
    submitted_by: str
    content_hash: str
    answers: Answers
    evidence: Evidence
    printed_at: datetime
    about: str = ""
    facts: tuple[Line, ...] = ()
