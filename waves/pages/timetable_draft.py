"""A draft of the timetable: what it changes, what looks odd, and what it would move."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day, days, instant
from foundation.ui.blocks import Action, Empty, Fact, Filter, Pagination, Tab
from foundation.ui.pages import Column, FormPage, Head, ListPage, Row, Table
from foundation.ui.parts import DateLink, Lines, Link, Mark, Quiet, Status, Words
from participants.market_roles import MARKET_ROLES
from participants.pages.general import Section, SectionsPage
from waves.enums import DraftState
from waves.impact import How, Impact, Moved
from waves.models import TimetableDraft
from waves.pages.desk import cell_value
from waves.pages.timetable import changes_table, whole_table
from waves.routes import ROUTES
from waves.timetable import Cell, Kind, Timetable
from waves.timetable_changes import CellChange
from waves.timetable_doubts import Doubt
from waves.timetable_words import KINDS

IMPACT_VIEWS = {
    "all": "All",
    "overdue": "Newly overdue",
    "risk": "Newly at risk",
    "earlier": "Earlier",
    "later": "Later",
    "begins": "Begin",
    "ends": "End",
}
_STATES = {
    DraftState.DRAFT: Status("Draft", "draft"),
    DraftState.PUBLISHED: Status("Published", "met"),
    DraftState.DISCARDED: Status("Discarded", "not_needed"),
}


def draft_page(
    draft: TimetableDraft,
    timetable: Timetable,
    changes: Sequence[CellChange],
    doubts: Sequence[Doubt],
    *,
    live: Mapping[str, int],
    in_force: str,
    may_write: bool,
    may_publish: bool,
) -> SectionsPage:
    """Return a draft: its changes first, then the whole table, every cell a way to change it."""
    is_open = draft.status == DraftState.DRAFT
    links = _links(draft, timetable) if is_open and may_write else {}
    return SectionsPage(
        head=Head(
            title=draft.title,
            kicker=_STATES[DraftState(draft.status)],
            lead="Nothing of this is in force. No participant sees it, and no clock follows it."
            if is_open
            else "",
            crumbs=[Link("Timetable", reverse("waves:timetable")), Link(draft.title)],
            actions=_actions(draft, may_write, may_publish) if is_open else (),
        ),
        facts=[
            Fact(label="Version", value=draft.version, note=timetable.source),
            Fact(label="Made from", value=draft.based_on.version),
            Fact(label="By", value=f"{draft.drafted_by_name}, {instant(draft.drafted_at)}"),
            Fact(label="Last changed", value=instant(draft.changed_at)),
            *([Fact(label="Reason", value=draft.reason)] if draft.reason else ()),
        ],
        sections=[
            *(_stale(draft, in_force) if is_open else ()),
            Section(
                title="What changes",
                meta=f"{len(changes)} cells" if changes else "",
                table=changes_table(changes, timetable, live=live, links=links),
                empty=Empty(
                    title="Nothing yet",
                    text="Choose a cell of the table below, or upload a whole table.",
                ),
            ),
            *_odd(doubts, timetable),
            Section(
                title="The whole table",
                note="Choose a cell to change it." if links else "",
                table=whole_table(timetable, links),
            ),
            Section(title="Dates elsewhere in the plan", table=_beyond(timetable, links)),
        ],
    )


def impact_page(
    draft: TimetableDraft,
    found: Impact,
    within: Impact,
    shown: Sequence[Moved],
    *,
    view: str,
    filters: Sequence[Filter],
    pagination: Pagination | None,
    at: datetime,
    may_publish: bool,
) -> ListPage:
    """Return what would move if the draft were in force now, from whose date to which.

    ``found`` is all of it, in figures; ``within`` what the reader's body governs, by name (R7).
    """
    url, back = reverse("waves:draft_impact", args=[draft.pk]), _url(draft)
    counts = {key: len(within.of(key)) for key in IMPACT_VIEWS}
    return ListPage(
        head=Head(
            title="What it would move",
            lead=f"If {draft.version} were in force at {instant(at)}. Nothing is written here;"
            " publishing does exactly this.",
            crumbs=[Link(draft.title, back), Link("What it would move")],
            actions=_publish(draft) if may_publish and draft.status == DraftState.DRAFT else (),
        ),
        facts=[
            Fact(label="Organisations", value=str(len(found.organisations)), note="would be told"),
            Fact(label="Qualifications", value=str(len(found.qualifications))),
            Fact(label="Dates", value=str(len(found.moves))),
            Fact(label="Newly overdue", value=str(len(found.of("overdue")))),
            Fact(
                label="Newly at risk",
                value=str(len(found.of("risk"))),
                note="due within a week",
            ),
        ],
        tabs=[
            Tab(label=label, url=f"{url}?view={key}", current=key == view, count=counts[key])
            for key, label in IMPACT_VIEWS.items()
            if key == "all" or counts[key] or key == view
        ],
        filters=filters,
        table=_moves(shown) if shown else None,
        empty=None if shown else Empty(title="Nothing moves", text="No date of this kind changes."),
        pagination=pagination,
        footnote=_told(found, within),
    )


def publish_page(draft: TimetableDraft, found: Impact, form: BaseForm) -> FormPage:
    """Return the form that puts a draft in force, with what that does in figures."""
    overdue = len(found.of("overdue"))
    return FormPage(
        head=Head(
            title=f"Publish {draft.version}",
            lead=f"{_count(len(found.moves), 'date')} of"
            f" {_count(len(found.organisations), 'organisation')} move."
            + (f" {overdue} become overdue at once." if overdue else "")
            + " Reminders of the old dates are taken back and planned anew.",
            crumbs=[Link(draft.title, _url(draft)), Link("Publish")],
        ),
        form=form,
        submit=Action(text="Publish it", kind="primary", method="submit"),
        cancel=Link("Cancel", _url(draft)),
        note="Everybody whose dates move is told. A published version is never edited; another one"
        " replaces it.",
    )


def cell_page(
    draft: TimetableDraft, cell: Cell, before: Cell, form: BaseForm, kind: Kind, route: str
) -> FormPage:
    """Return the form of one cell, with its other kinds a link away."""
    url = reverse("waves:draft_cell", args=[draft.pk, cell.key, cell.route])
    others: list[Words] = [
        Link(words, f"{url}?kind={key}") for key, words in KINDS.items() if key is not kind
    ]
    facts = [
        Fact(label=f"In {draft.based_on.version}", value=cell_value(before)),
        Fact(label="In this draft", value=cell_value(cell)),
        Fact(label="Kind", value=KINDS[kind], note=""),
    ]
    return FormPage(
        head=Head(
            title=f"{cell.label}, {route}",
            crumbs=[Link(draft.title, _url(draft)), Link("Change a cell")],
            actions=_put_back(draft, cell, before),
        ),
        facts=facts,
        before=["Another kind: ", *_between(others)],
        form=form,
        post_url=f"{url}?kind={kind}",
        submit=Action(text="Save in the draft", kind="primary", method="submit"),
        cancel=Link("Cancel", _url(draft)),
    )


def plain_form_page(
    form: BaseForm, *, title: str, lead: str, submit: str, draft: TimetableDraft | None = None
) -> FormPage:
    """Return a form about a draft, or the form that makes one."""
    back = _url(draft) if draft else reverse("waves:timetable")
    return FormPage(
        head=Head(
            title=title,
            lead=lead,
            crumbs=[Link(draft.title if draft else "Timetable", back), Link(title)],
        ),
        form=form,
        submit=Action(text=submit, kind="primary", method="submit"),
        cancel=Link("Cancel", back),
        multipart=form.is_multipart(),
    )


def _url(draft: TimetableDraft) -> str:
    return reverse("waves:draft", args=[draft.pk])


def _actions(draft: TimetableDraft, may_write: bool, may_publish: bool) -> list[Action]:
    found = [
        Action(
            text="What it would move",
            url=reverse("waves:draft_impact", args=[draft.pk]),
            kind="primary",
        )
    ]
    if may_publish:
        found += _publish(draft, kind="secondary")
    if may_write:
        found += [
            Action(text=text, url=reverse(name, args=[draft.pk]))
            for text, name in (
                ("Upload a table", "waves:upload_draft"),
                ("Names and reason", "waves:describe_draft"),
            )
        ]
    found.append(Action(text="Download", url=reverse("waves:draft_file", args=[draft.pk, "csv"])))
    if may_write:
        discard = reverse("waves:discard_draft", args=[draft.pk])
        found.append(Action(text="Discard", url=discard, method="post"))
    return found


def _publish(draft: TimetableDraft, kind: str = "primary") -> list[Action]:
    url = reverse("waves:publish_draft", args=[draft.pk])
    return [Action(text=f"Publish {draft.version}", url=url, kind=kind)]


def _stale(draft: TimetableDraft, in_force: str) -> list[Section]:
    if draft.based_on.version == in_force:
        return []
    url = reverse("waves:follow_draft", args=[draft.pk])
    text = f"Put its changes upon {in_force}"
    return [
        Section(
            title=f"{in_force} came into force meanwhile",
            note=Status(
                f"The draft still follows {draft.based_on.version}, so it cannot be published.",
                "at_risk",
            ),
            actions=[Action(text=text, url=url, method="post", kind="primary")],
        )
    ]


def _odd(doubts: Sequence[Doubt], timetable: Timetable) -> list[Section]:
    if not doubts:
        return []
    return [
        Section(
            title="What looks odd",
            note="It may be meant, so nothing is refused. Only what this draft brings is listed.",
            table=Table(
                caption="What looks odd",
                columns=[Column(label="Route"), Column(label="What")],
                rows=[
                    Row(cells=[timetable.routes[doubt.route], Status(doubt.text, "at_risk")])
                    for doubt in doubts
                ],
            ),
        )
    ]


def _links(draft: TimetableDraft, timetable: Timetable) -> dict[tuple[str, str], str]:
    return {
        (key, route): reverse("waves:draft_cell", args=[draft.pk, key, route])
        for key, route in (*timetable.cells, *timetable.beyond)
    }


def _beyond(timetable: Timetable, links: Mapping[tuple[str, str], str]) -> Table:
    rows = [
        Row(
            cells=[
                Link(cell.label, links[place]) if place in links else cell.label,
                timetable.routes[cell.route],
                cell_value(cell),
                cell.clause,
            ]
        )
        for place, cell in timetable.beyond.items()
    ]
    labels = ("What", "Route", "When", "Paragraph")
    return Table(
        caption="Dates elsewhere in the plan",
        columns=[Column(label=name) for name in labels],
        rows=rows,
    )


def _moves(shown: Sequence[Moved]) -> Table:
    return Table(
        caption="Dates that move",
        columns=[
            Column(label="Organisation"),
            Column(label="Duty"),
            Column(label="Whose"),
            Column(label="From", whole=True),
            Column(label="To", whole=True),
            Column(label="By"),
            Column(label="State"),
        ],
        rows=[_moved(each) for each in shown],
        compact=True,
    )


def _moved(each: Moved) -> Row:
    party = each.party
    url = reverse("waves:date", args=[party.slug, party.qualification, each.activity])
    url = f"{url}?body={each.body}" if each.body else url
    role, route = MARKET_ROLES[party.role].short_label, ROUTES[party.route].short_label
    return Row(
        cells=[
            Lines([party.organisation, f"{role}, {route}"]),
            each.label,
            Mark(each.body) if each.body else "The organisation",
            DateLink(day(each.before), url=url) if each.before else Quiet("None"),
            day(each.after) if each.after else Quiet("None"),
            _by(each),
            _becomes(each),
        ],
        marked=each.newly_overdue,
    )


def _by(each: Moved) -> str:
    if not each.days:
        return {How.BEGINS: "Begins", How.ENDS: "Ends"}.get(each.how, "")
    return f"{days(abs(each.days))} {'later' if each.days > 0 else 'earlier'}"


def _becomes(each: Moved) -> Words:
    if each.newly_overdue:
        return Status("Overdue at once", "overdue")
    return Status("Due within a week", "at_risk") if each.newly_at_risk else ""


def _told(found: Impact, within: Impact) -> Words:
    names = list(within.organisations.values())
    hidden = len(found.organisations) - len(names)
    others = f" {_count(hidden, 'organisation')} more under other bodies." if hidden else ""
    if not names:
        return others.strip() or "Nobody would be told."
    first, rest = ", ".join(names[:12]), len(names) - 12
    more = f" and {rest} more" if rest > 0 else ""
    return f"Would be told, each of its own dates alone: {first}{more}.{others}"


def _put_back(draft: TimetableDraft, cell: Cell, before: Cell) -> list[Action]:
    if cell == before:
        return []
    url = reverse("waves:put_back_cell", args=[draft.pk, cell.key, cell.route])
    text = f"Put back to {draft.based_on.version}"
    return [Action(text=text, url=url, method="post", name="revision", value=str(draft.revision))]


def _between(links: Sequence[Words]) -> list[Words]:
    found: list[Words] = []
    for link in links:
        found += [", ", link] if found else [link]
    return found


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
