"""How far an answer and a section are, in words, shapes and ticks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from foundation.ui.parts import Mark, Status
from submissions.applicability import AskedQuestion
from submissions.content import is_blank
from submissions.enums import SectionState, Stage
from submissions.models import SectionProgress
from submissions.services.freezing import section_content
from submissions.sheet import PartSheet, content_of
from submissions.versions import changed_questions


class Progress(StrEnum):
    """How far one answer is."""

    BLANK = "blank"
    DRAFT = "draft"
    READY = "ready"
    GIVEN_NOT_APPLICABLE = "given_not_applicable"
    NOT_ASKED = "not_asked"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class QuestionState:
    """One question of a part, as far as it is."""

    one: AskedQuestion
    progress: Progress
    is_answered: bool
    changed: bool

    @property
    def counts(self) -> bool:
        """Whether the question is put at this stage at all (R96)."""
        return self.progress not in (Progress.NOT_ASKED, Progress.LATER)

    @property
    def is_done(self) -> bool:
        """Whether its author calls it ready, and it is answered."""
        return self.progress in (Progress.READY, Progress.GIVEN_NOT_APPLICABLE)

    @property
    def tick(self) -> str:
        """The kind of tick that stands for it."""
        if self.progress is Progress.GIVEN_NOT_APPLICABLE or not self.counts:
            return "na"
        if self.progress is Progress.READY:
            return "changed" if self.changed else "done"
        return self.progress.value

    @property
    def shape(self) -> str:
        """The state key that is drawn before it in a list of questions."""
        return _SHAPES[self.progress]

    def status(self, stage: str, tag: bool = False) -> Status:
        """Return the state in a word with its shape."""
        words = {
            Progress.BLANK: "Blank",
            Progress.DRAFT: "Draft" if self.is_answered else "Draft, not answered yet",
            Progress.READY: f"Ready for {Stage(stage).label}",
            Progress.GIVEN_NOT_APPLICABLE: "Not applicable, with a reason",
            Progress.NOT_ASKED: "Not asked of you",
            Progress.LATER: "Asked at Final",
        }
        return Status(words[self.progress], self.shape, tag)


_SHAPES = {
    Progress.BLANK: "not_started",
    Progress.DRAFT: "draft",
    Progress.READY: "ready",
    Progress.GIVEN_NOT_APPLICABLE: "not_applicable",
    Progress.NOT_ASKED: "not_applicable",
    Progress.LATER: "not_due",
}


def states_of(
    own: PartSheet, initial: Mapping[str, Mapping[str, Any]]
) -> dict[str, list[QuestionState]]:
    """Return the questions of a part by section letter, each with how far it is.

    ``initial`` is what was last submitted at the Initial stage, by section letter.
    """
    by_section: dict[str, list[AskedQuestion]] = {}
    for one in own.questions:
        by_section.setdefault(one.question.section, []).append(one)
    found = {}
    for letter, asked in by_section.items():
        before = initial.get(letter)
        changed = set(changed_questions(before, section_content(own, letter)) if before else ())
        found[letter] = [state_of(own, one, one.code in changed) for one in asked]
    return found


def state_of(own: PartSheet, one: AskedQuestion, changed: bool) -> QuestionState:
    """Return how far the answer to one question is."""
    answered = own.is_answered(one)
    return QuestionState(one, _progress(own, one, answered), answered, changed)


def _progress(own: PartSheet, one: AskedQuestion, answered: bool) -> Progress:
    if not one.applies:
        return Progress.NOT_ASKED
    if not one.is_open:
        return Progress.LATER
    answer = own.answers.get(one.code)
    if answered and answer and answer.is_not_applicable:
        return Progress.GIVEN_NOT_APPLICABLE
    if answered and answer and answer.is_ready:
        return Progress.READY
    something = answered or own.evidence.get(one.code)
    if something or (answer and not is_blank(content_of(answer))):
        return Progress.DRAFT
    return Progress.BLANK


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of some questions."""

    asked: int
    ready: int
    blank: int
    drafts: int
    changed: int


def tally(states: Iterable[QuestionState]) -> Tally:
    """Count questions by how far they are; what is not put at this stage counts nowhere."""
    held = [state for state in states if state.counts]
    return Tally(
        asked=len(held),
        ready=sum(state.is_done for state in held),
        blank=sum(state.progress is Progress.BLANK for state in held),
        drafts=sum(state.progress is Progress.DRAFT for state in held),
        changed=sum(state.changed for state in held),
    )


def section_status(states: Sequence[QuestionState], row: SectionProgress | None) -> Status:
    """Return where a section stands, in a word with its shape."""
    counts = tally(states)
    state = row.status if row else SectionState.OPEN
    if not counts.asked:
        later = any(one.progress is Progress.LATER for one in states)
        return Status("Asked at Final", "not_due") if later else Status("", "not_applicable")
    if state == SectionState.LOCKED:
        return Status("Locked", "locked")
    if state == SectionState.SUBMITTED_INITIAL:
        return Status("Submitted, changed since" if counts.changed else "Submitted", "submitted")
    if state == SectionState.REOPENED:
        return Status("Reopened for you", "your_move")
    return _open_status(counts)


def _open_status(counts: Tally) -> Status:
    if counts.ready == counts.asked:
        return Status("", "ready")
    if counts.blank == counts.asked:
        return Status("", "not_started")
    if counts.blank:
        return Status(f"{counts.blank} blank", "draft")
    return Status(f"{counts.drafts} in draft", "draft")


def read_by(states: Iterable[QuestionState]) -> list[Mark]:
    """Return the marks of the bodies that read these questions, in their order."""
    found = {body for state in states if state.counts for body in state.one.reviewers}
    return [Mark(body) for body in ("BSC", "REC", "DIP") if body in found]


def count_of(number: int, noun: str, plural: str = "") -> str:
    """Return "1 answer" or "3 answers"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
