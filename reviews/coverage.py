"""PURE: what of a QAD as it stands an earlier signature no longer covers (R105, R111, D.6)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Data = Mapping[str, Any]  # what ``content_to_sign`` puts together


@dataclass(frozen=True, slots=True)
class Section:
    """A section whose content is another one than what was signed."""

    part: str  # "organisation" or "role"
    letter: str
    questions: Sequence[str] = ()  # empty where only its frame changed, or while nobody looked

    @property
    def words(self) -> str:
        """The questions by their codes, or the section as a whole."""
        return ", ".join(self.questions) or f"section {self.letter}"


@dataclass(frozen=True, slots=True)
class Lost:
    """All that is different now; nothing where the signature covers the QAD as it stands."""

    sections: Sequence[Section] = ()
    items: Sequence[str] = ()  # open findings and observations that came, went or changed
    others: Sequence[str] = ()  # assertions, reports, MPIDs, the applicant itself

    def __bool__(self) -> bool:
        return bool(self.sections or self.items or self.others)

    @property
    def words(self) -> str:
        """Everything in one line: "H03, section J, F-2, the QT report"."""
        return ", ".join([*(each.words for each in self.sections), *self.items, *self.others])


_OTHERS = {
    "assertions": "the Management Assertion",
    "reports": "the test completion reports",
}
_APPLICANT = {
    "mpids": "the MPIDs",
    "organisation": "the name of the company",
    "company_number": "the company number",
    "role": "the market role",
    "route": "the route",
}


def lost(signed: Data, now: Data) -> Lost:
    """Return what differs between the content that was signed and the content as it stands.

    The words of the declaration are not compared: they name who signs.
    """
    applicant, present = signed["qualification"], now["qualification"]
    return Lost(
        sections=list(_sections(signed, now)),
        items=_items(signed["open_items"], now["open_items"]),
        others=[
            *(word for name, word in _OTHERS.items() if signed[name] != now[name]),
            *(word for name, word in _APPLICANT.items() if applicant[name] != present[name]),
        ],
    )


def _sections(signed: Data, now: Data) -> Iterator[Section]:
    before, after = _hashes(signed), _hashes(now)
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield Section(*key)


def _hashes(content: Data) -> dict[tuple[str, str], str]:
    return {
        (part["part"], each["section"]): each["sha256"]
        for part in content["parts"]
        for each in part["sections"]
    }


def _items(before: Sequence[Data], after: Sequence[Data]) -> list[str]:
    old = {each["reference"]: each for each in before}
    new = {each["reference"]: each for each in after}
    return [key for key in sorted(old.keys() | new.keys()) if old.get(key) != new.get(key)]
