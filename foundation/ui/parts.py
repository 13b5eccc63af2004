"""The small parts of a line: each a plain value that can draw itself as safe HTML.

``words()`` turns a string, a part, or a sequence of both into HTML; strings are escaped.
Lists of fifty rows are made of these, so they are built from strings, not templates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.ui import status as states
from foundation.ui.dates import DateCard, DateLink, Ruler
from foundation.ui.drawing import HIDDEN, Part, Words, icon, plain, shape, words
from foundation.ui.ticks import clock_svg, tick_svg

__all__ = [
    "Bare",
    "Clock",
    "Code",
    "CopyLink",
    "DateCard",
    "DateLink",
    "Deleted",
    "Inserted",
    "Key",
    "KeyLink",
    "Lines",
    "Link",
    "Mark",
    "Marks",
    "Part",
    "Quiet",
    "Record",
    "Ruler",
    "Status",
    "Strong",
    "Ticks",
    "Words",
    "icon",
    "plain",
    "shape",
    "words",
]


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads somewhere; without a URL it is plain text."""

    text: str
    url: str = ""
    hint: str = ""

    def __html__(self) -> str:
        if not self.url:
            return conditional_escape(self.text)
        hint = format_html(' <span class="vh">{}</span>', self.hint) if self.hint else ""
        return format_html('<a href="{}">{}{}</a>', self.url, self.text, hint)


@dataclass(frozen=True, slots=True)
class CopyLink:
    """An address to copy; without script it is a plain link to the same page."""

    url: str
    text: str = "Copy address"

    def __html__(self) -> str:
        return format_html(
            '<a href="{}" data-copy>{} <span>{}</span></a>', self.url, icon("chain"), self.text
        )


@dataclass(frozen=True, slots=True)
class KeyLink:
    """A link that a single key follows too."""

    text: str
    url: str
    key: str

    def __html__(self) -> str:
        return format_html(
            '<a class="key-link" href="{}" data-key="{}"><kbd>{}</kbd> {}</a> ',
            self.url,
            self.key.lower(),
            self.key,
            self.text,
        )


@dataclass(frozen=True, slots=True)
class Strong:
    """Words of weight."""

    text: Words

    def __html__(self) -> str:
        return format_html("<strong>{}</strong>", words(self.text))


@dataclass(frozen=True, slots=True)
class Quiet:
    """Words in the second ink: help, facts."""

    text: Words

    def __html__(self) -> str:
        return format_html('<span class="q">{}</span>', words(self.text))


@dataclass(frozen=True, slots=True)
class Code:
    """An identifier: MPID, F-12, H03."""

    text: str

    def __html__(self) -> str:
        return format_html('<span class="id">{}</span>', self.text)


@dataclass(frozen=True, slots=True)
class Record:
    """A few words of the record itself, in its face."""

    text: str

    def __html__(self) -> str:
        return format_html('<span class="rec">{}</span>', self.text)


@dataclass(frozen=True, slots=True)
class Inserted:
    """Words added between two versions."""

    text: str

    def __html__(self) -> str:
        return format_html("<ins>{}</ins>", self.text)


@dataclass(frozen=True, slots=True)
class Deleted:
    """Words removed between two versions."""

    text: str

    def __html__(self) -> str:
        return format_html("<del>{}</del>", self.text)


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the keyboard."""

    text: str

    def __html__(self) -> str:
        return format_html("<kbd>{}</kbd>", self.text)


@dataclass(frozen=True, slots=True)
class Lines:
    """Several Words, one below the other; all but the first in the second ink."""

    items: Sequence[Words]

    def __html__(self) -> str:
        first, *rest = self.items
        lines = [f'<span class="q ln">{words(item)}</span>' for item in rest]
        return SafeString(words(first) + "".join(lines))


@dataclass(frozen=True, slots=True)
class Status:
    """A state: its word with its shape. ``tag`` puts it on its tint.

    ``kind`` is a key of ``status.STATES`` or a shape; an empty word takes the table's.
    """

    word: str
    kind: str
    tag: bool = False

    def __html__(self) -> str:
        return _status(self.word, self.kind, self.tag)


@lru_cache(maxsize=2_000)  # the rows of a list say the same few words
def _status(word: str, kind: str, tag: bool) -> SafeString:
    return format_html(
        '<span class="st c-{}{}"><svg class="sh" aria-hidden="true">'
        '<use href="#s-{}"/></svg>{}</span>',
        states.colour_of(kind),
        " tag" if tag else "",
        states.shape_of(kind),
        word or states.word_of(kind),
    )


@dataclass(frozen=True, slots=True)
class Bare:
    """Words that stand among states but are none, set in line with them."""

    text: str

    def __html__(self) -> str:
        return format_html('<span class="st bare">{}</span>', self.text)


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a body (BSC square, REC round, DIP pointed), with its opinion inside.

    Any other short name ("QTM") gets a plain tag.
    """

    body: str
    opinion: str = ""

    def __html__(self) -> str:
        return _mark(self.body, self.opinion)


@lru_cache(maxsize=200)
def _mark(body: str, opinion: str) -> SafeString:
    known = body if body in ("BSC", "REC", "DIP") else "other"
    inside = states.OPINIONS[opinion]
    if not inside:
        return format_html('<span class="bm bm-{}">{}</span>', known.lower(), body)
    return format_html(
        '<span class="bm bm-{}"><svg class="sh"{}><use href="#s-{}"/></svg>{}'
        '<span class="vh"> {}</span></span>',
        known.lower(),
        HIDDEN,
        inside,
        body,
        states.OPINION_WORDS[opinion],
    )


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of several bodies in a row."""

    marks: Sequence[Mark]

    def __html__(self) -> str:
        return format_html(
            '<span class="bms">{}</span>',
            format_html_join(" ", "{}", ((mark,) for mark in self.marks)),
        )


@dataclass(frozen=True, slots=True)
class Ticks:
    """A tick a thing; see ``ticks.KINDS`` for the kinds. ``text`` is said, and shown if asked.

    ``size`` is "", "medium" or "large"; ``group`` sets a gap after every so many ticks.
    """

    kinds: Sequence[str]
    text: str = ""
    show_text: bool = False
    size: str = ""
    group: int = 0

    def __html__(self) -> str:
        svg = tick_svg(self.kinds, size=self.size, group=self.group)
        if not self.text:
            return svg
        name = "tx" if self.show_text else "vh"
        return format_html('{}<span class="{}">{}</span>', svg, name, self.text)


@dataclass(frozen=True, slots=True)
class Clock:
    """A tick a day; ``days`` is made by ``ticks.clock_days``. ``text`` says it in words."""

    days: str
    text: Words = ""
    show_text: bool = False
    size: str = ""

    def __html__(self) -> str:
        name = "tx" if self.show_text else "vh"
        svg = clock_svg(self.days, size=self.size)
        if not self.text:
            return svg
        return format_html('{}<span class="{}">{}</span>', svg, name, words(self.text))
