"""The task list: sections with a tick an answer, counts, and what can be submitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from foundation.clock.words import day
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact, Filter, Note, Tab
from foundation.ui.counting import joined
from foundation.ui.pages import Head, ListPage, QadTaskList
from foundation.ui.parts import Link, Words
from participants.access.addresses import address
from participants.market_roles import MARKET_ROLES
from participants.models import Organisation, Qualification
from participants.pages.statuses import qualification_status
from submissions.opinions import Opinions
from submissions.presenters import addresses, section_rows, submit_panel
from submissions.presenters.section_rows import PartRows, Reach
from submissions.presenters.states import Tally, count_of, together
from submissions.sheet import Sheet
from waves.routes import ROUTES

SHOW = {
    "": "All sections",
    "blank": "Blank",
    "later": "To come back to",
    "changed": "Changed",
    "reply": "Reply needed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskList:
    """The page, with the chips that lead to the organisation's other qualifications."""

    page: QadTaskList
    switch: Sequence[Filter] = ()
    panels: Sequence[Link] = ()
    state: str = ""


def task_list(
    sheet: Sheet,
    group: Sequence[Qualification],
    initial: Mapping[UUID, Mapping[str, Any]],
    *,
    show: str,
    due: Fact | None,
    actor: Actor,
    opinions: Mapping[UUID, Opinions],
    notes: Sequence[Note] = (),
    reach: Reach | None = None,
) -> TaskList:
    """Return the task list of some qualifications and the organisation's own part.

    ``reach`` is what a limited author may write: it comes first, and the rest is to be read.
    """
    groups = [section_rows.read(sheet, one, initial, opinions) for one in (None, *group)]
    counts = together(held.counts for each in groups for held in each.sections.values())
    show = show if show in SHOW else ""
    page = QadTaskList(
        head=_head(sheet.organisation, group),
        facts=_facts(group, counts, groups, due),
        tabs=_tabs(sheet.organisation, group, counts, show),
        groups=section_rows.all_drawn(groups, sheet.organisation.slug, show, reach),
        submit=submit_panel.panel(sheet, group, counts, actor),
        notes=[*notes, *_limits(reach)],
    )
    return TaskList(
        page=page,
        switch=_switch(sheet, group),
        panels=_panels(sheet, group),
        state=group[0].get_status_display(),
    )


def _limits(reach: Reach | None) -> list[Note]:
    """Say to a limited author which sections are theirs, and why the others are only read."""
    if reach is None:
        return []
    letters = sorted({letter for _, letter in reach})
    if not letters:
        lead = "No section is yours to write yet."
    else:
        noun = "section" if len(letters) == 1 else "sections"
        lead = f"You write {noun} {joined(letters)}."
    text = "The others you may read; a master admin decides who writes which, under People."
    return [Note(lead=lead, text=text, kind="target")]


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
    groups: Sequence[PartRows],
    due: Fact | None,
) -> list[Fact]:
    every = [held for each in groups for held in each.sections.values()]
    sections = sum(bool(held.counts.asked) for held in every)
    status = qualification_status(group[0].status, tag=True)
    facts = [Fact(label="Status", value=status)]
    if due:
        facts.append(due)
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
    asking = [one for held in every for state in held.states for one in state.open if one.asks]
    if asking:
        facts.append(Fact(label="Waiting for your reply", value=section_rows.open_in_words(asking)))
    return facts


def _tabs(
    place: Organisation, group: Sequence[Qualification], counts: Tally, show: str
) -> list[Tab]:
    here = addresses.qad(place.slug, group[0].pk)
    numbers = {"": None} | section_rows.numbers(counts)
    kept = {"", "blank", show, *(["changed"] if group[0].initial_submitted_at else [])}
    tabs = [
        Tab(
            label=label,
            url=f"{here}?show={key}" if key else here,
            current=key == show,
            count=numbers[key],
        )
        for key, label in SHOW.items()
        if key in kept or numbers[key] and key != "changed"
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


def nothing_here(place: Organisation, title: str, text: Words) -> ListPage:
    """Return what stands where no QAD is, and why."""
    head = Head(title="QAD", crumbs=[Link(place.name, addresses.home(place.slug)), Link("QAD")])
    return ListPage(head=head, empty=Empty(title=title, text=text))
