"""Staff accounts of a body."""

from collections.abc import Sequence

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day
from foundation.ui.blocks import Action
from foundation.ui.pages import Column, FormPage, Head, ListPage, Row, Table
from foundation.ui.parts import Lines, Link, Status
from participants.enums import Body, Duty
from participants.models import Person


def duties_of(person: Person) -> str:
    """Return what a staff account is named for: "Reviewer, Lead reviewer"."""
    return ", ".join(Duty(duty).label for duty in person.duties)


def staff_page(people: Sequence[Person], body: str) -> ListPage:
    """Return the staff accounts of the administrator's body."""
    new = Action(text="New staff account", url=reverse("participants:new_staff"))
    return ListPage(
        head=Head(
            title=f"Staff of {Body(body).label}",
            lead="Each account belongs to one body and is named for its duties.",
            actions=[new],
        ),
        table=Table(
            caption="Staff accounts",
            columns=[Column(label="Name"), Column(label="Duties"), Column(label="Account")],
            rows=[
                Row(
                    cells=[
                        Lines([each.name, each.email]),
                        duties_of(each),
                        Status(f"Since {day(each.created_at)}", "check")
                        if each.is_active
                        else Status("Closed", "dash"),
                    ],
                    url=reverse("participants:staff_member", args=[each.pk]),
                )
                for each in people
            ],
        ),
    )


def staff_form(form: BaseForm, person: Person | None = None) -> FormPage:
    """Return the form that opens a staff account, or changes one."""
    back = reverse("participants:staff")
    title = person.name if person else "New staff account"
    lead = person.email if person else "Its owner sets the password through a mail."
    return FormPage(
        head=Head(title=title, lead=lead, crumbs=[Link("Staff", back), Link(title)]),
        form=form,
        submit=Action(
            text="Save" if person else "Open the account", kind="primary", method="submit"
        ),
        cancel=Link("Cancel", back),
    )
