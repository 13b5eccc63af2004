"""PURE: the steps of an application on paper, as a code body records them (R23, QA&P 9.1.2, 9.3.2).

The portal keeps where it stands; what is answered, read and agreed is kept with the paper.
"""

from dataclasses import dataclass

from foundation.lifecycle import Move
from participants.enums import Status

CAPABILITY = "paper.record"


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What the guard looks at."""

    on_paper: bool = False


def answers_on_paper(facts: PaperFacts) -> str | None:
    """Only a new entrant for MHHS alone is on paper; everybody else answers here."""
    if facts.on_paper:
        return None
    return "This organisation answers in the portal; only a new entrant for MHHS alone is on paper."


def _step(name: str, label: str, source: Status, target: Status) -> Move:
    return Move(
        name=name,
        label=label,
        sources=(source,),
        target=target,
        capability=CAPABILITY,
        event=f"paper.{name.removeprefix('paper_')}",
        guards=(answers_on_paper,),
        source_paragraph="QA&P 9.1.2, 9.3.2",
    )


S = Status
PAPER_MOVES = (
    _step("paper_received", "The Initial application came", S.INITIAL_DRAFT, S.INITIAL_SUBMITTED),
    _step("paper_reviewed", "Its review is complete", S.INITIAL_SUBMITTED, S.INITIAL_REVIEWED),
    _step("paper_completed", "The Final application came", S.INITIAL_REVIEWED, S.FINAL_SUBMITTED),
    _step("paper_agreed", "Every body agreed its content", S.FINAL_SUBMITTED, S.CONTENT_AGREED),
    _step("paper_signed", "A director signed it", S.CONTENT_AGREED, S.SIGNED_OFF),
)


def next_step(status: str) -> Move | None:
    """Return what may be recorded next; None once it is signed or has ended."""
    return next((move for move in PAPER_MOVES if status in move.sources), None)
