"""A part of a QAD as a body reads it: its sections, and the questions of one."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from foundation.clock.words import day
from foundation.ui.blocks import Action, Fact
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
from foundation.ui.parts import Link, Mark, Status, Ticks, Words
from foundation.ui.shell import NavGroup, NavItem
from participants.access.addresses import address
from participants.models import Organisation
from participants.pages.statuses import qualification_status
from reviews.enums import SETTLED, Side, ThreadState
from reviews.models import Thread
from reviews.pages.ways import back
from reviews.reading import Asked, Reading
from submissions.enums import Stage
from submissions.presenters.rail import Rail
from submissions.presenters.staff import may_open_final
from submissions.presenters.states import count_of
from submissions.presenters.versions import name_of

Threads = Mapping[str, Sequence[Thread]]  # by question code


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
    reading: Reading, sections: Mapping[str, Sequence[Asked]], threads: Threads
) -> QadTaskList:
    """Return a part by section: a tick an answer, what changed, what is open."""
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
        facts=_facts(reading),
        groups=[
            SectionGroup(
                heading=f"What {reading.actor.body} reads",
                sections=[
                    _section_row(reading, letter, asked, threads)
                    for letter, asked in sections.items()
                ],
            )
        ],
    )


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


def _section_row(
    reading: Reading, letter: str, asked: Sequence[Asked], threads: Threads
) -> SectionRow:
    section = reading.template.section(letter)
    held = [row for one in asked for row in threads.get(one.question.code, ())]
    still_open = [row for row in held if row.status not in SETTLED]
    changed = sum(one.changed for one in asked)
    given = sum(not _is_blank(one) for one in asked)
    readers = {body for one in asked for body in one.readers}
    return SectionRow(
        letter=letter,
        title=section.title,
        url=part_url(reading, letter),
        ticks=Ticks([_tick(one, threads) for one in asked], count_of(len(asked), "answer")),
        ready=f"{given} of {len(asked)}",
        changed=f"{changed} changed" if changed else "",
        open=f"{len(still_open)} open" if still_open else "",
        marks=[Mark(body) for body in ("BSC", "REC", "DIP") if body in readers],
        status=_section_status(reading, still_open),
    )


def _open(threads: Threads, one: Asked) -> list[Thread]:
    return [row for row in threads.get(one.question.code, ()) if row.status not in SETTLED]


def _is_blank(one: Asked) -> bool:
    return one.now["answer"] is None and not one.now["evidence"]


def _tick(one: Asked, threads: Threads) -> str:
    if any(_waits_for_reply(row) for row in _open(threads, one)):
        return "reply"
    if _is_blank(one):
        return "blank"
    return "changed" if one.changed else "done"


def _waits_for_reply(row: Thread) -> bool:
    return row.holder == Side.PARTICIPANT and row.status != ThreadState.PLAN_AGREED


def _section_status(reading: Reading, still_open: Sequence[Thread]) -> Status:
    own = [row for row in still_open if row.body == reading.actor.body]
    if any(row.holder == Side.BODY for row in own):
        return Status("Your move", "your_move")
    if any(_waits_for_reply(row) for row in own):
        return Status("With the participant", "with_body")
    if own:
        return Status("", "plan_agreed")
    if any(row.status != ThreadState.PLAN_AGREED for row in still_open):
        return Status("Another body asks", "with_body")
    return Status("Nothing open", "check")


def section_page(
    reading: Reading, letter: str, asked: Sequence[Asked], threads: Threads
) -> ListPage:
    """Return the questions of one section with what changed and what is open."""
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
        ),
        table=Table(
            caption="Questions of this section",
            columns=[
                Column(label="Question"),
                Column(label="Answer"),
                Column(label="Read by"),
                Column(label="Open"),
            ],
            rows=[_question_row(reading, letter, one, threads) for one in asked],
        ),
    )


def _question_row(reading: Reading, letter: str, one: Asked, threads: Threads) -> Row:
    held = _open(threads, one)
    return Row(
        url=part_url(reading, letter, one.question.code),
        marked=any(row.body == reading.actor.body and row.holder == Side.BODY for row in held),
        cells=[
            f"{one.question.code} {one.question.title}",
            answer_status(one),
            _marks(one.readers),
            ", ".join(row.reference for row in held),
        ],
    )


def _marks(readers: Sequence[str]) -> Words:
    return [piece for body in readers for piece in (Mark(body), " ")]


def answer_status(one: Asked) -> Status:
    """Return how an answer stands beside what the Initial said."""
    if _is_blank(one):
        return Status("Left blank", "not_started")
    if one.before is not None and one.before["answer"] is None and one.changed:
        return Status("", "new")
    return Status("Changed", "half") if one.changed else Status("As submitted", "submitted")


def rail_of(
    reading: Reading, letter: str, asked: Sequence[Asked], threads: Threads, current: str = ""
) -> Rail:
    """Return the rail of a section under review: its questions, and the way back."""
    section = reading.template.section(letter)
    items = [
        NavItem(
            label=f"{one.question.code} {one.question.title}",
            url=part_url(reading, letter, one.question.code),
            count=sum(row.status not in SETTLED for row in threads.get(one.question.code, ()))
            or None,
            current=one.question.code == current,
            state=_shape(one, threads, reading.actor.body),
        )
        for one in asked
    ]
    whole = NavItem(
        label=f"{letter} {section.title}", url=part_url(reading, letter), current=not current
    )
    return Rail(
        back=Link("All sections", part_url(reading)),
        groups=[NavGroup(reading.part.organisation.name, [whole]), NavGroup(None, items)],
        legend=[Status(word, shape) for shape, word in _LEGEND.items()],
    )


_LEGEND = {
    "your_move": "Your move",
    "with_body": "Waits for somebody",
    "half": "Changed since Initial",
    "check": "Nothing open",
    "ring": "Left blank",
}


def _shape(one: Asked, threads: Threads, body: str) -> str:
    held = _open(threads, one)
    if any(row.body == body and row.holder == Side.BODY for row in held):
        return "your_move"
    if any(row.status != ThreadState.PLAN_AGREED for row in held):
        return "with_body"
    if _is_blank(one):
        return "ring"
    return "half" if one.changed else "check"
