"""The record's words: Markdown to HTML through an allow-list, once for each text."""

from __future__ import annotations

import functools

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {
    "p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a",
    "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "th": {"scope"}}
_SCHEMES = {"http", "https", "mailto"}

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


def _demote(tokens: list[Token]) -> None:
    """Let the author's highest heading stand as h3, below the headings of the page."""
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    if not levels:
        return
    shift = 3 - min(levels)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + shift)}"


@functools.lru_cache(maxsize=2048)
def render(text: str) -> SafeString:
    """Return the HTML of a Markdown text; nothing outside the allow-list survives."""
    tokens = _markdown.parse(text)
    _demote(tokens)
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES)
    # The one place where text becomes HTML: it left the allow-list on the line above.
    return mark_safe(clean)  # noqa: S308


def word_count(text: str) -> int:
    """The number of words, for the foot of the editor."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())
