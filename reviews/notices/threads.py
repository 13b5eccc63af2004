"""Of comments, observations, findings and their plans (NT17, NT18, NT32)."""

from collections.abc import Sequence
from datetime import datetime

from participants.models import Organisation
from participants.queries import member_recipients, staff_recipients
from reviews.models import ActionPlan, Joining, Thread
from reviews.notices.telling import NAMES, tell


def _page(thread: Thread) -> str:
    return f"threads/{thread.part_id}/{thread.question}/"


def _to_participant(
    kind: str, thread: Thread, organisation: Organisation, what: str, text: str, at: datetime
) -> None:
    tell(
        kind, thread.pk, member_recipients(organisation.pk), organisation,
        what=f"{thread.reference} on {thread.question}: {what}", text=text, page=_page(thread),
        at=at,
    )  # fmt: skip


def _to_raiser(
    kind: str, thread: Thread, organisation: Organisation, what: str, text: str, at: datetime
) -> None:
    tell(
        kind, thread.pk, staff_recipients([thread.body, *_behind(thread)]), organisation,
        what=f"{thread.reference} on {thread.question}: {what}", text=text, page=_page(thread),
        at=at,
    )  # fmt: skip


def _behind(thread: Thread) -> list[str]:
    rows = Joining.objects.filter(thread=thread, left_at=None)
    return list(rows.values_list("body", flat=True))


def joined(thread: Thread, organisation: Organisation, body: str, *, at: datetime) -> None:
    """NT17: a further body stands behind what was raised; the raiser and the participant know."""
    who = NAMES[body]
    said = f"{who[0].upper()}{who[1:]} asks the same: one answer serves both."
    _to_participant("thread_joined", thread, organisation, f"{body} joins", said, at)
    _to_raiser("thread_joined", thread, organisation, f"{body} joins", said, at)


def raised(thread: Thread, organisation: Organisation, text: str, *, at: datetime) -> None:
    """NT17: a body raised something on an answer."""
    who, kind = NAMES[thread.body], thread.get_kind_display().lower()
    article = "an" if kind.startswith("o") else "a"
    said = f"{who[0].upper()}{who[1:]} raised {article} {kind} on {thread.question}."
    _to_participant(
        "thread_raised", thread, organisation, thread.subject, f"{said}\n\n{text.strip()}", at
    )


def raised_together(
    rows: Sequence[tuple[Thread, str]], organisation: Organisation, *, at: datetime
) -> None:
    """NT17: a body sent several at once; they come as one notice, in the order of the QAD."""
    first = rows[0][0]
    who = NAMES[first.body]
    asks = "\n\n".join(
        f"{row.reference} on {row.question}, {row.subject}"
        f"{f' (reply asked for by {row.due_on:%-d %B %Y})' if row.due_on else ''}\n{text.strip()}"
        for row, text in rows
    )
    tell(
        "thread_raised", first.pk, member_recipients(organisation.pk), organisation,
        what=f"{who} asks about {len(rows)} answers" if len(rows) > 1 else first.subject,
        text=f"{who[0].upper()}{who[1:]} sent this together.\n\n{asks}", page="findings/",
        at=at,
    )  # fmt: skip


def responded(thread: Thread, organisation: Organisation, text: str, *, at: datetime) -> None:
    """NT18: the participant answered; it is the body's turn."""
    _to_raiser("thread_answered", thread, organisation, "answered", text.strip(), at)


def asked_again(thread: Thread, organisation: Organisation, text: str, *, at: datetime) -> None:
    """NT17: the body needs more."""
    _to_participant("thread_asked_again", thread, organisation, "needs more", text.strip(), at)


def settled(thread: Thread, organisation: Organisation, text: str, *, at: datetime) -> None:
    """NT18: closed or cleared by the body that raised it."""
    word = thread.get_status_display().lower()
    body = text.strip() or f"{thread.reference}, “{thread.subject}”, is {word}."
    _to_participant("thread_settled", thread, organisation, word, body, at)


def plan_proposed(
    thread: Thread, organisation: Organisation, plan: ActionPlan, *, at: datetime
) -> None:
    """NT18: the participant proposes a plan; the body agrees it or asks for more."""
    text = f"By {plan.due_on:%-d %B %Y}, {plan.owner_name}:\n\n{plan.text}"
    _to_raiser("plan_proposed", thread, organisation, "action plan proposed", text, at)


def plan_agreed(
    thread: Thread, organisation: Organisation, plan: ActionPlan, *, at: datetime
) -> None:
    """NT17: the plan is agreed; the action is due."""
    text = f"The plan is agreed. The action is due by {plan.due_on:%-d %B %Y}."
    _to_participant("plan_agreed", thread, organisation, "action plan agreed", text, at)


def plan_returned(
    thread: Thread, organisation: Organisation, plan: ActionPlan, *, at: datetime
) -> None:
    """NT17: the plan, or what was reported as done, needs more."""
    text = plan.returned_because or "The action needs more before it can be cleared."
    _to_participant("plan_returned", thread, organisation, "action plan needs more", text, at)


def action_done(
    thread: Thread, organisation: Organisation, plan: ActionPlan, *, at: datetime
) -> None:
    """NT18: the action is done; the body that raised it may clear it."""
    _to_raiser("action_done", thread, organisation, "action done", plan.done_note, at)
