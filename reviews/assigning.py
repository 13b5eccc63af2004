"""PURE: who of a body had best read something, and why, in a sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from foundation.clock.words import day
from foundation.ui.counting import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A reviewer, as far as it matters for who reads what.

    ``load`` are the answers that wait for their eyes now, ``known`` those of the same sections
    that they have judged before; ``away_until`` is set while they are away.
    """

    person_id: UUID
    name: str
    load: int = 0
    known: int = 0
    away_until: date | None = None
    cover: str = ""
    has_conflict: bool = False

    @property
    def is_free(self) -> bool:
        """Whether something may be given to them today."""
        return not self.has_conflict and self.away_until is None


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates, the best first: free, who knows the sections, with the least to read."""
    return sorted(
        candidates, key=lambda one: (not one.is_free, not one.known, one.load, one.name.lower())
    )


def suggested(candidates: Iterable[Candidate]) -> Candidate | None:
    """Return the best of those who are free, None where nobody is."""
    return next((one for one in ranked(candidates) if one.is_free), None)


def why_suggested(chosen: Candidate, candidates: Sequence[Candidate]) -> str:
    """Say why somebody is suggested, against the others who are free."""
    free = [one for one in candidates if one.is_free]
    if len(free) == 1:
        return f"{chosen.name} alone is free."
    if not chosen.known:
        return f"{chosen.name} has the least to read: {counted(chosen.load, 'answer')}. " + (
            "Nobody who is free has judged these sections before."
        )
    knowing = [one for one in free if one.known]
    judged = f"has judged {counted(chosen.known, 'answer')} of these sections before"
    if len(knowing) == 1:
        return f"{chosen.name} alone of those who are free {judged}."
    return f"{chosen.name} {judged}, and has the least to read of the {len(knowing)} who know them."


def standing(one: Candidate) -> str:
    """Say what speaks for and against somebody."""
    if one.has_conflict:
        return "declared a conflict of interest"
    said = [f"{counted(one.load, 'answer')} to read"]
    said.append(f"{counted(one.known, 'answer')} judged here before" if one.known else "new here")
    if one.away_until:
        covered = f", {one.cover} covers" if one.cover else ""
        said.insert(0, f"away until {day(one.away_until)}{covered}")
    return "; ".join(said)
