"""Search: one field over organisations, answers, what was said of them, and evidence."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.urls import reverse

from foundation import searching
from foundation.clock.words import day
from foundation.ui.blocks import Action, Empty, Tab
from foundation.ui.counting import number, opened
from foundation.ui.fields import TextField
from foundation.ui.pages import Column, Head, ListPage, Row, Table
from foundation.ui.parts import Code, Lines, Mark, Words
from participants.access.addresses import address
from participants.market_roles import MARKET_ROLES
from participants.models import Organisation
from reviews.assembly.search import MOST, Found
from reviews.queries.searching import FoundThread
from submissions import bank
from submissions.presenters import addresses
from submissions.searching import FoundAnswer, FoundEvidence

_TABS = {
    "organisations": "Organisations",
    "answers": "Answers",
    "threads": "Findings and comments",
    "evidence": "Evidence",
}
_HINT = (
    "Words are found in all their forms. Put a phrase in quotation marks, a minus before a word"
    " that must not stand there, or between alternatives. A number like F-12 leads to what is"
    " called so."
)


def search_page(found: Found, *, is_staff: bool, view: str, place: Organisation | None) -> ListPage:
    """Return what was found, one kind at a time; without a search, how to ask."""
    shown = view if view in found.counts else _fullest(found.counts)
    return ListPage(
        head=_head(found, place if is_staff else None),
        tabs=_tabs(found, shown, place),
        search=TextField(
            name="q",
            label="Search",
            value=found.text,
            hide_label=True,
            attrs={"placeholder": "Search", "type": "search", "maxlength": searching.LONGEST},
        ),
        table=_table(found, shown, is_staff) if shown else None,
        empty=_empty(found, shown, is_staff),
        footnote=_footnote(found, shown),
    )


def _fullest(counts: Mapping[str, int]) -> str:
    """The kind that is shown unless another is chosen: the first of which something was found."""
    return next((key for key in _TABS if counts.get(key)), next(iter(counts), ""))


def _url(place: Organisation | None, **asked: str) -> str:
    own = reverse("reviews:search_of", args=[place.slug]) if place else reverse("reviews:search")
    return f"{own}?{urlencode(asked)}"


def _head(found: Found, place: Organisation | None) -> Head:
    count = sum(found.counts.values())
    where = f" in {place.name}" if place else ""
    title = "Search"
    if found.text:
        said = opened(number(count)) if count else "Nothing"
        title = f"{said} found{where}."
    actions = [Action(text="Search everywhere", url=_url(None, q=found.text))] if place else []
    return Head(
        title=title,
        lead=f"For “{found.text}”, as far as you may read." if found.text else _HINT,
        actions=actions,
        browser_title=f"Search: {found.text}" if found.text else "Search",
    )


def _tabs(found: Found, shown: str, place: Organisation | None) -> list[Tab]:
    return [
        Tab(
            label=label,
            url=_url(place, q=found.text, view=key),
            count=found.counts[key],
            current=key == shown,
        )
        for key, label in _TABS.items()
        if key in found.counts
    ]


def _empty(found: Found, shown: str, is_staff: bool) -> Empty:
    if not found.text:
        where = "everything that was submitted to you" if is_staff else "your answers and evidence"
        return Empty(title="What are you looking for?", text=f"The search goes over {where}.")
    if any(found.counts.values()):
        kind = _TABS[shown]
        return Empty(title=f"{kind}: none holds “{found.text}”.", text="The other lists have it.")
    return Empty(title=f"Nothing holds “{found.text}”.", text=_HINT)


def _footnote(found: Found, shown: str) -> Words:
    if not shown or found.counts[shown] <= MOST:
        return ""
    return f"The best {MOST} are shown. Another word narrows them."


def _table(found: Found, shown: str, is_staff: bool) -> Table:
    columns, row = _DRAWN[shown]
    labels = [label for label in columns if is_staff or label != "Participant"]
    return Table(
        caption=_TABS[shown],
        columns=[Column(label=label) for label in labels],
        rows=[row(each, is_staff) for each in getattr(found, shown)],
    )


def _organisation(one: Organisation, is_staff: bool) -> Row:
    return Row(
        cells=[one.name, one.legal_name],
        url=reverse("participants:organisation", args=[one.slug]),
    )


def _answer(one: FoundAnswer, is_staff: bool) -> Row:
    title = bank.of(one.template).question(one.question).title
    url = addresses.question(one.slug, one.part_id, one.section, one.question)
    if is_staff:
        url = address("reviews:part_question", one.slug, one.part_id, one.section, one.question)
    return Row(
        cells=[
            [Code(one.question), f" {title}"],
            *_whose(one.name, is_staff),
            _role(one.role),
            searching.shown(one.snippet),
        ],
        url=url,
    )


def _thread(one: FoundThread, is_staff: bool) -> Row:
    said = Lines([one.subject, searching.shown(one.snippet)])
    url = address("reviews:threads", one.slug, one.part_id, one.question)
    return Row(
        cells=[
            Code(one.reference),
            *_whose(one.name, is_staff),
            Mark(one.body),
            [Code(one.question), f" {_role(one.role)}"],
            one.subject if searching.plain(one.snippet) == one.subject else said,
            day(one.raised_at),
        ],
        url=f"{url}#thread-{one.id}",
    )


def _evidence(one: FoundEvidence, is_staff: bool) -> Row:
    return Row(
        cells=[one.title, one.file_name or "Reference"],
        url=addresses.evidence(one.slug, one.id),
    )


def _whose(name: str, is_staff: bool) -> Sequence[Words]:
    return [name] if is_staff else []


def _role(role: str | None) -> str:
    return MARKET_ROLES[role].short_label if role else "Organisation"


_DRAWN = {
    "organisations": (("Organisation", "Legal name"), _organisation),
    "answers": (("Question", "Participant", "Part", "Found"), _answer),
    "threads": (("Number", "Participant", "Body", "Question", "Found", "Raised"), _thread),
    "evidence": (("Evidence", "File"), _evidence),
}
