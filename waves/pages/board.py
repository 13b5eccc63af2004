"""The wave board as plain values for ``waves/board.html``; its what-if mode is next door."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Filter, FilterOption, Note, Refusal, WhatIf
from foundation.ui.pages import Head
from foundation.ui.parts import Link, Ticks, Words
from foundation.ui.planning import PlanColumn
from participants import policy
from participants.enums import Role
from participants.market_roles import BODIES, MARKET_ROLES
from participants.pages.general import Section
from participants.roles import roles_in_reach
from waves.board import Board
from waves.enums import PlaceState
from waves.models import Scenario
from waves.pages.board_columns import View, columns
from waves.timetable import Timetable

FILTERS = ("role", "body", "state", "risk", "reliance")
MOST_NOTES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """``waves/board.html``: head, filters, four columns, and what a what-if says."""

    head: Head
    columns: Sequence[PlanColumn]
    filters: Sequence[Filter] = ()
    notes: Sequence[Note] = ()
    legend: Sequence[Words] = ()
    what_if: WhatIf | None = None
    refusal: Refusal | None = None
    sections: Sequence[Section] = ()
    form_method: str = "get"
    form_action: str = ""
    revision: int = 0


def view_of(actor: Actor, asked: Mapping[str, str], today: date) -> View:
    """Return what the board is narrowed to; what is not known is not asked for."""
    body = asked.get("body", "")
    own = actor.body if actor.body in BODIES else ""
    return View(
        body=body if body in BODIES else own,
        roles=tuple(roles_in_reach(actor)),
        role=asked.get("role", "") if asked.get("role") in Role.values else "",
        state=asked.get("state", "") if asked.get("state") in PlaceState.values else "",
        at_risk=asked.get("risk") == "1",
        show_reliance=asked.get("reliance") != "0",
        may_plan=policy.may(actor, "place.plan"),
        today=today,
    )


def board_page(
    board: Board,
    *,
    view: View,
    asked: Mapping[str, str],
    timetable: Timetable,
    scenarios: Sequence[Scenario] = (),
) -> BoardPage:
    """Return the real board."""
    return BoardPage(
        head=Head(
            title="Wave board",
            lead=[
                "Places are never given by order of arrival. ",
                Link("Published criteria", reverse("waves:criteria")),
            ],
            actions=_tools() if view.may_plan else (),
        ),
        filters=filters(board, view, asked, scenarios, reverse("waves:board")),
        columns=columns(board, view, timetable),
        notes=_broken_notes(board, view),
        legend=legend(),
        form_action=reverse("waves:move"),
    )


def _tools() -> list[Action]:
    return [
        Action(text="New what-if", url=reverse("waves:new_what_if"), icon="plus"),
        Action(text="Wait list", url=reverse("waves:waiting"), kind="quiet"),
        Action(text="Capacity", url=reverse("waves:capacity"), kind="quiet"),
    ]


def copy_url(name: str, scenario: Scenario) -> str:
    """Return the address of an act on a what-if."""
    return reverse(f"waves:{name}", args=[scenario.pk])


def filters(
    board: Board,
    view: View,
    asked: Mapping[str, str],
    scenarios: Sequence[Scenario],
    base: str,
) -> list[Filter]:
    """Return the chips of the board; they change what is shown, never what is counted."""
    kept = {name: asked[name] for name in FILTERS if asked.get(name)}

    def url(**changes: str) -> str:
        values = {name: value for name, value in {**kept, **changes}.items() if value}
        return f"{base}?{urlencode(values)}" if values else base

    risky = sum(
        seats[0].is_at_risk and any(seat.role in view.roles for seat in seats)
        for seats in board.units.values()
    )
    role = MARKET_ROLES[view.role].short_label if view.role else "All roles"
    state = PlaceState(view.state).label if view.state else "All states"
    found = [
        _menu(role, [("All roles", ""), *((MARKET_ROLES[r].short_label, r) for r in view.roles)],
              view.role, lambda value: url(role=value)),
        _menu(f"Weeks of {view.body}" if view.body else "Weeks",
              [(body, body) for body in BODIES], view.body, lambda value: url(body=value)),
        _menu(state, [("All states", ""), *((each.label, each.value) for each in PlaceState)],
              view.state, lambda value: url(state=value)),
        Filter(label="Show reliance", on=view.show_reliance,
               url=url(reliance="0" if view.show_reliance else "")),
        Filter(label=f"At risk ({risky})", on=view.at_risk,
               url=url(risk="" if view.at_risk else "1")),
    ]  # fmt: skip
    if scenarios:
        named = [(each.title, copy_url("what_if", each)) for each in scenarios]
        found.append(_menu(f"What-ifs ({len(named)})", named, "", lambda value: value))
    return found


def _menu(
    label: str, choices: Sequence[tuple[str, str]], chosen: str, url: Callable[[str], str]
) -> Filter:
    return Filter(
        label=label,
        options=[
            FilterOption(label=name, url=url(value), current=value == chosen)
            for name, value in choices
        ],
    )


def legend() -> list[Words]:
    """Return what a tick means, and how a card is moved."""
    return [
        [Ticks(["done", "done", "draft", "blank", "over"]),
         "Given, not given yet, free, over what the wave can take"],
        "Drag a card, or choose it and press M to move with the keyboard",
    ]  # fmt: skip


def _broken_notes(board: Board, view: View) -> list[Note]:
    direct = [
        each
        for each in board.breaks
        if each.is_direct and board.seat(each.relying).role in view.roles
    ]
    return [
        *(
            Note(lead="Reliance broken.", text=board.break_sentence(each), kind="at_risk")
            for each in direct[:MOST_NOTES]
        ),
        *more_notes(len(direct) - MOST_NOTES),
    ]


def more_notes(count: int) -> list[Note]:
    """Say how many breaks are not shown one by one."""
    if count <= 0:
        return []
    return [Note(lead=f"{count} more.", text="Show reliance to see them.", kind="at_risk")]
