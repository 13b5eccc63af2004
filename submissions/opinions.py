"""What the bodies say of answers, as the owner's own pages show it.

Judgement is passed a floor above, which this floor does not know. That floor names one reader when
the portal starts, and the pages ask it (docs/decisions/0004-opinions-on-the-owners-pages.md).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Opinion(StrEnum):
    """What a body says of an answer or of a section; each is drawn inside the body's mark."""

    ACCEPTED = "accepted"  # it said so of this answer, or approved the whole part
    READ = "read"  # it ended its review and left nothing open here
    LAPSED = "lapsed"  # it had accepted what the answer said before
    ASKS = "asks"
    WAITING = "waiting"  # it has to answer
    READING = "reading"
    NOT_READ = "not_read"


CONTENT = (Opinion.ACCEPTED, Opinion.READ)


@dataclass(frozen=True, slots=True)
class Open:
    """Something that a body keeps open on an answer."""

    reference: str
    body: str
    noun: str  # thread, observation or finding
    waits_for_owner: bool
    is_planned: bool

    @property
    def is_comment(self) -> bool:
        """Whether a reply is what it waits for, rather than a plan."""
        return self.noun == "thread"

    @property
    def asks(self) -> bool:
        """Whether the owner has to say something now."""
        return self.waits_for_owner and not self.is_planned


@dataclass(frozen=True, slots=True)
class Opinions:
    """What the bodies say of one part.

    ``begun`` is what holds of a body where ``said`` has nothing on a question.
    """

    said: Mapping[tuple[str, str], Opinion] = field(default_factory=dict)  # by question and body
    begun: Mapping[str, Opinion] = field(default_factory=dict)
    open: Mapping[str, Sequence[Open]] = field(default_factory=dict)  # by question

    def of(self, question: str, body: str) -> Opinion:
        """Return what a body says of the answer to a question."""
        found = self.said.get((question, body))
        return found or self.begun.get(body, Opinion.NOT_READ)


NONE = Opinions()
Source = Callable[[Iterable[UUID]], Mapping[UUID, Opinions]]
_source: Source | None = None


def told_by(source: Source) -> None:
    """Name who knows what the bodies say; done once, by the floor that judges."""
    global _source
    _source = source


def of_parts(part_ids: Iterable[UUID]) -> Mapping[UUID, Opinions]:
    """Return what the bodies say of parts, in one statement; parts without opinions may lack."""
    return _source(part_ids) if _source else {}


def together(said: Iterable[Opinion]) -> Opinion:
    """Return what a body says of several answers at once: the one that matters most."""
    found = list(said)
    for first in (Opinion.ASKS, Opinion.LAPSED):
        if first in found:
            return first
    if found and all(each in CONTENT for each in found):
        return Opinion.ACCEPTED
    if any(each is not Opinion.NOT_READ for each in found):
        return Opinion.READING
    return Opinion.NOT_READ
