"""PURE: what the invented world is made of; ``qadportal.demo.reading`` reads it from its files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

ORGANISATION_PART = "ORG"


class CorpusError(ValueError):
    """A file of the demonstration cannot be read as it stands; the message names the place."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of an organisation and what they are there for."""

    name: str
    email: str
    master_admin: bool = False
    author: bool = False
    director: bool = False
    delegate: bool = False
    limited_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody of a body."""

    name: str
    email: str
    body: str
    duties: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class PreQualification:
    """What the organisation's Pre-Qualification Submission said."""

    preferred_route: str
    key_contact: str
    received_on: date
    accepted_on: date
    target_migration_on: date


@dataclass(frozen=True, slots=True)
class Opinion:
    """A body's opinion of a part."""

    body: str
    state: str
    on: date
    because: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A test completion report of QT or SIT."""

    kind: str
    received_on: date
    file: str
    work_off_agreed_on: date | None = None
    supplied_by: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    """A signature; ``void_on`` is when a reopening undid it."""

    by: str
    capacity: str
    on: date
    void_on: date | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of delegated authority."""

    delegate: str
    director: str
    drafted_on: date
    signed_on: date
    accepted_on: date
    file: str


@dataclass(frozen=True, slots=True)
class Assertion:
    """A Management Assertion on the remaining MPIDs."""

    mpids_remaining: tuple[str, ...]
    complete_by: date
    on: date
    file: str = ""


@dataclass(frozen=True, slots=True)
class DipUser:
    """The DIP Manager's word; ``note`` is the id of a text."""

    state: str
    on: date
    note: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A body's decision; ``reasons`` and ``conditions`` are ids of texts."""

    body: str
    outcome: str
    on: date
    minute: str
    reasons: str
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reopening:
    """A request to reopen sections and what became of it; ``reason`` is the id of a text."""

    requested_on: date
    by: str
    sections: tuple[str, ...]
    reason: str
    outcome: str
    decided_on: date
    body: str
    resubmitted_on: date | None = None
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A change of route; ``reason`` is the id of a text."""

    from_route: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Accession:
    """A code body's record of accession."""

    body: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualification:
    """One qualification: what happened to it, in order; what is missing has not happened."""

    role: str
    route: str
    mpids: tuple[str, ...]
    stage: str
    created_on: date
    pathway: int = 0
    note: str = ""
    new_entrant: bool = False
    paper: bool = False
    mpids_split: bool = False
    retrieval: str = ""
    reliance: str = "none"
    reliance_on: str = ""
    exemptions: tuple[str, ...] = ()
    fill: float = 1.0
    blanks: tuple[str, ...] = ()
    moved: Moved | None = None
    sections_submitted: Mapping[str, date] = field(default_factory=dict)
    initial_submitted: date | None = None
    initial_review_started: date | None = None
    initial_completed: Mapping[str, date] = field(default_factory=dict)
    initial_reviewed: date | None = None
    qt_entry_confirmed: date | None = None
    report: Report | None = None
    final_opened: date | None = None
    final_submitted: date | None = None
    final_review_started: date | None = None
    approvals: tuple[Opinion, ...] = ()
    approvals_after: tuple[Opinion, ...] = ()
    comments_addressed: Mapping[str, date] = field(default_factory=dict)
    content_agreed: date | None = None
    reopening: Reopening | None = None
    letter: Letter | None = None
    assertion: Assertion | None = None
    sign_off: SignOff | None = None
    accessions: tuple[Accession, ...] = ()
    dip_user: DipUser | None = None
    pack: str = ""
    decisions: tuple[Decision, ...] = ()
    qualified_on: date | None = None
    variants: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """How acts refer to it: role and first MPID, since a role may occur twice."""
        return f"{self.role}:{self.mpids[0]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One organisation with its people and qualifications."""

    slug: str
    name: str
    legal_name: str
    company_number: str
    kind: str
    entrant: str
    bsc_party: bool
    uses_dcp: bool
    provider: str
    sketch: str
    created_on: date
    created_by_body: str
    people: tuple[Person, ...]
    dcp: str = ""
    pqs: PreQualification | None = None
    mpids_not_taken: tuple[Mapping[str, str], ...] = ()
    approvals: tuple[Opinion, ...] = ()
    variants: Mapping[str, str] = field(default_factory=dict)
    qualification: tuple[Qualification, ...] = ()

    @property
    def answers(self) -> bool:
        """Whether it answers here, and not on paper (R23)."""
        return self.entrant != "NEW_MHHS_ONLY" and self.kind == "PARTICIPANT"

    @property
    def admin(self) -> Person:
        """The first master admin."""
        return next(person for person in self.people if person.master_admin)

    def person(self, name: str) -> Person:
        """Return somebody by name."""
        for person in self.people:
            if person.name == name:
                return person
        raise CorpusError(f"{self.slug}: nobody is called {name}")


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody said in a thread; ``by`` is a body or "participant"."""

    by: str
    who: str
    on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An action plan within a thread."""

    text: str
    owner: str
    proposed_on: date
    due_on: date
    agreed_on: date | None = None
    done_on: date | None = None
    done_note: str = ""
    due_days: int = 0
    milestones: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A comment, observation or finding as it went; ``role`` is ORG for the organisation's part."""

    id: str
    organisation: str
    role: str
    question: str
    body: str
    stage: str
    kind: str
    state: str
    subject: str
    reusable: bool
    messages: tuple[Message, ...]
    mpid: str = ""
    severity: str = ""
    settled_on: date | None = None
    plan: Plan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Final:
    """How an answer changes at the Final stage."""

    because: str
    text: str = ""
    append: str = ""
    replace: tuple[tuple[str, str], ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One way of answering a question, with placeholders."""

    question: str
    variant: str
    text: str
    fits: tuple[str, ...] = ()
    wants: str = ""
    choice: str = ""
    choices: tuple[str, ...] = ()
    number: int | float | None = None
    date: str = ""
    declared: bool = False
    rows: tuple[Mapping[str, str], ...] = ()
    rows_from: str = ""
    files: tuple[str, ...] = ()
    references: tuple[Mapping[str, str], ...] = ()
    final: Final | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """A file of the evidence folder; ``final_file`` replaces it at the Final stage."""

    id: str
    title: str
    file: str
    media_type: str
    questions: tuple[str, ...]
    final_file: str = ""
    by_hand: bool = False
    files_by_organisation: Mapping[str, str] = field(default_factory=dict)
    summary: Mapping[str, Any] = field(default_factory=dict)

    def name_for(self, slug: str) -> str:
        """Return the file that an organisation attaches."""
        return self.files_by_organisation.get(slug, self.file)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolReference:
    """A reference into a test tool, of one organisation or for any."""

    title: str
    tool: str
    identifier: str
    link: str
    as_of: str
    questions: tuple[str, ...]
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The whole invented world."""

    today: date
    organisations: tuple[Organisation, ...]
    staff: tuple[Staff, ...]
    answers: Mapping[str, tuple[Variant, ...]]
    threads: tuple[Thread, ...]
    files: Mapping[str, EvidenceFile]
    references: tuple[ToolReference, ...]
    texts: Mapping[str, Mapping[str, Any]]  # id -> the table that holds the text
    packs: tuple[Mapping[str, Any], ...]

    def text(self, key: str, name: str = "text") -> str:
        """Return a text of judgement by its id."""
        return str(self.texts[key].get(name, ""))

    def threads_of(self, slug: str) -> tuple[Thread, ...]:
        """Return the threads of one organisation."""
        return tuple(thread for thread in self.threads if thread.organisation == slug)
