"""What of a part needs the eyes of the body that reads it: one list over all its sections."""

from collections.abc import Sequence

from django.urls import reverse

from foundation.ui.blocks import Action, Empty, Fact, Filter, FilterOption, Note, Tab
from foundation.ui.counting import counted, opened
from foundation.ui.pages import Head, ListPage, Table
from foundation.ui.parts import KeyLink, Link, Words
from reviews.pages.part import part_url
from reviews.pages.section import COLUMNS, question_row
from reviews.pages.sight import Sight
from reviews.pages.ways import back
from reviews.reading import Asked
from submissions.presenters.versions import name_of


def eyes_page(
    seen: Sight, section: str, facts: Sequence[Fact], notes: Sequence[Note] = ()
) -> ListPage:
    """Return the questions of a part, or of one of its sections, that need the reader's eyes."""
    reading = seen.standing.reading
    organisation = reading.part.organisation
    chosen = section if section in seen.sections else ""
    needed = seen.needed(chosen)
    return ListPage(
        head=Head(
            title=f"{organisation.name}: {name_of(reading.part)}",
            lead=_lead(seen),
            crumbs=[
                back(organisation.slug),
                Link("QAD", reverse("reviews:qad", args=[organisation.slug])),
            ],
            actions=_actions(seen),
        ),
        facts=facts,
        notes=notes,
        tabs=tabs(seen, is_all=False),
        filters=_filters(seen, chosen),
        table=Table(
            caption="Questions that need your eyes",
            columns=COLUMNS,
            rows=[question_row(seen, one.question.section, one) for one in needed],
        )
        if needed
        else None,
        empty=Empty(
            title="Nothing here needs your eyes.",
            text="What you said of these answers stands: they are as you read them, or blank.",
        ),
        footnote=_rest(seen),
    )


def tabs(seen: Sight, *, is_all: bool) -> list[Tab]:
    """Return the two readings of a part: what needs eyes, and all of it by section."""
    url = part_url(seen.standing.reading)
    if not seen.reads_anything:
        return []
    return [
        Tab(
            label="Needs your eyes",
            url=f"{url}?show=eyes",
            count=len(seen.needed()),
            current=not is_all,
        ),
        Tab(label="All sections", url=f"{url}?show=all", current=is_all),
    ]


def is_list(seen: Sight, show: str) -> bool:
    """Return whether the list is shown: asked for, or the body has looked here before."""
    return show == "eyes" or (show != "all" and seen.has_looked and seen.reads_anything)


def _lead(seen: Sight) -> str:
    needed, carried = len(seen.needed()), seen.carried()
    said = f"{opened(counted(needed, 'answer'))} {'needs' if needed == 1 else 'need'} your eyes."
    if carried:
        verb = "carries" if carried == 1 else "carry"
        said += f" {opened(counted(carried, 'opinion'))} {verb} over: nothing changed there."
    return said


def _actions(seen: Sight) -> list[Action]:
    reading = seen.standing.reading
    give = Action(
        text=f"Give the opinion of {reading.actor.body}",
        url=reverse("reviews:approvals", args=[reading.part.organisation.slug]),
    )
    first = next(iter(seen.needed()), None)
    if first is None:
        return [give]
    code = first.question.code
    url = part_url(reading, first.question.section, code)
    return [Action(text=f"Read {code}", url=url, kind="primary", arrow=True), give]


def _filters(seen: Sight, chosen: str) -> list[Filter]:
    url = f"{part_url(seen.standing.reading)}?show=eyes"
    counts = {letter: len(seen.needed(letter)) for letter in seen.sections}
    if chosen:
        return [Filter(label=f"Section {chosen}", clear_url=url)]
    options = [
        FilterOption(label=f"Section {letter}, {count}", url=f"{url}&section={letter}")
        for letter, count in counts.items()
        if count
    ]
    return [Filter(label="All sections", options=options)] if len(options) > 1 else []


def _rest(seen: Sight) -> Words:
    url = part_url(seen.standing.reading)
    return [KeyLink("Show all sections", f"{url}?show=all", "S")]


def beside(seen: Sight, code: str, way: str) -> Asked | None:
    """Return the answer that needs eyes ``after`` or ``before`` a question, over all sections."""
    order = [one for asked in seen.sections.values() for one in asked]
    codes = [one.question.code for one in order]
    at = codes.index(code) if code in codes else -1
    needed = [
        (place, one) for place, one in enumerate(order) if seen.eyes[one.question.code].is_needed
    ]
    if way == "before":
        return next((one for place, one in reversed(needed) if place < at), None)
    return next((one for place, one in needed if place > at), None)


def place_of(seen: Sight, one: Asked | None) -> str:
    """Return the address of an answer, or of the list where there is none."""
    reading = seen.standing.reading
    if one is None:
        return f"{part_url(reading)}?show=eyes"
    return part_url(reading, one.question.section, one.question.code)
