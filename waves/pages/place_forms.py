"""The forms of acts on a place, with what each would change before it is done."""

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day
from foundation.ui.blocks import Action, Fact, Note
from foundation.ui.pages import FormPage, Head
from foundation.ui.parts import Link, Status
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from waves.board import Board, consequence, short
from waves.models import Dependant, Place
from waves.pages.board_copy import moved_dates
from waves.place_acts import PlaceAct
from waves.timetable import Timetable


def act_page(
    act: PlaceAct,
    place: Place,
    form: BaseForm,
    *,
    board: Board | None = None,
    timetable: Timetable | None = None,
    to: str = "",
) -> FormPage:
    """Return the form of one act, with what it would change where a wave is chosen already."""
    held = place.qualification
    back = _back(place, desk=board is not None)
    aim = to or place.wanted
    facts = _effects(held, aim, board, timetable) if board and timetable and aim else ()
    before = [act.says]
    if act.slug in ("enduring", "after"):
        before.append(consequence(held.role, held.route))
    return FormPage(
        head=Head(
            title=act.label,
            crumbs=[Link(held.organisation.name, back), Link(act.label)],
            lead=f"{MARKET_ROLES[held.role].short_label}, now in {short(held.route)}."
            + (" LDSO, SMRA / ERDA and UMSO move together." if held.trio else ""),
        ),
        before=" ".join(before),
        facts=facts,
        form=form,
        submit=Action(text=act.label, kind="primary", method="submit"),
        cancel=Link("Cancel", back),
        notes=_order_notes(held, aim, board),
    )


def flag_page(flag: Dependant, form: BaseForm) -> FormPage:
    """Return the form that settles a flag."""
    back = reverse("waves:place", args=[flag.qualification_id])
    return FormPage(
        head=Head(
            title="Settle the flag",
            lead=flag.text,
            crumbs=[Link(flag.qualification.organisation.name, back), Link("Flag")],
        ),
        form=form,
        submit=Action(text="Settle it", kind="primary", method="submit"),
        cancel=Link("Cancel", back),
    )


def _effects(held: Qualification, to: str, board: Board, timetable: Timetable) -> list[Fact]:
    """What a move to a wave would change, before it is made."""
    if to == held.route:
        return [Fact(label="Wave", value=f"{short(to)}, where it stands")]
    after = board.moved({held.trio or held.pk: to}).loads[to]
    bound = f" of {after.room.places}" if after.room.places is not None else ""
    over = ", ".join(f"{body} by {count} weeks" for body, count in after.over_weeks.items())
    before, later = (
        timetable.cell("final_qad_window", route).last_day for route in (held.route, to)
    )
    return [
        Fact(label="Move", value=f"{short(held.route)} to {short(to)}"),
        Fact(label=f"Places in {short(to)} then", value=f"{after.places}{bound}"),
        Fact(label="Over", value=Status(over, "octagon") if over else "Nothing"),
        Fact(label="Dates that change", value=str(moved_dates(timetable, held.route, to))),
        Fact(label="Final QAD by", value=f"{day(before)} to {day(later)}"),
    ]


def _order_notes(held: Qualification, to: str, board: Board | None) -> list[Note]:
    if board is None or not to or to == held.route:
        return []
    reasons = board.order_objections({held.trio or held.pk: to})
    return [Note(lead="Not in order.", text=reason, kind="at_risk") for reason in reasons]


def _back(place: Place, *, desk: bool) -> str:
    held = place.qualification
    if desk:
        return reverse("waves:place", args=[held.pk])
    return reverse("waves:own_wave", args=[held.organisation.slug])
