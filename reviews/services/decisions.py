"""Recording what the BSC PAB and the REC Code Manager decided (R113, R115, D.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from foundation.audit.trail import record as record_event
from foundation.clock.moments import LONDON
from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.actor import Actor, portal_after
from participants import policy
from participants.enums import Status
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from participants.moves import perform
from reviews import facts, notices
from reviews.enums import Outcome, PlanState, Severity, SignOffState, ThreadKind, ThreadState
from reviews.lifecycle import NOT_APPROVE
from reviews.models import ActionPlan, Decision, Pack, SignOff, Thread
from reviews.qualified import before_decision
from reviews.services import meetings
from reviews.services.holding import hold
from reviews.services.qualifying import qualify_when_complete
from reviews.services.threads import open_thread, say
from submissions import bank, queries
from submissions.models import Part
from waves.services import clocks

CAPABILITY = {"BSC": "decision.record.bsc", "REC": "decision.record.rec"}
CLOCK = "qualification_decision"


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of an approval: what is to be done, by when; it becomes the body's finding."""

    text: str
    due_on: date | None
    question: str = ""
    severity: str = Severity.MEDIUM


@dataclass(frozen=True, slots=True)
class Vote:
    """How a board voted, where that was minuted, and what interests were declared."""

    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None
    interests: str = ""


NO_VOTE = Vote()


@transaction.atomic
def record(
    *,
    qualification: Qualification,
    body: str,
    outcome: str,
    reasons: str,
    decided_on: date | None,
    minute_reference: str = "",
    conditions: Sequence[Condition] = (),
    pack: Pack | None = None,
    vote: Vote = NO_VOTE,
    actor: Actor,
    at: datetime,
) -> Decision:
    """Record a deciding body's decision on a qualification; nothing of it has a default.

    An approval needs everything that comes before it (R99, R114, R118). When it was the last
    thing missing the qualification becomes MHHS Qualified, the trio only together (R14).
    """
    _require(actor, body, qualification)
    _refuse_incomplete(body, outcome, reasons, decided_on, minute_reference, conditions, at)
    held = hold(qualification.organisation_id)
    current = held.one(qualification.pk)
    made = Decision.objects.create(
        organisation_id=current.organisation_id,
        qualification=current,
        body=body,
        sequence=Decision.objects.filter(qualification=current, body=body).count() + 1,
        outcome=outcome,
        reasons=reasons.strip(),
        decided_on=decided_on,
        minute_reference=minute_reference.strip(),
        sign_off=_refuse_untimely(current, body, outcome, decided_on),
        pack=pack,
        meeting=meetings.of_decision(current, body, decided_on),
        votes_for=vote.in_favour,
        votes_against=vote.against,
        abstained=vote.abstained,
        interests=vote.interests.strip(),
        recorded_at=at,
        recorded_by_name=actor.name,
        # What the trio's bodies approve one by one waits for the last of them (R14).
        effective_at=None if current.trio and outcome == Outcome.APPROVED else at,
    )
    _impose(current, made, conditions, actor, at)
    _follow(current, made, actor, at)
    notices.decided(made, held.organisation, current, at=at)
    _record(made, actor, at)
    return made


def _record(made: Decision, actor: Actor, at: datetime) -> None:
    record_event(
        "decision.recorded",
        subject=made,
        actor=actor,
        at=at,
        because=made.reasons,
        body=made.body,
        outcome=made.outcome,
        decided_on=made.decided_on,
        minute=made.minute_reference,
        pack=str(made.pack_id or ""),
        meeting=str(made.meeting_id or ""),
        conditions=len(made.conditions),
    )


def objections(qualification: Qualification, body: str) -> list[str]:
    """Return every reason why a body cannot approve now, each with its holder."""
    known = facts.of_qualification(qualification)
    return [f"{each.what} Held by {each.holder_label}." for each in before_decision(known, body)]


def _require(actor: Actor, body: str, qualification: Qualification) -> None:
    if body not in CAPABILITY:
        raise Denied("Qualification is decided by the BSC PAB and the REC Code Manager (R113).")
    policy.require(actor, CAPABILITY[body], qualification)
    if body not in MARKET_ROLES[qualification.role].deciding_bodies:
        raise Denied(f"{MARKET_ROLES[qualification.role].label} is not decided by {body}.")


def _follow(qualification: Qualification, made: Decision, actor: Actor, at: datetime) -> None:
    """Let the decision take effect on the qualification, its clocks and its trio."""
    if made.outcome == Outcome.DEFERRED:
        return
    clocks.meet(qualification=qualification, activity=CLOCK, body=made.body, actor=actor, at=at)
    if made.outcome == Outcome.APPROVED:
        qualify_when_complete(qualification=qualification, actor=actor, at=at)
        return
    refused = perform(
        NOT_APPROVE, subject=qualification, actor=portal_after(actor), at=at,
        because=made.reasons,
    )  # fmt: skip
    clocks.sync(qualification=refused, actor=actor, at=at)


def _refuse_incomplete(
    body: str,
    outcome: str,
    reasons: str,
    decided_on: date | None,
    minute: str,
    conditions: Sequence[Condition],
    at: datetime,
) -> None:
    problems: dict[str, str] = {}
    if outcome not in Outcome.values:
        problems["outcome"] = "Choose approved, not approved or deferred."
    if outcome in (Outcome.NOT_APPROVED, Outcome.DEFERRED) and not reasons.strip():
        problems["reasons"] = "Give the reasons; the participant reads them."
    if decided_on is None:
        problems["decided_on"] = "Give the day of the decision."
    elif decided_on > at.astimezone(LONDON).date():
        problems["decided_on"] = "The day of the decision lies ahead."
    if body == "BSC" and not minute.strip():
        problems["minute_reference"] = "Give the reference of the PAB minute."
    if conditions and outcome != Outcome.APPROVED:
        problems["conditions"] = "Only an approval carries conditions."
    if any(not each.text.strip() or each.due_on is None for each in conditions):
        problems["conditions"] = "Each condition says what is to be done and by which day."
    if problems:
        raise Invalid(problems)


def _refuse_untimely(
    qualification: Qualification, body: str, outcome: str, decided_on: date
) -> SignOff:
    """D.7: on a signed QAD, once; an approval only when everything before it is there."""
    if qualification.status != Status.SIGNED_OFF:
        raise Refused("Nothing is signed here that could be decided.")
    known = facts.of_qualification(qualification)
    taken = known.decision(body)
    if taken is not None and taken.outcome != Outcome.DEFERRED:
        raise Refused(f"{body} has decided already, on {taken.decided_on:%-d %B %Y}.")
    if not known.signature_stands:
        raise Refused("The signature does not cover the content as it is now.")
    signed_on = known.sign_off.signed_at.astimezone(LONDON).date()
    if decided_on < signed_on:
        raise Invalid(
            {"decided_on": f"The QAD was signed on {signed_on:%-d %B %Y}; decisions follow it."}
        )
    if outcome == Outcome.APPROVED:
        reasons = objections(qualification, body)
        if reasons:
            raise Refused(reasons)
    return SignOff.objects.get(qualification=qualification, status=SignOffState.SIGNED)


def _impose(
    qualification: Qualification,
    made: Decision,
    conditions: Sequence[Condition],
    actor: Actor,
    at: datetime,
) -> None:
    """Make each condition a finding of the deciding body, with the dated plan that it imposes.

    The decision is the body's agreement to the plan, so the finding does not hold R99 up.
    """
    if not conditions:
        return
    part = queries.part_of(qualification)
    if part is None:
        raise Invalid({"conditions": "On paper there is no question that a condition hangs on."})
    version = queries.latest_versions([part.pk])[part.pk]
    _refuse_unknown(part, conditions)
    for condition in conditions:
        thread = open_thread(
            part=part,
            question=condition.question or _confirmation_question(part),
            kind=ThreadKind.FINDING,
            subject=f"Condition of the decision of {made.decided_on:%-d %B %Y}",
            severity=condition.severity,
            status=ThreadState.PLAN_AGREED,
            version=version,
            actor=actor,
            at=at,
        )
        say(thread, condition.text, actor=actor, at=at, version_number=version.number)
        _plan(thread, condition, actor, at)
        made.conditions.append(_stored(condition, thread))
    made.save(update_fields=["conditions"])


def _stored(condition: Condition, thread: Thread) -> dict[str, str]:
    return {
        "text": condition.text.strip(),
        "due_on": condition.due_on.isoformat(),
        "reference": thread.reference,
    }


def _refuse_unknown(part: Part, conditions: Sequence[Condition]) -> None:
    known = {each.code for each in bank.of_part(part).questions if each.scope == "ROLE"}
    unknown = [each.question for each in conditions if each.question and each.question not in known]
    if unknown:
        raise Invalid({"conditions": f"The role part has no question {', '.join(unknown)}."})


def _plan(thread: Thread, condition: Condition, actor: Actor, at: datetime) -> ActionPlan:
    return ActionPlan.objects.create(
        organisation_id=thread.organisation_id,
        thread=thread,
        text=condition.text.strip(),
        owner_name="The participant",
        due_on=condition.due_on,
        status=PlanState.AGREED,
        proposed_at=at,
        proposed_by_name=actor.name,
        agreed_at=at,
        agreed_by_name=actor.name,
    )


def _confirmation_question(part: Part) -> str:
    """Return the question that a condition hangs on where none is named: the confirmation's."""
    questions = [each for each in bank.of_part(part).questions if each.scope == "ROLE"]
    tagged = (each.code for each in questions if each.has("applicants_confirmation"))
    return next(tagged, questions[-1].code)
