"""The parts of a QAD as a body reads them, and one part by section."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from foundation.clock.words import day
from foundation.ui.blocks import Action, Fact, Note, Tab
from foundation.ui.pages import (
    Column,
    Head,
    ListPage,
    QadTaskList,
    Row,
    SectionGroup,
    SectionRow,
    Table,
)
from foundation.ui.parts import Link, Status, Ticks, Words
from participants import policy
from participants.access.addresses import address
from participants.models import Organisation
from participants.pages.statuses import qualification_status
from reviews.pages.standing import Standing, is_blank
from reviews.pages.ways import back
from reviews.reading import Asked, Reading
from submissions.enums import Stage
from submissions.presenters.staff import may_open_final
from submissions.presenters.states import count_of
from submissions.presenters.versions import name_of


def part_url(reading: Reading, *more: str) -> str:
    """Return the address of a part, a section or a question under review."""
    slug = reading.part.organisation.slug
    name = ("part", "part_section", "part_question")[len(more)]
    return reverse(f"reviews:{name}", args=[slug, reading.part.pk, *more])


def parts_page(organisation: Organisation, readings: Sequence[tuple[Reading, int]]) -> ListPage:
    """Return the parts of an organisation's QAD with what was submitted of each."""
    return ListPage(
        head=Head(
            title=f"The QAD of {organisation.name}",
            lead="What was submitted, part by part. Drafts are the participant's own.",
            crumbs=[back(organisation.slug), Link("QAD")],
            actions=[
                Action(
                    text="Approvals", url=reverse("reviews:approvals", args=[organisation.slug])
                ),
                *_finals(organisation, readings),
            ],
        ),
        table=Table(
            caption="Parts of the QAD",
            columns=[
                Column(label="Part"),
                Column(label="Where it stands"),
                Column(label="Newest version"),
                Column(label="Open threads", align="end"),
            ],
            rows=[_part_row(reading, count) for reading, count in readings],
        ),
    )


def _finals(organisation: Organisation, readings: Sequence[tuple[Reading, int]]) -> list[Action]:
    """Return the ways to open a Final QAD before its report: where the route has that (R85)."""
    held = {
        reading.part.qualification.trio or reading.part.qualification.pk: reading
        for reading, _ in readings
        if reading.part.qualification and may_open_final(reading.part.qualification, reading.actor)
    }
    return [
        Action(
            text=f"Open the Final QAD for {name_of(reading.part)}",
            url=reverse(
                "submissions:open_final", args=[organisation.slug, reading.part.qualification.pk]
            ),
            method="post",
        )
        for reading in held.values()
    ]


def _part_row(reading: Reading, count: int) -> Row:
    newest = reading.newest
    said: Words = "Nothing was submitted yet"
    if newest:
        said = f"Version {newest.number}, {Stage(newest.stage).label}, {day(newest.submitted_at)}"
    return Row(
        url=part_url(reading) if newest else "",
        cells=[name_of(reading.part), _standing(reading), said, str(count) if count else ""],
    )


def _standing(reading: Reading) -> Words:
    held = reading.part.qualification
    if held is not None:
        return qualification_status(held.status)
    return f"{Stage(reading.part.stage).label} stage"


def part_page(
    standing: Standing,
    sections: Mapping[str, Sequence[Asked]],
    tabs: Sequence[Tab] = (),
    notes: Sequence[Note] = (),
) -> QadTaskList:
    """Return a part by section: a tick an answer, what changed, what is open, who is content."""
    reading = standing.reading
    organisation = reading.part.organisation
    slug = organisation.slug
    every = [one for asked in sections.values() for one in asked]
    changed = sum(one.changed for one in every)
    return QadTaskList(
        head=Head(
            title=f"{organisation.name}: {name_of(reading.part)}",
            lead=_lead(reading, len(every), changed),
            crumbs=[back(slug), Link("QAD", reverse("reviews:qad", args=[slug]))],
            kicker=_kicker(reading),
            actions=[
                Action(
                    text=f"Give the opinion of {reading.actor.body}",
                    url=reverse("reviews:approvals", args=[slug]),
                )
            ],
        ),
        facts=part_facts(standing, every),
        tabs=tabs,
        notes=notes,
        groups=[
            SectionGroup(
                heading=f"What {reading.actor.body} reads",
                sections=[
                    _section_row(standing, letter, asked) for letter, asked in sections.items()
                ],
            )
        ],
    )


def part_facts(standing: Standing, every: Sequence[Asked]) -> list[Fact]:
    """Return which version is read, beside which, and how much of it is accepted."""
    return [*_facts(standing.reading), *_accepted(standing, every)]


def _kicker(reading: Reading) -> Status | None:
    held = reading.part.qualification
    return qualification_status(held.status) if held else None


def _lead(reading: Reading, total: int, changed: int) -> str:
    if reading.newest is None:
        return "Nothing of this part was submitted yet."
    if reading.initial is None:
        return f"{count_of(total, 'answer')} to read."
    return f"{changed} of {count_of(total, 'answer')} changed since the Initial QAD."


def _facts(reading: Reading) -> list[Fact]:
    newest, initial = reading.newest, reading.initial
    facts = []
    if newest:
        url = address(
            "submissions:version", reading.part.organisation.slug, reading.part.pk, newest.number
        )
        said = Link(f"Version {newest.number}, {day(newest.submitted_at)}", url)
        facts.append(Fact(label="You read", value=said))
        facts.append(Fact(label="Submitted by", value=newest.submitted_by_name))
    if initial:
        facts.append(
            Fact(
                label="Beside",
                value=f"Initial, version {initial.number}, {day(initial.submitted_at)}",
            )
        )
    return facts


def _accepted(standing: Standing, every: Sequence[Asked]) -> list[Fact]:
    """Say how many answers the reading body is content with; a body that only looks has none."""
    own = [one for one in every if standing.body in one.readers and not is_blank(one)]
    if not own or not policy.may(standing.reading.actor, "qad.review"):
        return []
    content = sum(standing.is_content(one) for one in own)
    return [Fact(label=f"Accepted by {standing.body}", value=f"{content} of {len(own)}")]


def _section_row(standing: Standing, letter: str, asked: Sequence[Asked]) -> SectionRow:
    section = standing.reading.template.section(letter)
    still_open = sum(len(standing.open(one)) for one in asked)
    changed = sum(one.changed for one in asked)
    given = sum(not is_blank(one) for one in asked)
    return SectionRow(
        letter=letter,
        title=section.title,
        url=part_url(standing.reading, letter),
        ticks=Ticks([standing.tick(one) for one in asked], _spoken(standing, asked)),
        ready=f"{given} of {len(asked)}",
        changed=f"{changed} changed" if changed else "",
        open=f"{still_open} open" if still_open else "",
        marks=standing.marks(asked),
        status=standing.status(asked),
    )


def _spoken(standing: Standing, asked: Sequence[Asked]) -> str:
    accepted = sum(standing.is_content(one) for one in asked)
    said = f", {accepted} accepted" if accepted else ""
    return f"{count_of(len(asked), 'answer')}{said}"
