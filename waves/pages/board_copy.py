"""The board in what-if mode: a copy with its moves, what they change and what stands against."""

from collections.abc import Hashable, Mapping
from dataclasses import replace

from django.urls import reverse

from foundation.clock.words import instant
from foundation.ui.blocks import Action, Fact, Note, Refusal, WhatIf
from foundation.ui.pages import Column, Head, Row, Table
from foundation.ui.parts import Link, Quiet, Status, Strong, Words
from participants.market_roles import BODIES
from participants.pages.general import Section
from waves import what_if as copies
from waves.board import short
from waves.capacity import WAVES, Load
from waves.models import Scenario
from waves.order import carried_along
from waves.pages.board import MOST_NOTES, BoardPage, copy_url, filters, legend, more_notes
from waves.pages.board_columns import View, columns
from waves.routes import ROUTES
from waves.timetable import Timetable


def what_if_page(
    scenario: Scenario,
    copy: copies.WhatIf,
    *,
    view: View,
    asked: Mapping[str, str],
    timetable: Timetable,
) -> BoardPage:
    """Return a what-if: the board as it would stand, what it changes and what stands against."""
    told = {each["place"]: each["because"] for each in scenario.explanation.get("unmet", ())}
    view = replace(view, unmet=told)
    return BoardPage(
        head=Head(
            title="Wave board",
            lead="A copy: you can move every card. Nothing is told to anybody.",
            actions=_copy_tools(scenario) if view.may_plan else (),
        ),
        filters=filters(copy.real, view, asked, (), copy_url("what_if", scenario)),
        columns=columns(copy.real, view, timetable, copy),
        notes=_copy_notes(scenario, copy, view),
        legend=legend(),
        what_if=_striped_head(scenario, copy, view),
        refusal=_refusal(copy, view),
        sections=[*_changes(copy, timetable), *_assistant(scenario)],
        form_method="post",
        form_action=copy_url("put", scenario),
        revision=scenario.revision,
    )


def _copy_tools(scenario: Scenario) -> list[Action]:
    return [
        Action(text="Fewer reviewers", url=copy_url("lose_reviewers", scenario)),
        Action(text="Cap a wave", url=copy_url("cap", scenario)),
        Action(text="Let the assistant propose", url=copy_url("assist", scenario)),
    ]


def _copy_notes(scenario: Scenario, copy: copies.WhatIf, view: View) -> list[Note]:
    direct = [
        each
        for each in copy.breaks
        if each.is_direct and copy.real.seat(each.relying).role in view.roles
    ]
    found = []
    for each in direct[:MOST_NOTES]:
        found.append(
            Note(
                lead="Reliance broken.",
                text=copy.copy.break_sentence(each),
                kind="at_risk",
                action=_move_both(scenario, copy, each.provider, each.relying),
            )
        )
    return [*found, *more_notes(len(direct) - MOST_NOTES)]


def _move_both(
    scenario: Scenario, copy: copies.WhatIf, provider: Hashable, relying: Hashable
) -> Action | None:
    """The button that carries those along who must follow."""
    at = copy.copy.order.get(provider, 0)
    waves = {ROUTES[route].wave_order: route for route in WAVES}
    if at not in waves or not copy.copy.seat(relying).is_in_wave:
        return None
    carried = carried_along({provider: at}, copy.real.edges, copy.copy.order)
    puts = [
        f"{copy.real.seat(unit).id}:{waves[order]}"
        for unit, order in carried.items()
        if unit != provider and copy.real.seat(unit).is_in_wave
    ]
    return Action(
        text="Move both" if len(puts) == 1 else "Move all concerned",
        url=copy_url("put_many", scenario),
        method="post",
        small=True,
        hidden={"puts": " ".join(puts), "revision": str(scenario.revision)},
    )


def _striped_head(scenario: Scenario, copy: copies.WhatIf, view: View) -> WhatIf:
    return WhatIf(
        title=f"What-if: {scenario.title}",
        text=f"A copy made {instant(scenario.made_at)} by {scenario.made_by_name}."
        " Nothing here is real, and no participant can see it.",
        facts=_copy_facts(copy),
        actions=_copy_actions(scenario, copy) if view.may_plan else (),
    )


def _copy_facts(copy: copies.WhatIf) -> list[Fact]:
    over = [_over(route, copy.copy.loads[route]) for route in WAVES]
    moved = [
        f"{short(copy.real.seat(unit).route)} to {short(to)}" for unit, to in copy.moves.items()
    ]
    direct = sum(each.is_direct for each in copy.breaks)
    summary = f"{len(moved)} ({moved[0]})" if len(moved) == 1 else str(len(moved))
    return [
        Fact(label="Over capacity", value="; ".join(filter(None, over)) or "Nothing"),
        Fact(label="Moved", value=summary),
        Fact(label="Broken", value=f"{direct} reliance" if direct else "Nothing"),
    ]


def _over(route: str, load: Load) -> str:
    said = [f"{count} weeks of {body}" for body, count in sorted(load.over_weeks.items())]
    if count := load.over_places:
        said.append(f"{count} place" if count == 1 else f"{count} places")
    return f"{short(route)} by {', '.join(said)}" if said else ""


def _copy_actions(scenario: Scenario, copy: copies.WhatIf) -> list[Action]:
    stops = list(copy.hindrances)
    talk_only = stops and all(
        each.ground in (copies.Ground.TALK, copies.Ground.OFFER) for each in stops
    )
    reasons = ("The reasons stand below.",) if stops else ()
    found = [
        Action(text="Discard", url=copy_url("discard", scenario), method="post"),
        Action(text="Compare with real", url=reverse("waves:board")),
    ]
    if any(each.ground is copies.Ground.STALE for each in stops):
        found.append(
            Action(
                text="I looked again",
                url=copy_url("look_again", scenario),
                method="post",
                hidden={"revision": str(scenario.revision)},
            )
        )
    if talk_only and any(each.ground is copies.Ground.TALK for each in stops):
        found.append(Action(text="Propose these moves", url=copy_url("propose", scenario)))
    if copy.planned:
        found.append(
            Action(
                text="Apply these moves",
                url=copy_url("apply", scenario),
                kind="primary",
                reasons=reasons,
            )
        )
    return found


def _refusal(copy: copies.WhatIf, view: View) -> Refusal | None:
    if not copy.hindrances:
        return None
    return Refusal(
        title="It cannot be applied yet",
        reasons=[
            [
                each.text,
                " ",
                Link("Open", reverse("waves:place", args=[copy.real.seat(each.unit).id])),
            ]
            if each.unit and copy.real.seat(each.unit).role in view.roles
            else each.text
            for each in copy.hindrances
        ],
    )


def _changes(copy: copies.WhatIf, timetable: Timetable) -> list[Section]:
    found = [
        Section(
            title="What it would change",
            meta="Before and after",
            table=Table(
                caption="Load of the waves before and after",
                columns=[Column(label=name) for name in ("Wave", "Places", *BODIES)],
                rows=[_load_row(route, copy) for route in WAVES],
            ),
        )
    ]
    if copy.moves:
        found.append(
            Section(
                title="Dates that would move",
                table=Table(
                    caption="Dates that would move",
                    columns=[
                        Column(label=name)
                        for name in ("Who", "From", "To", "QT", "Final QAD by", "Dates")
                    ],
                    rows=[_dates_row(unit, to, copy, timetable) for unit, to in copy.moves.items()],
                ),
            )
        )
    return found


def _load_row(route: str, copy: copies.WhatIf) -> Row:
    before, after = copy.real.loads[route], copy.copy.loads[route]
    cells = [
        _pair(before.places, after.places, before.room.places, after.room.places),
        *(
            _pair(
                before.weeks.get(body, 0),
                after.weeks.get(body, 0),
                before.room.weeks.get(body),
                after.room.weeks.get(body),
            )
            for body in BODIES
        ),
    ]
    return Row(cells=[short(route), *cells])


def _pair(before: int, after: int, had: int | None, has: int | None) -> Words:
    def said(count: int, bound: int | None) -> str:
        return f"{count} of {bound}" if bound is not None else str(count)

    was, now = said(before, had), said(after, has)
    if was == now:
        return Quiet(now)
    shown: Words = Status(now, "octagon") if has is not None and after > has else Strong(now)
    return [Quiet(f"{was} "), shown]


def _dates_row(unit: Hashable, to: str, copy: copies.WhatIf, timetable: Timetable) -> Row:
    seat = copy.real.seat(unit)
    cells = [copy.real.name(unit), short(seat.route), short(to)]
    for key in ("qt_execution_window", "final_qad_window"):
        before, after = (timetable.cell(key, route).last_day for route in (seat.route, to))
        cells.append(f"{before:%d/%m/%Y} to {after:%d/%m/%Y}")
    return Row(cells=[*cells, f"{moved_dates(timetable, seat.route, to)} change"])


def moved_dates(timetable: Timetable, one: str, other: str) -> int:
    """How many activities of the timetable are dated differently on two routes."""
    return sum(
        _dated(timetable, key, one) != _dated(timetable, key, other) for key in timetable.keys
    )


def _dated(timetable: Timetable, key: str, route: str) -> tuple:
    cell = timetable.cell(key, route)
    return cell.start, cell.end, cell.cap, cell.floor


def _assistant(scenario: Scenario) -> list[Section]:
    told = scenario.explanation
    if not told:
        return []
    proven = "proved to be the best" if told["is_proven"] else "the best found in the time given"
    return [
        Section(
            title="What the assistant could not give",
            meta=f"{told['seated']} of {told['free']} seated, {told['seconds']} seconds, {proven}",
            note="It keeps to routes and reliance, then to capacity, then to wishes, then to an"
            " even load. It knows nothing of who came first. You can still move every card.",
            table=Table(
                caption="Wishes that were not met",
                columns=[Column(label=name) for name in ("Who", "Wish", "Given", "Why")],
                rows=[
                    Row(
                        cells=[
                            each["name"],
                            f"Wave {each['wish']}",
                            f"Wave {each['given']}" if each["given"] else "None",
                            each["because"],
                        ]
                    )
                    for each in told["unmet"]
                ],
            )
            if told["unmet"]
            else None,
        )
    ]
