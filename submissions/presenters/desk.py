"""All that the page of one question is made of, gathered by its view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Note
from submissions.applicability import AskedQuestion
from submissions.content import Content
from submissions.frozen import FrozenInitial
from submissions.living import LivingAnswer
from submissions.models import AnswerRevision
from submissions.presenters import addresses
from submissions.presenters.states import QuestionState
from submissions.sheet import PartSheet, content_of
from submissions.template_types import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody sent and the portal could not take: it comes back as it was typed."""

    content: Content
    revision: int
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All that the page of one question is made of."""

    slug: str
    own: PartSheet
    one: AskedQuestion
    neighbours: Sequence[QuestionState]  # the section's questions, this one among them
    initial: Mapping[str, Any] | None  # this question, as last submitted at the Initial stage
    initial_row: FrozenInitial | None
    revisions: Sequence[AnswerRevision]
    actor: Actor
    now: datetime
    why_not: str = ""
    typed: Typed | None = None
    lines: int = 0
    notes: Sequence[Note] = ()

    @property
    def question(self) -> Question:
        """The question of the page."""
        return self.one.question

    @property
    def url(self) -> str:
        """The address of the page."""
        return addresses.question(
            self.slug, self.own.part, self.question.section, self.question.code
        )

    @property
    def state(self) -> QuestionState:
        """How far the answer is."""
        return next(state for state in self.neighbours if state.one.code == self.one.code)

    @property
    def answer(self) -> LivingAnswer | None:
        """The living answer's row, or None."""
        return self.own.answers.get(self.one.code)

    @property
    def content(self) -> Content:
        """What the fields show: what was typed and refused, else what is saved."""
        if self.typed:
            return self.typed.content
        return content_of(self.answer) if self.answer else Content()

    @property
    def revision(self) -> int:
        """The revision that a save from this page answers."""
        if self.typed:
            return self.typed.revision
        return self.answer.revision if self.answer else 0
