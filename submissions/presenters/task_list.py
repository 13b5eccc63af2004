"""The task list: sections with a tick an answer, counts, and what can be submitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from django.urls import reverse

from foundation.clock.words import day
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact, Filter, Note, Tab
from foundation.ui.pages import Head, ListPage, QadTaskList, SectionGroup, SectionRow
from foundation.ui.parts import DateLink, Link, Ticks, Words
from participants.access.addresses import address
from participants.market_roles import MARKET_ROLES
from participants.models import Organisation, Qualification
from participants.pages.statuses import qualification_status
from submissions import bank
from submissions.presenters import addresses, submit_panel
from submissions.presenters.states import (
    QuestionState,
    Tally,
    count_of,
    read_by,
    section_status,
    states_of,
    tally,
)
from submissions.sheet import PartSheet, Sheet
from submissions.template_types import Section
from waves.routes import ROUTES

SHOW = {"": "All sections", "blank": "Blank", "changed": "Changed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskList:
    """The page, with the chips that lead to the organisation's other qualifications."""

    page: QadTaskList
    switch: Sequence[Filter] = ()
    panels: Sequence[Link] = ()
    state: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    """One part of the page, with its questions' states by section."""

    own: PartSheet
    heading: str
    sections: Mapping[str, Sequence[QuestionState]]


def task_list(
    sheet: Sheet,
    group: Sequence[Qualification],
    initial: Mapping[UUID, Mapping[str, Any]],
    *,
    show: str,
    due: DateLink | None,
    actor: Actor,
    notes: Sequence[Note] = (),
) -> TaskList:
    """Return the task list of some qualifications and the organisation's own part."""
    groups = [_read(sheet, one, initial) for one in (None, *group)]
    states = [state for each in groups for state in chain.from_iterable(each.sections.values())]
    counts = tally(states)
    show = show if show in SHOW else ""
    page = QadTaskList(
        head=_head(sheet.organisation, group),
        facts=_facts(group, counts, groups, due),
        tabs=_tabs(sheet.organisation, group, counts, show),
        groups=[_group(each, sheet.organisation.slug, show) for each in groups],
        submit=submit_panel.panel(sheet, group, counts, actor),
        notes=notes,
    )
    return TaskList(
        page=page,
        switch=_switch(sheet, group),
        panels=_panels(sheet, group),
        state=group[0].get_status_display(),
    )


def _read(
    sheet: Sheet, one: Qualification | None, initial: Mapping[UUID, Mapping[str, Any]]
) -> _Group:
    own = sheet.of(one)
    heading = MARKET_ROLES[one.role].label if one else "The organisation"
    return _Group(own, heading, states_of(own, initial.get(own.part.pk, {})))


def roles_in_words(group: Sequence[Qualification]) -> str:
    """Return "LDSO, SMRA / ERDA and UMSO"."""
    names = [MARKET_ROLES[each.role].short_label for each in group]
    if len(names) == 1:
        return MARKET_ROLES[group[0].role].label
    return f"{', '.join(names[:-1])} and {names[-1]}"


def title_of(group: Sequence[Qualification]) -> str:
    """Return "Final QAD for Supplier"."""
    stage = "Final" if group[0].final_opened_at else "Initial"
    return f"{stage} QAD for {roles_in_words(group)}"


def _head(place: Organisation, group: Sequence[Qualification]) -> Head:
    first = group[0]
    lead = f"{ROUTES[first.route].label}."
    if first.final_opened_at:
        lead += f" Re-versioned from Initial on {day(first.final_opened_at)}."
    return Head(
        title=title_of(group),
        lead=lead,
        crumbs=[Link(place.name, addresses.home(place.slug)), Link("QAD")],
        actions=[
            Action(text="Versions", url=reverse("submissions:all_versions", args=[place.slug]))
        ],
    )


def _facts(
    group: Sequence[Qualification],
    counts: Tally,
    groups: Sequence[_Group],
    due: DateLink | None,
) -> list[Fact]:
    sections = sum(bool(tally(held).asked) for each in groups for held in each.sections.values())
    status = qualification_status(group[0].status, tag=True)
    facts = [Fact(label="Status", value=status)]
    if due:
        facts.append(Fact(label="Submit by", value=due))
    facts.append(
        Fact(
            label="Answers ready",
            value=f"{counts.ready} of {counts.asked}",
            note=f"in {count_of(sections, 'section')}",
        )
    )
    if group[0].initial_submitted_at:
        since = "Changed since Initial" if group[0].final_opened_at else "Changed since submitted"
        facts.append(Fact(label=since, value=count_of(counts.changed, "answer")))
    return facts


def _tabs(
    place: Organisation, group: Sequence[Qualification], counts: Tally, show: str
) -> list[Tab]:
    here = addresses.qad(place.slug, group[0].pk)
    numbers = {"": None, "blank": counts.blank, "changed": counts.changed}
    tabs = [
        Tab(
            label=label,
            url=f"{here}?show={key}" if key else here,
            current=key == show,
            count=numbers[key],
        )
        for key, label in SHOW.items()
        if key != "changed" or group[0].initial_submitted_at
    ]
    if group[0].initial_submitted_at:
        when = day(group[0].initial_submitted_at)
        url = reverse("submissions:initial", args=[place.slug, group[0].pk])
        tabs.append(Tab(label=f"Initial, as submitted {when}", url=url, locked=True))
    return tabs


def _switch(sheet: Sheet, group: Sequence[Qualification]) -> list[Filter]:
    seen, chips = set(), []
    for each in sheet.qualifications:
        key = each.trio or each.pk
        if key in seen:
            continue
        seen.add(key)
        together = [q for q in sheet.qualifications if (q.trio or q.pk) == key]
        chips.append(
            Filter(
                label=" · ".join(MARKET_ROLES[q.role].short_label for q in together),
                url=addresses.qad(sheet.organisation.slug, together[0].pk),
                on=each.pk in {q.pk for q in group},
            )
        )
    return chips if len(chips) > 1 else []


def _panels(sheet: Sheet, group: Sequence[Qualification]) -> list[Link]:
    url = address("reviews:qad_panel", sheet.organisation.slug, group[0].pk)
    return [Link("What waits for your reply", url)] if url else []


def _group(each: _Group, slug: str, show: str) -> SectionGroup:
    template = bank.of_part(each.own.part)
    rows = []
    for section in template.sections:
        states = each.sections.get(section.code, ())
        if states and _shown(states, show):
            rows.append(_row(each.own, section, states, slug))
    return SectionGroup(heading=each.heading, sections=rows)


def _shown(states: Sequence[QuestionState], show: str) -> bool:
    counts = tally(states)
    return {"blank": counts.blank, "changed": counts.changed}.get(show, 1) > 0


def _row(
    own: PartSheet, section: Section, states: Sequence[QuestionState], slug: str
) -> SectionRow:
    counts = tally(states)
    put = [state for state in states if state.counts] or states
    ready = f"{counts.ready} of {counts.asked}" if counts.asked else ""
    return SectionRow(
        letter=section.code,
        title=section.title,
        url=addresses.section(slug, own.part, section.code),
        note=_note(section, states, counts),
        ticks=Ticks([state.tick for state in put], text=_spoken(counts)),
        ready=ready,
        changed=str(counts.changed) if counts.changed else "",
        marks=read_by(states),
        status=section_status(states, own.sections.get(section.code)),
    )


def _note(section: Section, states: Sequence[QuestionState], counts: Tally) -> str:
    if not counts.asked:
        return states[0].one.because
    return "Owned by the DIP Manager" if section.owner == "DIP" else ""


def _spoken(counts: Tally) -> str:
    said = [f"{counts.ready} ready", f"{counts.drafts} in draft", f"{counts.blank} blank"]
    if counts.changed:
        said.append(f"{counts.changed} changed")
    return ", ".join(said)


def nothing_here(place: Organisation, title: str, text: Words) -> ListPage:
    """Return what stands where no QAD is, and why."""
    head = Head(title="QAD", crumbs=[Link(place.name, addresses.home(place.slug)), Link("QAD")])
    return ListPage(head=head, empty=Empty(title=title, text=text))
