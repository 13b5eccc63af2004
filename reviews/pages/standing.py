"""How the answers of a part stand for the body that reads them: as ticks, shapes and words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from foundation.ui.parts import Mark, Status
from participants.enums import REVIEWING_BODIES
from reviews.enums import SETTLED, Side, ThreadState
from reviews.models import Thread
from reviews.reading import Asked, Reading
from submissions.opinions import CONTENT, Opinion, Opinions, together

Threads = Mapping[str, Sequence[Thread]]  # by question code

LEGEND = {
    "your_move": "Your move",
    "with_body": "Waits for somebody",
    "lapsed": "Changed since you accepted it",
    "check": "Accepted, or nothing left open",
    "half": "Changed since Initial",
    "ring": "Not accepted yet",
    "dash": "Left blank",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A part under review with its threads, and with what every body says of its answers."""

    reading: Reading
    threads: Threads
    opinions: Opinions

    @property
    def body(self) -> str:
        """The body that reads."""
        return self.reading.actor.body

    def open(self, one: Asked) -> list[Thread]:
        """Return what is not settled on an answer."""
        held = self.threads.get(one.question.code, ())
        return [row for row in held if row.status not in SETTLED]

    def own(self, one: Asked) -> Opinion:
        """Return what the reading body says of an answer so far."""
        return self.opinions.of(one.question.code, self.body)

    def is_content(self, one: Asked) -> bool:
        """Return whether the reading body is content with an answer."""
        return self.own(one) in CONTENT

    def tick(self, one: Asked) -> str:
        """Return the kind of tick that stands for an answer."""
        if any(waits_for_reply(row) for row in self.open(one)):
            return "reply"
        if is_blank(one):
            return "blank"
        if self.is_content(one):
            return "accepted"
        return "changed" if one.changed else "done"

    def shape(self, one: Asked) -> str:
        """Return the shape before an answer in the rail; ``LEGEND`` has the words."""
        held = self.open(one)
        if any(row.body == self.body and row.holder == Side.BODY for row in held):
            return "your_move"
        if any(row.status != ThreadState.PLAN_AGREED for row in held):
            return "with_body"
        if is_blank(one):
            return "dash"
        if self.own(one) is Opinion.LAPSED:
            return "lapsed"
        if self.is_content(one):
            return "check"
        return "half" if one.changed else "ring"

    def left(self, asked: Iterable[Asked]) -> list[Asked]:
        """Return the answers that the reading body could accept now."""
        return [
            one
            for one in asked
            if self.body in one.readers
            and not is_blank(one)
            and not self.is_content(one)
            and not any(row.body == self.body for row in self.open(one))
        ]

    def marks(self, asked: Iterable[Asked]) -> list[Mark]:
        """Return the bodies that read some answers, each with what it says of them all."""
        held = list(asked)
        found = []
        for body in REVIEWING_BODIES:
            own = [one for one in held if body in one.readers]
            if own:
                given = [one.question.code for one in own if not is_blank(one)]
                said = together(self.opinions.of(code, body) for code in given)
                found.append(Mark(body, said.value))
        return found

    def status(self, asked: Sequence[Asked]) -> Status:
        """Return where some answers stand for the reading body."""
        still_open = [row for one in asked for row in self.open(one)]
        own = [row for row in still_open if row.body == self.body]
        if any(row.holder == Side.BODY for row in own):
            return Status("Your move", "your_move")
        if any(waits_for_reply(row) for row in own):
            return Status("With the participant", "with_body")
        if own:
            return Status("", "plan_agreed")
        if any(row.status != ThreadState.PLAN_AGREED for row in still_open):
            return Status("Another body asks", "with_body")
        return self._settled([one for one in asked if not is_blank(one)])

    def _settled(self, given: Sequence[Asked]) -> Status:
        left = [one for one in given if self.body in one.readers and not self.is_content(one)]
        if any(self.own(one) is Opinion.LAPSED for one in left):
            return Status("Changed since accepted", "lapsed")
        if given and not left:
            return Status("", "accepted")
        return Status(f"{len(left)} to accept" if left else "Nothing open", "ring")


def waits_for_reply(row: Thread) -> bool:
    """Return whether the participant has to say something."""
    return row.holder == Side.PARTICIPANT and row.status != ThreadState.PLAN_AGREED


def is_blank(one: Asked) -> bool:
    """Return whether nothing was answered."""
    return one.now["answer"] is None and not one.now["evidence"]


def answer_status(one: Asked) -> Status:
    """Return how an answer stands beside what the Initial said."""
    if is_blank(one):
        return Status("Left blank", "not_started")
    if one.before is not None and one.before["answer"] is None and one.changed:
        return Status("", "new")
    return Status("Changed", "half") if one.changed else Status("As submitted", "submitted")
