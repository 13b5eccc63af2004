"""A date that explains itself, and the card that says why."""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.ui.drawing import Words

if TYPE_CHECKING:  # parts.py hands these dates on, so it is read after this module
    from foundation.ui.parts import Link, Status


@dataclass(frozen=True, slots=True)
class Ruler:
    """The small ruler of a date card: days from ``start`` to the date, and to the cap."""

    days: int
    start: str
    start_note: str = ""
    due: str = ""
    due_note: str = ""
    cap_days: int | None = None
    cap: str = ""
    elapsed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCard:
    """Why a date is its date. ``rows`` are further (label, Words) pairs."""

    question: str
    status: Status | None = None
    what: Words = ""
    ruler: Ruler | None = None
    rule: Words = ""
    sum: Words = ""
    cap: Words = ""
    note: Words = ""
    clause: Words = ""
    version: Words = ""
    changed: Words = ""
    moves_if: Words = ""
    rows: Sequence[tuple[str, Words]] = ()
    links: Sequence[Link] = ()

    @property
    def left(self) -> list[tuple[str, Words]]:
        """How the date was reckoned."""
        pairs = [("Rule", self.rule), ("Sum", self.sum), ("Cap", self.cap), ("Note", self.note)]
        return [pair for pair in pairs if pair[1]]

    @property
    def right(self) -> list[tuple[str, Words]]:
        """Where it comes from and what would move it."""
        pairs = [
            ("Clause", self.clause),
            ("Version", self.version),
            ("Changed", self.changed),
            ("Moves if", self.moves_if),
            *self.rows,
        ]
        return [pair for pair in pairs if pair[1]]


_serial = itertools.count(1)


@dataclass(frozen=True, slots=True)
class DateLink:
    """A date that explains itself: by the card given, or by the page at ``url``.

    With ``url`` alone the card is fetched when asked for (the page answers htmx requests
    with the fragment ``components/date_card.html``): right for lists. With neither it is
    plain text. ``after`` follows in the second ink ("rule", "cap").
    """

    text: str
    url: str = ""
    card: DateCard | None = None
    after: str = ""

    def __html__(self) -> str:
        after = format_html(' <span class="q sm">{}</span>', self.after) if self.after else ""
        if self.card is not None:
            ident = f"d{os.getpid():x}-{next(_serial):x}"
            card = render_to_string("components/date_card.html", {"card": self.card, "id": ident})
            # The template ends in a line break, which would stand before the next letter.
            card = SafeString(card.strip())
            return format_html(
                '<button type="button" class="date" popovertarget="{}">{}</button>{}{}',
                ident,
                self.text,
                card,
                after,
            )
        if self.url:
            return format_html(
                '<a class="date" href="{}" data-date>{}</a>{}', self.url, self.text, after
            )
        return format_html("{}{}", self.text, after)
