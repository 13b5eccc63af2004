"""PURE: who sees which thread, and what each may do with it next."""

from collections.abc import Collection
from dataclasses import dataclass

from foundation.tenancy.actor import Actor
from participants.enums import REVIEWING_BODIES
from participants.market_roles import reviewing_bodies
from participants.policy import may
from reviews.enums import SETTLED, ThreadKind, ThreadState


@dataclass(frozen=True, slots=True)
class Subject:
    """The thread and where it hangs, as far as visibility goes.

    ``roles`` is the market role of its part, or every role of the organisation for its own part;
    ``is_within`` whether a limited author's writing reaches the section that it hangs on.
    """

    organisation_id: object
    roles: tuple[str, ...]
    body: str
    kind: str
    status: str
    is_within: bool = True


def sees_part(actor: Actor, organisation_id: object, roles: Collection[str]) -> bool:
    """Return whether the actor reads what is said about a part (R1, R7, R8, R11).

    A body sees the threads of all bodies on the parts that it has to do with, since all findings
    count at the decision (R99); the Programme sees none.
    """
    if actor.is_system:
        return True
    if actor.is_participant:
        return actor.organisation_id == organisation_id
    return actor.body in REVIEWING_BODIES and actor.body in reviewing_bodies(roles)


def sees_question(actor: Actor, readers: Collection[str]) -> bool:
    """Return whether a body reads the answer to a question; the DIP Manager reads all (R8)."""
    return not actor.is_staff or actor.body == "DIP" or actor.body in readers


def is_raiser(actor: Actor, body: str) -> bool:
    """Return whether the actor is of the body that raised a thread (R99)."""
    return actor.is_staff and actor.body == body


_RAISER = {
    ThreadState.OPEN: ("ask_again", "close"),
    ThreadState.RESPONDED: ("ask_again", "close"),
    ThreadState.RAISED: ("ask_again", "clear"),
    ThreadState.PLAN_PROPOSED: ("agree_plan", "return_plan", "clear"),
    ThreadState.PLAN_AGREED: ("clear",),
    ThreadState.ACTION_DONE: ("return_action", "clear"),
}
_PARTICIPANT = {
    ThreadState.OPEN: ("respond",),
    ThreadState.RESPONDED: ("respond",),
    ThreadState.RAISED: ("respond", "propose_plan"),
    ThreadState.PLAN_AGREED: ("mark_done",),
}
_CAPABILITY = {
    "respond": "thread.respond",
    "propose_plan": "plan.propose",
    "mark_done": "plan.propose",
    "ask_again": "thread.settle",
    "close": "thread.settle",
    "clear": "thread.settle",
    "agree_plan": "plan.agree",
    "return_plan": "plan.agree",
    "return_action": "plan.agree",
}


def acts(actor: Actor, subject: Subject) -> tuple[str, ...]:
    """Return what the actor can do with a thread now, by name of the act."""
    if subject.status in SETTLED:
        return ()
    if actor.is_participant:
        offered = _PARTICIPANT.get(ThreadState(subject.status), ())
        if actor.organisation_id != subject.organisation_id or not subject.is_within:
            return ()
    elif is_raiser(actor, subject.body):
        offered = _RAISER[ThreadState(subject.status)]
    else:
        return ()
    return tuple(act for act in offered if may(actor, _CAPABILITY[act]))


def is_comment(kind: str) -> bool:
    """Return whether a thread is a comment, which is closed rather than cleared."""
    return kind == ThreadKind.COMMENT
