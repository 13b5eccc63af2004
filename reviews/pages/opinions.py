"""What a body says of one answer, in words: for the bodies and for the owner alike."""

from collections.abc import Callable, Mapping

from foundation.clock.words import day
from foundation.ui.pages import Opinion
from foundation.ui.parts import Mark, Status
from reviews.opinions import PartSaid
from submissions.opinions import Opinion as Said
from submissions.opinions import Opinions


def opinion(said: PartSaid, opinions: Opinions, code: str, body: str) -> Opinion:
    """Say what a body thinks of an answer so far, and what that rests on."""
    word, state, note = _WORDS[opinions.of(code, body)](said, code, body)
    return Opinion(mark=Mark(body), status=Status(word, state), note=note)


def _open_of(said: PartSaid, code: str, body: str) -> str:
    held = (each for each in said.threads if (each.question, each.body) == (code, body))
    return ", ".join(each.reference for each in held)


def _accepted(said: PartSaid, code: str, body: str) -> tuple[str, str, str]:
    given = said.standing_acceptance(code, body)
    planned = _open_of(said, code, body)
    if given is None:
        return "Approved with the part", "accepted", planned
    carried = ", carried over" if given.version < said.newest else ""
    note = f"{given.by}, version {given.version}, {day(given.at)}{carried}"
    return "", "accepted", f"{note}; {planned} planned" if planned else note


def _read(said: PartSaid, code: str, body: str) -> tuple[str, str, str]:
    if planned := _open_of(said, code, body):
        return "", "plan_agreed", planned
    ended = [each for each in said.reviews if each.body == body and each.completed_at]
    last = max(ended, key=lambda each: each.completed_at)
    return "Nothing open", "check", f"{last.completed_by}, {day(last.completed_at)}"


def _lapsed(said: PartSaid, code: str, body: str) -> tuple[str, str, str]:
    given = said.acceptance(code, body)
    return "Lapsed by edit", "lapsed", f"{given.by} accepted version {given.version}"


def _reading(said: PartSaid, code: str, body: str) -> tuple[str, str, str]:
    if planned := _open_of(said, code, body):
        return "", "plan_agreed", planned
    return "", "reading", said.review(body).started_by


_WORDS: Mapping[Said, Callable[[PartSaid, str, str], tuple[str, str, str]]] = {
    Said.ACCEPTED: _accepted,
    Said.READ: _read,
    Said.LAPSED: _lapsed,
    Said.ASKS: lambda said, code, body: ("", "asks_for_more", _open_of(said, code, body)),
    Said.WAITING: lambda said, code, body: (
        "Has its turn", "with_body", _open_of(said, code, body)
    ),
    Said.READING: _reading,
    Said.NOT_READ: lambda said, code, body: ("", "not_read", ""),
}  # fmt: skip
