"""Inviting, limiting and disabling people; never the last admin (R5, R12, QA&P 10.3)."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import constant_time_compare

from foundation.audit.trail import record
from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import grants, notices, policy
from participants.entry import gate_actor
from participants.models import Area, Invitation, Membership, Organisation, Person, Qualification
from participants.moves import lock

INVITATION_LASTS = timedelta(days=14)
FLAGS = ("is_master_admin", "is_author", "is_director", "is_delegate")


def digest(token: str) -> str:
    """Return what is kept of a secret token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    organisation: Organisation,
    email: str,
    name: str,
    actor: Actor,
    at: datetime,
    is_master_admin: bool = False,
    is_author: bool = True,
    is_director: bool = False,
    is_delegate: bool = False,
    areas: Iterable[Area] = (),
    because: str = "",
) -> tuple[Invitation, str]:
    """Offer a place to an address and return the invitation and its secret, mailed once.

    Staff set the master admin up (R2); afterwards the master admin invites the others (R5).
    """
    organisation = lock(organisation)
    policy.require(actor, "admin.invite" if actor.is_staff else "people.manage", organisation)
    if actor.is_staff and not is_master_admin:
        raise Denied("A body sets up the master admin, who then invites everybody else (R5).")
    if not (is_master_admin or is_author or is_director or is_delegate):
        raise Invalid({"is_author": "Choose at least one thing that this person is here for."})
    email = email.strip().lower()
    _refuse_known_address(organisation, email)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        name=name.strip(),
        is_master_admin=is_master_admin,
        is_author=is_author,
        is_director=is_director,
        is_delegate=is_delegate,
        token_hash=digest(token),
        areas=[str(area.pk) for area in areas],
        invited_by_name=actor.name,
        invited_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    notices.invited(invitation, token, at=at)
    record("invitation.sent", subject=invitation, actor=actor, at=at, because=because)
    return invitation, token


def _refuse_known_address(organisation: Organisation, email: str) -> None:
    if Membership.objects.filter(organisation=organisation, person__email__iexact=email).exists():
        raise Refused(f"{email} has a place here already.")
    if Invitation.objects.filter(
        organisation=organisation, email__iexact=email, accepted_at=None, withdrawn_at=None
    ).exists():
        raise Refused(f"{email} is invited already. You can send the invitation again.")
    if Person.objects.filter(email__iexact=email).exclude(body="").exists():
        raise Refused(f"{email} is a staff account of a body, which cannot join an organisation.")


@transaction.atomic
def invite_again(*, invitation: Invitation, actor: Actor, at: datetime) -> str:
    """Send an invitation anew with a fresh secret; the old link ends."""
    invitation = lock(invitation)
    policy.require(actor, "admin.invite" if actor.is_staff else "people.manage", invitation)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused("This invitation was accepted or withdrawn already.")
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.expires_at = digest(token), at + INVITATION_LASTS
    invitation.save(update_fields=["token_hash", "expires_at"])
    notices.invited(invitation, token, at=at)
    record("invitation.sent_again", subject=invitation, actor=actor, at=at)
    return token


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, actor: Actor, at: datetime) -> Invitation:
    """Take an open invitation back."""
    invitation = lock(invitation)
    policy.require(actor, "admin.invite" if actor.is_staff else "people.manage", invitation)
    if invitation.accepted_at:
        raise Refused("This invitation was accepted already.")
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    record("invitation.withdrawn", subject=invitation, actor=actor, at=at)
    return invitation


@transaction.atomic
def accept(
    *, invitation: Invitation, token: str, name: str, password: str, actor: Actor, at: datetime
) -> Membership:
    """Turn an invitation into a membership; makes the account where there is none (as the portal).

    ``password`` is used for a new account only; somebody who has one acts as itself, signed in.
    """
    invitation = lock(invitation)
    if not constant_time_compare(invitation.token_hash, digest(token)):
        raise Refused("This invitation link does not work any more.")
    if invitation.accepted_at or invitation.withdrawn_at or invitation.expires_at <= at:
        raise Refused("This invitation was used, withdrawn or has run out. Ask for a new one.")
    person = account_of(invitation)
    if person is None:
        person = _open_account(invitation, name=name, password=password, at=at)
    elif not actor.is_system and actor.person_id != person.pk:
        raise Refused("There is an account for this address. Sign in with it, then accept.")
    if person.body:
        raise Refused("A staff account cannot join an organisation.")
    actor = gate_actor(person)
    membership = Membership.objects.create(
        organisation_id=invitation.organisation_id,
        person=person,
        joined_at=at,
        is_limited=bool(invitation.areas),
        **{flag: getattr(invitation, flag) for flag in FLAGS},
    )
    grants.set_areas(membership, Area.objects.filter(pk__in=invitation.areas))
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    notices.joined(membership, at=at)
    record("membership.created", subject=membership, actor=actor, at=at)
    return membership


def account_of(invitation: Invitation) -> Person | None:
    """Return the account of the invited address, if there is one (run as the portal)."""
    return Person.objects.filter(email__iexact=invitation.email).first()


def _open_account(invitation: Invitation, *, name: str, password: str, at: datetime) -> Person:
    # Signing in looks addresses up in small letters.
    email = invitation.email.lower()
    person = Person(email=email, name=name.strip() or invitation.name, created_at=at)
    try:
        validate_password(password, person)
    except ValidationError as problem:
        raise Invalid({"password": problem.messages}) from None
    person.set_password(password)
    person.save()
    return person


@transaction.atomic
def change_membership(
    *,
    membership: Membership,
    actor: Actor,
    at: datetime,
    areas: Iterable[Area] | None = None,
    **flags: bool,
) -> Membership:
    """Change what a member is for; ``areas`` limits writing to them, an empty list lifts it."""
    lock(membership.organisation)
    membership = lock(membership)
    policy.require(actor, "people.manage", membership)
    for flag, value in flags.items():
        if flag not in FLAGS:
            raise ValueError(f"{flag} is nothing that a membership is for")
        setattr(membership, flag, value)
    if not membership.duties - {"LIMITED"}:
        raise Invalid({"is_author": "Choose at least one thing that this person is here for."})
    if areas is not None:
        areas = list(areas)
        membership.is_limited = bool(areas)
        grants.set_areas(membership, areas)
    _refuse_without_admin(membership)
    membership.save(update_fields=[*FLAGS, "is_limited"])
    record(
        "membership.changed",
        subject=membership,
        actor=actor,
        at=at,
        areas=[area.section for area in areas or ()],
        **flags,
    )
    return membership


@transaction.atomic
def set_active(
    *, membership: Membership, active: bool, actor: Actor, at: datetime, because: str = ""
) -> Membership:
    """Disable or re-enable a member; the last active master admin cannot be disabled (R12)."""
    lock(membership.organisation)
    membership = lock(membership)
    policy.require(actor, "people.manage", membership)
    membership.is_active, membership.disabled_at = active, None if active else at
    _refuse_without_admin(membership)
    membership.save(update_fields=["is_active", "disabled_at"])
    notices.access_changed(membership, at=at)
    event = "membership.enabled" if active else "membership.disabled"
    record(event, subject=membership, actor=actor, at=at, because=because)
    return membership


def _refuse_without_admin(changed: Membership) -> None:
    if changed.is_active and changed.is_master_admin:
        return
    others = Membership.objects.filter(
        organisation_id=changed.organisation_id,
        is_active=True,
        is_master_admin=True,
        person__is_active=True,
    ).exclude(pk=changed.pk)
    if not others.exists():
        raise Refused("An organisation keeps at least one master admin. Name another one first.")


@transaction.atomic
def ensure_area(
    *, organisation_id: UUID, qualification: Qualification | None, section: str
) -> Area:
    """Return the area that stands for a section, made on first use."""
    area, _ = Area.objects.get_or_create(
        organisation_id=organisation_id, qualification=qualification, section=section
    )
    return area
