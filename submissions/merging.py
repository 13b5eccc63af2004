"""PURE: two saves of one answer brought together; what only one changed needs no decision."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from submissions.comparing import paragraphs
from submissions.content import Content

THEIRS, YOURS, BOTH, CHOICE, ANEW = "theirs", "yours", "both", "choice", "anew"
ALIKE = 0.5  # the share of words by which a changed paragraph is still the same one
_PLAIN = ("is_not_applicable", "not_applicable_reason", "is_ready", "come_back")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the two differ from what both began with, and whose stands.

    ``kind`` is theirs or yours (only one changed it), both (the same change) or choice.
    ``key`` names the place: "text:3", "value.rows", "is_ready".
    """

    key: str
    kind: str
    base: Any
    theirs: Any
    yours: Any

    @property
    def is_text(self) -> bool:
        """Whether the place is a stretch of the prose."""
        return self.key.startswith("text:")


@dataclass(frozen=True, slots=True)
class Merge:
    """Base, theirs and yours side by side."""

    base: Content
    theirs: Content
    yours: Content
    blocks: tuple[Difference | str, ...]  # the prose: unchanged paragraphs and differences
    rest: tuple[Difference, ...]

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Every difference, those settled by themselves first."""
        found = [one for one in self.blocks if isinstance(one, Difference)] + list(self.rest)
        return tuple(sorted(found, key=lambda one: one.kind == CHOICE))

    @property
    def open_choices(self) -> tuple[Difference, ...]:
        """The differences that somebody has to decide."""
        return tuple(one for one in self.differences if one.kind == CHOICE)


def merge(base: Content, theirs: Content, yours: Content) -> Merge:
    """Compare two contents with the one that both began with."""
    return Merge(
        base,
        theirs,
        yours,
        tuple(_blocks(base.text, theirs.text, yours.text)),
        tuple(_rest(base, theirs, yours)),
    )


def shared(theirs: Content, yours: Content) -> Content:
    """Return the paragraphs that two contents share, where what both began with is not known."""
    left, right = paragraphs(theirs.text), paragraphs(yours.text)
    return Content(text="\n\n".join(left[place] for place in sorted(_matches(left, right))))


def result(found: Merge, choices: Mapping[str, str]) -> Content | None:
    """Return the merged content, or None while a choice is open."""
    if any(choices.get(one.key) not in (THEIRS, YOURS, ANEW) for one in found.open_choices):
        return None
    text = "\n\n".join(
        piece
        for block in found.blocks
        for piece in ([block] if isinstance(block, str) else _settled(block, choices))
    )
    value = dict(found.theirs.value)
    plain: dict[str, Any] = {}
    for one in found.rest:
        taken = _settled(one, choices)[-1]
        if not one.key.startswith("value."):
            plain[one.key] = taken
        elif taken is None:
            value.pop(one.key.removeprefix("value."), None)
        else:
            value[one.key.removeprefix("value.")] = taken
    return replace(found.theirs, text=text, value=value, **plain)


def _settled(one: Difference, choices: Mapping[str, str]) -> list[Any]:
    taken = choices.get(one.key, "") if one.kind == CHOICE else one.kind
    if one.is_text and taken == ANEW:
        return [side for side in (one.theirs, one.yours) if side]
    side = one.yours if taken in (YOURS, ANEW) else one.theirs
    return [] if one.is_text and not side else [side]


def _kind(base: Any, theirs: Any, yours: Any) -> str:
    if theirs == yours:
        return BOTH
    if theirs == base:
        return YOURS
    return THEIRS if yours == base else CHOICE


def _rest(base: Content, theirs: Content, yours: Content) -> Iterator[Difference]:
    sides = [
        {f"value.{key}": value for key, value in side.value.items()}
        | {name: getattr(side, name) for name in _PLAIN}
        for side in (base, theirs, yours)
    ]
    for key in dict.fromkeys(key for side in sides for key in side):
        was, one, other = (side.get(key) for side in sides)
        if not was == one == other:
            yield Difference(key, _kind(was, one, other), was, one, other)


def _blocks(base: str, theirs: str, yours: str) -> Iterator[Difference | str]:
    sides = paragraphs(base), paragraphs(theirs), paragraphs(yours)
    to_left, to_right = _pairs(sides[0], sides[1]), _pairs(sides[0], sides[2])
    stretches = _stretches(len(sides[0]), to_left, to_right, len(sides[1]), len(sides[2]))
    number = 0
    for spans in stretches:
        was, one, other = (
            "\n\n".join(side[a:b]) for side, (a, b) in zip(sides, spans, strict=True)
        )
        if was == one == other:
            if was:
                yield was
            continue
        yield Difference(f"text:{number}", _kind(was, one, other), was, one, other)
        number += 1


def _stretches(
    length: int, to_left: Mapping[int, int], to_right: Mapping[int, int], left: int, right: int
) -> Iterator[tuple[tuple[int, int], ...]]:
    """Cut the three texts at every paragraph that has its counterpart in all of them."""
    at = (0, 0, 0)
    for place in range(length):
        if place in to_left and place in to_right:
            here = (place, to_left[place], to_right[place])
            yield tuple(zip(at, here, strict=True))
            at = tuple(each + 1 for each in here)
            yield tuple(zip(here, at, strict=True))
    yield tuple(zip(at, (length, left, right), strict=True))


def _pairs(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return which paragraph became which: the same one, or one much like it in its place."""
    found: dict[int, int] = {}
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for place, other in zip(range(a, b), range(c, d), strict=False):
            if tag == "equal" or _alike(old[place], new[other]):
                found[place] = other
    return found


def _alike(before: str, after: str) -> bool:
    return SequenceMatcher(None, before.split(), after.split(), autojunk=False).ratio() > ALIKE


def _matches(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    found = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {a + step: b + step for a, b, size in found for step in range(size)}
