"""What a body may know of a QAD: its parts, where they stand and what was submitted; no drafts."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from foundation.clock.words import day
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact
from foundation.ui.pages import Column, Head, Row, Table
from foundation.ui.parts import Link, Quiet, Status, Words
from participants import policy
from participants.access.addresses import address
from participants.enums import INITIAL_STATES
from participants.models import Organisation, Qualification
from participants.pages.general import Section, SectionsPage
from participants.pages.statuses import qualification_status
from submissions import bank
from submissions.enums import SectionState, Stage
from submissions.models import Part, SectionProgress, Version
from submissions.presenters import addresses
from waves.routes import ROUTES

_SHAPES = {
    SectionState.OPEN: "not_started",
    SectionState.SUBMITTED_INITIAL: "submitted",
    SectionState.OPEN_FINAL: "draft",
    SectionState.LOCKED: "locked",
    SectionState.REOPENED: "out_of_date",
}


def overview(
    place: Organisation,
    parts: Sequence[Part],
    *,
    progress: Mapping[UUID, Mapping[str, SectionProgress]],
    newest: Mapping[UUID, Version],
    actor: Actor,
) -> SectionsPage:
    """Return the overview of an organisation's QAD for a body."""
    head = Head(
        title="QAD",
        lead="What was submitted. Answers that are being written are the participant's alone.",
        crumbs=[Link(place.name, addresses.home(place.slug)), Link("QAD")],
    )
    if not parts:
        empty = Empty(
            title="Not opened yet",
            text="The participant has not opened its QAD. Your looking here does not open it.",
        )
        return SectionsPage(head=head, sections=[Section(title="Parts", empty=empty)])
    return SectionsPage(
        head=head,
        sections=[
            _section(place, one, progress.get(one.pk, {}), newest.get(one.pk), actor)
            for one in parts
        ],
    )


def _section(
    place: Organisation,
    part: Part,
    progress: Mapping[str, SectionProgress],
    newest: Version | None,
    actor: Actor,
) -> Section:
    held = part.qualification
    table = Table(
        caption="Sections",
        columns=[Column(label="Section"), Column(label="State"), Column(label="Submitted")],
        rows=[
            _row(section.code, section.title, progress[section.code])
            for section in bank.of_part(part).sections
            if section.code in progress
        ],
    )
    return Section(
        title=held.get_role_display() if held else "The organisation",
        meta=Link("Submitted versions", addresses.versions(place.slug, part)) if newest else "",
        facts=_facts(place, part, held, newest),
        table=table if newest else None,
        actions=_actions(place, part, held, newest, actor),
    )


def _facts(
    place: Organisation, part: Part, held: Qualification | None, newest: Version | None
) -> list[Fact]:
    facts = [Fact(label="Stage", value=Stage(part.stage).label)]
    if held:
        facts.append(Fact(label="Status", value=qualification_status(held.status)))
        facts.append(Fact(label="Route", value=held.get_route_display()))
    said: Words = Quiet("Nothing was submitted yet")
    if newest:
        url = reverse("submissions:version", args=[place.slug, part.pk, newest.number])
        words = f"Version {newest.number}, {day(newest.submitted_at)}"
        said = [Link(words, url), f" by {newest.submitted_by_name}"]
    facts.append(Fact(label="Newest version", value=said))
    return facts


def _row(letter: str, title: str, row: SectionProgress) -> Row:
    state = SectionState(row.status)
    when = f"{day(row.submitted_at)} by {row.submitted_by_name}" if row.submitted_at else ""
    return Row(cells=[f"{letter} {title}", Status(state.label, _SHAPES[state]), when])


def _actions(
    place: Organisation,
    part: Part,
    held: Qualification | None,
    newest: Version | None,
    actor: Actor,
) -> list[Action]:
    ways = []
    review = address("reviews:part", place.slug, part.pk)
    if review and newest and policy.may(actor, "qad.review", held):
        ways.append(Action(text="Review this part", url=review, kind="primary"))
    if held and may_open_final(held, actor):
        url = reverse("submissions:open_final", args=[place.slug, held.pk])
        ways.append(Action(text="Open the Final QAD", url=url, method="post"))
    return ways


def may_open_final(held: Qualification, actor: Actor) -> bool:
    """Return whether the reader may open the Final QAD before the report (R85)."""
    may_come_first = ROUTES[held.route].final_before_report
    initial = held.status in INITIAL_STATES
    return initial and may_come_first and policy.may(actor, "final.open", held)
