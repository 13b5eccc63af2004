"""Letters of delegated authority: the list for both sides, one letter, and their forms."""

from collections.abc import Mapping, Sequence

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day, instant
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact, Step
from foundation.ui.pages import Column, FormPage, Head, Row, Table
from foundation.ui.parts import Code, Lines, Link, Status
from participants import policy
from participants.market_roles import MARKET_ROLES
from participants.models import Organisation, Qualification
from participants.pages.general import Section, SectionsPage
from reviews.enums import LetterState
from reviews.models import DelegationLetter
from reviews.pages.signing import in_groups

STATES = {
    LetterState.DRAFTED: Status("Drafted, to be signed", "ready"),
    LetterState.SIGNED: Status("Signed, with the REC", "submitted"),
    LetterState.ACCEPTED: Status("Accepted", "accepted"),
    LetterState.REVOKED: Status("Ended", "not_needed"),
}
_ORDER = (LetterState.DRAFTED, LetterState.SIGNED, LetterState.ACCEPTED)


def letters_page(
    organisation: Organisation,
    qualifications: Sequence[Qualification],
    letters: Sequence[DelegationLetter],
    actor: Actor,
) -> SectionsPage:
    """Return every letter of an organisation by the roles that a delegate may sign for."""
    open_to = [each for each in qualifications if MARKET_ROLES[each.role].delegate_allowed]
    by_role: dict[object, list[DelegationLetter]] = {}
    for letter in letters:
        by_role.setdefault(letter.qualification_id, []).append(letter)
    return SectionsPage(
        head=Head(
            title="Letters of delegated authority",
            lead=(
                "Where a role is governed under the REC alone, a director may authorise an employee"
                " to give the Applicant’s Confirmation. The REC Code Manager drafts the letter, a"
                " director signs it, the REC Code Manager accepts it (QA&P 10.2.1, footnote 9)."
            ),
            crumbs=_crumbs(organisation),
        ),
        sections=[_section(organisation, each, by_role, actor) for each in open_to]
        or [_none(qualifications)],
    )


def _crumbs(organisation: Organisation, *after: Link) -> list[Link]:
    first = Link("Sign-off", reverse("reviews:sign_off", args=[organisation.slug]))
    if not after:
        return [first, Link("Letters")]
    return [first, Link("Letters", reverse("reviews:letters", args=[organisation.slug])), *after]


def _none(qualifications: Sequence[Qualification]) -> Section:
    named = ", ".join(MARKET_ROLES[each.role].short_label for each in qualifications)
    held = f" The roles here ({named}) are governed under the BSC too." if named else ""
    return Section(
        title="No role for which a delegate may sign",
        empty=Empty(
            title="A company director signs here.",
            text=f"A delegate may sign only for MEM Smart and MEM Advanced.{held}",
        ),
    )


def _section(
    organisation: Organisation,
    qualification: Qualification,
    by_role: Mapping[object, Sequence[DelegationLetter]],
    actor: Actor,
) -> Section:
    letters = by_role.get(qualification.pk, ())
    in_hand = any(letter.status != LetterState.REVOKED for letter in letters)
    actions = []
    if policy.may(actor, "letter.draft", qualification) and not in_hand:
        url = reverse("reviews:draft_letter", args=[organisation.slug, qualification.pk])
        actions.append(Action(text="Draft a letter", url=url, kind="primary"))
    return Section(
        title=f"{qualification.get_role_display()}, {qualification.get_route_display()}",
        table=Table(
            caption=f"Letters for {qualification.get_role_display()}",
            columns=[
                Column(label="Delegate"),
                Column(label="State"),
                Column(label="Drafted"),
                Column(label="Signed"),
                Column(label="Accepted"),
            ],
            rows=[_row(organisation, letter) for letter in letters],
        ),
        empty=Empty(
            title="No letter yet.",
            text="A director can always sign. For a delegate, ask the REC Code Manager for one.",
        ),
        actions=actions,
    )


def _row(organisation: Organisation, letter: DelegationLetter) -> Row:
    return Row(
        cells=[
            letter.delegate_name,
            STATES[LetterState(letter.status)],
            Lines([day(letter.drafted_at), letter.drafted_by_name]),
            Lines([day(letter.signed_at), letter.director_name]) if letter.signed_at else "",
            Lines([day(letter.accepted_at), letter.accepted_by_name]) if letter.accepted_at else "",
        ],
        url=reverse("reviews:letter", args=[organisation.slug, letter.pk]),
    )


def letter_page(organisation: Organisation, letter: DelegationLetter, actor: Actor) -> SectionsPage:
    """Return one letter: where it stands, what it says, and what the reader can do with it."""
    return SectionsPage(
        head=Head(
            kicker=STATES[LetterState(letter.status)],
            title=f"Letter for {letter.delegate_name}",
            lead=_lead(letter),
            crumbs=_crumbs(organisation, Link(letter.delegate_name)),
            actions=_actions(organisation, letter, actor),
        ),
        sections=[Section(title="Where it stands", facts=_facts(organisation, letter))],
    )


def steps_of(letter: DelegationLetter) -> list[Step]:
    """Return the way of a letter; an ended one has none."""
    if letter.status == LetterState.REVOKED:
        return []
    at = _ORDER.index(LetterState(letter.status))
    notes = (
        f"{day(letter.drafted_at)}, {letter.drafted_by_name}",
        f"{day(letter.signed_at)}, {letter.director_name}" if letter.signed_at else "a director",
        f"{day(letter.accepted_at)}, {letter.accepted_by_name}"
        if letter.accepted_at
        else "REC Code Manager",
    )
    names = ("1 Drafted", "2 Signed", "3 Accepted")
    return [
        Step(label=name, note=notes[place], state=_step_state(place, at))
        for place, name in enumerate(names)
    ]


def _step_state(place: int, at: int) -> str:
    if place <= at:
        return "done"
    return "now" if place == at + 1 else "ahead"


def _lead(letter: DelegationLetter) -> str:
    role = MARKET_ROLES[letter.qualification.role].label
    said = {
        LetterState.DRAFTED: "A company director reads it and signs: on paper, or here.",
        LetterState.SIGNED: "The REC Code Manager reads the signed letter and accepts it.",
        LetterState.ACCEPTED: f"{letter.delegate_name} may sign the QAD for {role}.",
        LetterState.REVOKED: "It has ended. A signature that was given under it stands.",
    }
    return said[LetterState(letter.status)]


def _facts(organisation: Organisation, letter: DelegationLetter) -> list[Fact]:
    facts = [
        Fact(label="Company", value=organisation.legal_name),
        Fact(label="Role", value=MARKET_ROLES[letter.qualification.role].label),
        Fact(label="Delegate", value=letter.delegate_name),
        Fact(label="Drafted", value=f"{instant(letter.drafted_at)}, {letter.drafted_by_name}"),
    ]
    if letter.signed_at and letter.file:
        url = reverse("reviews:letter_file", args=[organisation.slug, letter.pk])
        facts += [
            Fact(label="Signed", value=f"{instant(letter.signed_at)}, {letter.director_name}"),
            Fact(label="Signed letter", value=[Link(letter.file.name, url)]),
            Fact(label="SHA-256", value=Code(in_groups(letter.file.sha256))),
        ]
    if letter.accepted_at:
        who = f"{instant(letter.accepted_at)}, {letter.accepted_by_name}"
        facts.append(Fact(label="Accepted", value=who))
    if letter.revoked_at:
        facts.append(Fact(label="Ended", value=instant(letter.revoked_at)))
    return facts


def _actions(organisation: Organisation, letter: DelegationLetter, actor: Actor) -> list[Action]:
    args, actions = [organisation.slug, letter.pk], []
    role = letter.qualification
    if letter.status == LetterState.DRAFTED and policy.may(actor, "letter.sign", role):
        url = reverse("reviews:sign_letter", args=args)
        own = [_OWN] if letter.delegate_id == actor.person_id else []
        actions.append(Action(text="Sign it", url=url, kind="primary", icon="pen", reasons=own))
    if letter.status == LetterState.SIGNED and policy.may(actor, "letter.accept", role):
        url = reverse("reviews:accept_letter", args=args)
        actions.append(Action(text="Accept the letter", url=url, kind="primary", method="post"))
    ends = "letter.draft" if actor.is_staff else "letter.sign"
    if letter.status != LetterState.REVOKED and policy.may(actor, ends, role):
        text = "Revoke it" if actor.is_staff else "Withdraw it"
        url = reverse("reviews:revoke_letter", args=args)
        actions.append(Action(text=text, url=url, kind="danger"))
    return actions


_OWN = "A director authorises another employee; you are the one named here."


def draft_form(
    organisation: Organisation, qualification: Qualification, form: BaseForm
) -> FormPage:
    """Return the form in which the REC names the delegate of a letter."""
    role = MARKET_ROLES[qualification.role].label
    nobody = "Nobody is named as a delegate yet; a master admin of the organisation does so."
    return FormPage(
        head=Head(
            title=f"Draft a letter for {role}",
            lead=(
                f"The letter authorises one employee of {organisation.legal_name} to sign the QAD"
                f" for {role}, and nothing else. Its directors are told."
            ),
            crumbs=_crumbs(organisation, Link("Draft")),
        ),
        form=form,
        submit=Action(
            text="Draft the letter",
            kind="primary",
            method="submit",
            reasons=() if form.fields["delegate"].choices else [nobody],
        ),
        cancel=Link("Cancel", reverse("reviews:letters", args=[organisation.slug])),
    )


def sign_form(organisation: Organisation, letter: DelegationLetter, form: BaseForm) -> FormPage:
    """Return the form in which a director signs a letter."""
    back = reverse("reviews:letter", args=[organisation.slug, letter.pk])
    return FormPage(
        head=Head(
            title=f"Sign the letter for {letter.delegate_name}",
            lead="Sign on paper and hand the scan in, or sign here. The REC Code Manager is told.",
            crumbs=_crumbs(organisation, Link(letter.delegate_name, back), Link("Sign")),
        ),
        form=form,
        multipart=True,
        submit=Action(text="Sign the letter", kind="primary", method="submit", icon="pen"),
        cancel=Link("Cancel", back),
        note="The time is taken from the server.",
    )


def revoke_form(
    organisation: Organisation, letter: DelegationLetter, form: BaseForm, actor: Actor
) -> FormPage:
    """Return the form in which a letter is ended."""
    back = reverse("reviews:letter", args=[organisation.slug, letter.pk])
    verb = "Revoke" if actor.is_staff else "Withdraw"
    return FormPage(
        head=Head(
            title=f"{verb} the letter for {letter.delegate_name}?",
            lead=(
                "From then on the delegate cannot sign. A signature that was given under the letter"
                " stands. Both sides are told."
            ),
            crumbs=_crumbs(organisation, Link(letter.delegate_name, back), Link(verb)),
        ),
        form=form,
        submit=Action(text=f"{verb} the letter", kind="danger", method="submit"),
        cancel=Link("Keep it", back),
    )
