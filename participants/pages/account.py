"""A person's own account: name, look, sessions, API tokens."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock import moments
from foundation.clock.words import day
from foundation.ui.blocks import Action, Empty, Fact
from foundation.ui.pages import Column, FormPage, Head, Row, Table
from foundation.ui.parts import Link, Status
from participants.access.addresses import address
from participants.models import ApiToken, Person
from participants.notice_topics import TOPICS, MailChoice
from participants.pages.general import Section
from participants.pages.staff import duties_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """``account/account.html``: a form above, sections below."""

    head: Head
    form: BaseForm
    post_url: str
    submit: Action
    sections: Sequence[Section]


def account_page(person: Person, form: BaseForm, tokens: Sequence[ApiToken]) -> AccountPage:
    """Return what a person can see and change of its own account."""
    return AccountPage(
        head=Head(title="Your account", lead=_lead(person)),
        form=form,
        post_url=reverse("participants:account"),
        submit=Action(text="Save", kind="primary", method="submit"),
        sections=[_signing_in(person), _mail(person), _calendar(), _tokens(tokens)],
    )


def _lead(person: Person) -> str:
    if not person.body:
        return person.email
    duties = duties_of(person)
    return f"{person.email}, {person.get_body_display()}{': ' if duties else ''}{duties}"


def _signing_in(person: Person) -> Section:
    return Section(
        title="Signing in",
        facts=[
            Fact(
                label="Password",
                value="Kept as a hash; nobody can read it",
                action=Link("Change", reverse("account_change_password"), hint="the password"),
            ),
            Fact(
                label="Second step",
                value="A code from an authenticator app, and recovery codes",
                action=Link("Manage", reverse("mfa_index"), hint="the second step"),
            ),
        ],
        actions=[
            Action(
                text="Sign out everywhere else",
                url=reverse("participants:end_sessions"),
                method="post",
            )
        ],
    )


def _mail(person: Person) -> Section:
    return Section(
        title="Mail",
        note="Every notice is in the portal, whatever is mailed.",
        facts=[
            Fact(label=topic.title, value=MailChoice(choices).label)
            for topic, choices in zip(TOPICS, mail_choices(person).values(), strict=True)
        ],
        actions=[Action(text="Choose what is mailed", url=reverse("participants:mail"))],
    )


def mail_choices(person: Person) -> dict[str, str]:
    """Return a person's way of each topic, by topic."""
    return {topic.key: person.mail_choices.get(topic.key, str(MailChoice.NOW)) for topic in TOPICS}


def mail_page(person: Person, form: BaseForm) -> FormPage:
    """Return the form in which a person chooses what is mailed."""
    back = reverse("participants:account")
    return FormPage(
        head=Head(
            title="What is mailed to you",
            lead=f"Mail goes to {person.email}. Invitations and changes of your own access are"
            " always mailed at once.",
            crumbs=[Link("Your account", back), Link("Mail")],
        ),
        form=form,
        submit=Action(text="Save", kind="primary", method="submit"),
        cancel=Link("Cancel", back),
    )


def _calendar() -> Section:
    return Section(
        title="Your dates in your calendar",
        note="A private link lets a calendar program follow your dates.",
        actions=[Action(text="Calendar links", url=address("waves:account_feeds"))],
    )


def _tokens(tokens: Sequence[ApiToken]) -> Section:
    return Section(
        title="API tokens",
        note=(
            "A token lets a program of yours work with your rights, until you revoke it. It is"
            " shown once, when it is made."
        ),
        table=Table(
            caption="API tokens",
            columns=[
                Column(label="For"),
                Column(label="Made"),
                Column(label="Ends"),
                Column(label="Last used"),
                Column(label="State"),
            ],
            rows=[
                Row(
                    cells=[
                        each.name,
                        day(each.created_at),
                        day(each.expires_at) if each.expires_at else "No end",
                        day(each.last_used_at) if each.last_used_at else "Never",
                        _standing(each),
                    ],
                    url="" if each.revoked_at else reverse("participants:token", args=[each.pk]),
                )
                for each in tokens
            ],
        ),
        empty=Empty(title="No token"),
        actions=[Action(text="Make a token", url=reverse("participants:new_token"))],
    )


def _standing(token: ApiToken) -> Status:
    if token.revoked_at:
        return Status(f"Revoked {day(token.revoked_at)}", "dash")
    if token.expires_at and token.expires_at <= moments.now():
        return Status("Ended", "dash")
    return Status("In force", "check")


def token_form(form: BaseForm) -> FormPage:
    """Return the form that makes a token."""
    back = reverse("participants:account")
    return FormPage(
        head=Head(
            title="New API token", crumbs=[Link("Your account", back), Link("New API token")]
        ),
        form=form,
        submit=Action(text="Make it", kind="primary", method="submit"),
        cancel=Link("Cancel", back),
    )


def token_revoke_page(token: ApiToken) -> FormPage:
    """Return the question before a token is revoked."""
    back = reverse("participants:account")
    return FormPage(
        head=Head(
            title=f"Revoke “{token.name}”?",
            lead="Programs that use it are turned away at once. This cannot be undone.",
            crumbs=[Link("Your account", back), Link(token.name)],
        ),
        submit=Action(text="Revoke it", kind="danger", method="submit"),
        cancel=Link("Keep it", back),
        facts=[
            Fact(label="Made", value=day(token.created_at)),
            Fact(
                label="Last used", value=day(token.last_used_at) if token.last_used_at else "Never"
            ),
        ],
    )
