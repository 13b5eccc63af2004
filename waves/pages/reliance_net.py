"""Who relies on whom: the picture with its table, and who is touched by what happens to one."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse

from foundation.ui.blocks import Action, Empty, Fact, Note, Tab
from foundation.ui.net import Arrow, Box, NetPicture
from foundation.ui.pages import Column, Head, Row, Table
from foundation.ui.parts import Lines, Link, Status, Words
from participants.pages.general import SectionsPage
from waves.board import Board, short, wave_word
from waves.pages import reliance as own
from waves.pages.reliance_desk import tabs
from waves.queries.reliance import Edge
from waves.reliance import AGREED
from waves.reliance_graph import Effect, Touched, net
from waves.services.reliance_links import chain, happened

_EFFECTS = {
    Effect.TOO_EARLY: ("Too early", "at_risk", "Stands before the party: its wave is planned anew"),
    Effect.NO_EVIDENCE: ("No evidence", "lapsed", "What it relies on is not there"),
    Effect.REVIEW: ("To look at", "reading", "The order holds; its plan is looked at again"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NetPage(SectionsPage):
    """``waves/reliance_net.html``: tabs, a form, the picture, its table, and an act."""

    tabs: Sequence[Tab] = ()
    form: forms.Form | None = None
    picture: NetPicture | None = None
    legend: Words = ""
    table: Table | None = None
    empty: Empty | None = None
    flag_form: forms.Form | None = None
    flag: Action | None = None


def net_page(board: Board, edges: Sequence[Edge]) -> NetPage:
    """Return the whole net."""
    pairs = _pairs(board, edges)
    broken = {(each.chain[0], each.chain[1]) for each in board.breaks}
    parties = {key for pair in pairs for key in pair}
    passed = sum(own.evidence(each.reliance) == Status("Passed", "met") for each in edges)
    return NetPage(
        head=Head(
            title="Who relies on whom",
            lead="An arrow leads to the party relied on. Nobody stands in an earlier wave than a"
            " party that it relies on (QA&P 9.3.2). No participant sees this.",
        ),
        tabs=tabs("waves:reliance_net"),
        facts=[
            Fact(label="Parties", value=str(len(parties))),
            Fact(label="Links", value=str(len(edges))),
            Fact(label="Testing has passed", value=str(passed)),
            Fact(label="Order broken", value=str(len(board.breaks))),
        ],
        notes=[
            Note(lead="The order is broken.", text=board.break_sentence(each), kind="at_risk")
            for each in board.breaks[:3]
        ],
        picture=_picture(board, pairs, broken) if pairs else None,
        legend="A broken line: not agreed yet. In red: against the order of waves.",
        table=_table(board, edges) if edges else None,
        empty=Empty(
            title="Nobody relies on anybody",
            text="Links appear when a planner says who a party is.",
        ),
    )


def _pairs(board: Board, edges: Sequence[Edge]) -> dict[tuple[Hashable, Hashable], Edge]:
    """Each arrow between two units of the board, once."""
    unit = {seat.id: seat.unit for seat in board.seats}
    found = {}
    for each in edges:
        relying, provider = (unit.get(key) for key in each.pair)
        if relying and provider and relying != provider:
            found.setdefault((relying, provider), each)
    return found


def _picture(
    board: Board,
    pairs: Mapping[tuple[Hashable, Hashable], Edge],
    broken: set[tuple[Hashable, Hashable]],
    kinds: Mapping[Hashable, str] | None = None,
) -> NetPicture:
    parties = {key for pair in pairs for key in pair}
    orders = sorted({_order(board, key) for key in parties})
    at = {order: number for number, order in enumerate(orders)}
    laid = net(list(pairs), {key: at[_order(board, key)] for key in parties})
    number = {key: each for each, key in enumerate(laid.spots)}
    known = kinds or {}
    return NetPicture(
        title="Who relies on whom",
        columns=[_head(order) for order in orders],
        boxes=[
            Box(
                name=board.seat(key).organisation,
                note=_note(board, key),
                column=spot.column,
                row=spot.row,
                url=f"{reverse('waves:reliance_touched')}?party={board.seat(key).id}&what=fails",
                kind=known.get(key, ""),
            )
            for key, spot in laid.spots.items()
        ],
        arrows=[
            Arrow(start=number[one], end=number[other], kind=_kind((one, other), edge, broken))
            for (one, other), edge in pairs.items()
        ],
        breaks=laid.groups,
    )


def _kind(pair: tuple[Hashable, Hashable], edge: Edge, broken: set) -> str:
    if pair in broken:
        return "broken"
    return "" if edge.reliance.status in AGREED else "waiting"


def _order(board: Board, key: Hashable) -> int:
    return board.order.get(key, 9)


def _head(order: int) -> str:
    return {0: "SIT, Non-SIT LDSO", 9: "After wave 4"}.get(order, wave_word(order).capitalize())


def _note(board: Board, key: Hashable) -> str:
    name = board.name(key)
    return name[name.rfind("(") + 1 : -1]


def _table(board: Board, edges: Sequence[Edge]) -> Table:
    names = ("Who relies", "On whom", "Testing", "State", "Relied-on testing")
    return Table(
        caption="The same as a table",
        columns=[Column(label=each) for each in names],
        rows=[
            Row(
                cells=[
                    _who(each.relying),
                    _who(each.provider),
                    Lines([own.testing(each.reliance.stages), each.reliance.get_extent_display()]),
                    own.state(each.reliance),
                    own.evidence(each.reliance),
                ],
                url=reverse("waves:reliance_one", args=[each.reliance.pk]),
            )
            for each in edges
        ],
        compact=True,
    )


def _who(held: Any) -> Words:
    return Lines([held.organisation.name, f"{held.get_role_display()}, {short(held.route)}"])


def touched_page(
    board: Board,
    edges: Sequence[Edge],
    form: forms.Form,
    found: Sequence[Touched] | None = None,
    flag_form: forms.Form | None = None,
) -> NetPage:
    """Return who is touched when something happens to one party, directly and through others."""
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return NetPage(
        head=Head(
            title="Who would be touched",
            lead="When a party slips a wave, leaves SIT or does not pass: everybody who relies on"
            " it, and everybody who relies on them. Looking changes nothing.",
        ),
        tabs=tabs("waves:reliance_touched"),
        form=form,
        facts=_counts(found) if found else [],
        picture=_part(board, edges, found) if found else None,
        legend="The party stands in blue, whoever is touched in yellow.",
        table=_touched_table(board, found, asked) if found else None,
        empty=Empty(title="Nobody is touched", text="Nobody relies on this party.")
        if found is not None
        else None,
        flag_form=flag_form if found else None,
        flag=_flag(asked) if found and flag_form else None,
    )


def _counts(found: Sequence[Touched]) -> list[Fact]:
    return [
        Fact(label="Touched", value=str(len(found))),
        Fact(label="Directly", value=str(sum(each.is_direct for each in found))),
        *(
            Fact(label=word, value=str(sum(each.effect is effect for each in found)))
            for effect, (word, _, _) in _EFFECTS.items()
        ),
    ]


def _part(board: Board, edges: Sequence[Edge], found: Sequence[Touched]) -> NetPicture:
    cause = found[0].chain[-1]
    kinds = {each.key: "touched" for each in found} | {cause: "cause"}
    pairs = {
        pair: edge
        for pair, edge in _pairs(board, edges).items()
        if pair[0] in kinds and pair[1] in kinds
    }
    broken = {(each.chain[0], each.chain[1]) for each in board.breaks}
    return _picture(board, pairs, broken, kinds)


def _touched_table(board: Board, found: Sequence[Touched], asked: Mapping[str, Any]) -> Table:
    cause = happened(asked["what"], asked["route"])
    return Table(
        caption="Who is touched",
        columns=[Column(label=each) for each in ("Who", "What it means", "By which way")],
        rows=[
            Row(
                cells=[
                    Link(
                        board.name(each.key),
                        reverse("waves:place", args=[board.seat(each.key).id])
                        if board.seat(each.key).is_in_wave
                        else "",
                    ),
                    Lines([Status(*_EFFECTS[each.effect][:2]), _EFFECTS[each.effect][2]]),
                    f"{chain(board, each)}, {cause}",
                ]
            )
            for each in found
        ],
    )


def _flag(asked: Mapping[str, Any]) -> Action:
    hidden = {name: str(asked[name]) for name in ("party", "what", "route")}
    url = reverse("waves:reliance_touched")
    return Action(text="Have all of them looked at again", url=url, kind="primary", hidden=hidden)
