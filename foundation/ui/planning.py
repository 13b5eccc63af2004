"""A board on which cards are moved between columns; drawn from strings: it may hold hundreds.

Without script each card folds out buttons, one a column, of one form on the page; with script
the card is dragged, or picked up and moved by keys, and the same button is pressed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.ui.parts import Words, words

FORM = "mover"  # the id of the one form that all buttons belong to


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """One way to move a card: the column, and what the form is sent."""

    column: str
    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCard:
    """A card; ``kind`` is "", moved (dashed copper), left (struck), or risk."""

    ident: str
    title: str
    url: str = ""
    line: str = ""
    status: Words = ""
    notes: Sequence[Words] = ()
    kind: str = ""
    puts: Sequence[Put] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanColumn:
    """A column: its head, what waits for it, its cards, and those folded away."""

    key: str
    title: str
    lines: Sequence[Words] = ()
    said: str = ""
    waits: Words = ""
    cards: Sequence[PlanCard] = ()
    folded: Sequence[PlanCard] = ()
    foot: Words = ""


def column(each: PlanColumn) -> SafeString:
    """Draw one column."""
    lines = format_html_join("", '<p class="head-line">{}</p>', ((words(w),) for w in each.lines))
    waits = format_html('<div class="waits-here">{}</div>', words(each.waits)) if each.waits else ""
    folded = ""
    if each.folded:
        folded = format_html(
            '<details class="more-cards"><summary>{} more</summary>{}</details>',
            len(each.folded),
            _cards(each.folded),
        )
    foot = format_html('<p class="q head-line">{}</p>', words(each.foot)) if each.foot else ""
    return format_html(
        '<section data-column="{}" data-said="{}" aria-label="{}"><h2>{}</h2>{}{}{}{}{}</section>',
        each.key,
        each.said,
        each.title,
        each.title,
        lines,
        waits,
        _cards(each.cards),
        folded,
        foot,
    )


def _cards(cards: Sequence[PlanCard]) -> SafeString:
    return SafeString("".join(card(each) for each in cards))


def card(each: PlanCard) -> str:
    """Draw one card."""
    title = (
        format_html('<a href="{}">{}</a>', each.url, each.title) if each.url else words(each.title)
    )
    notes = "".join(f'<p class="q">{words(note)}</p>' for note in each.notes)
    line = f'<p class="q">{words(each.line)}</p>' if each.line else ""
    return (
        f'<article class="board-card plan-card {each.kind}" id="c-{each.ident}"'
        f"{_DRAGGABLE if each.puts else ''}>{_grip(each)}<h3>{title}</h3>{line}"
        f"{words(each.status)}{notes}{_puts(each)}</article>"
    )


_DRAGGABLE = " data-card"


def _grip(each: PlanCard) -> str:
    if not each.puts:
        return ""
    return format_html(
        '<button type="button" class="grip" data-grip hidden aria-describedby="board-keys">'
        '<span class="vh">Move {}, {}</span></button>',
        each.title,
        each.line,
    )


def _puts(each: PlanCard) -> str:
    if not each.puts:
        return ""
    buttons = "".join(
        f'<button form="{FORM}" name="put" value="{put.value}" data-to="{put.column}"'
        f' class="btn btn-small">{put.label}</button>'
        for put in each.puts
    )
    return f'<details class="card-puts"><summary>Move to</summary><div>{buttons}</div></details>'
