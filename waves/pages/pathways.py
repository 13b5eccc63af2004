"""The guided change of a road: the pathways, then before and after, then its confirmation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day
from foundation.ui.blocks import Empty, Fact, Note, Refusal
from foundation.ui.pages import Column, Head, Row, Table
from foundation.ui.parts import Link, Quiet, Status, Strong, Words
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from participants.pages.general import Section, SectionsPage
from waves.board import Board, short
from waves.capacity import WAVES
from waves.forms.pathways import ChoiceForm
from waves.pathways import (
    ENDURING,
    PATHWAYS,
    Case,
    DateMove,
    Pathway,
    kept,
    lapses,
    objections,
)
from waves.queries.pathways import Before, Preview


@dataclass(frozen=True, slots=True, kw_only=True)
class PathwayPage(SectionsPage):
    """``waves/pathway.html``: first the choice, then what it would do with its confirmation."""

    choose: BaseForm | None = None
    confirm: BaseForm | None = None
    hidden: Sequence[tuple[str, str]] = ()
    refusal: Refusal | None = None
    post_url: str = ""
    button: str = ""
    back: Link | None = None


def choice_page(now: Before, form: ChoiceForm, case: Case) -> PathwayPage:
    """Return the pathways with their reasons, and the form that chooses one."""
    held = now.held
    return PathwayPage(
        head=_head(held, "Change the route"),
        facts=_facts(now),
        choose=form if form.is_bound or form.fields["pathway"].choices else None,
        post_url=address(held),
        back=Link("Cancel", reverse("waves:dates", args=[held.organisation.slug, held.pk])),
        sections=[
            Section(
                title="The pathways",
                meta="Appendix B",
                table=Table(
                    caption="The pathways",
                    columns=[Column(label=each) for each in ("Pathway", "When", "Now")],
                    rows=[_pathway_row(row, case) for row in PATHWAYS.values()],
                ),
            )
        ],
    )


def preview_page(
    now: Before,
    found: Preview,
    *,
    case: Case,
    number: int,
    confirm: BaseForm,
    hidden: Sequence[tuple[str, str]],
) -> PathwayPage:
    """Return what the chosen pathway would do, before and after, and its confirmation."""
    held, path = now.held, PATHWAYS[number]
    reasons = [*objections(number, case), *found.order]
    return PathwayPage(
        head=_head(held, f"{path.called}: before and after"),
        facts=[*_facts(now), Fact(label="Goes to", value=_goes_to(path, case))],
        sections=[
            _dates(found.dates, path),
            _stays(case),
            _again(found, held.status),
            *_place(now, path, case),
            _relying(found, now.board),
        ],
        refusal=Refusal(title="This pathway is not open", reasons=reasons) if reasons else None,
        confirm=None if reasons else confirm,
        hidden=hidden,
        post_url=address(held),
        button="End its wave" if number == ENDURING else "Change the route",
        back=Link("Choose again", address(held)),
        notes=_notes(path),
    )


def address(held: Qualification) -> str:
    """Return where the road of a qualification is changed."""
    return reverse("waves:pathway", args=[held.pk])


# --- parts


def _head(held: Qualification, title: str) -> Head:
    trio = " LDSO, SMRA / ERDA and UMSO move together." if held.trio else ""
    return Head(
        title=title,
        crumbs=[
            Link(held.organisation.name, reverse("waves:road", args=[held.organisation.slug])),
            Link("Change the route"),
        ],
        lead=f"{held.organisation.name}, {MARKET_ROLES[held.role].label}.{trio}",
    )


def _facts(now: Before) -> list[Fact]:
    held = now.held
    codes = ", ".join(mpid.code for mpid in now.mpids)
    return [
        Fact(label="Route now", value=short(held.route)),
        Fact(label="QAD", value=held.get_status_display()),
        Fact(label="MPIDs", value=codes or Quiet("None")),
    ]


def _pathway_row(row: Pathway, case: Case) -> Row:
    reasons = objections(row.number, case)
    now: Words = [Status("Not open.", "not_open"), *(f" {each}" for each in reasons)]
    return Row(
        cells=[
            Strong(row.called),
            [row.when, " ", Quiet(row.clause)],
            now if reasons else Status("Open now", "check"),
        ]
    )


def _goes_to(path: Pathway, case: Case) -> str:
    if path.number == ENDURING:
        return "Enduring arrangements"
    return short(case.to or case.route)


def _dates(moves: Sequence[DateMove], path: Pathway) -> Section:
    changed = [each for each in moves if each.before != each.after]
    labels = ("What", "Before", "After", "Moves by")
    note = "Dates of what was done stay; the others follow the new route."
    if path.number == ENDURING:
        return Section(
            title="Dates",
            empty=Empty(title="None ahead", text="The plan of this portal ends for it."),
        )
    return Section(
        title="Dates",
        meta=f"{len(changed)} change",
        note=note,
        table=Table(
            caption="Dates before and after",
            columns=[Column(label=each) for each in labels],
            rows=[_date_row(each) for each in changed],
        ),
        empty=Empty(title="No date changes", text="Both are on the same dates."),
    )


def _date_row(move: DateMove) -> Row:
    before = day(move.before) if move.before else Quiet("No date")
    after: Words = day(move.after) if move.after else Quiet("No date")
    if move.met_on:
        return Row(cells=[move.label, before, [after, " ", Status("Done", "done")], "Stays done"])
    return Row(cells=[move.label, before, after, _by(move.days)])


def _by(days: int | None) -> str:
    if days is None:
        return ""
    return f"{abs(days)} days {'later' if days > 0 else 'earlier'}"


def _stays(case: Case) -> Section:
    facts = [Fact(label="Kept", value=each) for each in kept(case)]
    return Section(title="What stays", facts=facts)


def _again(found: Preview, status: str) -> Section:
    facts = [Fact(label="Again", value=each) for each in found.redo.words]
    facts.append(Fact(label="Approvals and signatures", value=lapses(status)))
    return Section(
        title="What must be done again",
        meta="" if found.redo.words else "Nothing",
        facts=facts,
    )


def _place(now: Before, path: Pathway, case: Case) -> Iterator[Section]:
    """The place on the board before and after, with what the wave can take."""
    seat = now.board.seat(now.unit) if now.unit in now.board.units else None
    to = case.to or case.route
    if seat is None or (to not in WAVES and case.route not in WAVES):
        return
    facts = [Fact(label="Now", value=f"{short(case.route)}, {_said(seat.state)}")]
    if path.number == ENDURING:
        facts.append(Fact(label="Then", value="None: it leaves the waves"))
    elif to in WAVES:
        facts += _room(now.board.moved({now.unit: to}), to)
    else:
        facts.append(Fact(label="Then", value="None: it is not in a wave"))
    yield Section(title="Place on the wave board", facts=facts)


def _room(board: Board, to: str) -> list[Fact]:
    load = board.loads[to]
    bound = f" of {load.room.places}" if load.room.places is not None else ""
    over = ", ".join(f"{body} by {count} weeks" for body, count in load.over_weeks.items())
    if load.over_places:
        over = ", ".join(filter(None, (f"{load.over_places} places", over)))
    return [
        Fact(label="Then", value=f"{short(to)}, allocated by this decision"),
        Fact(label=f"Places in {short(to)} then", value=f"{load.places}{bound}"),
        Fact(label="Over", value=Status(over, "octagon") if over else "Nothing"),
    ]


def _said(state: str) -> str:
    return state.replace("_", " ").lower()


def _relying(found: Preview, board: Board) -> Section:
    rows = [
        Row(
            cells=[
                board.name(each.key),
                "Directly" if each.is_direct else "Through others",
                " relies on ".join(board.name(key) for key in each.chain),
            ]
        )
        for each in found.dependants
    ]
    labels = ("Who", "How", "Chain")
    return Section(
        title="Who relies on it",
        meta="For the bodies alone",
        note="They are flagged to the bodies. No participant is told whose change it was"
        " (QA&P 10.3).",
        table=Table(
            caption="Who relies on it",
            columns=[Column(label=each) for each in labels],
            rows=rows,
        ),
        empty=Empty(title="Nobody", text="Nobody relies on this party."),
    )


def _notes(path: Pathway) -> list[Note]:
    found = []
    if path.splits:
        text = "The MPIDs that go get a qualification and a QAD part of their own; each of the two"
        text += " needs a Management Assertion before it is decided (QA&P 11.3)."
        found.append(Note(lead="Some MPIDs go.", text=text, kind="target"))
    return found


def hidden_of(asked: Mapping[str, Any], seen: str) -> list[tuple[str, str]]:
    """Return what the confirmation carries along of the choice."""
    names = ("pathway", "route", "is_identical", "override")
    found = [(name, asked[name]) for name in names if asked.get(name)]
    codes = asked.getlist("mpids") if hasattr(asked, "getlist") else ()
    return [*found, *(("mpids", code) for code in codes), ("seen", seen)]
