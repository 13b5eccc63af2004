"""PURE: every act on a reliance proposal: who may, in which states, with what it is asked.

Pages, the API and the buttons are made from these rows.
"""

from dataclasses import dataclass

from foundation.lifecycle import Move
from waves.lifecycle import reliance as moves
from waves.reliance import AGREED, IDLE

TOLD = "Recorded. Everybody concerned is told."


@dataclass(frozen=True, slots=True, kw_only=True)
class RelianceAct:
    """One act; ``asks`` names the form, which is empty where a single click does."""

    slug: str
    label: str
    capability: str
    sources: tuple[str, ...]
    asks: str = "because"
    done: str = TOLD

    def is_open(self, status: str) -> bool:
        """Whether the act can be begun in this state."""
        return status in self.sources


def _of(slug: str, move: Move, **more: str) -> RelianceAct:
    return RelianceAct(
        slug=slug, label=move.label, capability=move.capability, sources=move.sources, **more
    )


_LIVE = tuple(each for each in moves.WITHDRAW.sources if each not in IDLE)
OWN = {
    act.slug: act
    for act in (
        _of("submit", moves.SUBMIT, asks="", done="Submitted. The bodies are told."),
        _of("change", moves.CHANGE, asks="change", done="You can write on it now."),
        _of("withdraw", moves.WITHDRAW, asks="withdraw", done="Withdrawn."),
    )
}
DESK = {
    act.slug: act
    for act in (
        RelianceAct(
            slug="opinion",
            label="Give your body's opinion",
            capability=moves.DECIDE,
            sources=moves.IN_HAND,
            asks="opinion",
        ),
        RelianceAct(
            slug="link",
            label="Say who the party is",
            capability=moves.LINK,
            sources=_LIVE,
            asks="link",
            done="Linked. The order of the waves holds.",
        ),
        RelianceAct(
            slug="unlink",
            label="End the link",
            capability=moves.LINK,
            sources=_LIVE,
            done="The link is ended; it stays in the record.",
        ),
        RelianceAct(
            slug="scope",
            label="Record the agreed test scope",
            capability=moves.DECIDE,
            sources=AGREED,
            asks="scope",
        ),
        _of("undermine", moves.UNDERMINE),
        _of("stand", moves.STAND_FULL),
    )
}
