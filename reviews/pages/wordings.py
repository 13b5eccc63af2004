"""A body's standard wordings: the list, and the form of one."""

from collections.abc import Sequence

from django.forms import BaseForm
from django.urls import reverse
from django.utils.text import Truncator

from foundation.clock.words import day
from foundation.ui.blocks import Action, Empty
from foundation.ui.pages import Column, FormPage, Head, ListPage, Row, Table
from foundation.ui.parts import Link
from reviews.models import Wording

SHOWN = 160


def wordings_page(rows: Sequence[Wording], body: str, *, may_write: bool) -> ListPage:
    """Return the standard wordings of a body."""
    new = Action(text="Write a wording", url=reverse("reviews:new_wording"), kind="primary")
    return ListPage(
        head=Head(
            title=f"Standard wordings of {body}",
            lead="What is often asked, to begin a comment, observation or finding with. What is"
            " sent is changed freely and stays as it was sent.",
            actions=[new] if may_write else [],
            browser_title="Wordings",
        ),
        table=Table(
            caption="Standard wordings by title",
            columns=[
                Column(label="Title"),
                Column(label="Text"),
                Column(label="Changed", whole=True),
                Column(label="By"),
            ],
            rows=[
                Row(
                    url=reverse("reviews:wording", args=[each.pk]) if may_write else "",
                    cells=[
                        each.title,
                        Truncator(each.text).chars(SHOWN),
                        day(each.changed_at),
                        each.changed_by_name,
                    ],
                )
                for each in rows
            ],
        )
        if rows
        else None,
        empty=Empty(
            title="No wording is kept.",
            text="A lead writes what is often asked; the form of a new comment offers it.",
        ),
    )


def wording_form(form: BaseForm, row: Wording | None) -> FormPage:
    """Return the form of a standard wording."""
    back = reverse("reviews:wordings")
    discard = Action(
        text="Throw it away", method="submit", name="discard", value="yes",
        attrs={"formnovalidate": ""},
    )  # fmt: skip
    return FormPage(
        head=Head(
            title=row.title if row else "Write a wording",
            crumbs=[Link("Wordings", back), Link(row.title if row else "New")],
        ),
        form=form,
        submit=Action(text="Keep it", kind="primary", method="submit"),
        also=discard if row else None,
        cancel=Link("Cancel", back),
    )
