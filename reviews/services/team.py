"""Sharing out a body's reading: who reads what, conflicts of interest, days away."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from foundation.audit.trail import record
from foundation.clock.moments import LONDON
from foundation.clock.words import day
from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants import queries as people
from participants.enums import Duty
from participants.models import Organisation, Person
from participants.moves import lock
from reviews import notices
from reviews.models import Absence, Assignment, Conflict
from submissions import bank
from submissions.models import Part

REVIEWING = (Duty.REVIEWER, Duty.LEAD)
MAX_REASON = 2_000


@transaction.atomic
def assign(
    *, part: Part, section: str, person_id: UUID, because: str = "", actor: Actor, at: datetime
) -> Assignment:
    """Give a part, or one section of it, to a reviewer of the actor's body; they are told.

    Invalid for somebody who is away, has a conflict or does not review. Whoever had it is told
    that it moved. Giving it to who has it already changes nothing.
    """
    policy.require(actor, "reader.assign", part.qualification)
    lock(part.organisation)
    _refuse_strange_section(part, section)
    person = _reviewer(actor, person_id, part.organisation, at)
    place = {
        "organisation_id": part.organisation_id, "part": part, "section": section,
        "body": actor.body,
    }  # fmt: skip
    before = Assignment.objects.select_related("person").filter(**place).first()
    if before is not None and before.person_id == person.pk:
        return before
    kept, _ = Assignment.objects.update_or_create(
        **place,
        defaults={
            "person": person, "because": because[:200], "at": at, "by_name": actor.name,
        },
    )  # fmt: skip
    _note("reader.assigned", actor, at, part=part.pk, section=section, person=person.pk)
    notices.assigned(kept, before.person if before else None, at=at)
    return kept


@transaction.atomic
def unassign(*, assignment: Assignment, actor: Actor, at: datetime) -> None:
    """Take a part or section from its reader, who is told; a second call changes nothing."""
    policy.require(actor, "reader.assign", assignment.part.qualification)
    lock(assignment.part.organisation)
    row = (
        Assignment.objects.select_related("person", "part", "part__organisation")
        .filter(pk=assignment.pk, body=actor.body)
        .first()
    )
    if row is None:
        return
    _note("reader.unassigned", actor, at, part=row.part_id, section=row.section,
          person=row.person_id)  # fmt: skip
    notices.unassigned(row, at=at)
    row.delete()


@transaction.atomic
def declare_conflict(
    *, organisation: Organisation, reason: str, actor: Actor, at: datetime
) -> Conflict:
    """Declare the actor's conflict of interest with an organisation.

    From now on they judge nothing of it; what they had to read of it is nobody's again, and the
    leads of the body are told at once. A second declaration finds the first.
    """
    policy.require(actor, "conflict.declare")
    lock(organisation)
    own = Conflict.objects.filter(organisation=organisation, person_id=actor.person_id)
    if there := own.filter(ended_at=None).first():
        return there
    _refuse_reason(reason)
    kept = Conflict.objects.create(
        organisation=organisation, person_id=actor.person_id, reason=reason.strip(),
        declared_at=at, declared_by_name=actor.name,
    )  # fmt: skip
    had = Assignment.objects.filter(organisation=organisation, person_id=actor.person_id)
    freed = list(had.select_related("part", "part__qualification"))
    had.delete()
    _note("conflict.declared", actor, at, organisation=organisation.pk, freed=len(freed))
    notices.conflict_declared(kept, freed, actor, at=at)
    return kept


@transaction.atomic
def end_conflict(*, conflict: Conflict, actor: Actor, at: datetime) -> Conflict:
    """End a conflict of interest; its declarer or a lead of their body, a lead not their own."""
    row = Conflict.objects.select_for_update(of=("self",)).select_related("person").get(
        pk=conflict.pk
    )  # fmt: skip
    if row.person.body != actor.body:
        raise Denied("This is another body's.")
    policy.require(actor, "reader.assign")
    if row.person_id == actor.person_id:
        raise Denied("Another lead has to end a conflict that you declared yourself.")
    if row.ended_at is None:
        row.ended_at, row.ended_by_name = at, actor.name
        row.save(update_fields=["ended_at", "ended_by_name"])
        _note("conflict.ended", actor, at, organisation=row.organisation_id, person=row.person_id)
    return row


@transaction.atomic
def be_away(
    *,
    person_id: UUID,
    starts_on: date,
    ends_on: date,
    cover_id: UUID | None = None,
    actor: Actor,
    at: datetime,
) -> Absence:
    """Enter days on which a reviewer is away, both included; their own, or a lead for the body."""
    policy.require(actor, "qad.review")
    if person_id != actor.person_id:
        policy.require(actor, "reader.assign")
    staff = {each.pk: each for each in people.staff(actor.body, REVIEWING).select_for_update()}
    _refuse_days(staff, person_id, starts_on, ends_on, cover_id, at)
    same = {"person_id": person_id, "starts_on": starts_on, "ends_on": ends_on}
    if there := Absence.objects.filter(**same, cover_id=cover_id).first():
        return there
    kept = Absence.objects.create(
        **same, cover_id=cover_id, entered_at=at, entered_by_name=actor.name
    )
    _note("absence.entered", actor, at, person=person_id, starts_on=starts_on, ends_on=ends_on)
    return kept


@transaction.atomic
def be_back(*, absence: Absence, actor: Actor, at: datetime) -> None:
    """Take an absence out; their own, or a lead for the body. A second call changes nothing."""
    policy.require(actor, "qad.review")
    row = Absence.objects.select_related("person").filter(pk=absence.pk).first()
    if row is None:
        return
    if row.person.body != actor.body:
        raise Denied("This is another body's.")
    if row.person_id != actor.person_id:
        policy.require(actor, "reader.assign")
    _note("absence.removed", actor, at, person=row.person_id, starts_on=row.starts_on)
    row.delete()


def _reviewer(actor: Actor, person_id: UUID, organisation: Organisation, at: datetime) -> Person:
    person = people.staff(actor.body, REVIEWING).filter(pk=person_id).first()
    if person is None:
        raise Invalid({"person": f"Choose a reviewer of {actor.body}."})
    if Conflict.objects.filter(organisation=organisation, person=person, ended_at=None).exists():
        raise Invalid({"person": f"{person.name} has a conflict of interest here."})
    today = at.astimezone(LONDON).date()
    away = Absence.objects.filter(person=person, starts_on__lte=today, ends_on__gte=today)
    if row := away.select_related("cover").order_by("-ends_on").first():
        covered = f"; {row.cover.name} covers" if row.cover else ""
        raise Invalid({"person": f"{person.name} is away until {day(row.ends_on)}{covered}."})
    return person


def _refuse_strange_section(part: Part, section: str) -> None:
    scope = "ORGANISATION" if part.is_organisation_part else "ROLE"
    known = {each.code for each in bank.of_part(part).sections if each.in_scope(scope)}
    if section and section not in known:
        raise Refused(f"This part has no section {section}.")


def _refuse_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid({"reason": "Say in a few words what the conflict is."})
    if len(reason) > MAX_REASON:
        raise Invalid({"reason": f"At most {MAX_REASON:,} characters."})


def _refuse_days(
    staff: dict[UUID, Person],
    person_id: UUID,
    starts_on: date,
    ends_on: date,
    cover_id: UUID | None,
    at: datetime,
) -> None:
    problems = {}
    if person_id not in staff:
        problems["person"] = "Choose a reviewer of your body."
    if ends_on < starts_on:
        problems["ends_on"] = "The last day is before the first."
    elif ends_on < at.astimezone(LONDON).date():
        problems["ends_on"] = "These days are over."
    if cover_id is not None and (cover_id == person_id or cover_id not in staff):
        problems["cover"] = "Choose another reviewer of your body."
    if problems:
        raise Invalid(problems)


def _note(action: str, actor: Actor, at: datetime, **payload: object) -> None:
    """Record in the body's own chain: an organisation reads nothing of it in its history."""
    record(action, actor=actor, at=at, **payload)
