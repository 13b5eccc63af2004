"""Of agreed action plans that come due or are overdue (NT32)."""

from datetime import datetime

from foundation.notices.outbox import announce
from participants.queries import member_recipients, staff_recipients
from reviews.models import ActionPlan

KIND = "plan_due"


def due_key(plan: ActionPlan, left: int) -> str:
    """Return what tells one such word from all others."""
    return f"{plan.pk}:{plan.due_on}:{'due' if left >= 0 else 'overdue'}"


def due(plan: ActionPlan, left: int, *, at: datetime) -> None:
    """NT32: tell the participant and the body that raised it."""
    thread, day = plan.thread, f"{plan.due_on:%-d %B %Y}"
    word = f"due by {day}" if left >= 0 else f"overdue since {day}"
    announce(
        kind=KIND,
        key=due_key(plan, left),
        recipients=[
            *member_recipients(thread.organisation_id),
            *staff_recipients([thread.body]),
        ],
        subject=f"{thread.organisation.name}: action plan of {thread.reference} {word}",
        text=f"The agreed plan for {thread.reference} on {thread.question} is {word}.\n\n"
        f"{plan.owner_name}: {plan.text}",
        path=f"/o/{thread.organisation.slug}/threads/{thread.part_id}/{thread.question}/",
        at=at,
        organisation_id=thread.organisation_id,
    )
