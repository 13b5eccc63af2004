"""The rows of the task list: a section each, with its ticks, its counts and the opinions on it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from foundation.ui.counting import joined
from foundation.ui.pages import SectionGroup, SectionRow
from foundation.ui.parts import Ticks
from participants.enums import REVIEWING_BODIES
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from submissions import bank
from submissions.opinions import NONE, Open, Opinions
from submissions.presenters import addresses
from submissions.presenters.states import (
    Progress,
    QuestionState,
    Tally,
    count_of,
    read_by,
    section_status,
    states_of,
    tally,
)
from submissions.sheet import PartSheet, Sheet
from submissions.template_types import Section


@dataclass(frozen=True, slots=True)
class _Section:
    """A section with its questions' states, counted once."""

    states: Sequence[QuestionState]
    counts: Tally


@dataclass(frozen=True, slots=True)
class PartRows:
    """One part of the page, by section."""

    own: PartSheet
    heading: str
    sections: Mapping[str, _Section]


def read(
    sheet: Sheet,
    one: Qualification | None,
    initial: Mapping[UUID, Mapping[str, Any]],
    opinions: Mapping[UUID, Opinions],
) -> PartRows:
    """Return a part with how far each of its answers is, counted by section."""
    own = sheet.of(one)
    heading = MARKET_ROLES[one.role].label if one else "The organisation"
    said = opinions.get(own.part.pk, NONE)
    states = states_of(own, initial.get(own.part.pk, {}), said, own.flagged)
    sections = {letter: _Section(held, tally(held)) for letter, held in states.items()}
    return PartRows(own, heading, sections)


def numbers(counts: Tally) -> dict[str, int]:
    """Return what each narrowing of the list counts, by its name in the address."""
    return {
        "blank": counts.blank,
        "later": counts.to_come_back,
        "changed": counts.changed,
        "reply": counts.asked_about,
    }


def open_in_words(held: Sequence[Open]) -> str:
    """Return "2 threads, 1 finding"."""
    counted = [
        (sum(one.noun == noun for one in held), noun)
        for noun in ("thread", "observation", "finding")
    ]
    return ", ".join(count_of(number, noun) for number, noun in counted if number)


# What a limited author may write, as (qualification or None, section).
Reach = Collection[tuple[UUID | None, str]]


def all_drawn(
    groups: Sequence[PartRows], slug: str, show: str, reach: Reach | None
) -> list[SectionGroup]:
    """Return the sections by part; a limited author's own stand first, in a group of theirs."""
    if reach is None:
        return [_drawn(each, slug, show) for each in groups]
    yours = [
        replace(row, note=". ".join(filter(None, [each.heading, row.note])))
        for each in groups
        for row in _drawn(each, slug, show, among=reach).sections
    ]
    others = [_drawn(each, slug, show, beyond=reach) for each in groups]
    return [SectionGroup(heading="Yours to write", sections=yours), *others]


def _drawn(
    each: PartRows, slug: str, show: str, *, among: Reach | None = None, beyond: Reach = ()
) -> SectionGroup:
    """Return the sections of a part that are asked for, a reach's alone or those beyond it."""
    rows, key = [], each.own.part.qualification_id
    for section in bank.of_part(each.own.part).sections:
        held, place = each.sections.get(section.code), (key, section.code)
        is_wanted = place not in beyond and (among is None or place in among)
        if held and is_wanted and _shown(held.counts, show):
            rows.append(_row(each, section, held, slug))
    return SectionGroup(
        heading=f"{each.heading}, to read" if beyond else each.heading, sections=rows
    )


def _shown(counts: Tally, show: str) -> bool:
    return numbers(counts).get(show, 1) > 0


def _row(group: PartRows, section: Section, held: _Section, slug: str) -> SectionRow:
    own, states, counts = group.own, held.states, held.counts
    put = [state for state in states if state.counts] or states
    return SectionRow(
        letter=section.code,
        title=section.title,
        url=addresses.section(slug, own.part, section.code),
        note=_note(section, states, counts),
        ticks=Ticks([state.tick for state in put], text=_spoken(counts)),
        ready=f"{counts.ready} of {counts.asked}" if counts.asked else "",
        changed=str(counts.changed) if counts.changed else "",
        open=open_in_words([one for state in states for one in state.open]),
        marks=read_by(states),
        status=section_status(states, own.sections.get(section.code), counts),
    )


def _note(section: Section, states: Sequence[QuestionState], counts: Tally) -> str:
    if not counts.asked:
        return states[0].one.because
    said = ["Owned by the DIP Manager"] if section.owner == "DIP" else []
    said += [_asked_by(state) for state in states if state.asks]
    later = [state.one.code for state in states if state.progress is Progress.AT_SIGN_OFF]
    if later:
        said.append(f"{joined(later)} {'is' if len(later) == 1 else 'are'} given at sign-off")
    if counts.to_come_back:
        codes = ", ".join(state.one.code for state in states if state.come_back)
        said.append(f"Come back to {codes}")
    return ". ".join(said)


def _asked_by(state: QuestionState) -> str:
    """Say which bodies ask on a question, and what they raised beyond a comment."""
    asking = [one for one in state.open if one.asks]
    bodies = [_NAMES[body] for body in REVIEWING_BODIES if body in {one.body for one in asking}]
    raised = [one.reference for one in asking if not one.is_comment]
    listed = f" ({', '.join(raised)})" if raised else ""
    verb = "ask" if len(bodies) > 1 else "asks"
    return f"{state.one.code}: {' and '.join(bodies)} {verb}{listed}"


_NAMES = {"BSC": "BSC", "REC": "REC", "DIP": "the DIP Manager"}


def _spoken(counts: Tally) -> str:
    said = [f"{counts.ready} ready", f"{counts.drafts} in draft", f"{counts.blank} blank"]
    for number, word in (
        (counts.changed, "changed"),
        (counts.accepted, "accepted"),
        (counts.asked_about, "asked about"),
    ):
        if number:
            said.append(f"{number} {word}")
    return ", ".join(said)
