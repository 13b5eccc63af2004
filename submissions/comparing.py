"""PURE: what differs between two texts, paragraph by paragraph and word by word."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from foundation.ui.blocks import Change, Run

# Comparing takes the time of (pairs of equal pieces) x (places that differ). Beyond the limits a
# stretch is shown as replaced: no answer of any length may hold a page up.
MAX_PAIRS = 60_000
MAX_COUNTERPARTS = 900  # pairs of paragraphs that are weighed against each other
ALIKE = 0.4  # of the words: so much makes a paragraph the same one, reworded
LONG = 1200  # words; longer paragraphs are first brought together sentence by sentence
_WORD = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*|[.!?\n]+")
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])")
_GAP = re.compile(r"\n[ \t]*\n+")
Stretch = tuple[bool, str, str]  # whether it stayed, what it was, what it is


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, without the blank lines between them."""
    return [piece for piece in _GAP.split(text.replace("\r\n", "\n").strip("\n")) if piece.strip()]


def runs(before: str, after: str) -> list[Run]:
    """Return how one paragraph became the other, as stretches that stayed, went or came."""
    is_long = max(len(before), len(after)) > LONG * 6
    found = _by_sentence(before, after) if is_long else _by_word(before, after)
    return _filled([run for piece in _joined(found) for run in _spelt(*piece)])


def blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, slice, slice]]:
    """Yield which pieces of two lists are the same, and which stand in the place of which.

    What both begin and end with is set aside first; what is left is compared if it can be in a
    bounded time, and otherwise counts as replaced.
    """
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    if head:
        yield True, slice(0, head), slice(0, head)
    yield from _between(old, new, head, tail)
    if tail:
        yield True, slice(len(old) - tail, len(old)), slice(len(new) - tail, len(new))


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _between(
    old: Sequence[str], new: Sequence[str], head: int, tail: int
) -> Iterator[tuple[bool, slice, slice]]:
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    if not left and not right:
        return
    counts = Counter(right)
    if sum(counts[piece] for piece in left) > MAX_PAIRS:
        yield False, slice(head, len(old) - tail), slice(head, len(new) - tail)
        return
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        yield tag == "equal", slice(head + a, head + b), slice(head + c, head + d)


def _by_sentence(before: str, after: str) -> list[Stretch]:
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    found: list[Stretch] = []
    for stayed, was, now in blocks(old, new):
        left, right = "".join(old[was]), "".join(new[now])
        found += [(True, left, right)] if stayed else _by_word(left, right)
    return found


def _by_word(before: str, after: str) -> list[Stretch]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    found: list[Stretch] = []
    bare = [[word.strip() for word in words] for words in (old, new)]
    for stayed, was, now in blocks(*bare):
        if stayed:
            for left, right in zip(old[was], new[now], strict=True):
                found += _spaced(left, right)
        else:
            found.append((False, "".join(old[was]), "".join(new[now])))
    return found


def _spaced(left: str, right: str) -> list[Stretch]:
    """Return a word that stayed, apart from the space before it where that differs."""
    if left == right:
        return [(True, left, right)]
    word = left.lstrip()
    gaps = (left[: len(left) - len(word)], right[: len(right) - len(word)])
    return [(False, *gaps), (True, word, word)]


def _joined(found: Iterable[Stretch]) -> list[Stretch]:
    """Join neighbours of one kind: words are replaced by words, not one by one."""
    changed = _one_of_a_kind(found)
    return _one_of_a_kind(piece for each in changed for piece in _without_shared_space(*each))


def _one_of_a_kind(found: Iterable[Stretch]) -> list[Stretch]:
    out: list[Stretch] = []
    for stayed, before, after in found:
        if out and out[-1][0] == stayed:
            out[-1] = (stayed, out[-1][1] + before, out[-1][2] + after)
        elif before or after:
            out.append((stayed, before, after))
    return out


def _without_shared_space(stayed: bool, before: str, after: str) -> list[Stretch]:
    if stayed or not (before and after):
        return [(stayed, before, after)]
    gap = before[: _shared(before, after)]
    gap = gap[: len(gap) - len(gap.lstrip())]
    return [(True, gap, gap), (False, before[len(gap) :], after[len(gap) :])]


def _spelt(stayed: bool, before: str, after: str) -> list[Run]:
    if stayed:
        return [Run(kind="same", text=before)]
    return [Run(kind="del", text=before), Run(kind="ins", text=after)]


def changes(before: str, after: str) -> list[Change]:
    """Return the paragraphs that differ, unchanged ones folded; empty when all is equal."""
    old, new = paragraphs(before), paragraphs(after)
    if old == new:
        return []
    found: list[Change] = []
    for stayed, was, now in blocks(old, new):
        found += [_fold(old[was])] if stayed else _differing(old[was], new[now])
    return found


def _differing(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """Compare each paragraph with the one that it became, not with the one in its place."""
    found, at, place = [], 0, 0
    for left, right in (*_counterparts(old, new), (len(old), len(new))):
        found += _in_place(old[at:left], new[place:right])
        if left < len(old):
            found += _in_place([old[left]], [new[right]])
        at, place = left + 1, right + 1
    return found


def _counterparts(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return which paragraphs are one and the same reworded, in order; the most alike in all."""
    if len(old) * len(new) > MAX_COUNTERPARTS or len(old) == len(new) == 1:
        return []
    words = [[Counter(text.split()) for text in side] for side in (old, new)]
    best = {}  # from (place in old, place in new) to the sum of likenesses and the pairs
    for at in range(len(old), -1, -1):
        for place in range(len(new), -1, -1):
            if at == len(old) or place == len(new):
                best[at, place] = (0.0, ())
                continue
            skipped = max(best[at + 1, place], best[at, place + 1])
            like = _likeness(words[0][at], words[1][place])
            total, pairs = best[at + 1, place + 1]
            paired = (total + like, ((at, place), *pairs))
            best[at, place] = max(skipped, paired) if like >= ALIKE else skipped
    return list(best[0, 0][1])


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    return (old & new).total() / max(old.total(), new.total(), 1)


def _in_place(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    shared = min(len(old), len(new))
    return [
        *(
            Change(kind="changed", runs=runs(_plain(before), _plain(after)))
            for before, after in zip(old, new, strict=False)
        ),
        *(_whole("removed", "del", text) for text in old[shared:]),
        *(_whole("added", "ins", text) for text in new[shared:]),
    ]


def _whole(kind: str, run: str, text: str) -> Change:
    return Change(kind=kind, runs=[Run(kind=run, text=_plain(text))])


def _plain(text: str) -> str:
    """Return a paragraph as it reads, without the signs that make words bold or slanted."""
    return _EMPHASIS.sub("", text)


def _fold(same: Sequence[str]) -> Change:
    count = len(same)
    noun = "paragraph" if count == 1 else "paragraphs"
    return Change(
        kind="same", summary=f"{count} {noun} unchanged.", hidden=[_plain(text) for text in same]
    )


def _filled(found: Sequence[Run]) -> list[Run]:
    return [run for run in found if run.text]
