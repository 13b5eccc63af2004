"""PURE: what differs between two texts, paragraph by paragraph and word by word."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from foundation.ui.blocks import Change, Run

MAX_WORDS = 4000  # beyond it a paragraph is shown as replaced: comparing takes quadratic time
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])")
_GAP = re.compile(r"\n[ \t]*\n+")


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, without the blank lines between them."""
    return [piece for piece in _GAP.split(text.replace("\r\n", "\n").strip("\n")) if piece.strip()]


def runs(before: str, after: str) -> list[Run]:
    """Return how one paragraph became the other, as stretches that stayed, went or came."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > MAX_WORDS:
        return _filled([Run(kind="del", text=before), Run(kind="ins", text=after)])
    found: list[tuple[bool, str, str]] = []  # whether it stayed, what it was, what it is
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        found.append((tag == "equal", "".join(old[a:b]), "".join(new[c:d])))
    return _filled([run for piece in _joined(found) for run in _spelt(*piece)])


def _joined(found: Sequence[tuple[bool, str, str]]) -> list[tuple[bool, str, str]]:
    """Join changes that only a space keeps apart: words are replaced by words, not one by one."""
    out: list[tuple[bool, str, str]] = []
    for at, (stayed, before, after) in enumerate(found):
        is_gap = stayed and not before.strip() and 0 < at < len(found) - 1
        if out and not out[-1][0] and (is_gap or not stayed):
            out[-1] = (False, out[-1][1] + before, out[-1][2] + after)
        else:
            out.append((stayed, before, after))
    return out


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
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        found += [_fold(old[a:b])] if tag == "equal" else _differing(old[a:b], new[c:d])
    return found


def _differing(old: Sequence[str], new: Sequence[str]) -> list[Change]:
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
