"""PURE: what differs between two texts, paragraph by paragraph and word by word."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from foundation.ui.blocks import Change, Run

MAX_WORDS = 4000  # beyond it a paragraph is shown as replaced: comparing takes quadratic time
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_GAP = re.compile(r"\n[ \t]*\n+")


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, without the blank lines between them."""
    return [piece for piece in _GAP.split(text.replace("\r\n", "\n").strip("\n")) if piece.strip()]


def runs(before: str, after: str) -> list[Run]:
    """Return how one paragraph became the other, as stretches that stayed, went or came."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > MAX_WORDS:
        return _filled([Run(kind="del", text=before), Run(kind="ins", text=after)])
    found: list[Run] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Run(kind="same", text="".join(old[a:b])))
            continue
        found.append(Run(kind="del", text="".join(old[a:b])))
        found.append(Run(kind="ins", text="".join(new[c:d])))
    return _filled(found)


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
            Change(kind="changed", runs=runs(before, after))
            for before, after in zip(old, new, strict=False)
        ),
        *(Change(kind="removed", runs=[Run(kind="del", text=text)]) for text in old[shared:]),
        *(Change(kind="added", runs=[Run(kind="ins", text=text)]) for text in new[shared:]),
    ]


def _fold(same: Sequence[str]) -> Change:
    count = len(same)
    noun = "paragraph" if count == 1 else "paragraphs"
    return Change(kind="same", summary=f"{count} {noun} unchanged.", hidden=list(same))


def _filled(found: Sequence[Run]) -> list[Run]:
    return [run for run in found if run.text]
