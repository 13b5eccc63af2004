"""People of an organisation: who is here and what for, who is invited, and the forms about them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact
from foundation.ui.pages import Column, FormPage, Head, Row, Table
from foundation.ui.parts import Lines, Link, Quiet, Status
from participants import policy
from participants.access.addresses import address
from participants.models import Area, Invitation, Membership, Organisation
from participants.pages.general import Section, SectionsPage
from participants.pages.statuses import standing

LAST_ADMIN = "An organisation keeps at least one master admin. Name another one first."


def people_page(
    organisation: Organisation,
    *,
    members: Sequence[Membership],
    invitations: Sequence[Invitation],
    limits: Mapping[UUID, Sequence[Area]],
    actor: Actor,
    now: datetime,
) -> SectionsPage:
    """Return who works for an organisation here, and who is invited."""
    return SectionsPage(
        head=Head(
            title="People", lead=_lead(organisation, actor), actions=_invite(organisation, actor)
        ),
        sections=[
            Section(
                title="Here",
                table=_members(organisation, members, limits, actor),
                empty=Empty(
                    title="Nobody yet",
                    text="A code body sets up the master admin, who then invites the others.",
                ),
            ),
            Section(
                title="Invited",
                table=_invitations(organisation, invitations, actor, now),
                empty=Empty(title="No invitation is waiting"),
            ),
        ],
    )


def _lead(organisation: Organisation, actor: Actor) -> str:
    if policy.may(actor, "people.manage", organisation):
        return "You invite, limit and disable the people of your organisation."
    if actor.is_staff:
        return "A code body sets up the master admin, who looks after everybody else."
    return "A master admin of your organisation invites people and says what they may do."


def _invite(organisation: Organisation, actor: Actor) -> list[Action]:
    if policy.may(actor, "people.manage", organisation):
        url = reverse("participants:invite", args=[organisation.slug])
        return [Action(text="Invite somebody", url=url, kind="primary")]
    if actor.is_staff and policy.may(actor, "admin.invite", organisation):
        url = address("waves:first_admin", organisation.slug)
        return [Action(text="Set up a master admin", url=url)] if url else []
    return []


def _members(organisation, members, limits, actor) -> Table:
    manages = policy.may(actor, "people.manage", organisation)
    return Table(
        caption="Members",
        columns=[
            Column(label="Name"),
            Column(label="Here as"),
            Column(label="Writes"),
            Column(label="Access"),
        ],
        rows=[
            Row(
                cells=[
                    Lines([each.person.name, each.person.email]),
                    standing(each),
                    _writes(each, limits.get(each.person_id, ())),
                    _access(each),
                ],
                url=reverse("participants:member", args=[organisation.slug, each.pk])
                if manages
                else "",
            )
            for each in members
        ],
    )


def _writes(member: Membership, areas: Sequence[Area]) -> str | Quiet:
    if not (member.is_author or member.is_master_admin):
        return Quiet("Nothing")
    if not member.is_limited:
        return "Every section"
    letters = sorted({area.section for area in areas})
    return f"Only {'section' if len(letters) == 1 else 'sections'} {', '.join(letters)}"


def _access(member: Membership) -> Status:
    if not member.person.is_active:
        return Status("Account closed", "dash")
    if not member.is_active:
        return Status(f"Disabled {day(member.disabled_at)}", "dash")
    return Status(f"Since {day(member.joined_at)}", "check")


def _invitations(organisation, invitations, actor, now) -> Table:
    manages = policy.may(actor, "people.manage", organisation) or policy.may(
        actor, "admin.invite", organisation
    )
    return Table(
        caption="Invitations",
        columns=[
            Column(label="Name"),
            Column(label="Will be here as"),
            Column(label="Sent"),
            Column(label="Link"),
        ],
        rows=[
            Row(
                cells=[
                    Lines([each.name, each.email]),
                    standing(each),
                    f"{day(each.invited_at)} by {each.invited_by_name}",
                    _link_state(each, now),
                ],
                url=reverse("participants:invitation", args=[organisation.slug, each.pk])
                if manages
                else "",
            )
            for each in invitations
        ],
    )


def _link_state(invitation: Invitation, now: datetime) -> Status:
    if invitation.expires_at <= now:
        return Status(f"Ran out {day(invitation.expires_at)}", "at_risk")
    return Status(f"Works until {day(invitation.expires_at)}", "waiting")


def invite_form(organisation: Organisation, form: BaseForm, *, lead: str = "") -> FormPage:
    """Return the form that offers somebody a place."""
    back = reverse("participants:people", args=[organisation.slug])
    return FormPage(
        head=Head(
            title=f"Invite somebody to {organisation.name}",
            lead=lead or "They get a mail with a link that works for two weeks.",
            crumbs=[Link("People", back), Link("Invite")],
        ),
        form=form,
        submit=Action(text="Send the invitation", kind="primary", method="submit"),
        cancel=Link("Cancel", back),
    )


def member_form(
    organisation: Organisation,
    member: Membership,
    form: BaseForm,
    *,
    areas: Sequence[Area],
    is_last_admin: bool,
) -> FormPage:
    """Return what a member is here for, with the ways to limit and to disable."""
    back = reverse("participants:people", args=[organisation.slug])
    return FormPage(
        head=Head(
            title=member.person.name,
            lead=member.person.email,
            crumbs=[Link("People", back), Link(member.person.name)],
            actions=[_switch(organisation, member, is_last_admin)],
        ),
        facts=[
            Fact(label="Writes", value=_writes(member, areas), action=None),
            Fact(label="Access", value=_access(member)),
        ],
        before=_limit_link(organisation, member),
        form=form,
        submit=Action(text="Save", kind="primary", method="submit"),
        cancel=Link("Cancel", back),
    )


def _limit_link(organisation: Organisation, member: Membership) -> Link | str:
    url = address("submissions:limits", organisation.slug, member.pk)
    return Link("Choose the sections that this person may write", url) if url else ""


def _switch(organisation: Organisation, member: Membership, is_last_admin: bool) -> Action:
    return Action(
        text="Disable access" if member.is_active else "Give access back",
        url=reverse("participants:member_access", args=[organisation.slug, member.pk]),
        method="post",
        kind="danger" if member.is_active else "secondary",
        name="active",
        value="" if member.is_active else "1",
        reasons=[LAST_ADMIN] if is_last_admin else [],
    )


def invitation_page(
    organisation: Organisation, invitation: Invitation, now: datetime
) -> SectionsPage:
    """Return an open invitation, to send again or to take back."""
    back = reverse("participants:people", args=[organisation.slug])
    args = [organisation.slug, invitation.pk]
    return SectionsPage(
        head=Head(
            title=f"Invitation of {invitation.name}",
            crumbs=[Link("People", back), Link(invitation.name)],
            actions=[
                Action(
                    text="Send again",
                    url=reverse("participants:invite_again", args=args),
                    method="post",
                ),
                Action(
                    text="Withdraw",
                    url=reverse("participants:withdraw_invitation", args=args),
                    method="post",
                    kind="danger",
                ),
            ],
        ),
        sections=[
            Section(
                title="What was offered",
                facts=[
                    Fact(label="Address", value=invitation.email),
                    Fact(label="Will be here as", value=standing(invitation)),
                    Fact(
                        label="Sent",
                        value=f"{day(invitation.invited_at)} by {invitation.invited_by_name}",
                    ),
                    Fact(label="Link", value=_link_state(invitation, now)),
                ],
                note="Sending again makes a new link; the old one ends.",
            )
        ],
    )
