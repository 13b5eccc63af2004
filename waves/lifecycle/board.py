"""PURE: the moves of a place in a wave (domain D.8; QA&P 9.3.2, R36-R42).

Which wave a place holds is the route of its qualification; these rows say what may be asked,
offered and decided about it. Order and route rules (R18, R33) are asked beside them.
"""

from dataclasses import dataclass
from datetime import date

from foundation.lifecycle import Move
from waves.enums import PlaceState as P

ASK, PLAN = "place.request", "place.plan"
CURRENT = (P.REQUESTED, P.INDICATIVE)
CLAUSE = "QA&P 9.3.2"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the guards look at: the wave held, the wave in question, and the days that matter.

    ``held`` and ``wanted`` are orders of waves; ``wanted`` is 0 where none is in question.
    """

    held: int
    wanted: int = 0
    today: date | None = None
    offer_until: date | None = None


def asks_for_earlier(wish: Wish) -> str | None:
    """The wait list is for an earlier wave than the one held (R37)."""
    if 0 < wish.wanted < wish.held:
        return None
    return "Choose a wave before the one you hold."


def asks_for_later(wish: Wish) -> str | None:
    """A deferral goes to a later wave; after wave 4 there is none (R39, R42)."""
    if wish.wanted > wish.held:
        return None
    return "Choose a wave after the one held; after wave 4 there is none (QA&P 9.3.1, 7.1)."


def offer_stands(wish: Wish) -> str | None:
    """An offer can be accepted up to its last day, and on it."""
    if wish.offer_until is None or wish.today is None or wish.today <= wish.offer_until:
        return None
    return f"The offer ended on {wish.offer_until:%d/%m/%Y}. The code bodies can make it again."


RESTATE = Move(
    "restate a wish", CURRENT, P.REQUESTED, ASK, "place.wished", label="Ask for another wave"
)
INDICATE = Move(
    "indicate",
    CURRENT,
    P.INDICATIVE,
    PLAN,
    "place.indicated",
    label="Indicate",
    source_paragraph=CLAUSE,
)
ALLOCATE = Move(
    "allocate",
    CURRENT,
    P.ALLOCATED,
    PLAN,
    "place.allocated",
    label="Allocate",
    source_paragraph=CLAUSE,
)
ASK_EARLIER = Move(
    "ask for an earlier wave",
    (P.ALLOCATED,),
    P.WAITLISTED,
    ASK,
    "place.waitlisted",
    (asks_for_earlier,),
    "Ask for an earlier wave",
    CLAUSE,
)
LEAVE_LIST = Move(
    "leave the wait list",
    (P.WAITLISTED,),
    P.ALLOCATED,
    ASK,
    "place.list_left",
    label="Leave the wait list",
)
CLOSE_WAIT = Move(
    "end the wait", (P.WAITLISTED,), P.ALLOCATED, PLAN, "place.wait_ended", label="End the wait"
)
OFFER = Move(
    "offer", (P.WAITLISTED,), P.OFFERED, PLAN, "place.offered", (), "Offer the earlier wave", CLAUSE
)
TAKE_BACK = Move(
    "take the offer back",
    (P.OFFERED,),
    P.WAITLISTED,
    PLAN,
    "place.offer_withdrawn",
    label="Take the offer back",
)
ACCEPT = Move(
    "accept the offer",
    (P.OFFERED,),
    P.ALLOCATED,
    ASK,
    "place.offer_accepted",
    (offer_stands,),
    "Accept the earlier wave",
    CLAUSE,
)
DECLINE = Move(
    "decline the offer",
    (P.OFFERED,),
    P.ALLOCATED,
    ASK,
    "place.offer_declined",
    label="Decline, and keep the present wave",
)
ASK_LATER = Move(
    "ask for a later wave",
    (P.ALLOCATED,),
    P.DEFERRAL_REQUESTED,
    ASK,
    "place.deferral_requested",
    (asks_for_later,),
    "Ask for a later wave",
    "QA&P 9.3.3",
)
TAKE_LATER_BACK = Move(
    "take the request back",
    (P.DEFERRAL_REQUESTED,),
    P.ALLOCATED,
    ASK,
    "place.deferral_taken_back",
    label="Keep the present wave",
)
GRANT_LATER = Move(
    "grant the later wave",
    (P.DEFERRAL_REQUESTED,),
    P.ALLOCATED,
    PLAN,
    "place.deferred",
    (asks_for_later,),
    "Grant the later wave",
    "QA&P 9.3.3",
)
REFUSE_LATER = Move(
    "refuse the later wave",
    (P.DEFERRAL_REQUESTED,),
    P.ALLOCATED,
    PLAN,
    "place.deferral_refused",
    label="Refuse the later wave",
)
PROPOSE = Move(
    "propose a reallocation",
    (P.ALLOCATED, P.WAITLISTED),
    P.REALLOCATION_PROPOSED,
    PLAN,
    "place.reallocation_proposed",
    (),
    "Propose another wave",
    CLAUSE,
)
ENGAGE = Move(
    "record the engagement",
    (P.REALLOCATION_PROPOSED, P.ENGAGED),
    P.ENGAGED,
    PLAN,
    "place.engaged",
    label="Record the talk",
    source_paragraph=CLAUSE,
)
ENACT = Move(
    "enact the reallocation",
    (P.ENGAGED,),
    P.ALLOCATED,
    PLAN,
    "place.reallocated",
    label="Enact the reallocation",
    source_paragraph=CLAUSE,
)
DROP = Move(
    "drop the proposal",
    (P.REALLOCATION_PROPOSED, P.ENGAGED),
    P.ALLOCATED,
    PLAN,
    "place.reallocation_dropped",
    label="Drop the proposal",
)
TO_ENDURING = Move(
    "send to enduring arrangements",
    (P.ALLOCATED, P.DEFERRAL_REQUESTED, P.ENGAGED),
    P.ENDURING,
    PLAN,
    "place.to_enduring",
    label="Send to enduring arrangements",
    source_paragraph="QA&P 7.1, 4.4; Appendix B, Pathway 4",
)
BACK = Move(
    "bring back from enduring arrangements",
    (P.ENDURING,),
    P.ALLOCATED,
    PLAN,
    "place.brought_back",
    label="Bring it back to wave 4",
)

# The route was changed by another act; what was asked, offered or proposed is settled by that.
FOLLOW = Move(
    "follow the route",
    (
        *(P.WAITLISTED, P.OFFERED, P.DEFERRAL_REQUESTED, P.REALLOCATION_PROPOSED, P.ENGAGED),
        P.ENDURING,
    ),
    P.ALLOCATED,
    "qualification.create",
    "place.followed",
    label="Follow the route",
)

MOVES = (
    *(RESTATE, INDICATE, ALLOCATE, ASK_EARLIER, LEAVE_LIST, CLOSE_WAIT, OFFER, TAKE_BACK, ACCEPT),
    *(DECLINE, ASK_LATER, TAKE_LATER_BACK, GRANT_LATER, REFUSE_LATER, PROPOSE, ENGAGE, ENACT),
    *(DROP, TO_ENDURING, BACK, FOLLOW),
)
