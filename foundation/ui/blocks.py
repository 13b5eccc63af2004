"""The larger parts of a page as plain values; templates/components draws them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from foundation.ui.actions import Action
from foundation.ui.comparing import (
    Change,
    Merge,
    MergeRow,
    MergeSide,
    RowChange,
    Run,
    TableChange,
    ValueChange,
)
from foundation.ui.parts import DateLink, Link, Mark, Status, Words
from foundation.ui.status import colour_of, shape_of

__all__ = [
    "Action",
    "ApprovalCell",
    "Board",
    "BoardCard",
    "Change",
    "Empty",
    "Evidence",
    "Fact",
    "Filter",
    "FilterOption",
    "Finding",
    "JobProgress",
    "Merge",
    "MergeRow",
    "MergeSide",
    "Message",
    "Note",
    "Pagination",
    "Refusal",
    "RefusedReason",
    "Reply",
    "RowChange",
    "Run",
    "Step",
    "Tab",
    "TableChange",
    "Thread",
    "ValueChange",
    "VerdictBar",
    "VerdictChoice",
    "WhatIf",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A label and its value: one of a facts bar, or a line of a summary list.

    ``action`` is the "Change" link of a summary list.
    """

    label: str
    value: Words
    note: str = ""
    action: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One of several views of the same thing; each has its own address."""

    label: str
    url: str
    current: bool = False
    count: int | None = None
    locked: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterOption:
    """One choice of a filter's menu."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A chip. Chosen (``clear_url``) it can be taken off; with ``options`` it is a menu.

    With neither, ``url`` makes it a plain toggle, on when ``on``.
    """

    label: str
    clear_url: str = ""
    options: Sequence[FilterOption] = ()
    url: str = ""
    on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A message on the page. ``kind`` is a state key or shape; ``text`` follows the lead."""

    lead: str
    text: Words = ""
    kind: str = "check"
    action: Action | None = None
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why something cannot be done yet: every reason, its holder, and the way on."""

    title: str
    reasons: Sequence[Words]
    note: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedReason:
    """One numbered reason of a refusal page."""

    title: str
    text: Words = ""
    rule: str = ""
    holder: str = ""
    links: Sequence[Link] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """What stands where nothing is yet: why, and what happens next. ``figure`` may be ticks."""

    title: str
    text: Words = ""
    more: Words = ""
    figure: Words = ""
    figure_note: str = ""
    actions: Sequence[Action] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagination:
    """Where the reader is in a long list. ``summary`` says it: "51 to 100 of 240"."""

    summary: str
    previous_url: str = ""
    next_url: str = ""
    pages: Sequence[FilterOption] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a thread. ``own`` ones stand on sunken paper."""

    author: str
    when: str
    text: str
    mark: Mark | None = None
    note: Words = ""
    own: bool = False
    draft: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The reply box of a thread: where it posts, whom it reaches, which version it answers."""

    url: str
    button: str
    note: str = ""
    name: str = "text"
    value: str = ""
    label: str = "Your reply"
    error: str = ""
    hidden: Mapping[str, str] = field(default_factory=dict)
    extra: Sequence[Action] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A subject between bodies and participant; messages oldest first.

    ``status`` says whose turn it is. ``foot`` stands below everything. ``way`` is that of a
    finding: its severity, steps, plan and acts stand in the same card as what was said.
    """

    subject: str
    messages: Sequence[Message]
    marks: Sequence[Mark] = ()
    status: Status | None = None
    reply: Reply | None = None
    foot: Words = ""
    anchor: str = ""
    actions: Sequence[Action] = ()
    internal: bool = False
    way: Finding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a short way: ``state`` is done, now or ahead."""

    label: str
    note: str = ""
    state: str = "ahead"
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A finding card. ``yours`` gives the copper edge; otherwise another holds it."""

    mark: Mark
    number: str
    severity: str
    status: Status
    sentence: str
    url: str = ""
    yours: bool = False
    steps: Sequence[Step] = ()
    facts: Sequence[Fact] = ()
    who_clears: str = ""
    actions: Sequence[Action] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A file, or a reference to something held elsewhere (``reference``)."""

    name: str
    url: str = ""
    note: Words = ""
    status: Status | None = None
    reference: bool = False
    actions: Sequence[Action] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalCell:
    """A cell of the matrix: state, reason, holder and since. ``span`` joins columns.

    ``url`` leads to what is missing. Only settled or wrong cells are tinted.
    """

    status: Status
    text: Words = ""
    holder: str = ""
    since: str = ""
    span: int = 1
    url: str = ""
    locked: bool = False
    figure: Words = ""

    @property
    def tint(self) -> str:
        """The tint of the cell: settled or wrong, never merely waiting."""
        if self.locked:
            return "slate"
        colour = colour_of(self.status.kind)
        return colour if colour in ("verdigris", "ochre", "crimson", "copper") else ""

    @property
    def settled(self) -> bool:
        """Whether nothing is missing here: met, or not needed."""
        return shape_of(self.status.kind) in ("check", "dash")


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictChoice:
    """One of the equal choices of a verdict bar; ``key`` is its letter."""

    label: str
    value: str
    key: str
    icon: str = ""
    shape: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictBar:
    """The sticky foot of a review page: none chosen, and what will be sent is previewed.

    Choices with a ``url`` are links to their form; the others post ``name=value``.
    """

    title: str
    choices: Sequence[VerdictChoice]
    url: str = ""
    name: str = "verdict"
    note: str = "Nothing is chosen for you"
    hidden: Mapping[str, str] = field(default_factory=dict)
    drafts: Link | None = None
    next: Action | None = None
    preview: str = ""
    reasons: Sequence[Words] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JobProgress:
    """Background work that the page watches; ``poll_url`` answers with this fragment again.

    Leave ``poll_url`` empty when the work has ended.
    """

    done: int
    total: int
    text: str
    poll_url: str = ""
    ident: str = "job"
    seconds: int = 2
    result: Link | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A column of a board: head, capacity ticks, cards, and what is not shown."""

    title: str
    lines: Sequence[Words] = ()
    cards: Sequence[BoardCard] = ()
    more: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCard:
    """A card of a board; ``kind`` is "", moved (dashed copper), left (struck) or risk."""

    title: str
    url: str = ""
    line: str = ""
    status: Status | None = None
    note: Words = ""
    kind: str = ""
    actions: Sequence[Action] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The striped head of a page that shows a copy of the real thing."""

    title: str
    text: Words
    facts: Sequence[Fact] = ()
    actions: Sequence[Action] = ()
    due: DateLink | None = None
