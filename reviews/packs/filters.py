"""Template filters of the print: dates, hashes, marks and people's Markdown."""

from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reviews.packs import prose
from reviews.packs.changes import Change, change_of, change_words
from reviews.packs.sections import Answer, Answers, DefectRow, Line, Mark, Weight, When

register = Library()

LONDON = ZoneInfo("Europe/London")
SHORT_NAME = 40  # characters of a name in a running head


@register.filter
def short(value: When) -> str:
    """Return a date as "2 Apr 2026", and words as they stand."""
    return f"{value.day} {value:%b %Y}" if isinstance(value, date) else value


@register.filter
def long(value: When) -> str:
    """Return a date as "2 April 2026", and words as they stand."""
    return f"{value.day} {value:%B %Y}" if isinstance(value, date) else value


@register.filter
def stamp(moment: datetime) -> str:
    """Return a moment as "17 April 2026, 14:06:31 BST"."""
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%B %Y, %H:%M:%S %Z}"


@register.filter
def utc_time(moment: datetime) -> str:
    """Return the UTC time of a moment as "13:06:31 UTC"."""
    return f"{moment.astimezone(UTC):%H:%M:%S} UTC"


@register.filter
def iso(moment: datetime) -> str:
    """Return a moment for the file's own metadata."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


@register.filter
def groups(digest: str) -> str:
    """Return a hash in groups of eight."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


@register.filter
def brief(digest: str) -> str:
    """Return the first twelve characters of a hash, as they stand at the foot of a page."""
    return " ".join(digest[at : at + 4] for at in range(0, 12, 4))


@register.filter
def head_name(name: str) -> str:
    """Return a name that fits a running head."""
    return name if len(name) <= SHORT_NAME else f"{name[: SHORT_NAME - 1].rstrip()}…"


@register.filter
def mark(state: Mark | Line) -> SafeString:
    """Return a state in a word, a ticked word, a frame, or white on black."""
    word = state.word if isinstance(state, Mark) else state.text
    if state.weight is Weight.PLAIN or not word:
        return format_html("{}", word)
    return format_html('<span class="mark-{}">{}</span>', state.weight.value, word)


@register.filter
def printed(text: str) -> SafeString:
    """Return Markdown as inert HTML for paper."""
    return prose.printed(text)


class Seen(NamedTuple):
    """An answer as the page shows it: how it moved, in words, and its text."""

    moved: str
    html: SafeString
    is_rewritten: bool


@register.filter
def seen(answer: Answer, answers: Answers) -> Seen:
    """Return an answer's text with what changed since the earlier stage marked."""
    change = change_of(answer, answers)
    if change is Change.CHANGED:
        html = prose.marked(answer.text, answer.earlier or "")
    elif change in (Change.REWRITTEN, Change.NEW):
        html = prose.barred(answer.text)
    else:
        html = prose.printed(answer.text)
    return Seen(change_words(change, answers), html, change is Change.REWRITTEN)


@register.filter
def word_count(text: str) -> int:
    """Return the number of words."""
    return len(text.split())


@register.filter
def and_list(words: tuple[str, ...]) -> str:
    """Return words as "LARK, LRKB and LRKC"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


@register.filter
def bold_list(words: tuple[str, ...]) -> SafeString:
    """Return words as a list in a sentence, each of them bold."""
    bold = [format_html("<b>{}</b>", word) for word in words]
    last = format_html(" and {}", bold.pop()) if len(bold) > 1 else ""
    return format_html("{}{}", format_html_join(", ", "{}", ((word,) for word in bold)), last)


@register.filter
def bar_width(count: int, most: int) -> str:
    """Return the class of a piece of the defect picture: its width in whole millimetres of 45."""
    return f"wide-{max(1, round(45 * count / most))}" if count and most else "wide-0"


@register.filter
def most_open(rows: tuple[DefectRow, ...]) -> int:
    """Return the largest number of open defects at any gate."""
    return max((sum(row.counts) for row in rows), default=0)


@register.filter
def serious(row: DefectRow) -> int:
    """Return the open defects of severity 1 and 2."""
    return row.counts[0] + row.counts[1]
