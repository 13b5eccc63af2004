"""PURE: which answers a body has to read again, and why; what it said of the rest carries over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from reviews.opinions import PartSaid
from reviews.opinions.rules import VersionSaid
from submissions.deltas import Delta, Turn
from submissions.opinions import CONTENT, Opinion


class Reason(StrEnum):
    """Why an answer needs a body's eyes."""

    UNREAD = "unread"  # the body has said nothing of it yet
    NEW = "new"  # asked or answered since the body looked
    CHANGED = "changed"
    OPEN = "open"  # the body keeps something open on it
    LAPSED = "lapsed"  # changed since it was accepted, though the body looked at it since
    NOT_ACCEPTED = "not_accepted"  # looked at as it is, and not accepted


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known of one answer and one body."""

    is_read: bool  # whether the body reads the question at all
    is_blank: bool = False
    looked: int = 0  # the last version on which the body said something of it; 0 for never
    accepted: int = 0  # the version on which it accepted the answer; 0 for never
    newest: int = 1
    since: Delta = Delta()  # what differs since the version looked at
    since_accepted: Delta = Delta()
    opinion: Opinion = Opinion.NOT_READ
    references: Sequence[str] = ()  # what the body keeps open


@dataclass(frozen=True, slots=True, kw_only=True)
class Eye:
    """Whether an answer needs eyes: the reasons, or the version that the opinion carries from."""

    reasons: tuple[Reason, ...] = ()
    seen: Seen

    @property
    def is_needed(self) -> bool:
        """Whether the body has to read the answer."""
        return bool(self.reasons)

    @property
    def carried_from(self) -> int:
        """The version on which the standing opinion was given, where that is an earlier one."""
        stands = self.seen.opinion in CONTENT and not self.reasons and self.seen.is_read
        return self.seen.looked if stands and self.seen.looked < self.seen.newest else 0


def eye(seen: Seen) -> Eye:
    """Return whether an answer needs the eyes of a body.

    New or changed since the body looked, something of its own still open, or never accepted; a
    blank that nothing was ever said of leaves nothing to read.
    """
    if not seen.is_read:
        return Eye(seen=seen)
    found = [] if not seen.references else [Reason.OPEN]
    if seen.looked == 0:
        found += [] if seen.is_blank else [Reason.UNREAD]
    elif seen.since:
        is_new = seen.since.turn in (Turn.ASKED, Turn.GIVEN)
        found.append(Reason.NEW if is_new else Reason.CHANGED)
    elif seen.opinion is Opinion.LAPSED:
        found.append(Reason.LAPSED)
    if not found and not seen.is_blank and seen.opinion not in CONTENT:
        found.append(Reason.NOT_ACCEPTED)
    return Eye(reasons=tuple(found), seen=seen)


@dataclass(frozen=True, slots=True)
class Looks:
    """The last version that a body said something of: of the whole part, and of each answer."""

    whole: int = 0
    by_question: Mapping[str, int] = field(default_factory=dict)
    accepted: Mapping[str, int] = field(default_factory=dict)  # whether that stands or not

    def of(self, question: str) -> int:
        """Return the last version of an answer that the body looked at; 0 for none."""
        return max(self.whole, self.by_question.get(question, 0))


def looks(
    said: PartSaid,
    body: str,
    spoken: Iterable[tuple[str, int]],
    settled: Iterable[tuple[str, datetime]],
) -> Looks:
    """Return what a body looked at last.

    It accepted or approved, ended a review or confirmed, wrote in a thread (``spoken``: question
    and version), or settled one (``settled``: question and moment).
    """
    ended = [each.completed_at for each in said.reviews if each.body == body and each.completed_at]
    whole = [*(standing_at(said.versions, at) for at in ended), said.approved.get(body, 0)]
    found: dict[str, int] = {}
    own = [(each.question, each.version) for each in said.acceptances if each.body == body]
    moments = [(code, standing_at(said.versions, at)) for code, at in settled]
    for code, number in (*own, *spoken, *moments):
        found[code] = max(found.get(code, 0), number)
    return Looks(max(whole), found, dict(own))


def standing_at(versions: Iterable[VersionSaid], at: datetime) -> int:
    """Return the number of the version that stood at a moment; 0 before the first."""
    return max((each.number for each in versions if each.submitted_at <= at), default=0)
