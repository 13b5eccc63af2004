"""PURE: what a QAD template is made of: the words its fields may hold, and its frozen values."""

from dataclasses import dataclass
from datetime import date

from submissions.conditions import Condition

SCOPES = ("ORGANISATION", "ROLE")
PHASES = ("I", "F", "IF")
KINDS = (
    *("TEXT", "CHOICE", "MULTI_CHOICE", "NUMBER", "TABLE"),
    *("DATE", "DECLARATION", "UPLOAD", "REFERENCE"),
)
EVIDENCE = ("file", "reference")
COLUMN_TYPES = (
    *("TEXT", "NUMBER", "DATE", "YES_NO", "CHOICE"),
    *("MPID", "ROLE", "ROUTE", "REFERENCE"),
)
STATUSES = ("DRAFT", "CONSULTATION", "PUBLISHED", "WITHDRAWN")
STANDINGS = ("stated", "assumed", "official")
BY_ROLE = "ROLE"  # read by whichever code bodies govern the role, or any role of the organisation

# What the portal does with a question beyond asking it.
TAGS = (
    "test_report",  # the QT or SIT completion report: arms the Final QAD (R83, R85)
    "with_test_report",  # may follow with the report on routes where the report may follow (R85)
    "at_sign_off",  # given when signing, not when submitting
    "applicants_confirmation",  # the signature itself (R105)
    "delegation_letter",  # the letter a delegate needs (R107)
    "management_assertion",  # remaining MPIDs will follow (R119)
    "live_arrangements",  # what was tested is what runs live (R94)
    "directors_undertaking",  # a director gives it by signing (R112)
    "declaration",
    "reused",  # evidence made for another purpose; never settles a question by itself (R95)
)

# Declarations that qualify nobody by being set aside as not applicable (R94, R112, R119).
NEVER_SET_ASIDE = ("live_arrangements", "management_assertion", "directors_undertaking")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that an answer may take."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table answer."""

    key: str
    label: str
    type: str
    choices: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the bank; ``also`` names the further kinds of answer it takes."""

    code: str
    section: str
    title: str
    ask: str
    guidance: str
    criterion: tuple[str, ...]
    phase: str
    kind: str
    also: tuple[str, ...]
    choices: tuple[Choice, ...]
    options: tuple[Choice, ...]
    columns: tuple[Column, ...]
    statement: str
    unit: str
    mandatory: bool
    evidence: tuple[str, ...]
    evidence_required: bool
    min_words: int | None
    scope: str
    roles: tuple[str, ...]
    routes: str
    reviewers: str | tuple[str, ...]
    dip: bool
    when: tuple[Condition, ...]
    source: str
    tags: tuple[str, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of answer that the question takes, the main one first."""
        return (self.kind, *self.also)

    @property
    def answered_by(self) -> tuple[str, ...]:
        """The kinds of which one makes an answer: the main one, or for evidence any it takes."""
        return self.kinds if self.kind in ("UPLOAD", "REFERENCE") else (self.kind,)

    @property
    def is_asked_initially(self) -> bool:
        """Whether the question is asked at the Initial stage (R96)."""
        return "I" in self.phase

    def has(self, tag: str) -> bool:
        """Return whether the question carries a tag."""
        return tag in self.tags

    def cites(self, paragraph: str) -> bool:
        """Return whether the question rests on a paragraph of its source, such as 6.5."""
        return paragraph in self.source.replace(",", " ").split()

    @property
    def may_be_set_aside(self) -> bool:
        """Whether "not applicable", with a reason, is an answer to it."""
        return not any(self.has(tag) for tag in NEVER_SET_ASIDE)


@dataclass(frozen=True, slots=True)
class Section:
    """A section; ``owner`` is the body that leads its review, if one does."""

    code: str
    title: str
    intro: str
    scope: str
    owner: str
    source: str
    questions: tuple[Question, ...]

    def in_scope(self, scope: str) -> tuple[Question, ...]:
        """Return the questions of the organisation's part, or of a role's part."""
        return tuple(question for question in self.questions if question.scope == scope)


@dataclass(frozen=True, slots=True)
class Template:
    """A version of the QAD's sections and questions."""

    id: str
    version: str
    title: str
    source: str
    issued_on: date
    status: str
    standing: str
    note: str
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in order."""
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, code: str) -> Question:
        """Return the question with this code, or raise KeyError."""
        for question in self.questions:
            if question.code == code:
                return question
        raise KeyError(code)

    def section(self, code: str) -> Section:
        """Return the section with this code, or raise KeyError."""
        for section in self.sections:
            if section.code == code:
                return section
        raise KeyError(code)
