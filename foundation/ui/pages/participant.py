"""The participant's pages: home, task list of a QAD, question, sign-off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from foundation.ui.blocks import (
    Action,
    Evidence,
    Fact,
    Finding,
    Note,
    Refusal,
    Step,
    Tab,
    Thread,
)
from foundation.ui.editor import Editor
from foundation.ui.fields import AnyField
from foundation.ui.pages.general import Head
from foundation.ui.parts import CopyLink, DateLink, Link, Mark, Status, Ticks, Words
from foundation.ui.road import Road


@dataclass(frozen=True, slots=True, kw_only=True)
class Countdown:
    """The large number at the right of the home page, with its ruler."""

    number: str
    label: str
    window: Words = ""
    ticks: Ticks | None = None
    note: str = ""
    is_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of "Next, in order"."""

    code: str
    title: str
    url: str
    note: str = ""
    status: Status
    date: DateLink | None = None
    left: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One line of "Who waits for whom"; ``marks`` are bodies or other short names."""

    marks: Sequence[Mark] = ()
    what: Link
    who: str = ""
    age: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One line of "Since you were last here"."""

    when: str
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeParticipant:
    """``pages/home_participant.html``."""

    head: Head
    countdown: Countdown | None = None
    tasks: Sequence[Task] = ()
    tasks_more: Link | None = None
    they_wait: Sequence[Wait] = ()
    you_wait: Sequence[Wait] = ()
    road: Road | None = None
    road_title: str = "The road of your qualifications"
    road_more: Link | None = None
    news: Sequence[News] = ()
    last_here: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRow:
    """One section of a QAD: a tick an answer, the bodies' opinions, its state."""

    letter: str
    title: str
    url: str
    note: str = ""
    ticks: Ticks
    ready: str = ""
    changed: str = ""
    open: str = ""
    marks: Sequence[Mark] = ()
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionGroup:
    """Sections under one heading: the organisation, or one market role."""

    heading: str
    sections: Sequence[SectionRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitPanel:
    """The foot of the task list: what submitting does, the button, and every objection."""

    title: str
    text: Words
    action: Action | None = None
    also: Link | None = None
    refusal: Refusal | None = None
    field: AnyField | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QadTaskList:
    """``pages/qad_task_list.html``."""

    head: Head
    facts: Sequence[Fact] = ()
    tabs: Sequence[Tab] = ()
    groups: Sequence[SectionGroup] = ()
    submit: SubmitPanel | None = None
    notes: Sequence[Note] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One version or revision of an answer."""

    number: str
    text: Words
    when: str
    locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceList:
    """The evidence under an answer, with its ways to add."""

    items: Sequence[Evidence] = ()
    title: str = "Evidence"
    note: str = ""
    actions: Sequence[Action] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """A folded block of the reading panel: Markdown text or points, and its source."""

    title: str
    markdown: str = ""
    points: Sequence[str] = ()
    source: str = ""
    open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """``pages/question.html``: the writing side. Give ``editor`` or ``record``, not both.

    ``fields`` are the other parts of an answer (choice, date, small table) and
    ``choices`` the ticks under it; they are posted in the editor's form.
    ``partials`` are URLs of panels of a higher floor, loaded by htmx after the page.
    """

    head: Head
    code: str
    question: str
    status: Status | None = None
    live_status: bool = False  # a save by itself renews it
    here_url: str = ""  # asked every so many seconds: who else is on the question
    here_every: int = 30
    stage: str = ""
    read_by: Sequence[Mark] = ()
    copy_url: str = ""
    editor: Editor | None = None
    record: str | None = None
    record_note: Words = ""
    fields: Sequence[AnyField] = ()
    choices: Sequence[AnyField] = ()
    actions: Sequence[Action] = ()
    evidence: EvidenceList | None = None
    history: Sequence[HistoryRow] = ()
    history_more: Link | None = None
    guidance: Sequence[Guidance] = ()
    threads: Sequence[Thread] = ()
    findings: Sequence[Finding] = ()
    partials: Sequence[Link] = ()
    notes: Sequence[Note] = ()

    @property
    def copy_link(self) -> Words:
        """The stable address of the question, to copy and quote."""
        return CopyLink(self.copy_url) if self.copy_url else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffRow:
    """One thing to read before signing; ``end`` is a link or a date at the right."""

    code: Words
    text: Words
    end: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffSection:
    """One numbered part of what the director reads."""

    title: str
    note: Words = ""
    rows: Sequence[SignOffRow] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """``pages/sign_off.html``. Nothing is ticked for the reader.

    ``fields`` hold the tick (a CheckField) and ``hidden`` what else the form posts.
    """

    head: Head
    steps: Sequence[Step] = ()
    sections: Sequence[SignOffSection] = ()
    declaration_title: str = "Your confirmation"
    declaration: str = ""
    facts: Sequence[Fact] = ()
    post_url: str = ""
    hidden: Mapping[str, str] = field(default_factory=dict)
    fields: Sequence[AnyField] = ()
    sign: Action | None = None
    decline: Action | None = None
    refusal: Refusal | None = None
    note: Words = ""
    errors: Sequence[Link] = ()
