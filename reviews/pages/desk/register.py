"""The register of findings and observations, with comments beside: of one organisation, or all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.urls import reverse

from foundation.clock.words import day, days
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Empty, Filter, Pagination, Tab
from foundation.ui.counting import number, opened
from foundation.ui.pages import Column, Head, ListPage, Row, Table
from foundation.ui.parts import Code, Lines, Link, Mark, Quiet, Status, Words
from participants.market_roles import MARKET_ROLES
from participants.models import Organisation
from reviews.enums import SETTLED, Severity, Side, ThreadKind, ThreadState
from reviews.pages.desk.queue import thread_url
from reviews.pages.desk.unfound import nothing_found
from reviews.pages.desk.words import ago
from reviews.queries.register import Raised
from submissions import bank
from waves.queries import Owed

FOOTNOTE = (
    "Only the body that raised something may clear it. At a decision every finding and observation"
    " is cleared, or planned with the body that raised it (QA&P 11.3)."
)
_TABS = {
    "open": "Open",
    "plans": "Plans running",
    "cleared": "Cleared",
    "comments": "Comments",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What the register is made of; without an organisation it is that of a whole body."""

    rows: Sequence[Raised]
    counts: Mapping[str, int]
    view: str
    actor: Actor
    today: date
    filters: Sequence[Filter]
    pagination: Pagination | None
    url: str
    organisation: Organisation | None = None
    reading: Sequence[Owed] = ()

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter is on."""
        return any(each.clear_url or each.on for each in self.filters)


def register_page(found: Register) -> ListPage:
    """Return one view of the register."""
    return ListPage(
        head=_head(found),
        tabs=[
            Tab(
                label=label,
                url=found.url if key == "open" else f"{found.url}?view={key}",
                count=found.counts[key],
                current=key == found.view,
            )
            for key, label in _TABS.items()
        ],
        filters=found.filters if found.counts[found.view] else (),
        table=Table(
            caption=f"Findings and plans: {_TABS[found.view].lower()}",
            columns=_columns(found),
            rows=[_row(found, each) for each in found.rows],
            compact=True,
        ),
        empty=_empty(found),
        pagination=found.pagination,
        footnote=FOOTNOTE if found.rows else "",
    )


def _head(found: Register) -> Head:
    place = found.organisation
    crumbs = []
    if place and found.actor.is_staff:
        home = reverse("participants:organisation", args=[place.slug])
        crumbs = [Link(place.name, home), Link("Findings and plans")]
    lead = "What the bodies raised on every QAD that you read."
    if place:
        theirs = f"the QAD of {place.name}"
        lead = f"What the bodies raised on {'your QAD' if found.actor.is_participant else theirs}."
    return Head(title=_title(found), lead=lead, crumbs=crumbs, browser_title="Findings and plans")


def _title(found: Register) -> str:
    counts, count = found.counts, found.counts["open"]
    if not sum(counts[key] for key in _TABS):
        return "Findings and plans"
    if not count:
        plans = counts["plans"]
        running = f" {opened(number(plans))} plan{' is' if plans == 1 else 's are'} running."
        return f"No finding is open.{running if plans else ''}"
    yours = counts["yours"]
    whose = "you" if found.actor.is_participant else found.actor.body
    said = opened(f"{number(count)} {'is' if count == 1 else 'are'} open.")
    if not yours:
        return f"{said} None waits for {whose}."
    if yours == count:
        return f"{said} {'It waits' if count == 1 else 'All wait'} for {whose}."
    return f"{said} {opened(number(yours))} wait{'s' if yours == 1 else ''} for {whose}."


def _columns(found: Register) -> list[Column]:
    whose = [] if found.organisation else [Column(label="Participant")]
    severity = [] if found.view == "comments" else [Column(label="Severity", whole=True)]
    plan = [] if found.view == "comments" else [Column(label="Plan due", whole=True)]
    return [
        Column(label="Number"),
        *whose,
        Column(label="Body"),
        *severity,
        Column(label="Question"),
        Column(label="Subject"),
        Column(label="State", whole=True),
        Column(label="Held by"),
        *plan,
    ]


def _row(found: Register, row: Raised) -> Row:
    severity = Severity(row.severity).label if row.severity else ThreadKind(row.kind).label
    is_comment = found.view == "comments"
    return Row(
        cells=[
            Code(row.reference),
            *([] if found.organisation else [row.name]),
            Mark(row.body),
            *([] if is_comment else [severity]),
            _question(row),
            row.subject,
            state(row, found.actor),
            _holder(found, row),
            *([] if is_comment else [_plan(found, row)]),
        ],
        url=thread_url(row),
        marked=is_yours(row, found.actor),
    )


def is_yours(row: Raised, actor: Actor) -> bool:
    """Return whether it is the reader's turn."""
    if row.status in SETTLED:
        return False
    if actor.is_participant:
        return row.holder == Side.PARTICIPANT
    return row.holder == Side.BODY and row.body == actor.body


_STATES = {
    ThreadState.OPEN: ("Reply needed", "reply_needed"),
    ThreadState.RESPONDED: ("Reply given", "waiting"),
    ThreadState.CLOSED: ("", "closed"),
    ThreadState.RAISED: ("Plan needed", "plan_needed"),
    ThreadState.PLAN_PROPOSED: ("Plan proposed", "waiting"),
    ThreadState.PLAN_AGREED: ("Plan agreed", "plan_agreed"),
    ThreadState.ACTION_DONE: ("Action done", "waiting"),
    ThreadState.CLEARED: ("", "cleared"),
}


def state(row: Raised, actor: Actor) -> Status:
    """Return where a thread stands, in its word and shape; what is the reader's turn is copper."""
    word, kind = _STATES[ThreadState(row.status)]
    if row.status == ThreadState.RAISED and row.holder == Side.BODY:
        word, kind = _STATES[ThreadState.RESPONDED]
    if kind == "waiting" and is_yours(row, actor):
        kind = "your_move"
    if kind in ("reply_needed", "plan_needed") and not is_yours(row, actor):
        kind = "waiting"
    return Status(word, kind)


@lru_cache(maxsize=16)
def _titles(template: UUID) -> dict[str, str]:
    return {each.code: each.title for each in bank.of(template).questions}


def _question(row: Raised) -> Words:
    whose = MARKET_ROLES[row.role].short_label if row.role else "Organisation"
    title = _titles(row.template)[row.question]
    return Lines([[Code(row.question), f" {title}"], whose])


def _holder(found: Register, row: Raised) -> Words:
    if row.status in SETTLED:
        return Quiet(day(row.settled_at)) if row.settled_at else ""
    name = row.body if row.holder == Side.BODY else row.name
    if row.holder == Side.PARTICIPANT and found.actor.is_participant:
        name = "You"
    return [name, " ", Quiet(ago(row.holder_since, found.today))]


def _plan(found: Register, row: Raised) -> Words:
    if row.plan_due_on is None:
        return ""
    gone = (found.today - row.plan_due_on).days
    if row.status == ThreadState.PLAN_AGREED and gone > 0:
        return Lines([Status(f"Overdue by {days(gone)}", "overdue"), day(row.plan_due_on)])
    proposed = row.status == ThreadState.PLAN_PROPOSED
    return Lines([day(row.plan_due_on), "proposed"]) if proposed else day(row.plan_due_on)


def _empty(found: Register) -> Empty:
    if found.is_narrowed and found.counts[found.view]:
        return Empty(title="Nothing fits these filters.", text="Take a filter off to see more.")
    return nothing_found(found.view, found.actor, found.reading, found.today)
