"""Action plans: proposed by the participant, agreed by the body that raised the finding (R99)."""

from datetime import date, datetime

from django.db import transaction

from foundation.clock.moments import LONDON
from foundation.errors import Invalid, Refused
from foundation.lifecycle import Move
from foundation.tenancy.actor import Actor
from participants.moves import perform
from reviews import notices
from reviews.enums import PlanState, Side
from reviews.lifecycle import (
    AGREE_PLAN,
    MARK_DONE,
    PLAN_AGREED,
    PLAN_DONE,
    PLAN_RETURNED,
    PLAN_TAKEN_UP,
    PROPOSE_PLAN,
    RETURN_ACTION,
    RETURN_PLAN,
    ThreadFacts,
)
from reviews.models import ActionPlan, Thread
from reviews.policy import touched_by
from reviews.services.qualifying import qualify_when_complete
from reviews.services.threads import turn


@transaction.atomic
def propose(
    *, thread: Thread, text: str, owner_name: str, due_on: date | None, actor: Actor, at: datetime
) -> ActionPlan:
    """Propose what will be done, by whom and by when; the body that raised it is asked."""
    _refuse_incomplete(text, owner_name, due_on, at)
    moved, held = turn(
        PROPOSE_PLAN, thread, "", actor=actor, at=at, holder=Side.BODY, needs_text=False
    )
    plan = ActionPlan.objects.create(
        organisation_id=moved.organisation_id,
        thread=moved,
        number=moved.plans.count() + 1,
        text=text.strip(),
        owner_name=owner_name.strip(),
        due_on=due_on,
        status=PlanState.PROPOSED,
        proposed_at=at,
        proposed_by_name=actor.name,
    )
    notices.plan_proposed(moved, held.organisation, plan, at=at)
    return plan


@transaction.atomic
def agree(*, thread: Thread, actor: Actor, at: datetime, text: str = "") -> ActionPlan:
    """Agree the proposed plan for the body that raised the finding; the gate of R99 opens."""
    moved, held = turn(
        AGREE_PLAN, thread, text, actor=actor, at=at, holder=Side.PARTICIPANT, needs_text=False
    )
    plan = _carry(
        PLAN_AGREED, moved, PlanState.PROPOSED, actor, at, agreed_at=at, agreed_by_name=actor.name
    )
    notices.plan_agreed(moved, held.organisation, plan, at=at)
    for each in touched_by(thread.part, held.qualifications):
        qualify_when_complete(qualification=each, actor=actor, at=at)
    return plan


@transaction.atomic
def return_plan(*, thread: Thread, reason: str, actor: Actor, at: datetime) -> ActionPlan:
    """Hand a proposed plan back with what it still needs."""
    moved, held = turn(RETURN_PLAN, thread, reason, actor=actor, at=at, holder=Side.PARTICIPANT)
    plan = _carry(
        PLAN_RETURNED, moved, PlanState.PROPOSED, actor, at, returned_because=reason.strip()
    )
    notices.plan_returned(moved, held.organisation, plan, at=at)
    return plan


@transaction.atomic
def mark_done(*, thread: Thread, note: str, actor: Actor, at: datetime) -> ActionPlan:
    """Say for the participant that the action is done; also after Qualification."""
    moved, held = turn(MARK_DONE, thread, note, actor=actor, at=at, holder=Side.BODY)
    plan = _carry(PLAN_DONE, moved, PlanState.AGREED, actor, at, done_at=at, done_note=note.strip())
    notices.action_done(moved, held.organisation, plan, at=at)
    return plan


@transaction.atomic
def return_action(*, thread: Thread, reason: str, actor: Actor, at: datetime) -> ActionPlan:
    """Say what an action reported as done still needs; the agreed plan stands."""
    moved, held = turn(RETURN_ACTION, thread, reason, actor=actor, at=at, holder=Side.PARTICIPANT)
    plan = _carry(PLAN_TAKEN_UP, moved, PlanState.DONE, actor, at, done_at=None)
    notices.plan_returned(moved, held.organisation, plan, at=at)
    return plan


def _carry(
    move: Move, thread: Thread, status: str, actor: Actor, at: datetime, **changes
) -> ActionPlan:
    plan = ActionPlan.objects.filter(thread=thread, status=status).order_by("-number").first()
    if plan is None:
        raise Refused("There is no plan to decide on.")
    return perform(move, subject=plan, facts=lambda _: ThreadFacts(), actor=actor, at=at, **changes)


def _refuse_incomplete(text: str, owner_name: str, due_on: date | None, at: datetime) -> None:
    problems = {}
    if not text.strip():
        problems["text"] = "Say what you will do."
    if not owner_name.strip():
        problems["owner_name"] = "Name the person who sees to it."
    if due_on is None:
        problems["due_on"] = "Give the day by which it will be done."
    elif due_on < at.astimezone(LONDON).date():
        problems["due_on"] = "Give a day that lies ahead."
    if problems:
        raise Invalid(problems)
