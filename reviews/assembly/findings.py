"""Section D of a pack: what is open with its agreed plan, and what was cleared."""

from foundation.clock.moments import LONDON
from participants.enums import Body
from reviews.assembly.dossier import Dossier
from reviews.enums import PlanState, Side, ThreadKind, ThreadState
from reviews.models import ActionPlan as PlanRow
from reviews.models import Thread
from reviews.packs.sections import ActionPlan, Cleared, Finding, Findings, Mark, Weight

_STATE = {
    ThreadState.PLAN_AGREED: Mark("Plan agreed", Weight.READ),
    ThreadState.ACTION_DONE: Mark("Action done, to be cleared", Weight.READ),
}


def items(dossier: Dossier) -> list[Thread]:
    """Return findings and observations, in order of their numbers; comments are not decided on."""
    return [thread for thread in dossier.threads if thread.kind != ThreadKind.COMMENT]


def findings_of(dossier: Dossier) -> Findings:
    """Return section D."""
    raised = items(dossier)
    still_open = [thread for thread in raised if thread.status != ThreadState.CLEARED]
    cleared = [thread for thread in raised if thread.status == ThreadState.CLEARED]
    return Findings(
        lead=_lead(len(raised), len(still_open)),
        open=tuple(_finding(dossier, thread) for thread in still_open),
        cleared=tuple(_cleared(thread) for thread in cleared),
    )


def current_plan(dossier: Dossier, thread: Thread) -> PlanRow | None:
    """Return the plan that stands: the last one that was not returned."""
    plans = [p for p in dossier.plans.get(thread.pk, ()) if p.status != PlanState.RETURNED]
    return plans[-1] if plans else None


def _lead(raised: int, still_open: int) -> str:
    if not raised:
        return "No finding and no observation was raised."
    if not still_open:
        return f"{raised} raised, and all are cleared."
    return f"{raised} raised, {raised - still_open} cleared. {still_open} open, below."


def _finding(dossier: Dossier, thread: Thread) -> Finding:
    messages = dossier.messages.get(thread.pk, [])
    answered = [m.text for m in messages if m.side == Side.PARTICIPANT]
    plan = current_plan(dossier, thread)
    severity = f", {thread.get_severity_display().lower()} severity" if thread.severity else ""
    return Finding(
        code=thread.reference,
        title=thread.subject,
        meta=(
            f"{Body(thread.body).label} {thread.get_kind_display().lower()}{severity}, on question"
            f" {thread.question}."
        ),
        state=_STATE.get(thread.status, Mark(thread.get_status_display(), Weight.STOP)),
        found=messages[0].text if messages else thread.subject,
        answered=answered[-1] if answered else "",
        plan=ActionPlan(plan.text, plan.due_on, plan.owner_name) if plan else None,
        agreed=_agreed(thread, plan),
    )


def _agreed(thread: Thread, plan: PlanRow | None) -> str:
    if plan is None or plan.agreed_at is None:
        return ""
    on = plan.agreed_at.astimezone(LONDON)
    return (
        f"Agreed by {plan.agreed_by_name} for {Body(thread.body).label} with"
        f" {plan.proposed_by_name} on {on:%-d %B %Y}."
    )


def _cleared(thread: Thread) -> Cleared:
    on = thread.settled_at.astimezone(LONDON).date() if thread.settled_at else ""
    return Cleared(thread.reference, Body(thread.body).label, thread.question, thread.subject, on)
