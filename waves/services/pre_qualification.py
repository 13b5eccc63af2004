"""Pre-Qualification Submissions at the desk, and the first master admin (R2-R4, R27-R31)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from foundation.audit.trail import record as remember
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants import queries as people
from participants.models import Invitation, Membership, Organisation, Qualification
from participants.moves import lock
from participants.services.people import invite
from waves.enums import PreQualificationState
from waves.models import PreQualification, PreQualificationVersion
from waves.notices import joining as notices
from waves.pre_qualification import left_behind
from waves.services import pre_qualifying


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whom the portal proposes as first master admin, and where that comes from."""

    name: str = ""
    email: str = ""
    source: str = ""


@transaction.atomic
def record(
    *,
    organisation: Organisation,
    received_on: date | None = None,
    revision: int | None = None,
    actor: Actor,
    at: datetime,
    **said: Any,
) -> PreQualification:
    """Enter what a submission on paper said, or a later change of its plan (R29, R31).

    With ``received_on`` it counts as received, and each text is kept as a version. After
    acceptance the plan may still change. Legacy readiness is kept apart and goes into no gate or
    pack (R30).
    """
    policy.require(actor, "pre_qualification.accept")
    lock(organisation)
    found = pre_qualifying.of(organisation)
    submission = found or PreQualification(organisation=organisation)
    pre_qualifying.write(submission, said, revision=revision)
    submission.received_on = received_on or submission.received_on
    is_accepted = submission.state == PreQualificationState.ACCEPTED
    if submission.received_on and not is_accepted:
        submission.state = PreQualificationState.RECEIVED
        submission.submitted_by_name = submission.submitted_by_name or actor.name
    submission.save()
    version = None
    if submission.received_on:
        version = pre_qualifying.freeze(submission, actor=actor, at=at)
        held = Qualification.objects.filter(organisation_id=organisation.pk).order_by("pk")
        on = pre_qualifying.on_the_day(submission.received_on)
        pre_qualifying.mark_submitted(held, actor=actor, at=at, on=on)
    if is_accepted and version:
        _decide(submission, "accepted", version.number, actor, at)
    remember(
        "pre_qualification.recorded",
        subject=submission,
        actor=actor,
        at=at,
        fields=sorted(said),
        version=version.number if version else None,
    )
    return submission


@transaction.atomic
def accept(*, pre_qualification: PreQualification, actor: Actor, at: datetime) -> PreQualification:
    """Accept a received submission; its key contact is then proposed as master admin (R3)."""
    locked = lock(pre_qualification)
    policy.require(actor, "pre_qualification.accept", locked)
    _require_received(locked, "accepted")
    locked.state = PreQualificationState.ACCEPTED
    locked.accepted_at, locked.accepted_by_name = at, actor.name
    locked.save(update_fields=["state", "accepted_at", "accepted_by_name"])
    number = _newest(locked)
    _decide(locked, "accepted", number, actor, at)
    notices.accepted(
        locked,
        number,
        staff=people.staff_recipients(pre_qualifying.code_bodies(locked.organisation)),
        members=people.member_recipients(locked.organisation_id),
        at=at,
    )
    remember("pre_qualification.accepted", subject=locked, actor=actor, at=at, version=number)
    return locked


@transaction.atomic
def give_back(
    *, pre_qualification: PreQualification, because: str, actor: Actor, at: datetime
) -> PreQualification:
    """Return a received submission with the reason; the version that came stays (R29, R31)."""
    locked = lock(pre_qualification)
    policy.require(actor, "pre_qualification.accept", locked)
    _require_received(locked, "returned")
    if not because.strip():
        raise Invalid({"because": "Say what is missing; the organisation reads it."})
    locked.state = PreQualificationState.DRAFT
    locked.save(update_fields=["state"])
    number = _newest(locked)
    _decide(locked, "returned", number, actor, at, because.strip())
    members = people.member_recipients(locked.organisation_id)
    notices.returned(locked, number, members=members, by=actor.name, because=because.strip(), at=at)
    remember(
        "pre_qualification.returned",
        subject=locked,
        actor=actor,
        at=at,
        because=because.strip(),
        version=number,
    )
    return locked


def proposal(organisation: Organisation) -> Proposal:
    """Return the key contact of the accepted submission, or an empty proposal (R3, R4).

    While a later version waits, the one accepted last still counts.
    """
    submission = PreQualification.objects.filter(organisation_id=organisation.pk).first()
    said = accepted_content(submission) if submission else {}
    if not said:
        return Proposal()
    return Proposal(
        name=said["key_contact_name"],
        email=said["key_contact_email"],
        source="the key contact of the Pre-Qualification Submission",
    )


def prefill(organisation: Organisation, codes: Sequence[str]) -> dict[str, Any]:
    """Return what an accepted submission proposes for a new qualification: its wave, its MPIDs."""
    found = PreQualification.objects.filter(organisation_id=organisation.pk).first()
    said = accepted_content(found) if found else {}
    if not said:
        return {}
    left = left_behind(said, codes)
    return {
        "route": said["preferred_route"],
        "mpids": [code for code in codes if code not in left],
    }


def accepted_content(submission: PreQualification) -> dict[str, Any]:
    """Return what the version that was accepted last says; empty where none was."""
    numbers = [each["version"] for each in submission.earlier if each["decision"] == "accepted"]
    found = PreQualificationVersion.objects.filter(
        submission=submission, number=numbers[-1] if numbers else 0
    ).first()
    return found.content if found else {}


@transaction.atomic
def invite_first_admin(
    *,
    organisation: Organisation,
    name: str,
    email: str,
    because: str = "",
    is_director: bool = False,
    actor: Actor,
    at: datetime,
) -> tuple[Invitation, str]:
    """Invite the first master admin; another person than the proposed one needs a reason (R2, R3).

    Once the organisation has a master admin, that person invites the others (R5).
    """
    policy.require(actor, "admin.invite", organisation)
    admins = Membership.objects.filter(
        organisation_id=organisation.pk, is_active=True, is_master_admin=True
    )
    if admins.exists():
        raise Refused("The organisation has a master admin, who invites everybody else.")
    proposed = proposal(organisation)
    differs = bool(proposed.email) and proposed.email.lower() != email.strip().lower()
    if differs and not because.strip():
        raise Invalid({"because": f"Say why somebody else than {proposed.name} is invited."})
    return invite(
        organisation=organisation,
        email=email,
        name=name,
        actor=actor,
        at=at,
        is_master_admin=True,
        is_director=is_director,
        because=because.strip() or proposed.source,
    )


def _require_received(submission: PreQualification, what: str) -> None:
    if submission.state != PreQualificationState.RECEIVED:
        raise Refused(f"Only a submission that was received, and not accepted yet, can be {what}.")


def _newest(submission: PreQualification) -> int:
    numbers = submission.versions.order_by("-number").values_list("number", flat=True)
    return numbers.first() or 1


def _decide(
    submission: PreQualification,
    decision: str,
    number: int,
    actor: Actor,
    at: datetime,
    because: str = "",
) -> None:
    """Write a decision into the submission's own ledger, which both sides read."""
    entry = {"decision": decision, "version": number, "because": because}
    signed = {"by": actor.name, "body": actor.body, "at": at.isoformat()}
    submission.earlier = [*submission.earlier, entry | signed]
    submission.save(update_fields=["earlier"])
