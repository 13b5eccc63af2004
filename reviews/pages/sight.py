"""A part, or one section of it, as one body has to read it: what needs its eyes, and the rest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from foundation.clock.words import day
from foundation.ui.blocks import Note
from foundation.ui.counting import joined
from foundation.ui.parts import Quiet, Status, Words
from reviews.enums import SETTLED, ThreadState
from reviews.eyes import Eye, Looks, Reason, Seen, eye
from reviews.pages.standing import Standing, is_blank
from reviews.reading import Asked, Content
from submissions.deltas import Turn, delta
from submissions.models import Version
from submissions.resubmission import SentUnchanged
from submissions.template_types import Question


@dataclass(frozen=True, slots=True)
class Gone:
    """A question that was answered on a version that the body looked at and is asked no more."""

    question: Question
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What of a part needs the eyes of the body that reads it; ``held`` is content by version."""

    standing: Standing
    sections: Mapping[str, Sequence[Asked]]
    eyes: Mapping[str, Eye]
    held: Mapping[int, Content]
    looks: Looks

    def needed(self, letter: str = "") -> list[Asked]:
        """Return the answers that need eyes, of all sections or of one."""
        return [
            one
            for name, asked in self.sections.items()
            if letter in ("", name)
            for one in asked
            if self.eyes[one.question.code].is_needed
        ]

    def carried(self, letter: str = "") -> int:
        """Return how many answers keep an opinion that was given on an earlier version."""
        return sum(
            bool(self.eyes[one.question.code].carried_from)
            for name, asked in self.sections.items()
            if letter in ("", name)
            for one in asked
        )

    @property
    def has_looked(self) -> bool:
        """Whether the body said something of this part before."""
        return bool(self.looks.whole or self.looks.by_question)

    @property
    def reads_anything(self) -> bool:
        """Whether any of the answers is the body's to judge."""
        return any(each.seen.is_read for each in self.eyes.values())

    def base_of(self, code: str) -> Version | None:
        """Return the version that an answer is compared with unless the reader names another."""
        reading = self.standing.reading
        looked = self.looks.of(code)
        if Reason.LAPSED in self.eyes[code].reasons:
            looked = self.looks.accepted[code]
        if 0 < looked < reading.newest.number:
            return reading.at(looked)
        return reading.initial or next(iter(reading.earlier), None)

    def gone(self, letter: str) -> list[Gone]:
        """Return what the body looked at in a section and is asked no more."""
        reading = self.standing.reading
        now = self._questions(reading.newest.number, letter)
        found = []
        for question in reading.read_of(reading.template.section(letter)):
            looked = self.looks.of(question.code)
            was = self._questions(looked, letter).get(question.code)
            is_given = was and (was["answer"] or was["evidence"])
            if is_given and delta(was, now.get(question.code)).turn is Turn.WITHDRAWN:
                found.append(Gone(question, looked))
        return found

    def _questions(self, number: int, letter: str) -> dict[str, Mapping]:
        content = self.held.get(number, {}).get(letter, {})
        return {each["code"]: each for each in content.get("questions", ())}


def sight(
    standing: Standing,
    sections: Mapping[str, Sequence[Asked]],
    held: Mapping[int, Content],
    looks: Looks,
) -> Sight:
    """Look at every answer with the eyes of the body that reads."""
    versions = {
        number: {
            each["code"]: each for section in content.values() for each in section["questions"]
        }
        for number, content in held.items()
    }
    eyes = {
        one.question.code: eye(_seen(standing, one, versions, looks))
        for asked in sections.values()
        for one in asked
    }
    return Sight(standing=standing, sections=sections, eyes=eyes, held=held, looks=looks)


def _seen(standing: Standing, one: Asked, versions: Mapping[int, Mapping], looks: Looks) -> Seen:
    code = one.question.code
    looked, accepted = looks.of(code), looks.accepted.get(code, 0)
    return Seen(
        is_read=standing.body in one.readers,
        is_blank=is_blank(one),
        looked=looked,
        accepted=accepted,
        newest=standing.reading.newest.number,
        since=delta(versions.get(looked, {}).get(code), one.now),
        since_accepted=delta(versions.get(accepted, {}).get(code), one.now),
        opinion=standing.own(one),
        references=[
            row.reference
            for row in standing.threads.get(code, ())
            if row.body == standing.body and row.status not in (*SETTLED, ThreadState.PLAN_AGREED)
        ],
    )


_SHAPES = {
    Reason.UNREAD: "ring",
    Reason.NEW: "half",
    Reason.CHANGED: "half",
    Reason.OPEN: "diamond",
    Reason.LAPSED: "broken",
    Reason.NOT_ACCEPTED: "ring",
}


def why(found: Eye) -> Words:
    """Say why an answer needs eyes, or what is carried over from which version."""
    if found.is_needed:
        return Status(in_words(found), _SHAPES[found.reasons[-1]])
    if found.carried_from:
        return Status(f"Carried over from version {found.carried_from}", "check")
    if found.seen.opinion.value in ("accepted", "read") and found.seen.is_read:
        return Status(f"Read on version {found.seen.newest}", "check")
    return Quiet("Left blank" if found.seen.is_read else "For others to read")


def in_words(found: Eye) -> str:
    """Return the reasons as one phrase: "C-4 open; changed since version 1: answer, 2 files"."""
    said = "; ".join(_reason(reason, found.seen) for reason in found.reasons)
    return said[:1].upper() + said[1:]


def _reason(reason: Reason, seen: Seen) -> str:
    since = f"since version {seen.looked}"
    return {
        Reason.UNREAD: "not read yet",
        Reason.NEW: f"new {since}"
        + (f": {seen.since.words}" if seen.since.turn is Turn.GIVEN else ""),
        Reason.CHANGED: f"changed {since}: {seen.since.words}",
        Reason.OPEN: f"{', '.join(seen.references)} open",
        Reason.LAPSED: _with(f"changed since accepted in version {seen.accepted}", seen),
        Reason.NOT_ACCEPTED: f"read on version {seen.looked}, not accepted",
    }[reason]


def _with(said: str, seen: Seen) -> str:
    words = seen.since_accepted.words
    return f"{said}: {words}" if words else f"{said}, and back"


def neighbours(found: Sight, order: Iterable[str], code: str) -> tuple[str, str]:
    """Return the codes before and after one, among those of an order that need eyes."""
    codes = list(order)
    at = codes.index(code)
    before = [each for each in codes[:at] if found.eyes[each].is_needed]
    after = [each for each in codes[at + 1 :] if found.eyes[each].is_needed]
    return (before[-1] if before else ""), (after[0] if after else "")


def came_unchanged(told: SentUnchanged | None, letter: str = "") -> list[Note]:
    """Say which reopened sections came in again as they were, and why."""
    if told is None or letter not in ("", *told.sections):
        return []
    noun = "section" if len(told.sections) == 1 else "sections"
    return [
        Note(
            lead=f"Nothing changed in {noun} {joined(told.sections)}.",
            text=f"{told.by} submitted it all the same on {day(told.at)}: “{told.because}”",
            kind="triangle",
        )
    ]
