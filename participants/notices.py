"""What people are told of accounts and places (NT1, NT2), and of split roles (NT31)."""

from datetime import datetime

from django.db.models import Q

from foundation.notices.outbox import Recipient, announce
from participants.models import Invitation, Membership, Organisation, Person, Qualification
from participants.pages.statuses import standing


def invited(invitation: Invitation, token: str, *, at: datetime) -> None:
    """Tell the invited address how to come in."""
    announce(
        kind="invitation",
        key=f"{invitation.pk}:{invitation.token_hash[:12]}",
        recipients=[Recipient(invitation.email)],
        subject=f"{invitation.organisation.name}: your place in the QAD Portal",
        text=(
            f"{invitation.invited_by_name} invites you to work for {invitation.organisation.name}"
            f" in the QAD Portal, as {standing(invitation).lower()}. The link works until"
            f" {invitation.expires_at:%-d %B %Y}."
        ),
        path=f"/invitations/{invitation.pk}/{token}/",
        at=at,
        organisation_id=invitation.organisation_id,
    )


def joined(membership: Membership, *, at: datetime) -> None:
    """Tell the organisation's master admins that somebody joined."""
    admins = Membership.objects.filter(
        organisation_id=membership.organisation_id, is_active=True, is_master_admin=True
    ).exclude(pk=membership.pk)
    announce(
        kind="membership",
        key=f"{membership.pk}:joined",
        recipients=[
            Recipient(email, key) for key, email in admins.values_list("person_id", "person__email")
        ],
        subject=f"{membership.organisation.name}: {membership.person.name} joined",
        text=f"{membership.person.name} accepted the invitation and can work in the portal.",
        path=f"/o/{membership.organisation.slug}/people/",
        at=at,
        organisation_id=membership.organisation_id,
    )


def access_changed(membership: Membership, *, at: datetime) -> None:
    """Tell a member that access was ended or given back."""
    state = "given back" if membership.is_active else "ended"
    announce(
        kind="membership",
        key=f"{membership.pk}:{at.isoformat()}",
        recipients=[Recipient(membership.person.email, membership.person_id)],
        subject=f"{membership.organisation.name}: your access was {state}",
        text=f"Your access to {membership.organisation.name} in the QAD Portal was {state}.",
        path="",
        at=at,
        organisation_id=membership.organisation_id,
    )


def staff_added(person: Person, *, by: str, at: datetime) -> None:
    """Tell a new member of staff how to come in."""
    announce(
        kind="staff",
        key=f"{person.pk}:added",
        recipients=[Recipient(person.email, person.pk)],
        subject="Your account in the QAD Portal",
        text=(
            f"{by} opened an account for you, for {person.get_body_display()}. Set your password"
            " first: ask for the mail with the link on this page."
        ),
        path="/accounts/password/reset/",
        at=at,
    )


def mpids_split(organisation: Organisation, first: Qualification, *, at: datetime) -> None:
    """NT31: other MPIDs of a role go at another time, so the first has to assert the rest."""
    members = Membership.objects.select_related("person").filter(
        organisation=organisation, is_active=True, person__is_active=True
    )
    signing = members.filter(Q(is_master_admin=True) | Q(is_director=True))
    announce(
        kind="split",
        key=f"{first.pk}:split",
        recipients=[Recipient(each.person.email, each.person_id) for each in signing],
        subject=f"{organisation.name}: Management Assertion needed, {first.get_role_display()}",
        text=(
            f"A second qualification as {first.get_role_display()} was opened for other MPIDs. In"
            " the first one, a director or master admin asserts before the signature that the"
            " remaining MPIDs will follow in time (QA&P 11.3, 11.4.1)."
        ),
        path=f"/o/{organisation.slug}/sign-off/",
        at=at,
        organisation_id=organisation.pk,
    )
