"""The forms around the board: capacity of the waves, and the acts on a what-if."""

from collections.abc import Mapping

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import instant
from foundation.ui.blocks import Action, Note
from foundation.ui.pages import Column, FormPage, Head, Row, Table
from foundation.ui.parts import Link, Quiet, Words
from participants.market_roles import BODIES
from participants.pages.general import Section, SectionsPage
from waves.board import short
from waves.capacity import WAVES
from waves.models import Scenario, WaveCapacity
from waves.what_if import Hindrance


def capacity_page(held: Mapping[str, WaveCapacity], *, may: bool) -> SectionsPage:
    """Return what each wave can take, who said so, and the way to change it."""
    labels = ("Wave", "Places", *(f"Weeks of {body}" for body in BODIES), "Said", "Act")
    return SectionsPage(
        head=Head(
            title="What the waves can take",
            crumbs=[Link("Wave board", reverse("waves:board")), Link("Capacity")],
            lead="The plan names no figures, so the code bodies keep them here. They are flexed"
            " first and never refuse anybody by themselves (QA&P 9.3.2).",
        ),
        sections=[
            Section(
                title="Capacity",
                table=Table(
                    caption="Capacity of the waves",
                    columns=[Column(label=name) for name in labels],
                    rows=[_row(route, held.get(route), may) for route in WAVES],
                ),
            )
        ],
    )


def _row(route: str, row: WaveCapacity | None, may: bool) -> Row:
    change = Link("Change", reverse("waves:set_capacity", args=[route])) if may else ""
    if row is None:
        return Row(cells=[short(route), Quiet("Not said"), *("" for _ in BODIES), "", change])
    weeks = [str(row.reviewer_weeks.get(body, "")) for body in BODIES]
    said: Words = f"{row.changed_by_name}, {instant(row.changed_at)}. {row.note}".strip()
    return Row(cells=[short(route), str(row.places), *weeks, said, change])


def set_capacity_page(route: str, form: BaseForm) -> FormPage:
    """Return the form of one wave's capacity."""
    back = reverse("waves:capacity")
    return FormPage(
        head=Head(
            title=f"What {short(route)} can take", crumbs=[Link("Capacity", back), Link("Change")]
        ),
        form=form,
        submit=Action(text="Save", kind="primary", method="submit"),
        cancel=Link("Cancel", back),
    )


def new_what_if_page(form: BaseForm) -> FormPage:
    """Return the form that makes a what-if."""
    back = reverse("waves:board")
    return FormPage(
        head=Head(
            title="New what-if",
            crumbs=[Link("Wave board", back), Link("New what-if")],
            lead="A copy of the board. You can move cards and change capacity in it; nothing is"
            " real until it is applied, and no participant sees it.",
        ),
        form=form,
        submit=Action(text="Make the copy", kind="primary", method="submit"),
        cancel=Link("Cancel", back),
    )


def copy_form_page(
    scenario: Scenario, form: BaseForm, *, title: str, lead: str, hindrances: list[Hindrance] = ()
) -> FormPage:
    """Return the form of one act on a what-if."""
    back = reverse("waves:what_if", args=[scenario.pk])
    return FormPage(
        head=Head(title=title, lead=lead, crumbs=[Link(scenario.title, back), Link(title)]),
        form=form,
        submit=Action(text=title, kind="primary", method="submit"),
        cancel=Link("Cancel", back),
        notes=[Note(lead="Not yet.", text=each.text, kind="at_risk") for each in hindrances],
    )
