"""The rail on question and section pages: the section's questions, and the way back."""

from collections.abc import Sequence
from typing import Any

from foundation.ui.parts import Link, Status
from foundation.ui.shell import NavGroup, NavItem, Place
from submissions import bank
from submissions.models import Part
from submissions.presenters import addresses
from submissions.presenters.states import QuestionState, tally


def rail(
    part: Part, letter: str, states: Sequence[QuestionState], slug: str, current: str = ""
) -> dict[str, Any]:
    """Return what takes the place of the ordinary rail: fields of ``foundation.ui.shell.Shell``."""
    section = bank.of_part(part).section(letter)
    counts = tally(states)
    return {
        "place": Place(
            name=f"{letter} {section.title}",
            lines=[_whose(part), f"{counts.ready} of {counts.asked} ready"],
            url=addresses.section(slug, part, letter),
        ),
        "back": Link("All sections", addresses.qad(slug, part.qualification_id)),
        "groups": [
            NavGroup(
                None,
                [
                    NavItem(
                        label=f"{state.one.code} {state.one.question.title}",
                        url=addresses.question(slug, part, letter, state.one.code),
                        current=state.one.code == current,
                        state=state.shape,
                    )
                    for state in states
                ],
            )
        ],
        "legend": _legend(states, part.stage),
    }


def _whose(part: Part) -> str:
    if part.qualification is None:
        return "The organisation's part"
    held = part.qualification
    return f"{held.get_role_display()}, {held.get_route_display()}, {held.get_status_display()}"


def _legend(states: Sequence[QuestionState], stage: str) -> list[Status]:
    found: dict[str, Status] = {}
    for state in states:
        found.setdefault(state.shape, state.status(stage))
    return list(found.values())
