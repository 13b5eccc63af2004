"""The desk of a body: what to open first, by clock risk (picture 04)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse

from foundation.clock.words import day, days
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Filter, Pagination, Tab
from foundation.ui.pages import Head, QueuePage, QueueRow, SideRow
from foundation.ui.parts import Clock, DateLink, Link, Mark, Quiet, Status, Strong, Words
from foundation.ui.ticks import clock_days
from participants.enums import Body
from reviews.enums import ThreadKind, ThreadState
from reviews.models import ReopenRequest, Thread
from reviews.pages import threads as talk
from reviews.pages.reopening import letters
from reviews.queue import (
    NEAR,
    READING,
    Beside,
    Item,
    is_final,
    part_of,
    reopened,
    role_words,
)
from waves.routes import ROUTES

_NUMBERS = (
    *("Nothing", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"),
    *("Ten", "Eleven", "Twelve"),
)
_BINDS = {"cap": "cap", "rule": "rule", "both": "rule", "late": "rule", "floor": "rule"}


def queue_page(
    items: Sequence[Item],
    beside: Beside,
    *,
    total: int,
    tabs: Sequence[Tab],
    filters: Sequence[Filter],
    pagination: Pagination | None,
    actor: Actor,
    now: datetime,
    today: date,
) -> QueuePage:
    """Return the queue of a body, with what waits for it beside."""
    rows = [_row(item, actor, today, first=at == 0) for at, item in enumerate(items)]
    first = rows[0] if rows else None
    return QueuePage(
        head=Head(
            title=_title(total, first),
            lead=_lead(items, actor, today),
            browser_title=f"Queue of {Body(actor.body).label}",
            actions=[
                Action(text=f"Open {first.participant}", url=first.url, kind="primary", arrow=True)
            ]
            if first and first.url
            else [],
        ),
        tabs=tabs,
        filters=filters,
        rows=rows,
        empty=_empty(),
        pagination=pagination,
        aside_title="Yours, not on a clock" if beside.threads or beside.requests else "",
        aside=[
            *(_thread_row(row, actor, now) for row in beside.threads),
            *(_request_row(row, now) for row in beside.requests),
        ],
    )


def _title(total: int, first: QueueRow | None) -> str:
    if first is None:
        return "Nothing waits on a clock."
    count = _NUMBERS[total] if total < len(_NUMBERS) else str(total)
    return f"{count} to read. {first.participant} first."


def _lead(items: Sequence[Item], actor: Actor, today: date) -> str:
    if not items:
        return "When a QAD is submitted it appears here, with its clock."
    left = items[0].days_left(today)
    name = items[0].facts.organisation
    if left < 0:
        return f"The clock of {name} ran out {days(-left)} ago."
    if left == 0:
        return f"The clock of {name} runs out today."
    return f"{name} has {days(left)} left. Missing a date stops nothing; it is shown and recorded."


def _empty() -> Empty:
    return Empty(
        title="Nothing waits on a clock.",
        text="The six weeks of an Initial QAD and the four of a Final begin with its submission.",
    )


def _row(item: Item, actor: Actor, today: date, *, first: bool) -> QueueRow:
    facts, owed = item.facts, item.owed
    return QueueRow(
        left=_left(item, actor, today),
        participant=facts.organisation,
        url=_url(item),
        role=f"{role_words(item)}, {ROUTES[facts.route].short_label}",
        stage=_stage(item),
        to_read=str(item.changed) if owed.activity in READING else "",
        held_by=_held_by(item, actor),
        held_for=_held_for(item, today),
        clock=_clock(item, today),
        due=DateLink(
            day(owed.due_on),
            url=reverse("waves:date", args=[facts.slug, facts.id, owed.activity]),
        ),
        binds=_BINDS.get(owed.binds, ""),
        marks=[Mark(body, _opinion(item, body)) for body in facts.bodies],
        first=first,
    )


def _url(item: Item) -> str:
    slug, part = item.facts.slug, part_of(item)
    if item.owed.activity in READING and part:
        return reverse("reviews:part", args=[slug, part])
    return reverse("reviews:qualified", args=[slug])


def _left(item: Item, actor: Actor, today: date) -> Words:
    left = item.days_left(today)
    if left < 0:
        return Status(f"{days(-left)} over", "overdue")
    said = "today" if left == 0 else days(left)
    if item.waits_for_participant(actor.body):
        return Status(said, "paused")
    return Status(said, "at_risk") if left <= NEAR else said


def _stage(item: Item) -> str:
    if item.owed.activity not in READING:
        return "Decision"
    if reopened(item):
        return "Final, reopened"
    return "Final" if is_final(item) else "Initial"


def _held_by(item: Item, actor: Actor) -> str:
    if reopened(item) or item.waits_for_participant(actor.body):
        return "Participant"
    return actor.body


def _held_for(item: Item, today: date) -> str:
    since = item.owed.started_on
    if since is None:
        return ""
    gone = (today - since).days
    return days(gone) if gone > 0 else "today"


def _clock(item: Item, today: date) -> Clock | None:
    owed = item.owed
    if owed.started_on is None:
        return None
    left = (owed.due_on - today).days
    elapsed = max(0, (min(today, owed.due_on) - owed.started_on).days)
    drawn = clock_days(elapsed, max(left, 0), over=max(-left, 0))
    total = (owed.due_on - owed.started_on).days
    return Clock(drawn, f"{max(left, 0)} of {days(total)} left")


def _opinion(item: Item, body: str) -> str:
    facts = item.facts
    if item.owed.activity not in READING:
        taken = facts.decision(body) if body in facts.deciding_bodies else None
        return "accepted" if taken else ""
    if is_final(item):
        return _final_opinion(item, body)
    review = facts.review(body, "INITIAL")
    if review.completed_at:
        return "accepted"
    return "reading" if review.started_at else "not_read"


def _final_opinion(item: Item, body: str) -> str:
    facts = item.facts
    given = facts.approvals.get(("role", body))
    if facts.approval_stands("role", body) and facts.approval_stands("organisation", body):
        return "accepted"
    if given is not None and given.status == "FURTHER_SUBMISSION":
        return "asks"
    if given is not None and given.status == "LAPSED":
        return "lapsed"
    return "reading" if facts.review(body, "FINAL").started_at else "not_read"


_WORDS = {
    ThreadState.PLAN_PROPOSED: "Plan proposed",
    ThreadState.ACTION_DONE: "Action done",
    ThreadState.RESPONDED: "Answered",
    ThreadState.RAISED: "Answered",
}


def _thread_row(row: Thread, actor: Actor, now: datetime) -> SideRow:
    setting = talk.Setting(row.organisation.slug, row.organisation.name, actor, now)
    url = talk.question_url(setting, row)
    word = _WORDS.get(ThreadState(row.status), ThreadKind(row.kind).label)
    return SideRow(
        status=Status(word, "your_move"),
        text=[_linked(f"{row.reference} {row.organisation.name}", url), " ", Quiet(row.subject)],
        when=f"{talk.held_for(row, now)} with you",
    )


def _request_row(row: ReopenRequest, now: datetime) -> SideRow:
    url = reverse("reviews:reopening_one", args=[row.organisation.slug, row.pk])
    gone = max(0, (now.date() - row.requested_at.date()).days)
    return SideRow(
        status=Status("Reopening asked", "your_move"),
        text=[
            _linked(f"{row.organisation.name}, section {letters(row)}", url),
            " ",
            Quiet(row.reason[:80]),
        ],
        when=f"{days(gone) if gone else 'today'} with you",
    )


def _linked(text: str, url: str) -> Words:
    return Strong(Link(text, url))
