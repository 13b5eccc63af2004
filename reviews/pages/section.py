"""One section of a part as a body reads it: its questions, and the rail beside them."""

from collections.abc import Sequence

from django.forms import BaseForm
from django.urls import reverse

from foundation.ui.blocks import Action, Empty
from foundation.ui.pages import Column, FormPage, Head, ListPage, Row, Table
from foundation.ui.parts import Link, Marks, Status
from foundation.ui.shell import NavGroup, NavItem
from participants import policy
from reviews.enums import Side
from reviews.pages.part import part_url
from reviews.pages.standing import LEGEND, Standing, answer_status
from reviews.reading import Asked
from submissions.presenters.rail import Rail
from submissions.presenters.versions import name_of


def section_page(standing: Standing, letter: str, asked: Sequence[Asked]) -> ListPage:
    """Return the questions of one section with what changed, what is open, and every opinion."""
    reading = standing.reading
    section = reading.template.section(letter)
    organisation = reading.part.organisation
    return ListPage(
        head=Head(
            title=f"{letter} {section.title}",
            lead=section.intro,
            crumbs=[
                Link(organisation.name, reverse("reviews:qad", args=[organisation.slug])),
                Link(name_of(reading.part), part_url(reading)),
                Link(f"Section {letter}"),
            ],
            actions=_actions(standing, letter, asked),
        ),
        table=Table(
            caption="Questions of this section",
            columns=[
                Column(label="Question"),
                Column(label="Answer"),
                Column(label="Read by, and their opinion"),
                Column(label="Open"),
            ],
            rows=[_question_row(standing, letter, one) for one in asked],
        )
        if asked
        else None,
        empty=Empty(
            title="Nothing of this section is to be read yet.",
            text="Its questions belong to the Final QAD, or do not apply.",
        ),
    )


def _actions(standing: Standing, letter: str, asked: Sequence[Asked]) -> list[Action]:
    if not standing.left(asked) or not policy.may(standing.reading.actor, "qad.review"):
        return []
    return [
        Action(text="Accept several answers", url=f"{part_url(standing.reading, letter)}accept/")
    ]


def rest_page(standing: Standing, letter: str, left: Sequence[Asked], form: BaseForm) -> FormPage:
    """Return the form in which several answers of a section are accepted at once."""
    reading = standing.reading
    section, back = reading.template.section(letter), part_url(reading, letter)
    return FormPage(
        head=Head(
            title=f"Accept answers of {letter} {section.title}",
            lead=(
                f"{standing.body} asks nothing more about what you tick. An acceptance lapses by"
                " itself when its answer changes, and can be taken back."
            ),
            crumbs=[Link(f"Section {letter}", back), Link("Accept")],
        ),
        form=form,
        submit=Action(text=f"Accept for {standing.body}", kind="primary", method="submit"),
        cancel=Link("Back to the section", back),
        note=f"{reading.part.organisation.name} sees at each answer that you accept it."
        if left
        else "Nothing is left to accept here.",
    )


def _question_row(standing: Standing, letter: str, one: Asked) -> Row:
    held = standing.open(one)
    own_move = any(row.body == standing.body and row.holder == Side.BODY for row in held)
    return Row(
        url=part_url(standing.reading, letter, one.question.code),
        marked=own_move,
        cells=[
            f"{one.question.code} {one.question.title}",
            answer_status(one),
            Marks(standing.marks([one])),
            ", ".join(row.reference for row in held),
        ],
    )


def rail_of(standing: Standing, letter: str, asked: Sequence[Asked], current: str = "") -> Rail:
    """Return the rail of a section under review: its questions, and the way back."""
    reading = standing.reading
    section = reading.template.section(letter)
    shapes = {one.question.code: standing.shape(one) for one in asked}
    items = [
        NavItem(
            label=f"{one.question.code} {one.question.title}",
            url=part_url(reading, letter, one.question.code),
            count=len(standing.open(one)) or None,
            current=one.question.code == current,
            state=shapes[one.question.code],
        )
        for one in asked
    ]
    whole = NavItem(
        label=f"{letter} {section.title}", url=part_url(reading, letter), current=not current
    )
    return Rail(
        back=Link("All sections", part_url(reading)),
        groups=[NavGroup(reading.part.organisation.name, [whole]), NavGroup(None, items)],
        legend=[Status(word, shape) for shape, word in LEGEND.items() if shape in shapes.values()],
    )
