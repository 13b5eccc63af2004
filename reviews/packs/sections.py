"""PURE: the sections B to G of an application's file, as plain values.

A field that takes `date | str` prints a date in the short form and words ("before decision") as
they stand. Text that people wrote is Markdown; every other text is printed letter by letter.

Answers on legacy readiness are no part of the MHHS assessment (QA&P 7.3.2) and have no place
here: no class below can carry one, and whoever fills an `AnswerSection` leaves their questions out.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

When = date | str


class Weight(StrEnum):
    """How loud a state is printed: loudness grows with trouble, never by colour alone."""

    PLAIN = "plain"  # a word
    DONE = "done"  # a tick and a word
    READ = "read"  # in a frame: met in a way that the reader should know about
    STOP = "stop"  # white on black: this stands in the way


@dataclass(frozen=True, slots=True)
class Mark:
    """A state in a word or two, with its weight."""

    word: str
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True, slots=True)
class Line:
    """A label and what is said beside it; a weight puts a mark before it."""

    label: str
    text: str
    weight: Weight = Weight.PLAIN


# --- B: tests and defects


@dataclass(frozen=True, slots=True)
class TestRow:
    """Tests of one stage: planned, run, passed, and why what did not pass is agreed."""

    __test__ = False  # not a class of tests, whatever its name says
    stage: str
    planned: int | None
    run: int | None
    passed: int | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class DefectRow:
    """Open defects at one gate, by severity 1 to 4."""

    gate: str
    counts: tuple[int, int, int, int]
    note: str = ""


@dataclass(frozen=True, slots=True)
class WorkOffPlan:
    """An open defect with the plan that the bodies agreed."""

    code: str
    title: str
    defect: str  # "Defect D-2207, severity 3."
    due: When
    agreed: str  # who reviewed and who agreed, when
    impact: str
    plan: str


@dataclass(frozen=True, slots=True)
class Tests:
    """Section B."""

    __test__ = False
    lead: str
    rows: tuple[TestRow, ...] = ()
    defects: tuple[DefectRow, ...] = ()
    plans: tuple[WorkOffPlan, ...] = ()


# --- C: reliance, exemptions, assertions


@dataclass(frozen=True, slots=True)
class Reliance:
    """One placing of reliance, or testing by a provider."""

    code: str
    title: str
    kind: str
    text: str
    facts: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class ExemptionTest:
    """One condition of an exemption, its state and what shows it."""

    test: str
    state: Mark
    shown_by: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """An exemption asked for or held."""

    code: str
    title: str
    meta: str
    tests: tuple[ExemptionTest, ...] = ()


@dataclass(frozen=True, slots=True)
class Assertion:
    """A Management Assertion: what the director asserted, and by whom and when it was signed."""

    text: str
    signed: str


@dataclass(frozen=True, slots=True)
class MpidRow:
    """One MPID: whether this decision covers it, its testing, and what comes next."""

    mpid: str
    covered: str
    testing: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Commitments:
    """Section C."""

    lead: str
    reliances: tuple[Reliance, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    mpids: tuple[MpidRow, ...] = ()


# --- D: findings and plans


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """What the participant will do, by when, and who owns it."""

    text: str
    due: When
    owner: str


@dataclass(frozen=True, slots=True)
class Finding:
    """An open finding or observation; `found`, `answered` and the plan's text are Markdown."""

    code: str
    title: str
    meta: str  # "REC finding, on question J06, Reverse migration."
    state: Mark
    found: str
    answered: str = ""
    plan: ActionPlan | None = None
    agreed: str = ""  # who agreed with whom, when, over which version


@dataclass(frozen=True, slots=True)
class Cleared:
    """A finding or observation that its body has cleared."""

    code: str
    body: str
    question: str
    title: str
    on: When


@dataclass(frozen=True, slots=True)
class Findings:
    """Section D."""

    lead: str
    open: tuple[Finding, ...] = ()
    cleared: tuple[Cleared, ...] = ()


# --- E: answers; F: evidence


@dataclass(frozen=True, slots=True)
class Table:
    """A table given as an answer."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """A review comment on a question, for the print of a submitted version."""

    body: str
    who: str
    on: When
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as signed; `text` and `earlier` (the text at the earlier stage) are Markdown."""

    code: str
    title: str
    question: str
    text: str
    author: str = ""
    on: When = ""
    evidence: tuple[str, ...] = ()
    standing: str = ""  # "All bodies approved."
    earlier: str | None = None  # None: the question was not answered then
    value: str = ""  # a choice or a date, printed before the text
    table: Table | None = None
    comments: tuple[Comment, ...] = ()
    same_as: str = ""  # the role under which this very answer is printed, further up


@dataclass(frozen=True, slots=True)
class AnswerSection:
    """A section of the QAD with its answers; never one on legacy readiness."""

    letter: str
    title: str
    answers: tuple[Answer, ...] = ()
    role: str = ""  # of a trio, whose answers these are: its bookmarks and running heads name it


@dataclass(frozen=True, slots=True)
class Answers:
    """Section E. `since` names the earlier stage ("Initial"), "" when there is none to compare."""

    lead: str
    sections: tuple[AnswerSection, ...] = ()
    since: str = ""
    stage: str = "Final"
    earlier_version: str = ""  # "Initial 2"


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A file with its SHA-256, or a reference with its system, query and as-of."""

    code: str
    name: str
    kind: str
    supports: tuple[str, ...] = ()
    sha256: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Section F."""

    lead: str
    items: tuple[EvidenceItem, ...] = ()


# --- G: declaration and signature


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed what, in which capacity, and when by the server's clock."""

    name: str
    capacity: str
    covers: str  # "Supplier, MPIDs LARK and LRKB"
    signed_at: datetime
    content: str  # "Larkspur QAD, Final version 3, 94 answers, 15 evidence items"
    content_hash: str
    still_covers: Mark
    checked: str = ""
    identity: str = ""
    read_before: str = ""
    delegation: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """Section G; `others` are signatures over the same QAD that this decision does not rest on."""

    lead: str
    statements: tuple[str, ...] = ()
    signature: Signature | None = None
    others: tuple[Line, ...] = ()
