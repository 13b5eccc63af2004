"""PURE: what a state change is: rows of Move, read by perform(), buttons, API, tests and docs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

Guard = Callable[[Any], str | None]


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed change of state: from ``sources`` to ``target``, for whom, and on what terms.

    ``guards`` take the facts of the subject and return a reason in words, or None.
    ``event`` is the name that the audit trail records (``noun.past_tense``).
    """

    name: str
    sources: tuple[str, ...]
    target: str
    capability: str
    event: str
    guards: tuple[Guard, ...] = ()
    label: str = ""
    source_paragraph: str = field(default="")

    def objections(self, status: str, facts: Any) -> tuple[str, ...]:
        """Return every reason against this move now; empty when it is open."""
        if status not in self.sources:
            return (f"This cannot be done while the state is “{words(status)}”.",)
        return tuple(reason for guard in self.guards if (reason := guard(facts)))


def words(status: str) -> str:
    """Return a state code as people read it: INITIAL_DRAFT -> "Initial draft"."""
    return status.replace("_", " ").capitalize()


def open_moves(moves: Iterable[Move], status: str, facts: Any) -> tuple[Move, ...]:
    """Return the moves that nothing objects to in this state."""
    return tuple(move for move in moves if not move.objections(status, facts))
