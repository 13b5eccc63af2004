"""Reopening: what was asked for, asking, and deciding with sight of what falls (R88, R89)."""

from collections.abc import Sequence
from datetime import datetime

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact, Pagination
from foundation.ui.pages import Column, FormPage, Head, ListPage, Row, Table
from foundation.ui.parts import Lines, Link, Mark, Status, Words
from participants import policy
from participants.enums import Status as Where
from participants.market_roles import MARKET_ROLES
from participants.models import Organisation, Qualification
from reviews.enums import ReopenState
from reviews.models import ReopenRequest
from reviews.pages.threads import NAMES
from reviews.pages.ways import back
from reviews.qualified import Facts

_SHAPES = {
    ReopenState.REQUESTED: "waiting",
    ReopenState.GRANTED: "open_now",
    ReopenState.REFUSED: "locked",
    ReopenState.CLOSED: "closed",
}


def requests_page(
    rows: Sequence[ReopenRequest],
    *,
    actor: Actor,
    organisation: Organisation | None = None,
    may_ask: Sequence[Qualification] = (),
    pagination: Pagination | None = None,
) -> ListPage:
    """Return requests to reopen, of one organisation or across all."""
    whose = [] if organisation else [Column(label="Organisation")]
    return ListPage(
        head=Head(
            title="Reopening",
            lead="A submitted Final QAD is locked. Named sections are reopened on request to a body"
            " that reads them (QA&P 10.3).",
            crumbs=[back(organisation.slug), Link("Reopening")] if organisation else [],
            actions=[_ask_action(organisation, each) for each in may_ask],
        ),
        table=Table(
            caption="Requests to reopen",
            columns=[
                Column(label="Sections"),
                *whose,
                Column(label="Market role"),
                Column(label="Why"),
                Column(label="State"),
                Column(label="Asked"),
            ],
            rows=[_row(row, actor, across=organisation is None) for row in rows],
        )
        if rows
        else None,
        empty=Empty(title="Nothing was asked to be reopened.", text=_how(actor, may_ask)),
        pagination=pagination,
    )


def _how(actor: Actor, may_ask: Sequence[Qualification]) -> str:
    if actor.is_participant and not may_ask:
        return "This is for the time after your Final QAD is submitted: until then it is open."
    return "Requests stand here with their answers."


def _ask_action(organisation: Organisation, held: Qualification) -> Action:
    label = MARKET_ROLES[held.role].short_label
    url = reverse("reviews:request_reopening", args=[organisation.slug, held.pk])
    return Action(text=f"Ask to reopen sections of {label}", url=url)


def _row(row: ReopenRequest, actor: Actor, *, across: bool) -> Row:
    whose: list[Words] = [row.organisation.name] if across else []
    decided = f"{row.decided_by_body}, {row.decided_by_name}" if row.decided_by_body else ""
    return Row(
        url=reverse("reviews:reopening_one", args=[row.organisation.slug, row.pk]),
        marked=actor.is_staff and row.status == ReopenState.REQUESTED,
        cells=[
            letters(row),
            *whose,
            MARKET_ROLES[row.qualification.role].short_label,
            row.reason,
            Lines([_state(row, actor), decided]) if decided else _state(row, actor),
            Lines([day(row.requested_at), row.requested_by_name]),
        ],
    )


def letters(row: ReopenRequest) -> str:
    """Return the sections of a request: "H, J"."""
    return ", ".join(sorted({each["section"] for each in row.sections}))


def ask_page(organisation: Organisation, held: Qualification, form: BaseForm) -> FormPage:
    """Return the form of a request, with what follows from it."""
    label = MARKET_ROLES[held.role].label
    url = reverse("reviews:reopening_of", args=[organisation.slug])
    return FormPage(
        head=Head(
            title=f"Ask to reopen sections of {label}",
            lead="Only the sections that you name open. Any one body that reads all of them"
            " decides; the others are told.",
            crumbs=[Link("Reopening", url), Link("Ask")],
        ),
        form=form,
        submit=Action(text="Ask", kind="primary", method="submit"),
        cancel=Link("Back", url),
        note="When they are reopened, approvals of that part lapse, confirmations are given anew,"
        " and a signature becomes void.",
    )


def one_page(
    row: ReopenRequest,
    bodies: Sequence[str],
    touched: Sequence[Facts],
    *,
    named: Sequence[str],
    actor: Actor,
    form: BaseForm,
    now: datetime,
) -> FormPage:
    """Return one request: what it asks, what would fall, and the decision of who may take it."""
    slug = row.organisation.slug
    may = _may_decide(row, bodies, actor)
    return FormPage(
        head=Head(
            title=_title(row),
            lead=row.reason,
            crumbs=[Link("Reopening", reverse("reviews:reopening_of", args=[slug]))],
            kicker=_state(row, actor),
            browser_title="Reopening",
        ),
        facts=[
            Fact(label="Section" if len(named) == 1 else "Sections", value=Lines(named)),
            *_facts(row, bodies, touched),
        ],
        form=form if may else None,
        submit=Action(text="Decide", kind="primary", method="submit")
        if may
        else Action(text="Back to the requests", url=reverse("reviews:reopening_of", args=[slug])),
        note="" if may else _who(row, bodies),
    )


def _title(row: ReopenRequest) -> str:
    where = f"section {letters(row)} of {row.organisation.name}"
    if row.status == ReopenState.REQUESTED:
        return f"Reopen {where}?"
    if row.status == ReopenState.REFUSED:
        return f"S{where[1:]} stays locked."
    return f"S{where[1:]} was reopened."


def _state(row: ReopenRequest, actor: Actor) -> Status:
    state = ReopenState(row.status)
    if state is ReopenState.GRANTED and row.qualification.status != Where.FINAL_REOPENED:
        return Status("Reopened, and submitted again", "closed")
    if state is ReopenState.GRANTED and actor.is_staff:
        return Status("Granted, with the participant", "waiting")
    return Status(state.label, _SHAPES[state])


def _may_decide(row: ReopenRequest, bodies: Sequence[str], actor: Actor) -> bool:
    return (
        row.status == ReopenState.REQUESTED
        and actor.body in bodies
        and policy.may(actor, "reopen.decide", row.qualification)
    )


def _who(row: ReopenRequest, bodies: Sequence[str]) -> str:
    if row.status != ReopenState.REQUESTED:
        return row.decision_reason
    listed = " or ".join(NAMES[body] for body in bodies)
    return f"A lead reviewer of {listed} decides."


def _facts(row: ReopenRequest, bodies: Sequence[str], touched: Sequence[Facts]) -> list[Fact]:
    facts = [
        Fact(label="Market role", value=MARKET_ROLES[row.qualification.role].label),
        Fact(label="Asked by", value=f"{row.requested_by_name}, {day(row.requested_at)}"),
        Fact(label="Read by", value=[p for body in bodies for p in (Mark(body), " ")]),
    ]
    if row.decided_at:
        said = f"{row.decided_by_body}, {row.decided_by_name}, {day(row.decided_at)}"
        facts.append(Fact(label="Decided by", value=said))
    else:
        facts.append(Fact(label="What would fall", value=Lines(_falls(touched))))
    return facts


def _falls(touched: Sequence[Facts]) -> list[Words]:
    said: list[Words] = ["The bodies’ opinions of the parts, and their confirmations."]
    for each in touched:
        if each.signature_stands:
            said.append(f"The signature of {each.sign_off.signer} for {each.label}.")
        taken = [body for body in each.deciding_bodies if each.decision(body)]
        if taken:
            said.append(f"Decisions already taken on {each.label}: {', '.join(taken)}.")
    return said
