"""Kept views of the queue: the list, keeping one, throwing one away."""

from collections.abc import Sequence

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day
from foundation.ui.blocks import Action, Empty
from foundation.ui.pages import Column, FormPage, Head, ListPage, Row, Table
from foundation.ui.parts import Link
from reviews.models import KeptView


def _queue(query: str = "") -> str:
    home = reverse("reviews:queue")
    return f"{home}?{query}" if query else home


def views_page(rows: Sequence[KeptView]) -> ListPage:
    """Return the views that the reader may open."""
    return ListPage(
        head=Head(
            title="Kept views",
            lead="Views of the queue under a name: yours, and those that colleagues share.",
            crumbs=[Link("My queue", _queue()), Link("Kept views")],
        ),
        table=Table(
            caption="Kept views",
            columns=[
                Column(label="View"),
                Column(label="Kept by"),
                Column(label="Who finds it"),
                Column(label="Since"),
                Column(label="Throw away"),
            ],
            rows=[
                Row(
                    url=_queue(each.query),
                    cells=[
                        each.name,
                        "You" if each.is_own else each.person.name,
                        "The whole body" if each.is_shared else "You alone",
                        day(each.kept_at),
                        Link("Throw away", reverse("reviews:kept_view", args=[each.pk]), each.name)
                        if each.is_own
                        else "",
                    ],
                )
                for each in rows
            ],
        )
        if rows
        else None,
        empty=Empty(
            title="No view is kept.",
            text="Narrow your queue, open Views and keep what you see.",
            actions=[Action(text="My queue", url=_queue())],
        ),
    )


def keep_form(form: BaseForm, query: str) -> FormPage:
    """Return the form under which the present view is kept."""
    return FormPage(
        head=Head(
            title="Keep this view",
            lead="It keeps the tab and what the queue is narrowed by, not the rows.",
            crumbs=[Link("My queue", _queue(query)), Link("Keep this view")],
        ),
        form=form,
        submit=Action(text="Keep it", kind="primary", method="submit"),
        cancel=Link("Cancel", _queue(query)),
    )


def discard_page(view: KeptView) -> FormPage:
    """Return the question whether a view is thrown away."""
    shared = " Your colleagues lose it too." if view.is_shared else ""
    return FormPage(
        head=Head(
            title=f"Throw “{view.name}” away?",
            lead=f"Nothing else changes.{shared}",
            crumbs=[Link("Kept views", reverse("reviews:views")), Link(view.name)],
        ),
        submit=Action(text="Throw it away", kind="primary", method="submit"),
        cancel=Link("Leave it", reverse("reviews:views")),
    )
