"""How far an answer and a section are, in words, shapes and ticks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from foundation.ui.parts import Mark, Status
from foundation.ui.status import word_of
from participants.enums import REVIEWING_BODIES
from submissions.applicability import AskedQuestion
from submissions.content import is_answered, is_blank
from submissions.enums import SectionState, Stage
from submissions.living import LivingSection
from submissions.models import SectionProgress
from submissions.opinions import CONTENT, NONE, Open, Opinion, Opinions
from submissions.opinions import together as opinion_of
from submissions.services.freezing import section_content
from submissions.sheet import PartSheet
from submissions.versions import changed_questions


class Progress(StrEnum):
    """How far one answer is."""

    BLANK = "blank"
    DRAFT = "draft"
    READY = "ready"
    GIVEN_NOT_APPLICABLE = "given_not_applicable"
    NOT_ASKED = "not_asked"
    LATER = "later"
    AT_SIGN_OFF = "at_sign_off"


@dataclass(frozen=True, slots=True)
class QuestionState:
    """One question of a part, as far as it is."""

    one: AskedQuestion
    progress: Progress
    is_answered: bool
    changed: bool
    opinions: Mapping[str, Opinion] = field(default_factory=dict)  # of the bodies that read it
    was_submitted: bool = False  # an answer to it stands in what the bodies have before them
    open: Sequence[Open] = ()
    come_back: bool = False
    lacks_evidence: bool = False  # all is said, and the evidence that it needs is not there

    @property
    def counts(self) -> bool:
        """Whether the question is put at this stage at all (R96)."""
        return self.progress not in (Progress.NOT_ASKED, Progress.LATER, Progress.AT_SIGN_OFF)

    @property
    def is_done(self) -> bool:
        """Whether its author calls it ready, and it is answered."""
        return self.progress in (Progress.READY, Progress.GIVEN_NOT_APPLICABLE)

    @property
    def tick(self) -> str:
        """The kind of tick that stands for it."""
        if self.progress is Progress.GIVEN_NOT_APPLICABLE or not self.counts:
            return "na"
        if self.asks:
            return "reply"
        if self.progress is Progress.READY:
            return "changed" if self.changed else "accepted" if self.is_content else "done"
        return self.progress.value

    @property
    def asks(self) -> bool:
        """Whether a body waits for a reply or a plan here."""
        return any(each.asks for each in self.open)

    @property
    def is_content(self) -> bool:
        """Whether every body that reads it is content with what was submitted."""
        return bool(self.opinions) and all(each in CONTENT for each in self.opinions.values())

    @property
    def is_accepted(self) -> bool:
        """Whether it is ready, and as every body that reads it is content with it."""
        return self.is_done and self.is_content and not self.changed

    @property
    def shape(self) -> str:
        """The state key that is drawn before it in a list of questions."""
        if self.asks:
            return "reply_needed"
        if self.come_back:
            return "come_back"
        return "accepted" if self.is_accepted else _SHAPES[self.progress]

    @property
    def word(self) -> str:
        """The word of its shape in a list of questions."""
        if self.asks or self.come_back or self.is_accepted:
            return word_of(self.shape)
        return ""

    @property
    def _draft_word(self) -> str:
        if self.lacks_evidence:
            return "Answered, evidence missing"
        return "Draft" if self.is_answered else "Draft, not answered yet"

    def status(self, stage: str, tag: bool = False) -> Status:
        """Return how far its author is, in a word with its shape."""
        words = _WORDS | {
            Progress.DRAFT: self._draft_word,
            Progress.READY: f"Ready for {Stage(stage).label}",
        }
        return Status(words[self.progress], _SHAPES[self.progress], tag)


_WORDS = {
    Progress.BLANK: "Blank",
    Progress.GIVEN_NOT_APPLICABLE: "Not applicable, with a reason",
    Progress.NOT_ASKED: "Not asked of you",
    Progress.LATER: "Asked at Final",
    Progress.AT_SIGN_OFF: "Given at sign-off",
}
_SHAPES = {
    Progress.BLANK: "not_started",
    Progress.DRAFT: "draft",
    Progress.READY: "ready",
    Progress.GIVEN_NOT_APPLICABLE: "not_applicable",
    Progress.NOT_ASKED: "not_applicable",
    Progress.LATER: "not_due",
    Progress.AT_SIGN_OFF: "not_due",
}


def states_of(
    own: PartSheet,
    initial: Mapping[str, Mapping[str, Any]],
    opinions: Opinions = NONE,
    flagged: Collection[str] = (),
) -> dict[str, list[QuestionState]]:
    """Return the questions of a part by section letter, each with how far it is.

    ``initial`` is what was last submitted at the Initial stage, by section letter; ``flagged``
    are the questions that their authors mean to come back to.
    """
    by_section: dict[str, list[AskedQuestion]] = {}
    for one in own.questions:
        by_section.setdefault(one.question.section, []).append(one)
    found: dict[str, list[QuestionState]] = {}
    for letter, asked in by_section.items():
        before = initial.get(letter)
        is_final = _is_final_in(own, letter)
        now = section_content(own, letter) if before or is_final else None
        changed = set(changed_questions(before, now) if before else ())
        read = _given(now if is_final else before)
        for one in asked:
            answered = own.is_answered(one)
            state = QuestionState(
                one,
                _progress(own, one, answered),
                answered,
                one.code in changed,
                opinions=_opinions(one, opinions, one.code in read),
                was_submitted=one.code in read,
                open=opinions.open.get(one.code, ()),
                come_back=one.code in flagged,
                lacks_evidence=not answered and _lacks_evidence(own, one),
            )
            found.setdefault(letter, []).append(state)
    return found


def _lacks_evidence(own: PartSheet, one: AskedQuestion) -> bool:
    answer = own.answers.get(one.code)
    if answer is None or is_blank(answer) or own.evidence.get(one.code):
        return False
    return is_answered(one.question, answer, 1)


def _is_final_in(own: PartSheet, letter: str) -> bool:
    row = own.sections.get(letter)
    return row is not None and row.status in (SectionState.LOCKED, SectionState.REOPENED)


def _given(content: Mapping[str, Any] | None) -> set[str]:
    """Return the questions that were answered in what the bodies have before them."""
    asked = content["questions"] if content else ()
    return {each["code"] for each in asked if each["answer"] or each["evidence"]}


def _opinions(one: AskedQuestion, opinions: Opinions, was_read: bool) -> dict[str, Opinion]:
    """Return what each body says of an answer; of a blank it says nothing but what it asks."""
    said = {body: opinions.of(one.code, body) for body in one.reviewers}
    if was_read:
        return said
    return {body: each if each is Opinion.ASKS else Opinion.NOT_READ for body, each in said.items()}


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
    if something or (answer and not is_blank(answer)):
        return Progress.DRAFT
    return Progress.AT_SIGN_OFF if one.question.has("at_sign_off") else Progress.BLANK


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of some questions."""

    asked: int
    ready: int
    blank: int
    drafts: int
    changed: int
    accepted: int = 0
    asked_about: int = 0
    to_come_back: int = 0


def tally(states: Iterable[QuestionState]) -> Tally:
    """Count questions by how far they are; what is not put at this stage counts nowhere."""
    held = [state for state in states if state.counts]
    return Tally(
        asked=len(held),
        ready=sum(state.is_done for state in held),
        blank=sum(state.progress is Progress.BLANK for state in held),
        drafts=sum(state.progress is Progress.DRAFT for state in held),
        changed=sum(state.changed for state in held),
        accepted=sum(state.is_accepted for state in held),
        asked_about=sum(state.asks for state in held),
        to_come_back=sum(state.come_back for state in held),
    )


def together(counts: Iterable[Tally]) -> Tally:
    """Add counts up."""
    held = [[getattr(each, name) for name in Tally.__slots__] for each in counts]
    return Tally(*(map(sum, zip(*held, strict=True)) if held else [0] * len(Tally.__slots__)))


def section_status(
    states: Sequence[QuestionState],
    row: SectionProgress | LivingSection | None,
    counts: Tally | None = None,
) -> Status:
    """Return where a section stands, in a word with its shape; what a body asks comes first."""
    counts = counts or tally(states)
    state = row.status if row else SectionState.OPEN
    if not counts.asked:
        later = [one for one in states if one.progress in (Progress.LATER, Progress.AT_SIGN_OFF)]
        return (
            Status(_WORDS[later[0].progress], "not_due") if later else Status("", "not_applicable")
        )
    asking = [each for one in states for each in one.open if each.asks]
    if asking:
        return Status("", "reply_needed" if any(e.is_comment for e in asking) else "plan_needed")
    if counts.accepted == counts.asked:
        return Status("", "accepted")
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
    """Return the marks of the bodies that read these questions, each with its opinion so far."""
    said: dict[str, list[Opinion]] = {}
    for state in states:
        if state.counts:
            for body, opinion in state.opinions.items():
                held = said.setdefault(body, [])
                if state.was_submitted or opinion is Opinion.ASKS:
                    held.append(opinion)
    return [Mark(body, opinion_of(said[body]).value) for body in REVIEWING_BODIES if body in said]


def count_of(number: int, noun: str, plural: str = "") -> str:
    """Return "1 answer" or "3 answers"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
