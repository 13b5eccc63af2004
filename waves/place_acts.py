"""PURE: every act on a place: who may do it, in which states, and what it is asked with.

Pages, the API and the buttons are made from these rows; the services of the same names do them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.lifecycle import Move
from waves.board import earlier_waves, later_waves
from waves.capacity import LAST_WAVE, WAVES
from waves.enums import PlaceState as P
from waves.lifecycle import board as moves

GIVEN = (
    *(P.ALLOCATED, P.WAITLISTED, P.OFFERED, P.DEFERRAL_REQUESTED, P.REALLOCATION_PROPOSED),
    P.ENGAGED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAct:
    """One act: ``asks`` names its fields, ``waves`` which waves may be chosen."""

    slug: str
    label: str
    says: str
    capability: str
    sources: tuple[str, ...]
    asks: tuple[str, ...] = ("because",)
    waves: str = ""
    done: str = ""
    is_plain: bool = False
    in_last_wave: bool | None = None

    def is_open(self, state: str, route: str) -> bool:
        """Whether the act can be begun for a place in this state and wave."""
        if self.in_last_wave is not None and (route == LAST_WAVE) != self.in_last_wave:
            return False
        return state in self.sources and (not self.waves or bool(self.choices(route)))

    def choices(self, route: str) -> Sequence[str]:
        """The waves that may be chosen from the one held."""
        return {
            "any": WAVES,
            "other": [each for each in WAVES if each != route],
            "earlier": earlier_waves(route),
            "later": later_waves(route),
            "": (),
        }[self.waves]


def _of(move: Move, slug: str, says: str, **more) -> PlaceAct:
    return PlaceAct(
        slug=slug,
        label=move.label,
        says=says,
        capability=move.capability,
        sources=move.sources,
        **more,
    )


_NEXT = "The organisation is told, and its dates follow."

DESK: dict[str, PlaceAct] = {
    act.slug: act
    for act in (
        _of(
            moves.INDICATE,
            "indicate",
            "An indication can still change; the organisation is told that it is one.",
            asks=("route", "because"),
            waves="any",
            done="The wave is indicated, and the organisation is told.",
        ),
        _of(
            moves.ALLOCATE,
            "allocate",
            f"The place is given. {_NEXT}",
            asks=("route", "because"),
            waves="any",
            done="The place is allocated. The organisation is told, and its dates follow.",
        ),
        _of(
            moves.OFFER,
            "offer",
            "The organisation keeps its wave until it accepts. The wait list has no order: say in"
            " the reason why this one.",
            asks=("until", "because"),
            done="Offered. It moves when the organisation accepts.",
        ),
        _of(moves.TAKE_BACK, "take-back", "It stays on the wait list.", done="Taken back."),
        _of(moves.CLOSE_WAIT, "end-wait", "It keeps the wave that it holds.", done="Ended."),
        _of(
            moves.GRANT_LATER,
            "grant",
            f"The later wave is given. {_NEXT}",
            asks=("route", "because"),
            waves="later",
            done="Granted. The organisation is told, and its dates follow.",
        ),
        _of(
            moves.REFUSE_LATER,
            "refuse",
            "The organisation keeps its wave and hears the reason.",
            done="Refused, with the reason.",
        ),
        _of(
            moves.PROPOSE,
            "propose",
            "Nothing moves yet. Capacity is flexed first; a move that nobody asked for is the last"
            " resort, and the talk comes before it (QA&P 9.3.2).",
            asks=("route", "because"),
            waves="other",
            done="Proposed. The organisation is told; record the talk next.",
        ),
        _of(
            moves.ENACT,
            "enact",
            f"The proposed move happens. {_NEXT}",
            asks=(),
            done="Moved. The organisation is told, and its dates follow.",
        ),
        _of(
            moves.ENGAGE,
            "engage",
            "Say who spoke with whom, when, and what the organisation said. It reads this.",
            asks=("text",),
            done="The talk is recorded.",
        ),
        _of(
            moves.DROP,
            "drop",
            "The organisation keeps its wave and is told.",
            done="Dropped; the organisation keeps its wave.",
        ),
        _of(
            moves.TO_ENDURING,
            "enduring",
            "This is a decision of the code bodies. It does not happen by itself.",
            in_last_wave=True,
            done="It leaves the waves for the enduring arrangements.",
        ),
        _of(moves.BACK, "bring-back", "It takes its place in wave 4 again.", done="Brought back."),
        PlaceAct(
            slug="judge",
            label="Judge a checkpoint",
            says="A judgement alerts everybody concerned and moves nobody (QA&P 9.3.2). Green takes"
            " the risk away again.",
            capability="place.judge",
            sources=GIVEN,
            asks=("checkpoint", "judgement", "because"),
            done="The judgement is recorded. Nothing moves by it.",
        ),
        PlaceAct(
            slug="weigh",
            label="Change its weight",
            says="How many reviewer-weeks each body needs for it; the board counts with them.",
            capability="place.plan",
            sources=tuple(P.values),
            asks=("weight",),
            done="The weight is changed.",
            is_plain=True,
        ),
        PlaceAct(
            slug="remark",
            label="Write a remark",
            says="It stays in the ledger of the place.",
            capability="place.plan",
            sources=tuple(P.values),
            asks=("text", "is_shared"),
            done="The remark is in the ledger.",
            is_plain=True,
        ),
    )
}

OWN: dict[str, PlaceAct] = {
    act.slug: act
    for act in (
        _of(
            moves.RESTATE,
            "wish",
            "No place is allocated yet, so you can still ask for another wave.",
            asks=("route", "because"),
            waves="any",
            done="The code bodies see what you ask for now.",
        ),
        _of(
            moves.ASK_EARLIER,
            "earlier",
            "You keep your wave and join the wait list. It has no order; the code bodies choose"
            " when room comes free.",
            asks=("route", "because"),
            waves="earlier",
            done="You are on the wait list and keep your wave.",
        ),
        _of(
            moves.LEAVE_LIST,
            "leave",
            "You keep the wave that you hold.",
            asks=(),
            done="You left the wait list.",
        ),
        _of(
            moves.ACCEPT,
            "accept",
            "You move to the earlier wave at once, and every date that lies ahead follows it.",
            asks=(),
            done="Accepted. Your dates follow the earlier wave.",
        ),
        _of(
            moves.DECLINE,
            "decline",
            "You keep the wave that you hold and leave the wait list.",
            asks=(),
            done="Declined. You keep your wave.",
        ),
        _of(
            moves.ASK_LATER,
            "later",
            "You keep your wave until the code bodies decide.",
            asks=("route", "because"),
            waves="later",
            in_last_wave=False,
            done="The code bodies will decide. You keep your wave until then.",
        ),
        _of(
            moves.ASK_LATER,
            "after",
            "There is no wave after wave 4. The code bodies decide what follows.",
            in_last_wave=True,
            done="The code bodies will decide. You keep your wave until then.",
        ),
        _of(
            moves.TAKE_LATER_BACK,
            "keep",
            "Your request is taken back.",
            asks=(),
            done="You keep your wave.",
        ),
    )
}


def fitting(state: str, wanted: str, to: str) -> str:
    """Return the act that a card dropped on a wave begins; empty where none fits."""
    if state in moves.CURRENT:
        return "allocate"
    if state == P.ALLOCATED or (state == P.WAITLISTED and to != wanted):
        return "propose"
    if to != wanted:
        return ""
    return {P.WAITLISTED: "offer", P.DEFERRAL_REQUESTED: "grant", P.ENGAGED: "enact"}.get(state, "")
