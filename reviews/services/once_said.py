"""The same word sent twice in threads and plans: the second finds the first, and adds nothing.

Whoever goes back and sends again, or presses twice, is led to what the first click did. As in
`once`, each verb waits for the organisation's lock before it looks, so that two at once are told
apart as well.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.db import transaction

from foundation.tenancy.actor import Actor
from participants import policy
from reviews.enums import SETTLED, PlanState, ThreadState
from reviews.models import ActionPlan, Message, Thread
from reviews.services import plans, threads
from reviews.services.holding import hold
from submissions.models import Part

_S = ThreadState
# Where each act leaves a thread.
_AFTER: Mapping[str, tuple[str, ...]] = {
    "respond": (_S.RESPONDED, _S.RAISED),
    "ask_again": (_S.OPEN, _S.RAISED),
    "close": (_S.CLOSED,),
    "clear": (_S.CLEARED,),
    "agree_plan": (_S.PLAN_AGREED,),
    "return_plan": (_S.RAISED,),
    "mark_done": (_S.ACTION_DONE,),
    "return_action": (_S.PLAN_AGREED,),
}
_NEEDS_NO_TEXT = ("close", "clear", "agree_plan")


@transaction.atomic
def raise_thread(
    *,
    part: Part,
    question: str,
    kind: str,
    subject: str,
    text: str,
    severity: str = "",
    due_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> Thread:
    """Raise a thread, or return the open one that this person raised in just these words."""
    policy.require(actor, "thread.raise", part)
    hold(part.organisation_id)
    own = Thread.objects.filter(
        part=part,
        question=question,
        body=actor.body,
        kind=kind,
        severity=severity,
        subject=subject.strip()[:200],
        raised_by_id=actor.person_id,
    ).exclude(status__in=SETTLED)
    there = next((row for row in own.order_by("-number") if _begins_with(row, text)), None)
    return there or threads.raise_thread(
        part=part,
        question=question,
        kind=kind,
        subject=subject,
        text=text,
        severity=severity,
        due_on=due_on,
        actor=actor,
        at=at,
    )


@transaction.atomic
def say(act: str, verb: Callable[[], object], *, thread: Thread, text: str, actor: Actor) -> None:
    """Carry out an act on a thread, unless this person's last word was just that."""
    if _is_side(actor, thread):
        hold(thread.organisation_id)
        if is_said(act, thread=thread, text=text, actor=actor):
            return
    verb()


def is_said(act: str, *, thread: Thread, text: str, actor: Actor) -> bool:
    """Whether the thread stands as the act leaves it, by this person and in just these words."""
    now = Thread.objects.get(pk=thread.pk)
    if now.status not in _AFTER.get(act, ()):
        return False
    if text.strip():
        last = Message.objects.filter(thread=now).order_by("-at", "-pk").first()
        return last is not None and (last.author_id, last.text) == (actor.person_id, text.strip())
    if act == "agree_plan":
        plan = last_plan(now)
        return plan is not None and plan.agreed_by_name == actor.name
    return act in _NEEDS_NO_TEXT and now.settled_by_name == actor.name


@transaction.atomic
def propose(
    *, thread: Thread, text: str, owner_name: str, due_on: date | None, actor: Actor, at: datetime
) -> ActionPlan:
    """Propose a plan, or return the one that waits, where this person proposed just that."""
    if _is_side(actor, thread):
        hold(thread.organisation_id)
        asked = {"text": text, "owner_name": owner_name, "due_on": due_on}
        if there := proposed(thread=thread, actor=actor, **asked):
            return there
    return plans.propose(
        thread=thread, text=text, owner_name=owner_name, due_on=due_on, actor=actor, at=at
    )


def proposed(
    *, thread: Thread, text: str, owner_name: str, due_on: date | None, actor: Actor
) -> ActionPlan | None:
    """Return the plan that waits, where this person proposed it in just these words."""
    plan = last_plan(thread)
    if plan is None or plan.status != PlanState.PROPOSED:
        return None
    said = (plan.text, plan.owner_name, plan.due_on, plan.proposed_by_name)
    return plan if said == (text.strip(), owner_name.strip(), due_on, actor.name) else None


def last_plan(thread: Thread) -> ActionPlan | None:
    """Return the newest plan of a thread."""
    return ActionPlan.objects.filter(thread=thread).order_by("-number").first()


def _is_side(actor: Actor, thread: Thread) -> bool:
    return actor.is_participant or actor.body == thread.body


def _begins_with(thread: Thread, text: str) -> bool:
    first = Message.objects.filter(thread=thread).order_by("at", "pk").first()
    return first is not None and first.text == text.strip()
