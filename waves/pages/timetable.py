"""The timetable as it is published, its versions, and its drafts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from foundation.clock.words import day, instant
from foundation.ui.blocks import Action, Empty, Fact
from foundation.ui.pages import Column, Head, Row, Table
from foundation.ui.parts import Lines, Link, Quiet, Status, Words
from participants.models import Organisation
from participants.pages.general import Section, SectionsPage
from waves import models
from waves.models import TimetableDraft
from waves.pages.desk import beyond_table, cell_value, notes_table, value_of
from waves.queries.timetable import OwnMove
from waves.timetable import Cell, Timetable
from waves.timetable_changes import CellChange

_STATES = {
    "DRAFT": Status("Open", "draft"),
    "PUBLISHED": Status("Published", "met"),
    "DISCARDED": Status("Discarded", "not_needed"),
}


def timetable_page(
    row: models.Timetable,
    timetable: Timetable,
    versions: Sequence[models.Timetable],
    *,
    followers: Mapping[UUID, int],
    drafts: Sequence[TimetableDraft] = (),
    changed: Sequence[CellChange] = (),
    may_draft: bool = False,
) -> SectionsPage:
    """Return a version whole: every cell, what is printed and corrected, how it came about."""
    current = versions[0].pk == row.pk
    home, kinds = reverse("waves:timetable"), (("csv", "table"), ("toml", "header"))
    actions = [
        Action(
            text=f"Download the {what}",
            url=reverse("waves:timetable_version_file", args=[row.version, kind]),
        )
        for kind, what in kinds
    ]
    if may_draft and current:
        actions.append(Action(text="New draft", url=reverse("waves:new_draft"), kind="primary"))
    return SectionsPage(
        head=Head(
            title=timetable.title,
            kicker=Status("In force", "met") if current else Status("Replaced", "not_needed"),
            lead=timetable.note,
            actions=actions,
            crumbs=[] if current else [Link("Timetable", home), Link(f"Version {row.version}")],
        ),
        facts=_facts(row, followers),
        sections=[
            *(_drafts(drafts) if may_draft else ()),
            *(_changed(changed, timetable) if changed else ()),
            Section(
                title=f"{len(timetable.keys)} activities on {len(timetable.routes)} routes",
                table=whole_table(timetable),
            ),
            Section(title="Dates elsewhere in the plan", table=beyond_table(timetable)),
            Section(title="Corrections and notes", table=notes_table(timetable)),
            Section(title="Versions", table=versions_table(versions, followers)),
        ],
    )


def whole_table(
    timetable: Timetable,
    links: Mapping[tuple[str, str], str] | None = None,
    routes: Sequence[str] = (),
) -> Table:
    """Return activities by routes, all or some; ``links`` leads to where a cell is changed."""
    shown = routes or tuple(timetable.routes)
    labels = ("Activity", *(timetable.routes[route] for route in shown))
    return Table(
        caption=timetable.title,
        columns=[Column(label=label) for label in labels],
        rows=[_row(key, timetable, shown, links or {}) for key in timetable.keys],
        compact=True,
    )


def versions_table(
    versions: Sequence[models.Timetable], followers: Mapping[UUID, int] | None = None
) -> Table:
    """Return every version with its reason, its authority, and how many clocks follow it."""
    labels = ["Version", "Published", "By", "Why", "Approved by"]
    if followers is not None:
        labels.append("Running duties")
    rows = []
    for row in versions:
        own = followers is None
        cells: list[Words] = [
            row.version if own else Link(row.version, _version_url(row)),
            instant(row.published_at),
            row.published_by_name,
            row.reason or Quiet("First version"),
            row.authority,
        ]
        rows.append(Row(cells=cells if own else [*cells, str(followers.get(row.pk, 0))]))
    return Table(caption="Versions", columns=[Column(label=each) for each in labels], rows=rows)


def changes_table(
    changes: Sequence[CellChange],
    timetable: Timetable,
    *,
    live: Mapping[str, int] | None = None,
    links: Mapping[tuple[str, str], str] | None = None,
) -> Table:
    """Return cells that differ: what stood, what stands, and which words go with it."""
    labels = ["Activity", "Route", "From", "To", "Words"]
    if live is not None:
        labels.append("On this route")
    rows = []
    for change in changes:
        cell = change.cell
        url = (links or {}).get(change.place)
        cells: list[Words] = [
            Link(cell.label, url) if url else cell.label,
            timetable.routes.get(cell.route, cell.route),
            cell_value(change.before) if change.before else Quiet("Nothing"),
            cell_value(change.after) if change.after else Quiet("Nothing"),
            _words(change),
        ]
        if live is not None:
            cells.append(str(live.get(cell.route, 0)))
        rows.append(Row(cells=cells))
    return Table(caption="What changes", columns=[Column(label=each) for each in labels], rows=rows)


def own_page(
    organisation: Organisation,
    timetable: Timetable,
    versions: Sequence[models.Timetable],
    moves: Sequence[OwnMove],
    routes: Collection[str],
) -> SectionsPage:
    """Return to an organisation the version in force and what new versions moved for it."""
    row = versions[0]
    own_routes = [route for route in timetable.routes if route in routes]
    road = reverse("waves:road", args=[organisation.slug])
    return SectionsPage(
        head=Head(
            title="The timetable",
            lead="All dates are indicative and may change. Here is which version is in force, and"
            " what each new version moved for you.",
            crumbs=[Link("The road", road), Link("The timetable")],
        ),
        facts=[
            Fact(label="In force", value=row.version, note=row.source),
            Fact(label="Since", value=day(row.published_at.date())),
        ],
        sections=[
            Section(
                title="What moved for you",
                table=_own_table(organisation, moves),
                empty=Empty(
                    title="Nothing yet",
                    text="No new version of the timetable has moved one of your dates.",
                ),
            ),
            *(
                [
                    Section(
                        title="What it says for your routes",
                        table=whole_table(timetable, routes=own_routes),
                    )
                ]
                if own_routes
                else ()
            ),
            Section(title="Versions", table=versions_table(versions)),
        ],
    )


def _facts(row: models.Timetable, followers: Mapping[UUID, int]) -> list[Fact]:
    said = f"{instant(row.published_at)}, {row.published_by_name}"
    found = [
        Fact(label="Version", value=row.version),
        Fact(label="Source", value=row.source),
        Fact(label="Published", value=said),
        Fact(label="Running duties that follow it", value=str(followers.get(row.pk, 0))),
    ]
    if row.reason:
        found.append(Fact(label="Reason", value=row.reason, note=row.authority))
    return found


def _drafts(drafts: Sequence[TimetableDraft]) -> Iterable[Section]:
    if not drafts:
        return
    yield Section(
        title="Drafts",
        note="Nothing of a draft is in force, and no participant sees it.",
        table=Table(
            caption="Drafts",
            columns=[
                Column(label=name)
                for name in ("Draft", "Version", "Made from", "By", "Last changed", "State")
            ],
            rows=[
                Row(
                    cells=[
                        draft.title,
                        draft.version,
                        draft.based_on.version,
                        draft.drafted_by_name,
                        instant(draft.changed_at),
                        _STATES[draft.status],
                    ],
                    url=reverse("waves:draft", args=[draft.pk]),
                )
                for draft in drafts
            ],
        ),
    )


def _changed(changes: Sequence[CellChange], timetable: Timetable) -> Iterable[Section]:
    yield Section(
        title="What this version changed",
        meta=f"{len(changes)} cells",
        table=changes_table(changes, timetable),
    )


def _own_table(organisation: Organisation, moves: Sequence[OwnMove]) -> Table:
    rows = []
    for move in moves:
        row = move.obligation
        url = reverse("waves:date", args=[organisation.slug, row.qualification_id, row.activity])
        was = day(type(row.due_on).fromisoformat(move.due))
        rows.append(
            Row(
                cells=[
                    Lines([row.label, row.qualification.get_role_display()]),
                    was,
                    Link(day(row.due_on), f"{url}?body={row.body}" if row.body else url),
                    move.version,
                    instant(move.until),
                ]
            )
        )
    labels = ("Date", "It was", "Now", "Since version", "Moved")
    return Table(
        caption="What moved for you", columns=[Column(label=each) for each in labels], rows=rows
    )


def _row(
    key: str, timetable: Timetable, routes: Sequence[str], links: Mapping[tuple[str, str], str]
) -> Row:
    cells = [timetable.cell(key, route) for route in routes]
    return Row(cells=[cells[0].label, *(_linked(cell, links) for cell in cells)])


def _linked(cell: Cell, links: Mapping[tuple[str, str], str]) -> Words:
    url = links.get((cell.key, cell.route))
    if not url:
        return cell_value(cell)
    said = Link(value_of(cell), url, hint="Change")
    return Lines([said, *_beside(cell)]) if _beside(cell) else said


def _beside(cell: Cell) -> list[Words]:
    return [Status(f"Printed {cell.printed:%d/%m/%Y}", "at_risk")] if cell.printed else []


def _words(change: CellChange) -> Words:
    said: list[Words] = []
    after = change.after
    if after is None or change.before is None:
        return ""
    if "note" in change.names:
        said.append(after.note or Quiet("Note taken away"))
    if "raw_text" in change.names:
        said.append(f"Printed: “{after.raw_text}”")
    if "clause" in change.names:
        said.append(after.clause)
    return Lines(said) if said else ""


def _version_url(row: models.Timetable) -> str:
    return reverse("waves:timetable_version", args=[row.version])
