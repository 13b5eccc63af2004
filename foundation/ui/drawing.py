"""How Words are drawn: strings are escaped, parts draw themselves."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Protocol, TypeAlias, runtime_checkable

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from foundation.ui import status as states


@runtime_checkable
class Part(Protocol):
    """Anything that draws itself."""

    def __html__(self) -> str: ...


Words: TypeAlias = "str | Part | Sequence[str | Part]"


def words(value: Words | None) -> SafeString:
    """Draw a string, a part or a sequence of both; everything else is escaped."""
    if type(value) is str:
        return SafeString(escape(value))
    if value is None:
        return SafeString()
    if isinstance(value, (list, tuple)):
        return SafeString("".join(map(words, value)))
    return conditional_escape(value)


HIDDEN = format_html(' aria-hidden="{}"', "true")


def plain(value: Words | None) -> str:
    """The text of Words without its mark-up: for titles and labels."""
    pieces = value if isinstance(value, (list, tuple)) else [value]
    texts = [
        piece if isinstance(piece, str) else str(getattr(piece, "text", getattr(piece, "word", "")))
        for piece in pieces
        if piece is not None
    ]
    return "".join(texts)


def shape(kind: str, label: str = "") -> SafeString:
    """The 14 px status shape of a state key or shape name; ``label`` speaks it aloud."""
    return format_html(
        '<svg class="sh c-{}"{}><use href="#s-{}"/></svg>',
        states.colour_of(kind),
        format_html(' role="img" aria-label="{}"', label) if label else HIDDEN,
        states.shape_of(kind),
    )


def icon(name: str) -> SafeString:
    """A 16 px line icon; only ever beside a word."""
    return format_html('<svg class="ic" aria-hidden="true"><use href="#i-{}"/></svg>', name)
