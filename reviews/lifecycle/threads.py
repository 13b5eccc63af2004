"""PURE: the moves of comments, observations and findings, and of their action plans (domain D.4).

There is no rejection: a body asks for more (R104). Only the body that raised a thread moves it on
(R99); ``reviews.policy`` sees to that before any guard is asked.
"""

from dataclasses import dataclass

from foundation.lifecycle import Move
from reviews.enums import PlanState, ThreadState


@dataclass(frozen=True, slots=True)
class ThreadFacts:
    """What the guards of a thread look at: why it can only be read now, if so."""

    read_only_because: str = ""


def still_worked_on(facts: ThreadFacts) -> str | None:
    """R144: once decided the QAD is read; plans already agreed may still be brought to an end."""
    return facts.read_only_because or None


def _move(name, label, sources, target, capability, event, *, ends: bool = False) -> Move:
    return Move(
        name=name,
        label=label,
        sources=tuple(sources),
        target=target,
        capability=capability,
        event=event,
        guards=() if ends else (still_worked_on,),
        source_paragraph="QA&P 10.2.1, 10.3, 11.3",
    )


_S = ThreadState
RESPOND = _move(
    "respond", "Reply", (_S.OPEN, _S.RESPONDED), _S.RESPONDED, "thread.respond", "comment.answered"
)
ASK_AGAIN = _move(
    "ask_again",
    "Needs more",
    (_S.OPEN, _S.RESPONDED),
    _S.OPEN,
    "thread.settle",
    "comment.asked_again",
)
CLOSE = _move(
    "close",
    "Close",
    (_S.OPEN, _S.RESPONDED),
    _S.CLOSED,
    "thread.settle",
    "comment.closed",
    ends=True,
)
RESPOND_TO_FINDING = _move(
    "respond_to_finding", "Reply", (_S.RAISED,), _S.RAISED, "thread.respond", "finding.answered"
)
ASK_AGAIN_OF_FINDING = _move(
    "ask_again_of_finding", "Needs more", (_S.RAISED,), _S.RAISED, "thread.settle",
    "finding.asked_again",
)  # fmt: skip
PROPOSE_PLAN = _move(
    "propose_plan", "Propose an action plan", (_S.RAISED,), _S.PLAN_PROPOSED, "plan.propose",
    "finding.plan_proposed",
)  # fmt: skip
AGREE_PLAN = _move(
    "agree_plan", "Agree the plan", (_S.PLAN_PROPOSED,), _S.PLAN_AGREED, "plan.agree",
    "finding.plan_agreed",
)  # fmt: skip
RETURN_PLAN = _move(
    "return_plan", "The plan needs more", (_S.PLAN_PROPOSED,), _S.RAISED, "plan.agree",
    "finding.plan_returned",
)  # fmt: skip
MARK_DONE = _move(
    "mark_done", "The action is done", (_S.PLAN_AGREED,), _S.ACTION_DONE, "plan.propose",
    "finding.action_done", ends=True,
)  # fmt: skip
RETURN_ACTION = _move(
    "return_action", "The action needs more", (_S.ACTION_DONE,), _S.PLAN_AGREED, "plan.agree",
    "finding.action_returned", ends=True,
)  # fmt: skip
CLEAR = _move(
    "clear", "Clear", (_S.RAISED, _S.PLAN_PROPOSED, _S.PLAN_AGREED, _S.ACTION_DONE), _S.CLEARED,
    "thread.settle", "finding.cleared", ends=True,
)  # fmt: skip

_P = PlanState
PLAN_AGREED = _move("plan_agreed", "Agree", (_P.PROPOSED,), _P.AGREED, "plan.agree", "plan.agreed")
PLAN_RETURNED = _move(
    "plan_returned", "Needs more", (_P.PROPOSED,), _P.RETURNED, "plan.agree", "plan.returned"
)
PLAN_DONE = _move(
    "plan_done", "Done", (_P.AGREED,), _P.DONE, "plan.propose", "plan.done", ends=True
)
PLAN_TAKEN_UP = _move(
    "plan_taken_up", "Needs more", (_P.DONE,), _P.AGREED, "plan.agree", "plan.taken_up", ends=True
)
