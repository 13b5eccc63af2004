"""The rail on question and section pages: the section's questions, and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.ui.parts import Link, Status
from foundation.ui.shell import NavGroup, NavItem
from submissions import bank
from submissions.models import Part
from submissions.presenters import addresses
from submissions.presenters.states import QuestionState, tally


@dataclass(frozen=True, slots=True)
class Rail:
    """What a page puts in place of the ordinary rail: ``request.rail``, read by the frame."""

    back: Link
    groups: Sequence[NavGroup]
    legend: Sequence[Status]


def rail(
    part: Part, letter: str, states: Sequence[QuestionState], slug: str, current: str = ""
) -> Rail:
    """Return the rail of a section of a part."""
    section = bank.of_part(part).section(letter)
    counts = tally(states)
    first = NavItem(
        label=f"{letter} {section.title}",
        url=addresses.section(slug, part, letter),
        count=f"{counts.ready} of {counts.asked}",
        current=not current,
        live="ready" if current else "",
    )
    return Rail(
        back=Link("All sections", addresses.qad(slug, part.qualification_id)),
        groups=[
            NavGroup(_whose(part), [first]),
            NavGroup(None, [_item(part, letter, state, slug, current) for state in states]),
        ],
        legend=_legend(states, part.stage),
    )


def _item(part: Part, letter: str, state: QuestionState, slug: str, current: str) -> NavItem:
    return NavItem(
        label=f"{state.one.code} {state.one.question.title}",
        url=addresses.question(slug, part, letter, state.one.code),
        current=state.one.code == current,
        state=state.shape,
        live="shape" if state.one.code == current and not state.asks else "",
    )


def _whose(part: Part) -> str:
    held = part.qualification
    return held.get_role_display() if held else "The organisation"


def _legend(states: Sequence[QuestionState], stage: str) -> list[Status]:
    found: dict[str, Status] = {}
    for state in states:
        word = state.word
        found.setdefault(state.shape, Status(word, state.shape) if word else state.status(stage))
    return list(found.values())
