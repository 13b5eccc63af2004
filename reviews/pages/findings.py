"""The register of findings, observations and comments: of one organisation, and of all (RP15)."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from foundation.clock.words import day
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Empty, Filter, Pagination
from foundation.ui.pages import Column, Head, ListPage, Row, Table
from foundation.ui.parts import Lines, Mark, Quiet, Words
from participants.models import Organisation
from reviews.enums import SETTLED, PlanState, Severity
from reviews.models import Thread
from reviews.pages import threads as talk
from reviews.pages.matrix import back
from submissions.presenters.versions import name_of


def register_page(
    rows: Sequence[Thread],
    *,
    actor: Actor,
    now: datetime,
    filters: Sequence[Filter],
    pagination: Pagination | None,
    organisation: Organisation | None = None,
) -> ListPage:
    """Return a page of the register, of one organisation or across all."""
    whose = [] if organisation else [Column(label="Organisation")]
    return ListPage(
        head=_head(rows, actor, organisation),
        filters=filters,
        table=Table(
            caption="Findings, observations and comments",
            columns=[
                Column(label="Number"),
                *whose,
                Column(label="On"),
                Column(label="What"),
                Column(label="State"),
                Column(label="Held by"),
                Column(label="Plan"),
            ],
            rows=[_row(row, actor, now, across=organisation is None) for row in rows],
            compact=organisation is None,
        )
        if rows
        else None,
        empty=_empty(actor),
        pagination=pagination,
        footnote="Only the body that raised something may clear it. At a decision every finding and"
        " observation is cleared, or planned with that body (QA&P 11.3).",
    )


def _head(rows: Sequence[Thread], actor: Actor, organisation: Organisation | None) -> Head:
    if organisation is None:
        return Head(
            title="Findings and plans",
            lead="What the bodies raised on every QAD that you read, open ones first.",
        )
    yours = sum(_is_yours(row, actor) for row in rows)
    title = "Findings and plans"
    if actor.is_participant and yours:
        title = f"{yours} {'waits' if yours == 1 else 'wait'} for you."
    crumbs = [] if actor.is_participant else [back(organisation.slug)]
    return Head(
        title=title,
        lead="What the bodies raised on your QAD, and what you do about it."
        if actor.is_participant
        else f"What the bodies raised on the QAD of {organisation.name}.",
        crumbs=crumbs,
        browser_title="Findings and plans",
    )


def _empty(actor: Actor) -> Empty:
    return Empty(
        title="No findings.",
        text="Nobody has raised anything that matches. Your QAD is read as you submit it."
        if actor.is_participant
        else "Nobody has raised anything that matches.",
    )


def _is_yours(row: Thread, actor: Actor) -> bool:
    if row.status in SETTLED:
        return False
    if actor.is_participant:
        return row.holder == "PARTICIPANT"
    return row.holder == "BODY" and row.body == actor.body


def _row(row: Thread, actor: Actor, now: datetime, *, across: bool) -> Row:
    setting = talk.Setting(row.organisation.slug, row.organisation.name, actor, now)
    whose: list[Words] = [row.organisation.name] if across else []
    return Row(
        url=talk.question_url(setting, row),
        marked=_is_yours(row, actor),
        cells=[
            row.reference,
            *whose,
            Lines([row.question, name_of(row.part)]),
            [Mark(row.body), " ", row.subject, *_severity(row)],
            talk.status_of(row, setting),
            _holder(row, setting, now),
            _plan(row),
        ],
    )


def _severity(row: Thread) -> list[Words]:
    return [" ", Quiet(Severity(row.severity).label)] if row.severity else []


def _holder(row: Thread, setting: talk.Setting, now: datetime) -> Words:
    if row.status in SETTLED:
        return Quiet(day(row.settled_at)) if row.settled_at else ""
    name = setting.participant if row.holder == "PARTICIPANT" else row.body
    name = "You" if _is_yours(row, setting.actor) and setting.is_participant else name
    return [name, " ", Quiet(talk.held_for(row, now))]


def _plan(row: Thread) -> Words:
    plan = talk.plan_of(row)
    if plan is None:
        return ""
    if plan.status == PlanState.RETURNED:
        return "Needs more"
    state = PlanState(plan.status).label
    return Lines([state, f"due {day(plan.due_on)}"])


def address_of(organisation: Organisation) -> str:
    """Return the register of an organisation."""
    return reverse("reviews:findings", args=[organisation.slug])
