"""LDSO, SMRA / ERDA and UMSO as one lock: what is decided, what is awaited, who holds it (R14)."""

from django.urls import reverse

from foundation.clock.words import day
from foundation.ui.pages import Column, Row, Table
from foundation.ui.parts import Lines, Quiet, Status, Ticks, Words
from participants.enums import Status as Where
from participants.market_roles import CODE_BODIES, GOVERNING_BODIES, MARKET_ROLES
from participants.pages.general import Section
from reviews.enums import Outcome
from reviews.qualified import Facts, first_of, own_missing
from reviews.qualified.grid import verdict


def trio_sections(known: Facts, body: str) -> list[Section]:
    """Return the lock of a role that goes with two others, for a body; nothing for the rest."""
    if not known.trio:
        return []
    group = sorted((known, *known.mates), key=lambda each: each.role)
    return [
        Section(
            title="The three, as one lock",
            note=_together(known),
            table=Table(
                caption="Decisions of the trio",
                columns=[
                    Column(label="Market role"),
                    *(Column(label=GOVERNING_BODIES[body].decided_by) for body in CODE_BODIES),
                    Column(label="Missing first"),
                ],
                rows=[_trio_row(each, body, is_this=each.id == known.id) for each in group],
            ),
        )
    ]


def _trio_row(known: Facts, body: str, *, is_this: bool) -> Row:
    return Row(
        cells=[
            known.label,
            *(_trio_cell(known, body) for body in CODE_BODIES),
            _missing_first(known, body),
        ],
        url="" if is_this else reverse("reviews:decision", args=[known.id]),
        marked=is_this,
    )


def _missing_first(known: Facts, body: str) -> Words:
    """What lacks, for the bodies that read this QAD (R11); for the others, who holds it."""
    lacks = own_missing(known)
    if not lacks:
        return Quiet("Nothing")
    first = first_of(lacks)
    holder = f"Held by {first.holder_label}"
    return Lines([first.what, holder]) if body in known.bodies else holder


def _trio_cell(known: Facts, body: str) -> Words:
    if body not in known.deciding_bodies:
        return Status("", "not_needed")
    taken = known.decision(body)
    if taken is None:
        return Status("Not decided", "waiting")
    if taken.outcome == Outcome.DEFERRED:
        return Status("Deferred", "waiting")
    if taken.outcome == Outcome.NOT_APPROVED:
        return Status("Not approved", "refused")
    held = taken.effective_at is None
    return Lines([Status("", "approved_held" if held else "approved"), day(taken.decided_on)])


def _together(known: Facts) -> Words:
    """The trio as one lock: how many decisions are taken, and whose are awaited (R14)."""
    counted = verdict(known)
    if known.status == Where.QUALIFIED:
        return Status("The three took effect together", "qualified")
    waiting = [
        MARKET_ROLES[each.role].short_label for each in (known, *known.mates) if own_missing(each)
    ]
    taken, needed = counted.decisions_taken, counted.decisions_needed
    ticks = Ticks(["accepted"] * taken + ["blank"] * (needed - taken), f"{taken} of {needed}")
    held = (
        f" {' and '.join(waiting)} {'holds' if len(waiting) == 1 else 'hold'} it."
        if waiting
        else ""
    )
    return [
        Status("Locked together", "locked"),
        "\u2003",
        ticks,
        f"\u2003{taken} of {needed} decisions. LDSO, SMRA / ERDA and UMSO take effect on the same"
        f" day.{held}",
    ]
