"""Pre-Qualification Submissions and the first master admin after them (R2-R4, R27-R31)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from foundation.audit.trail import record as remember
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants import queries as people
from participants.market_roles import deciding_bodies
from participants.models import Invitation, Membership, Organisation, Qualification
from participants.moves import lock
from participants.services.people import invite
from waves import notices
from waves.enums import PreQualificationState
from waves.models import PreQualification
from waves.routes import ROUTES

FIELDS = (
    *("preferred_route", "key_contact_name", "key_contact_email", "pit_approach"),
    *("target_migration_on", "legacy_readiness", "received_on"),
)
_KEPT = ("preferred_route", "pit_approach", "target_migration_on")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whom the portal proposes as first master admin, and where that comes from."""

    name: str = ""
    email: str = ""
    source: str = ""


@transaction.atomic
def record(
    *, organisation: Organisation, actor: Actor, at: datetime, **said: Any
) -> PreQualification:
    """Enter what a Pre-Qualification Submission said, or a later change of its plan (R29, R31).

    With ``received_on`` it counts as received. After acceptance the plan may still change; what
    it said before is kept. Legacy readiness is kept apart and goes into no gate or pack (R30).
    """
    policy.require(actor, "pre_qualification.accept")
    lock(organisation)
    _check(said)
    submission = _of(organisation) or PreQualification(organisation=organisation)
    before = {name: str(getattr(submission, name) or "") for name in _KEPT}
    for name in FIELDS:
        if name in said:
            setattr(submission, name, said[name])
    changed = [name for name in _KEPT if before[name] != str(getattr(submission, name) or "")]
    if submission.state == PreQualificationState.ACCEPTED:
        if changed:
            entry = before | {"until": at.isoformat(), "by": actor.name}
            submission.earlier = [*submission.earlier, entry]
    elif submission.received_on:
        submission.state = PreQualificationState.RECEIVED
    submission.save()
    remember(
        "pre_qualification.recorded",
        subject=submission,
        actor=actor,
        at=at,
        fields=sorted(said),
        changed=changed,
    )
    return submission


@transaction.atomic
def accept(*, pre_qualification: PreQualification, actor: Actor, at: datetime) -> PreQualification:
    """Accept a received submission; its key contact is then proposed as master admin (R3)."""
    locked = lock(pre_qualification)
    policy.require(actor, "pre_qualification.accept", locked)
    if locked.state != PreQualificationState.RECEIVED:
        raise Refused("Only a submission that was received, and not accepted yet, can be accepted.")
    locked.state = PreQualificationState.ACCEPTED
    locked.accepted_at, locked.accepted_by_name = at, actor.name
    locked.save(update_fields=["state", "accepted_at", "accepted_by_name"])
    notices.pre_qualification_accepted(
        locked, staff=people.staff_recipients(_code_bodies(locked.organisation)), at=at
    )
    remember("pre_qualification.accepted", subject=locked, actor=actor, at=at)
    return locked


def proposal(organisation: Organisation) -> Proposal:
    """Return the key contact of an accepted submission, or an empty proposal (R3, R4)."""
    submission = _of(organisation)
    if submission is None or submission.state != PreQualificationState.ACCEPTED:
        return Proposal()
    return Proposal(
        name=submission.key_contact_name,
        email=submission.key_contact_email,
        source="the key contact of the Pre-Qualification Submission",
    )


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


def _code_bodies(organisation: Organisation) -> tuple[str, ...]:
    """Return the code bodies that know of an organisation: by its roles, or as its maker (R7)."""
    held = Qualification.objects.filter(organisation_id=organisation.pk)
    return deciding_bodies(held.values_list("role", flat=True)) or (organisation.created_by_body,)


def _of(organisation: Organisation) -> PreQualification | None:
    return PreQualification.objects.filter(organisation_id=organisation.pk).first()


def _check(said: Mapping[str, Any]) -> None:
    """Invalid for what no submission can say: it belongs to the waves alone (R27)."""
    if unknown := said.keys() - set(FIELDS):
        raise TypeError(f"Not part of a Pre-Qualification Submission: {', '.join(unknown)}")
    route = said.get("preferred_route")
    if route and not (route in ROUTES and ROUTES[route].pqs_required):
        raise Invalid(
            {"preferred_route": "Only the waves have a Pre-Qualification Submission (QA&P 4.2)."}
        )
