"""What happens to an exemption: asked for, verified, counted, decided, watched, ended (D.10)."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.clock.moments import LONDON
from foundation.clock.words import day
from foundation.errors import Denied, Invalid, Refused
from foundation.lifecycle import Move
from foundation.tenancy.actor import Actor, portal_after
from participants import policy
from participants.enums import ENDED, Role
from participants.models import Mpid, Organisation, Qualification
from participants.moves import lock, perform
from reviews import notices
from reviews.enums import EXEMPTION_OVER, ExemptionKind, ExemptionState, Outcome
from reviews.lifecycle import exemptions as life
from reviews.models import Exemption, ExemptionStep
from reviews.queries.exemptions import section_missing
from reviews.services.decisions import CAPABILITY
from reviews.services.holding import hold

MAX_TEXT = 10_000
OUTCOMES = {"remedied": life.REMEDY, "requalify": life.REQUALIFY, "escalate": life.ESCALATE}


@transaction.atomic
def ask(
    *, qualification: Qualification, kind: str, mpid: str, reasons: str, actor: Actor, at: datetime
) -> Exemption:
    """Ask for an exemption for one MPID of a Supplier (R124, R126). A second click finds the first.

    Raises Refused for another role, an MPID that is not of the role, and for prepayment or export,
    which the code bodies refused in principle (R132).
    """
    policy.require(actor, "exemption.request", qualification)
    held = hold(qualification.organisation_id)
    if qualification.role != Role.SUPPLIER:
        raise Refused("Exemptions are for Suppliers only (QA&P 11.4.2).")
    if kind not in ExemptionKind.values:
        raise Refused("There is no such exemption: prepayment and export were refused in principle"
                      " (QA&P 11.4.2).")  # fmt: skip
    if held.one(qualification.pk).status in {*ENDED} - {"QUALIFIED"}:
        raise Refused("This qualification has ended.")
    if not Mpid.objects.filter(qualifications=qualification, code=mpid).exists():
        raise Refused(f"{mpid} is not an MPID of this role.")
    live = Exemption.objects.filter(qualification=qualification, kind=kind, mpid=mpid)
    if there := live.exclude(status__in=EXEMPTION_OVER).first():
        return there
    _refuse_text(reasons, "reasons", "Say why the exemption is needed.")
    row = Exemption.objects.create(
        organisation_id=qualification.organisation_id, qualification=qualification, kind=kind,
        mpid=mpid, status=ExemptionState.REQUESTED, status_since=at, reasons=reasons.strip(),
        asked_at=at, asked_by_name=actor.name,
    )  # fmt: skip
    record("exemption.requested", subject=row, actor=actor, at=at, kind=kind, mpid=mpid)
    _step(row, "Asked for", reasons, actor, at)
    _tell(row, held.organisation, "is asked for", reasons, at, of_kind=True)
    return row


@transaction.atomic
def plan(*, exemption: Exemption, text: str, clear_by: date, actor: Actor, at: datetime):
    """Give the plan by which the MPID is cleared, and by when (R125, R127)."""
    row, place = _held(exemption, "exemption.request", actor)
    open_in = (life.S.REQUESTED, life.S.ELIGIBILITY_CHECK, life.S.PLAN_REQUIRED)
    if row.status not in open_in:
        raise Refused(f"A plan is not looked at in this state: {row.get_status_display().lower()}.")
    _refuse_text(text, "text", "Say what is done, by whom and in which steps.")
    if clear_by < _today(at):
        raise Invalid({"clear_by": "This day is over."})
    row.plan, row.clear_by = text.strip(), clear_by
    row.save(update_fields=["plan", "clear_by"])
    record("exemption.plan_given", subject=row, actor=actor, at=at, clear_by=clear_by)
    _step(row, f"Plan: none left by {day(clear_by)}", text, actor, at)
    _tell(row, place, f"has a plan: none left by {day(clear_by)}", text, at, of_kind=True)
    return row


@transaction.atomic
def check(
    *, exemption: Exemption, name: str, holds: bool, note: str = "", cap: int | None = None,
    actor: Actor, at: datetime,
) -> Exemption:  # fmt: skip
    """Record whether one criterion holds, by a body that may verify it (R126)."""
    row, _ = _held(exemption, "exemption.check", actor)
    found = next((each for each in life.CHECKS[row.kind] if each.name == name), None)
    if found is None:
        raise Invalid({"name": "Choose what you verified."})
    if actor.body not in found.bodies:
        raise Denied(f"“{found.what}” is verified by {' or '.join(sorted(found.bodies))}.")
    _refuse_state(row, life.BEFORE_DECISION)
    if name == "CAP" and holds and not cap:
        raise Invalid({"cap": "Give the cap that was agreed, in metering points."})
    if not holds:
        _refuse_text(note, "note", "Say what you found; the Supplier reads it.")
    row = _taken_up(row, actor, at)
    row.checks[name] = {
        "holds": holds, "body": actor.body, "by": actor.name, "on": _today(at).isoformat(),
        "note": note.strip(),
    }  # fmt: skip
    row.cap = cap if name == "CAP" and holds else row.cap
    row.save(update_fields=["checks", "cap"])
    record("exemption.checked", subject=row, actor=actor, at=at, check=name, holds=holds, cap=cap)
    _step(row, f"{found.what}: {'verified' if holds else 'found not to hold'}", note, actor, at)
    return _gone_on(row, actor, at)


@transaction.atomic
def count(
    *, exemption: Exemption, points: int, points_on: date, note: str = "", actor: Actor,
    at: datetime,
) -> Exemption:  # fmt: skip
    """Record a count on the MPID; in force, a count above nil is a breach (R125, R127, R130)."""
    row, place = _held(exemption, "exemption.check", actor)
    if actor.body not in life.COUNTED_BY[row.kind]:
        raise Denied(f"The count is recorded by {' or '.join(life.COUNTED_BY[row.kind])}.")
    _refuse_over(row)
    if points_on > _today(at):
        raise Invalid({"points_on": "This day lies ahead."})
    if row.points_on and points_on < row.points_on:
        raise Invalid({"points_on": f"There is a newer count, of {day(row.points_on)}."})
    row = _taken_up(row, actor, at)
    row.points, row.points_on = points, points_on
    row.save(update_fields=["points", "points_on"])
    record("exemption.counted", subject=row, actor=actor, at=at, points=points, on=points_on)
    _step(row, f"{points:,} {life.COUNTED[row.kind]} on {day(points_on)}", note, actor, at)
    if points and row.status == ExemptionState.APPROVED:
        row = _perform(life.FIND_BREACH, row, actor, at, note)
        text = f"{points:,} {life.COUNTED[row.kind]} on {day(points_on)}. {note}".strip()
        _tell(row, place, "is breached", text, at)
    return _gone_on(row, actor, at)


@transaction.atomic
def accept_plan(*, exemption: Exemption, note: str = "", actor: Actor, at: datetime) -> Exemption:
    """Accept the plan as clear and credible (R125, R127)."""
    row, place = _held(exemption, "exemption.check", actor)
    _refuse_other(row, actor)
    row = _perform(life.ACCEPT_PLAN, row, actor, at, note)
    _step(row, "Plan accepted", note, actor, at)
    _tell(row, place, "has its plan accepted", note, at, of_kind=True)
    return row


@transaction.atomic
def confirm_section(
    *, exemption: Exemption, note: str = "", actor: Actor, at: datetime
) -> Exemption:
    """Confirm that the further section of the Final QAD is complete (R124, R128)."""
    row, place = _held(exemption, "exemption.check", actor)
    _refuse_other(row, actor)
    row = _perform(life.CONFIRM_SECTION, row, actor, at, note)
    _step(row, "The further section of the QAD is complete", note, actor, at)
    _tell(row, place, "is ready to be decided", note, at)
    return row


@transaction.atomic
def decide(
    *, exemption: Exemption, outcome: str, decided_on: date, reference: str, text: str,
    actor: Actor, at: datetime,
) -> Exemption:  # fmt: skip
    """Record what a deciding body decided; a Smart exemption needs both records (R133).

    ``text``: the conditions of an approval, or the reasons of a refusal.
    """
    row, place = _held(exemption, "exemption.decide", actor)
    if actor.body not in life.DECIDED_BY[row.kind]:
        raise Denied(f"This exemption is decided by {' and '.join(life.DECIDED_BY[row.kind])}.")
    policy.require(actor, CAPABILITY[actor.body], row)
    if actor.body in row.recorded:
        raise Refused(f"{actor.body}’s decision is recorded already.")
    if outcome not in (Outcome.APPROVED, Outcome.NOT_APPROVED):
        raise Invalid({"outcome": "Choose what was decided."})
    if decided_on > _today(at):
        raise Invalid({"decided_on": "This day lies ahead."})
    approved = outcome == Outcome.APPROVED
    if not approved:
        _refuse_text(text, "text", "Give the reasons; the Supplier reads them.")
    taken = {"outcome": outcome, "by": actor.name, "on": decided_on.isoformat(),
             "reference": reference.strip(), "text": text.strip()}  # fmt: skip
    recorded = row.recorded | {actor.body: taken}
    word = "approved" if approved else "refused"
    if approved:
        row = _approve(row, recorded, decided_on, actor, at)
    else:
        row = _perform(life.REFUSE_EXEMPTION, row, actor, at, text, recorded=recorded)
    _step(row, f"{actor.body}: {word}, {day(decided_on)} {reference}".strip(), text, actor, at)
    _tell(row, place, f"is {word} by {actor.body}", text, at)
    return row


def _approve(row: Exemption, recorded: dict, on: date, actor: Actor, at: datetime) -> Exemption:
    conditions = "\n\n".join(each["text"] for each in recorded.values() if each["text"])
    if row.status != ExemptionState.PAB_DECISION:
        row = _perform(life.RECORD_FIRST, row, actor, at, recorded=recorded)
    if set(recorded) < set(life.DECIDED_BY[row.kind]):
        return row
    row.recorded = recorded
    row.save(update_fields=["recorded"])
    return _perform(life.APPROVE_EXEMPTION, row, actor, at, conditions=conditions, in_force_from=on)


@transaction.atomic
def invite(*, exemption: Exemption, day_of: date, text: str, actor: Actor, at: datetime):
    """Invite the Supplier to the BSC PAB because of a breach (R130)."""
    row, place = _held(exemption, "exemption.breach", actor)
    if day_of < _today(at):
        raise Invalid({"day_of": "This day is over."})
    row = _perform(life.INVITE, row, actor, at, text, invited_for=day_of)
    _step(row, f"Invited to the BSC PAB of {day(day_of)}", text, actor, at)
    _tell(row, place, f"breached: invitation to the BSC PAB of {day(day_of)}", text, at)
    return row


@transaction.atomic
def conclude(*, exemption: Exemption, result: str, text: str, actor: Actor, at: datetime):
    """Record what the BSC PAB concluded on a breach (R130)."""
    row, place = _held(exemption, "exemption.breach", actor)
    if result not in OUTCOMES:
        raise Invalid({"result": "Choose what was concluded."})
    _refuse_text(text, "text", "Say what was concluded; the Supplier reads it.")
    row = _perform(OUTCOMES[result], row, actor, at, text)
    _step(row, row.get_status_display() if result != "remedied" else "Remedied", text, actor, at)
    _tell(row, place, f"breach concluded: {row.get_status_display().lower()}", text, at)
    return row


@transaction.atomic
def end(*, exemption: Exemption, text: str, actor: Actor, at: datetime) -> Exemption:
    """End an exemption: the Supplier is Qualified for the segment, or is a DCC User."""
    row, place = _held(exemption, "exemption.check", actor)
    _refuse_other(row, actor)
    _refuse_text(text, "text", "Say why it ends; the Supplier reads it.")
    row = _perform(life.END_EXEMPTION, row, actor, at, text)
    _step(row, "Ended", text, actor, at)
    _tell(row, place, "has ended", text, at)
    return row


@transaction.atomic
def withdraw(*, exemption: Exemption, text: str, actor: Actor, at: datetime) -> Exemption:
    """Withdraw a request before it is decided."""
    row, place = _held(exemption, "exemption.request", actor)
    row = _perform(life.WITHDRAW_REQUEST, row, actor, at, text)
    _step(row, "Request withdrawn", text, actor, at)
    _tell(row, place, "is no longer asked for", text, at, of_kind=True)
    return row


@transaction.atomic
def tell_dcc(*, exemption: Exemption, applied_on: date, text: str, actor: Actor, at: datetime):
    """Tell Elexon and the REC Code Manager of an application to be a DCC User (R131)."""
    row, place = _held(exemption, "exemption.request", actor)
    _refuse_over(row)
    if row.kind != ExemptionKind.SMART:
        raise Refused("Only the Smart exemption asks for this notice.")
    what = f"Applies to be a DCC User ({day(applied_on)})"
    record("exemption.dcc_notified", subject=row, actor=actor, at=at, applied_on=applied_on)
    _step(row, what, text, actor, at)
    _tell(row, place, what[0].lower() + what[1:], text, at)
    return row


def facts_of(row: Exemption) -> life.ExemptionFacts:
    """Return what the guards look at, read now."""
    return life.ExemptionFacts(
        kind=row.kind,
        points=row.points,
        plan=bool(row.plan),
        checks={name: said["holds"] for name, said in row.checks.items()},
        section=section_missing(row),
        approved_by=frozenset(
            body for body, said in row.recorded.items() if said["outcome"] == Outcome.APPROVED
        ),
    )


def _held(exemption: Exemption, capability: str, actor: Actor) -> tuple[Exemption, Organisation]:
    policy.require(actor, capability, exemption)
    return (hold(exemption.organisation_id).organisation, lock(exemption))[::-1]


def _perform(move: Move, row: Exemption, actor: Actor, at: datetime, because: str = "", **more):
    return perform(move, subject=row, facts=facts_of, actor=actor, at=at, because=because, **more)


def _taken_up(row: Exemption, actor: Actor, at: datetime) -> Exemption:
    """Whoever first verifies or counts takes the request up."""
    if row.status != ExemptionState.REQUESTED:
        return row
    return _perform(life.BEGIN_CHECK, row, actor, at)


def _gone_on(row: Exemption, actor: Actor, at: datetime) -> Exemption:
    """Let the portal go on where nothing speaks against it any more, or back where it does."""
    facts = facts_of(row)
    for move in (life.PORTFOLIO_CLEAR, life.NEED_PLAN):
        if not move.objections(row.status, facts):
            return _perform(move, row, portal_after(actor), at)
    return row


def _refuse_state(row: Exemption, open_in: Collection[str]) -> None:
    if row.status not in open_in:
        raise Refused(f"This cannot be done any more: {row.get_status_display().lower()}.")


def _refuse_over(row: Exemption) -> None:
    if row.status in EXEMPTION_OVER:
        raise Refused(f"This exemption is over: {row.get_status_display().lower()}.")


def _refuse_other(row: Exemption, actor: Actor) -> None:
    if actor.body not in life.COUNTED_BY[row.kind]:
        raise Denied(f"This is judged by {' or '.join(life.COUNTED_BY[row.kind])}.")


def _refuse_text(text: str, field: str, said: str) -> None:
    if not text.strip():
        raise Invalid({field: said})
    if len(text) > MAX_TEXT:
        raise Invalid({field: f"At most {MAX_TEXT:,} characters."})


def _today(at: datetime) -> date:
    return at.astimezone(LONDON).date()


def _step(row: Exemption, what: str, text: str, actor: Actor, at: datetime) -> None:
    ExemptionStep.objects.create(
        organisation_id=row.organisation_id, exemption=row, at=at, what=what, text=text.strip(),
        by_name=actor.name,
    )  # fmt: skip


def _tell(
    row: Exemption, place: Organisation, what: str, text: str, at: datetime, *, of_kind=False
) -> None:
    bodies = life.COUNTED_BY[row.kind] if of_kind else ("BSC", "REC", "DIP")
    notices.exemption_said(row, place, what, text, bodies, at=at)
