"""Pages of any kind: title block, table, list, form, refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import BaseForm

from foundation.ui.blocks import (
    Action,
    Empty,
    Fact,
    Filter,
    Note,
    Pagination,
    Refusal,
    RefusedReason,
    Tab,
)
from foundation.ui.fields import AnyField
from foundation.ui.parts import Link, Mark, Status, Words, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Title block of a page: way back, state, title, lead, actions at the right."""

    title: Words
    lead: Words = ""
    crumbs: Sequence[Link] = ()
    kicker: Status | None = None
    actions: Sequence[Action] = ()
    browser_title: str = ""

    @property
    def window_title(self) -> str:
        """The title without its parts, for the browser's tab."""
        return self.browser_title or plain(self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; ``align`` is "" or "end", ``whole`` keeps its words on one line."""

    label: str
    align: str = ""
    hidden: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table: one Words a column; ``url`` makes the first cell its link."""

    cells: Sequence[Words]
    url: str = ""
    marked: bool = False
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its caption; ``compact`` is the density of queues."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    compact: bool = False
    show_caption: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """``pages/list.html``: head, facts, tabs, filters, one table, pages, or the empty state."""

    head: Head
    table: Table | None = None
    facts: Sequence[Fact] = ()
    tabs: Sequence[Tab] = ()
    filters: Sequence[Filter] = ()
    search: AnyField | None = None
    empty: Empty | None = None
    pagination: Pagination | None = None
    notes: Sequence[Note] = ()
    footnote: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerBlock:
    """One answer in a page of many; ``changed`` says in words how it changed."""

    code: str
    title: str
    url: str
    question: str = ""
    record: str = ""
    facts: Sequence[tuple[str, Words]] = ()
    status: Status | None = None
    changed: str = ""
    marks: Sequence[Mark] = ()
    talk: Link | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSection:
    """The answers of one section."""

    heading: str
    answers: Sequence[AnswerBlock]
    anchor: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersPage:
    """``pages/answers.html``: many answers to read in one go (check answers, the whole QAD)."""

    head: Head
    sections: Sequence[AnswerSection] = ()
    facts: Sequence[Fact] = ()
    tabs: Sequence[Tab] = ()
    filters: Sequence[Filter] = ()
    notes: Sequence[Note] = ()
    actions: Sequence[Action] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """``pages/form.html``: a Django form, or plain fields, with the error summary first.

    ``errors`` are links to fields; left empty, they are taken from the Django form.
    """

    head: Head
    form: BaseForm | None = None
    fields: Sequence[AnyField] = ()
    errors: Sequence[Link] = ()
    post_url: str = ""
    submit: Action
    also: Action | None = None
    cancel: Link | None = None
    note: Words = ""
    before: Words = ""
    facts: Sequence[Fact] = ()
    multipart: bool = False
    notes: Sequence[Note] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """``errors/409.html`` and its kin; each template has its own words without one."""

    head: Head
    reasons: Sequence[RefusedReason] = ()
    actions: Sequence[Action] = ()
    foot: Words = ""
