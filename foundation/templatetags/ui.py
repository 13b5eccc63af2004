"""The components, for templates: ``{% load ui %}`` brings all of them.

The small parts of a line are here; ``ui_blocks`` has the larger ones, ``ui_forms`` the
fields. Each tag takes plain values, mostly the dataclasses of ``foundation.ui``.
"""

from collections.abc import Sequence
from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.templatetags import ui_blocks, ui_forms
from foundation.ui import parts, record
from foundation.ui import ticks as rulers
from foundation.ui.road_drawing import card_ruler_svg

register = template.Library()
for _library in (ui_blocks.register, ui_forms.register):
    register.tags.update(_library.tags)
    register.filters.update(_library.filters)


@register.filter
def words(value: parts.Words) -> SafeString:
    """Draw a string, a part (Link, Status, Mark, ...) or a sequence of both."""
    return parts.words(value)


@register.filter(name="record")
def record_filter(text: str) -> SafeString:
    """Render the record's Markdown."""
    return record.render(text or "")


@register.simple_tag
def shape(kind: str, label: str = "") -> SafeString:
    """The status shape of a state key or shape name."""
    return parts.shape(kind, label)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon; only ever beside a word."""
    return parts.icon(name)


@register.simple_tag
def brand_mark() -> SafeString:
    """The mark of the portal: a dial half gone round."""
    return format_html('<svg aria-hidden="true"><use href="#{}"/></svg>', "brand")


@register.simple_tag
def status(word: str, kind: str, tag: bool = False) -> SafeString:
    """A state in its word, shape and colour; ``tag`` puts it on its tint."""
    return parts.words(parts.Status(word, kind, tag))


@register.simple_tag
def body_mark(body: str, opinion: str = "") -> SafeString:
    """The mark of BSC, REC or DIP, with its opinion inside."""
    return parts.words(parts.Mark(body, opinion))


@register.simple_tag
def ticks(
    kinds: Sequence[str], text: str = "", show_text: bool = False, size: str = "", group: int = 0
) -> SafeString:
    """A tick a thing, with its count in words."""
    return parts.words(parts.Ticks(kinds, text, show_text, size, group))


@register.simple_tag
def clock(
    elapsed: int,
    left: int,
    text: str = "",
    paused: int = 0,
    over: int = 0,
    show_text: bool = True,
    size: str = "",
) -> SafeString:
    """A tick a day of a clock, with its words."""
    days = rulers.clock_days(elapsed, left, paused=paused, over=over)
    return parts.words(parts.Clock(days, text, show_text, size))


@register.simple_tag
def date_link(
    text: str, url: str = "", card: parts.DateCard | None = None, after: str = ""
) -> SafeString:
    """A date that explains itself."""
    return parts.words(parts.DateLink(text, url, card, after))


@register.inclusion_tag("components/date_card.html")
def date_card(card: parts.DateCard, id: str) -> dict[str, object]:
    """The card alone, as the fragment that a date's page answers to htmx."""
    return {"card": card, "id": id}


@register.simple_tag
def day_ruler(moment: datetime, size: str = "") -> SafeString:
    """The 48 half-hours of the day, the present one in copper."""
    return rulers.day_ruler(moment, size=size)


@register.simple_tag
def half_hour(moment: datetime) -> int:
    """The number of the half-hour, 1 to 48."""
    return rulers.half_hour(moment)


@register.simple_tag
def card_ruler(ruler: parts.Ruler) -> SafeString:
    """The small ruler of a date card."""
    return card_ruler_svg(ruler)
