"""PIT deliverables, entry checks and the gates of testing (R58, R61, R68, R73)."""

from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.documents.services import store
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.enums import Role
from participants.models import Qualification
from participants.moves import perform
from waves import gates
from waves.enums import CheckState, DeliverableKind, EntryCriterion, PlanState
from waves.gates import GateName
from waves.lifecycle import testing as moves
from waves.models import Deliverable, EntryCheck, Milestone, TestPlan
from waves.notices import testing as notices
from waves.queries.testing import INTERFACES, facts
from waves.routes import ROUTES
from waves.services import reliance_evidence
from waves.services.milestones import group_of, record_milestone, undo_milestone
from waves.timetable import Event

_HANDED_IN = {
    DeliverableKind.APPROACH: Event.PIT_PLAN_SUBMITTED,
    DeliverableKind.RTTM: Event.PIT_RTTM_SUBMITTED,
}
_ASSURED = {DeliverableKind.APPROACH: Event.PIT_PLAN_FINALISED}
_PASSED = {
    GateName.PIT_EXIT: "PIT exit confirmed",
    GateName.QT_EXIT: "QT exit confirmed",
    GateName.SIT_EXIT: "SIT exit confirmed",
}


def hold(qualification: Qualification) -> Qualification:
    """Return the row that testing hangs on, locked: itself, or the LDSO of a trio (R14)."""
    group = group_of(qualification)
    if not qualification.trio:
        return group[0]
    return next((each for each in group if each.role == Role.LDSO), group[0])


def kept_file(name: str, content: bytes, held: Qualification, actor: Actor, at: datetime):
    """Keep a file of testing, open to the bodies at once; None where there is none."""
    if not content:
        return None
    return store(
        name=name,
        content=content,
        actor=actor,
        at=at,
        organisation_id=held.organisation_id,
        release=True,
    )


def note_event(held: Qualification, event: str, actor: Actor, at: datetime, note: str = "") -> None:
    """Record an event the first time that it happens."""
    held.refresh_from_db(fields=["happened"])
    if str(event) not in held.happened:
        record_milestone(qualification=held, event=str(event), actor=actor, at=at, note=note)
        held.refresh_from_db(fields=["happened"])


@transaction.atomic
def hand_in(
    *,
    qualification: Qualification,
    kind: str,
    name: str = "",
    content: bytes = b"",
    link: str = "",
    note: str = "",
    actor: Actor,
    at: datetime,
) -> Deliverable:
    """Hand in a PIT deliverable as a file or a link; each hand-in is a row (R58, R74)."""
    policy.require(actor, "testing.write", qualification)
    held = hold(qualification)
    if kind not in DeliverableKind.values:
        raise Invalid({"kind": "Choose which deliverable this is."})
    if ROUTES[held.route].kind == "SIT":
        raise Refused("The Programme supplies the PIT deliverables of a SIT party (QA&P 10.5.1).")
    if not content and not link:
        raise Invalid({"file": "Add a file, or give a link to it."})
    earlier = Deliverable.objects.filter(qualification=held, kind=kind).count()
    row = Deliverable.objects.create(
        organisation_id=held.organisation_id,
        qualification=held,
        kind=kind,
        number=earlier + 1,
        file=kept_file(name, content, held, actor, at),
        link=link,
        note=note,
        submitted_at=at,
        submitted_by_name=actor.name,
    )
    if kind in _HANDED_IN:
        note_event(held, _HANDED_IN[DeliverableKind(kind)], actor, at)
    notices.handed_in(row, at=at)
    record("deliverable.submitted", subject=row, actor=actor, at=at, kind=kind, number=row.number)
    return row


@transaction.atomic
def judge_deliverable(
    *, deliverable: Deliverable, is_enough: bool, note: str = "", actor: Actor, at: datetime
) -> Deliverable:
    """Assure a deliverable, or ask for more and say what (R58)."""
    if not is_enough and not note.strip():
        raise Invalid({"note": "Say what is missing."})
    move = moves.ASSURE_DELIVERABLE if is_enough else moves.RETURN_DELIVERABLE
    row = perform(
        move,
        subject=deliverable,
        actor=actor,
        at=at,
        because=note,
        reviewed_at=at,
        reviewed_by_name=actor.name,
        review_note=note,
    )
    if is_enough and row.kind in _ASSURED:
        note_event(row.qualification, _ASSURED[DeliverableKind(row.kind)], actor, at)
    notices.judged(row, at=at)
    return row


@transaction.atomic
def check(
    *,
    qualification: Qualification,
    criterion: str,
    state: str,
    note: str = "",
    actor: Actor,
    at: datetime,
) -> EntryCheck:
    """Say what the test manager found on one of the six entry criteria (R68)."""
    policy.require(actor, "testing.assure", qualification)
    held = hold(qualification)
    if criterion not in EntryCriterion.values or state not in CheckState.values:
        raise Invalid({"state": "Choose what you found."})
    if state != CheckState.MET and not note.strip():
        raise Invalid({"note": "Say what is missing, or what was deferred by which agreement."})
    _not_twice(held, Event.QT_ENTRY_CONFIRMED)
    said = {"state": state, "note": note, "checked_at": at, "checked_by_name": actor.name}
    row, _ = EntryCheck.objects.update_or_create(
        qualification=held,
        criterion=criterion,
        defaults=said,
        create_defaults={**said, "organisation_id": held.organisation_id},
    )
    record(
        "entry_check.made",
        subject=row,
        actor=actor,
        at=at,
        because=note,
        criterion=criterion,
        state=state,
    )
    return row


@transaction.atomic
def prove_interfaces(
    *, qualification: Qualification, note: str, actor: Actor, at: datetime
) -> Milestone:
    """Record that the DIP Simulator evidence and the changed DTN messages were seen (R61)."""
    policy.require(actor, "testing.assure", qualification)
    if not note.strip():
        raise Invalid({"note": "Say where the evidence is: its reference in the test tool."})
    return record_milestone(
        qualification=hold(qualification), event=INTERFACES, actor=actor, at=at, note=note
    )


@transaction.atomic
def confirm_gate(
    *, qualification: Qualification, gate: str, note: str = "", actor: Actor, at: datetime
) -> Milestone:
    """Confirm a gate, or refuse with everything that is missing (R61, R68, R69, R73)."""
    policy.require(actor, "testing.assure", qualification)
    held = hold(qualification)
    found = gates.gate_of(facts(held), gate)
    if found is None:
        raise Refused("This route does not have that gate.")
    _right_tester(held, actor)
    _not_twice(held, gate)
    if found.missing:
        raise Refused([f"{each.title}: {each.missing}" for each in found.missing])
    row = record_milestone(qualification=held, event=gate, actor=actor, at=at, note=note)
    reliance_evidence.after_a_gate(provider=held, actor=actor, at=at)
    if gate == GateName.QT_EXIT:
        for plan in TestPlan.objects.filter(qualification=held, status=PlanState.APPROVED):
            perform(moves.COMPLETE_PLAN, subject=plan, actor=actor, at=at)
    if gate == GateName.QT_ENTRY:
        notices.entry(held, note=note, at=at)
    else:
        notices.passed(held, _PASSED[GateName(gate)], note, at=at)
    return row


@transaction.atomic
def refuse_entry(
    *, qualification: Qualification, because: str, actor: Actor, at: datetime
) -> Qualification:
    """Record that entry into QT is not confirmed, with what is missing (NT14)."""
    policy.require(actor, "testing.assure", qualification)
    if not because.strip():
        raise Invalid({"because": "Say why; the organisation reads it."})
    held = hold(qualification)
    _not_twice(held, Event.QT_ENTRY_CONFIRMED)
    gate = gates.gate_of(facts(held), GateName.QT_ENTRY)
    if gate is None:
        raise Refused("This route does not have that gate.")
    lacks = [f"{each.title}: {each.missing}" for each in gate.missing]
    notices.entry(held, refused=[because, *lacks], at=at)
    record("qt_entry.refused", subject=held, actor=actor, at=at, because=because, missing=lacks)
    return held


@transaction.atomic
def take_back(
    *, qualification: Qualification, gate: str, because: str, actor: Actor, at: datetime
) -> Milestone:
    """Take back a gate that was confirmed, with the reason; the row stays."""
    policy.require(actor, "testing.assure", qualification)
    held = hold(qualification)
    rows = Milestone.objects.filter(qualification=held, undone_at=None)
    row = rows.filter(event=gate).first() if gate in {*GateName, INTERFACES} else None
    if row is None:
        raise Refused("This was not confirmed, or was taken back already.")
    taken = undo_milestone(milestone=row, because=because, actor=actor, at=at)
    reliance_evidence.after_a_gate(provider=held, actor=actor, at=at)
    return taken


def _not_twice(held: Qualification, event: str) -> None:
    if str(event) in held.happened:
        raise Refused("This was confirmed already. It can be taken back, with a reason.")


def _right_tester(held: Qualification, actor: Actor) -> None:
    if said := moves.by_the_right_tester((actor.body, held.route)):
        raise Refused(said)
