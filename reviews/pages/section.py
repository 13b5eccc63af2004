"""One section of a part as a body reads it: its questions, and the rail beside them."""

from collections.abc import Sequence

from django.forms import BaseForm
from django.urls import reverse

from foundation.ui.blocks import Action, Empty, Note, Tab
from foundation.ui.counting import counted, joined
from foundation.ui.pages import Column, FormPage, Head, ListPage, Row, Table
from foundation.ui.parts import KeyLink, Link, Marks, Status, Words
from foundation.ui.shell import NavGroup, NavItem
from participants import policy
from reviews.enums import Side
from reviews.pages.part import part_url
from reviews.pages.sight import Sight, why
from reviews.pages.standing import LEGEND, Standing, answer_status
from reviews.reading import Asked
from submissions.presenters.rail import Rail
from submissions.presenters.versions import name_of


def section_page(seen: Sight, letter: str, show: str = "", notes: Sequence[Note] = ()) -> ListPage:
    """Return the questions of one section that need the reader's eyes, or all of them."""
    standing, asked = seen.standing, seen.sections[letter]
    reading, needed = standing.reading, seen.needed(letter)
    section = reading.template.section(letter)
    organisation = reading.part.organisation
    is_all = shows_all(seen, show)
    shown = asked if is_all else needed
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
        notes=notes,
        tabs=_tabs(part_url(reading, letter), len(needed), len(asked), is_all),
        table=Table(
            caption="All questions of this section"
            if is_all
            else "Questions of this section that need your eyes",
            columns=COLUMNS,
            rows=[question_row(seen, letter, one) for one in shown],
        )
        if shown
        else None,
        empty=_empty(seen, letter),
        footnote=_rest(seen, letter, is_all),
    )


COLUMNS = (
    Column(label="Question"),
    Column(label="For your eyes"),
    Column(label="Answer"),
    Column(label="Read by, and their opinion"),
    Column(label="Open"),
)


def shows_all(seen: Sight, show: str) -> bool:
    """Return whether everything is shown: asked for, or nothing is the reader's to judge."""
    return show == "all" or (show != "eyes" and not seen.reads_anything)


def _tabs(url: str, needed: int, total: int, is_all: bool) -> list[Tab]:
    if not total:
        return []
    return [
        Tab(label="Needs your eyes", url=f"{url}?show=eyes", count=needed, current=not is_all),
        Tab(label="All questions", url=f"{url}?show=all", count=total, current=is_all),
    ]


def _empty(seen: Sight, letter: str) -> Empty:
    if not seen.sections[letter]:
        return Empty(
            title="Nothing of this section is to be read yet.",
            text="Its questions belong to the Final QAD, or do not apply.",
        )
    return Empty(
        title="Nothing of this section needs your eyes.",
        text="What you said of its answers stands: they are as you read them, or blank.",
    )


def _rest(seen: Sight, letter: str, is_all: bool) -> Words:
    """Say what is not shown, with the key that shows it, and what is asked no more."""
    url = part_url(seen.standing.reading, letter)
    hidden = len(seen.sections[letter]) - len(seen.needed(letter))
    said: list[Words] = []
    if is_all and hidden and seen.reads_anything:
        said.append(KeyLink("Only what needs your eyes", f"{url}?show=eyes", "S"))
    elif not is_all and hidden:
        said.append(KeyLink(f"Show all: {_hidden(seen, letter, hidden)}", f"{url}?show=all", "S"))
    return [*said, *_gone(seen, letter)]


def _hidden(seen: Sight, letter: str, hidden: int) -> str:
    carried = seen.carried(letter)
    others = hidden - carried
    pieces = [f"{counted(carried, 'opinion')} carried over" if carried else ""]
    pieces.append(f"{counted(others, 'further question')}" if others else "")
    return joined([piece for piece in pieces if piece])


def _gone(seen: Sight, letter: str) -> list[Words]:
    part = seen.standing.reading.part
    said: list[Words] = []
    for each in seen.gone(letter):
        args = [part.organisation.slug, part.pk, each.version]
        url = f"{reverse('submissions:version', args=args)}#{letter}-{each.question.code}"
        said += [
            ", " if said else "No longer asked since you read it: ",
            Link(f"{each.question.code} {each.question.title}", url),
        ]
    return [*said, "."] if said else []


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


def question_row(seen: Sight, letter: str, one: Asked) -> Row:
    """Return the line of one question: why it needs eyes, what changed, who says what of it."""
    standing = seen.standing
    held = standing.open(one)
    own_move = any(row.body == standing.body and row.holder == Side.BODY for row in held)
    return Row(
        url=part_url(standing.reading, letter, one.question.code),
        marked=own_move,
        cells=[
            f"{one.question.code} {one.question.title}",
            why(seen.eyes[one.question.code]),
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
