"""Checking before submitting: all answers on one page, and what changed since they were read."""

import json
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from django.urls import reverse

from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Fact
from foundation.ui.fields import TextareaField
from foundation.ui.pages import Head, SubmitPanel
from foundation.ui.parts import Link, Words
from participants import policy
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from participants.pages.statuses import qualification_status
from submissions.presenters import addresses
from submissions.presenters import submit_panel as ways
from submissions.presenters.answers import AnswersPage, living_sections
from submissions.presenters.states import Progress, QuestionState, Tally, states_of, tally
from submissions.presenters.task_list import title_of
from submissions.resubmission import MAX_REASON, question, untouched
from submissions.sheet import PartSheet, Sheet


def check_page(
    sheet: Sheet,
    group: Sequence[Qualification],
    initial: Mapping[UUID, Mapping[str, Any]],
    actor: Actor,
) -> AnswersPage:
    """Return every answer of what is submitted together, the blanks named first."""
    slug = sheet.organisation.slug
    sections, states = [], []
    for one in (None, *group):
        own = sheet.of(one)
        found = states_of(own, initial.get(own.part.pk, {}))
        heading = MARKET_ROLES[one.role].label if one else "The organisation"
        sections += living_sections(own, found, slug, heading)
        states += [(own, state) for state in chain.from_iterable(found.values())]
    counts = tally(state for _, state in states)
    way = ways.way_now(group) if policy.may(actor, "qad.submit", group[0]) else None
    title = title_of(group)
    return AnswersPage(
        head=Head(
            title=f"Check: {title}",
            lead="Everything that is submitted, as reviewers will read it.",
            crumbs=[Link(title, addresses.qad(slug, group[0].pk)), Link("Check")],
        ),
        facts=[
            Fact(label="Status", value=qualification_status(group[0].status, tag=True)),
            Fact(label="Answers ready", value=f"{counts.ready} of {counts.asked}"),
            Fact(label="In draft", value=str(counts.drafts)),
            Fact(label="Blank", value=_blank_links(states, slug) or "None"),
        ],
        sections=sections,
        submit=_panel(sheet, group, counts, actor),
        submit_url=reverse("submissions:submit", args=[slug, group[0].pk, way.verb]) if way else "",
        submit_word=way.title if way else "",
        seen=seen_of(sheet),
    )


def _blank_links(states: Sequence[tuple[PartSheet, QuestionState]], slug: str) -> list[Words]:
    found: list[Words] = []
    for own, state in states:
        if state.progress is Progress.BLANK:
            one = state.one
            url = addresses.question(slug, own.part, one.question.section, one.code)
            found += [", " if found else "", Link(one.code, url)]
    return found


def _panel(
    sheet: Sheet, group: Sequence[Qualification], counts: Tally, actor: Actor
) -> SubmitPanel:
    panel = ways.panel(sheet, group, counts, actor)
    way = ways.way_now(group)
    if way is None or panel.action is None:
        return SubmitPanel(title=panel.title, text=panel.text)
    reasons = panel.action.reasons
    button = Action(text=way.title, kind="primary", method="submit", reasons=reasons)
    return SubmitPanel(
        title=way.title,
        text=panel.text,
        action=button,
        refusal=panel.refusal,
        field=_unchanged(sheet, group) if way is ways.REOPENED else None,
    )


def _unchanged(sheet: Sheet, group: Sequence[Qualification]) -> TextareaField | None:
    """Ask why sections go in again in which nothing changed."""
    found = untouched([sheet.of(None), *(sheet.of(each) for each in group)])
    if not found:
        return None
    return TextareaField(
        name="unchanged_because",
        label=question(found),
        hint="Say why. The reviewers read it beside the section.",
        required=True,
        rows=3,
        limit=MAX_REASON,
    )


def seen_of(sheet: Sheet) -> str:
    """Return what a reader of these answers has seen: the revision of each, by part."""
    return json.dumps(
        {
            str(own.part.pk): {code: answer.revision for code, answer in own.answers.items()}
            for own in sheet.parts.values()
        },
        separators=(",", ":"),
    )


def changed_meanwhile(sheet: Sheet, seen: str) -> list[str]:
    """Return which answers were saved after they were checked: one submits what one has seen."""
    try:
        before = json.loads(seen)
    except json.JSONDecodeError:
        return []
    if not isinstance(before, dict):
        return []
    return [
        f"{code} changed while you were checking: {answer.updated_by_name} saved it. Read it, then"
        " submit again."
        for own in sheet.parts.values()
        for code, answer in own.answers.items()
        if _newer(before.get(str(own.part.pk)), code, answer.revision)
    ]


def _newer(seen: Any, code: str, revision: int) -> bool:
    return isinstance(seen, dict) and seen.get(code, 0) != revision


def receipt(group: Sequence[Qualification], way: ways.HandIn, moment: str) -> str:
    """Return what the portal says once it has received a submission."""
    who = ways.bodies_in_words(group)
    whom = f"{who[0].upper()}{who[1:]}"
    verb = "were" if way in (ways.CHANGES, ways.REOPENED) else "was"
    return f"{way.already} for {_roles(group)} {verb} submitted, {moment}. {whom} have been told."


def already(group: Sequence[Qualification], way: ways.HandIn) -> str:
    """Return what a second click is told."""
    verb = "are" if way in (ways.CHANGES, ways.REOPENED) else "is"
    return f"{way.already} for {_roles(group)} {verb} submitted already. Nothing was sent twice."


def _roles(group: Sequence[Qualification]) -> str:
    return title_of(group).partition(" for ")[2]
