"""Forms of testing: one question a page, with what follows from the answer."""

from django import forms

from foundation.ui.blocks import Action, Note
from foundation.ui.pages import Column, FormPage, Head, Row, Table
from foundation.ui.parts import Link, Quiet, Status
from participants.models import Organisation, Qualification
from participants.pages.general import Section
from waves.pages.testing_track import TrackPage
from waves.services.test_imports import KINDS, Preview

_WHAT = {"new": "submitted", "changed": "in_review", "same": "not_needed"}
SHOWN = 200  # lines of a preview; the counts say the rest


def form_page_of(
    held: Qualification,
    back: str,
    form: forms.Form,
    *,
    title: str,
    button: str,
    lead: str = "",
    note: str = "",
) -> FormPage:
    """Return one act of testing as a page."""
    name = f"{held.get_role_display()}, {held.get_route_display()}"
    return FormPage(
        head=Head(title=title, crumbs=[Link(name, back), Link(title)], lead=lead),
        form=form,
        multipart=any(isinstance(each, forms.FileField) for each in form.fields.values()),
        submit=Action(text=button, kind="primary", method="submit"),
        cancel=Link("Cancel", back),
        note=note,
    )


def preview_page(
    organisation: Organisation,
    held: Qualification,
    urls: tuple[str, str],
    asked: dict[str, str],
    found: Preview,
) -> TrackPage:
    """Return what an import would change, with every line that cannot be read."""
    back, here = urls
    kind, problems = asked["kind"], found.sheet.problems
    keep = Action(
        text="Take it in",
        url=here,
        kind="primary",
        method="post",
        hidden={**asked, "confirm": "1"},
    )
    return TrackPage(
        head=Head(
            title="What this file would change",
            crumbs=[Link("Testing", back), Link("Bring in")],
            lead=f"{found.count('new')} new {KINDS[kind]}, {found.count('changed')} changed,"
            f" {found.count('same')} as they are. Nothing is kept yet.",
        ),
        notes=[Note(lead="Some lines cannot be read.", kind="error")] if problems else [],
        sections=[
            *([_problems(problems)] if problems else []),
            Section(
                title="Line by line",
                meta=f"The first {SHOWN}" if len(found.changes) > SHOWN else "",
                table=_lines(found),
                actions=[] if problems or not found.changes else [keep],
            ),
            Section(title="Another file", actions=[Action(text="Choose another file", url=here)]),
        ],
    )


def _problems(problems: tuple[tuple[int, str], ...]) -> Section:
    return Section(
        title="Lines that cannot be read",
        note="Correct them in the file and choose it again; it is taken whole or not at all.",
        table=Table(
            caption="Lines that cannot be read",
            columns=[Column(label="Line"), Column(label="Why")],
            rows=[
                Row(cells=[str(number) if number else "File", said]) for number, said in problems
            ],
        ),
    )


def _lines(found: Preview) -> Table:
    columns = ("Reference", "Line", "What happens", "Change")
    return Table(
        caption="What each line does",
        columns=[Column(label=each) for each in columns],
        rows=[
            Row(
                cells=[
                    each.line.reference,
                    str(each.line.number),
                    Status(each.what.capitalize(), _WHAT[each.what]),
                    "; ".join(each.details) or Quiet("Nothing else"),
                ]
            )
            for each in found.changes[:SHOWN]
        ],
        compact=True,
    )
