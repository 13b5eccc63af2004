"""PURE: the four criteria of "MHHS Qualified" (R118, QA&P 11.3), with reason and holder."""

from dataclasses import dataclass
from datetime import datetime

from participants.enums import Status
from reviews.qualified.facts import Facts
from reviews.qualified.missing import (
    ACCEDED,
    APPROVED,
    ASSERTION,
    FINDINGS,
    Lack,
    before_decision,
    first_of,
    own_missing,
)

MET, NOT_MET, NOT_NEEDED = "met", "not_met", "not_needed"
TITLES = {
    ACCEDED: "Acceded and a Qualified Party in the role under every relevant code",
    APPROVED: "QAD complete and approved by every relevant body",
    FINDINGS: "Every finding and observation cleared, or planned with the body that raised it",
    ASSERTION: "Management Assertion, where MPIDs qualify at different times",
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the four criteria as it stands."""

    number: int
    title: str
    state: str
    because: str
    holder: str = ""
    since: datetime | None = None
    lacks: tuple[Lack, ...] = ()

    @property
    def is_met(self) -> bool:
        return self.state != NOT_MET


def criteria(facts: Facts, *, deciding: str = "") -> tuple[Criterion, ...]:
    """Return the four criteria of R118 for one qualification, in the order of QA&P 11.3.

    ``deciding`` names a body that is about to decide: its page leaves the decisions themselves,
    and what other bodies record for themselves, out of what is missing.
    """
    lacks = before_decision(facts, deciding) if deciding else own_missing(facts)
    return tuple(_criterion(number, facts, lacks) for number in TITLES)


def all_met(facts: Facts) -> bool:
    """Return whether all four criteria hold for this qualification itself."""
    return all(each.is_met for each in criteria(facts))


def may_be_qualified(facts: Facts) -> bool:
    """Return whether it can become Qualified now: all criteria, for the trio all three (R14)."""
    group = (facts, *facts.mates)
    return all(each.status == Status.SIGNED_OFF and all_met(each) for each in group)


def _criterion(number: int, facts: Facts, lacks: tuple[Lack, ...]) -> Criterion:
    own = tuple(lack for lack in lacks if lack.criterion == number)
    title = TITLES[number]
    if own:
        first = first_of(own)
        more = f" And {len(own) - 1} more." if len(own) > 1 else ""
        return Criterion(
            number, title, NOT_MET, first.what + more, first.holder_label, first.since, own
        )
    if number == ASSERTION and not facts.mpids_split:
        return Criterion(number, title, NOT_NEEDED, "All MPIDs of the role go together.")
    return Criterion(number, title, MET, _met(number, facts))


def _met(number: int, facts: Facts) -> str:
    if number == ACCEDED:
        return f"Recorded by {' and '.join(facts.deciding_bodies)}."
    if number == APPROVED:
        return f"Approved by {', '.join(facts.bodies)}."
    if number == FINDINGS:
        planned = [each for each in facts.threads if not each.is_comment and not each.is_settled]
        if not planned:
            return "None open."
        return (
            "1 with an agreed plan." if len(planned) == 1 else f"{len(planned)} with agreed plans."
        )
    if facts.assertion is None:
        return "Made by the organisation."
    return f"Remaining MPIDs complete by {facts.assertion.complete_by:%-d %B %Y}."
