"""The sign-off of an organisation: the list, the receipt of a signature, declining."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day, days, instant
from foundation.ui.blocks import Action, Fact
from foundation.ui.pages import Column, FormPage, Head, Row, Table
from foundation.ui.parts import Code, DateLink, Lines, Link, Status, Words
from participants.enums import Status as Where
from participants.market_roles import MARKET_ROLES
from participants.models import Membership, Organisation, Qualification
from participants.pages.general import Section, SectionsPage
from reviews.assembly.confirmation import record_hash, reference_of
from reviews.coverage import Lost
from reviews.enums import SignOffState
from reviews.models import SignOff
from reviews.qualified import Facts, bands
from reviews.queries.signing import SIGN_BY
from waves.models import Obligation


def in_groups(sha256: str) -> str:
    """Return a hash in eight groups, so that it can be compared and wraps on a phone."""
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))


def codes_in_words(mpids: Sequence[str]) -> str:
    """Return "MPID FENM" or "MPIDs FENM, FNMS"."""
    return f"MPID {mpids[0]}" if len(mpids) == 1 else f"MPIDs {', '.join(mpids)}"


def who_signs(role: str) -> str:
    """Return in words who may sign for a role (R105, R106)."""
    if MARKET_ROLES[role].delegate_allowed:
        return "A company director, or a delegate with an accepted letter"
    return "A company director"


def named_for(signatories: Sequence[Membership], role: str) -> list[str]:
    """Return the names of those who may sign for a role, delegates marked as such."""
    return [
        each.person.name if each.is_director else f"{each.person.name} (delegate)"
        for each in signatories
        if each.is_director or MARKET_ROLES[role].delegate_allowed
    ]


def names_of(signatories: Sequence[Membership], role: str) -> str:
    """Return the people who are named for it."""
    named = named_for(signatories, role)
    return ", ".join(named) or "Nobody is named yet: a master admin does so under People."


def sign_by(
    organisation: Organisation, key: UUID, due: Obligation | None, today: date | None = None
) -> Words:
    """Return the date of the signature, which explains itself."""
    if due is None:
        return "No date yet"
    url = reverse("waves:date", args=[organisation.slug, key, SIGN_BY])
    link = DateLink(day(due.due_on), url=url)
    gone = (today - due.due_on).days if today else 0
    return Lines([link, Status(f"Overdue by {days(gone)}", "overdue")]) if gone > 0 else link


def state_of(known: Facts) -> Status:
    """Return how the signature of a qualification stands."""
    cell = bands(known)[-1].lines[0].cell
    return Status(cell.word, cell.state)


def said_of_lost(lost: Lost) -> str:
    """Return what a signature no longer covers, in a sentence (R111)."""
    if not lost:
        return "Nothing of what it covered has changed so far."
    return f"This signature no longer covers {lost.words}."


def receipt_page(
    organisation: Organisation,
    qualification: Qualification,
    known: Facts,
    signed: SignOff,
    earlier: Sequence[SignOff],
    lost: Lost,
) -> SectionsPage:
    """Return the receipt of the signature in force: who, when by the server, over which content.

    ``lost`` is what it no longer covers.
    """
    args = [organisation.slug, qualification.pk]
    role = MARKET_ROLES[qualification.role].label
    return SectionsPage(
        head=Head(
            kicker=state_of(known),
            title=f"The QAD for {role} is signed.",
            lead=_next_step(known),
            crumbs=[
                Link("Sign-off", reverse("reviews:sign_off", args=[organisation.slug])),
                Link(role),
            ],
            browser_title=f"Signed, {role}",
            actions=[
                Action(
                    text="Applicant’s Confirmation",
                    url=reverse("reviews:confirmation", args=args),
                    kind="primary",
                    icon="print",
                ),
                Action(
                    text="Decisions", url=reverse("reviews:decisions_of", args=[organisation.slug])
                ),
            ],
        ),
        sections=[
            Section(title="The signature", facts=_signature(organisation, known, signed, lost)),
            *_earlier(organisation, qualification, earlier),
        ],
    )


def _next_step(known: Facts) -> str:
    if known.status == Where.QUALIFIED:
        return "The role is MHHS Qualified."
    if known.status == Where.NOT_APPROVED:
        return "It was decided and not approved; see the decisions for the reasons and the appeal."
    together = (
        " The three of LDSO, SMRA / ERDA and UMSO take effect together." if known.trio else ""
    )
    return f"The bodies are told and decide next.{together}"


def _signature(organisation: Organisation, known: Facts, signed: SignOff, lost: Lost) -> list[Fact]:
    url = reverse("reviews:signed_content", args=[organisation.slug, known.id])
    covers = (
        Status("Covers the QAD as it stands", "signed")
        if known.signature_stands
        else Status("No longer covers the QAD as it stands", "no_longer_covers")
    )
    stands: Words = Lines([covers, said_of_lost(lost)]) if lost.sections else covers
    return [
        Fact(label="Signed by", value=f"{signed.signer_name}, {_capacity(signed)}"),
        Fact(label="At", value=f"{instant(signed.signed_at)}, by the server’s clock, London"),
        Fact(label="For", value=f"{known.label}, {codes_in_words(known.mpids)}"),
        Fact(label="Stands", value=stands),
        Fact(
            label="Seal",
            value=[
                Code(f"SHA-256 {in_groups(signed.content_sha256)}"),
                " ",
                Link("Check it yourself", url, hint="the content whose hash this is"),
            ],
        ),
        Fact(
            label="Record", value=[reference_of(signed), " ", Code(in_groups(record_hash(signed)))]
        ),
        *_since(lost),
    ]


def _since(lost: Lost) -> list[Fact]:
    """What moved on beside the answers, as a finding that was closed; the signature stands."""
    moved = [*lost.items, *lost.others]
    return [Fact(label="Changed since", value=", ".join(moved))] if moved else []


def _capacity(signed: SignOff) -> str:
    said = signed.get_capacity_display()
    return said[0].lower() + said[1:]


def _earlier(
    organisation: Organisation, qualification: Qualification, rows: Sequence[SignOff]
) -> list[Section]:
    if not rows:
        return []
    url = reverse("reviews:sheet", args=[organisation.slug, qualification.pk])
    return [
        Section(
            title="Earlier signatures",
            table=Table(
                caption="Earlier signatures",
                columns=[
                    Column(label="Signed by"),
                    Column(label="At"),
                    Column(label="State"),
                    Column(label="Seal"),
                ],
                rows=[
                    Row(
                        cells=[
                            each.signer_name,
                            instant(each.signed_at),
                            _old_state(each),
                            Code(f"{each.content_sha256[:16]} …"),
                        ],
                        url=f"{url}?signature={each.pk}",
                    )
                    for each in rows
                ],
            ),
        )
    ]


def _old_state(signed: SignOff) -> Words:
    if signed.status == SignOffState.VOID and signed.voided_at:
        since = f"Since {day(signed.voided_at)}: {signed.void_because}"
        return Lines([Status("Void", "no_longer_covers"), since])
    return Status("", "signed")


def decline_form(organisation: Organisation, role: str, form: BaseForm, back: str) -> FormPage:
    """Return the form in which somebody declines to sign."""
    return FormPage(
        head=Head(
            title="Decline to sign, with a reason",
            lead=(
                "Your reason goes to the admins of your organisation and to the reviewing bodies."
                " Nothing else changes; you, or another director, can sign later."
            ),
            crumbs=[
                Link("Sign-off", reverse("reviews:sign_off", args=[organisation.slug])),
                Link(MARKET_ROLES[role].label, back),
                Link("Decline"),
            ],
        ),
        form=form,
        submit=Action(text="Decline to sign", kind="danger", method="submit"),
        cancel=Link("Back to the QAD", back),
    )
