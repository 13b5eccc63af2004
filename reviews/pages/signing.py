"""The sign-off of an organisation: the list, the receipt of a signature, declining."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day, instant
from foundation.ui.blocks import Action, Empty, Fact
from foundation.ui.counting import counted as count
from foundation.ui.counting import opened as upper
from foundation.ui.pages import Column, FormPage, Head, ListPage, Row, Table
from foundation.ui.parts import Code, DateLink, Lines, Link, Status, Words
from participants.enums import Status as Where
from participants.market_roles import MARKET_ROLES
from participants.models import Membership, Organisation, Qualification
from participants.pages.general import Section, SectionsPage
from reviews.assembly.confirmation import record_hash, reference_of
from reviews.enums import SignOffState
from reviews.models import SignOff
from reviews.qualified import Facts, bands
from reviews.queries.signing import SIGN_BY
from waves.models import Obligation
from waves.routes import ROUTES


def in_groups(sha256: str) -> str:
    """Return a hash in eight groups, so that it can be compared and wraps on a phone."""
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))


def sign_off_list(
    organisation: Organisation,
    known: Sequence[Facts],
    due: Mapping[UUID, Obligation],
    signatories: Sequence[Membership],
) -> ListPage:
    """Return the organisation's qualifications with who signs, until when, and why not yet."""
    letters = Action(
        text="Letters for delegates", url=reverse("reviews:letters", args=[organisation.slug])
    )
    decisions = Action(
        text="Decisions", url=reverse("reviews:decisions_of", args=[organisation.slug])
    )
    has_delegates = any(MARKET_ROLES[each.role].delegate_allowed for each in known)
    return ListPage(
        head=Head(
            title=_list_title(known),
            browser_title="Sign-off",
            lead="One signature for each market role, over the hash of exactly what is shown.",
            actions=[*([letters] if has_delegates else []), decisions],
        ),
        table=Table(
            caption="Qualifications to be signed",
            columns=[
                Column(label="Market role"),
                Column(label="Who signs"),
                Column(label="Sign by"),
                Column(label="State"),
            ],
            rows=[_list_row(organisation, each, due, signatories) for each in known],
        ),
        empty=Empty(
            title="Nothing to sign yet.",
            text="A code body adds the market roles; each is signed once its content is agreed.",
        ),
        footnote="QA&P 10.2: a company director signs that information and evidence are complete"
        " and accurate.",
    )


def _list_title(known: Sequence[Facts]) -> str:
    waiting = sum(each.status == Where.CONTENT_AGREED for each in known)
    if waiting:
        wait = "waits" if waiting == 1 else "wait"
        return f"{upper(count(waiting, 'QAD'))} {wait} for a signature."
    signed = sum(each.signature_stands for each in known)
    if known and signed == len(known):
        return "Everything is signed."
    return "Nothing can be signed yet." if known else "Sign-off"


def _list_row(
    organisation: Organisation,
    known: Facts,
    due: Mapping[UUID, Obligation],
    signatories: Sequence[Membership],
) -> Row:
    return Row(
        cells=[
            Lines([known.label, f"{ROUTES[known.route].label}, {codes_in_words(known.mpids)}"]),
            Lines([who_signs(known.role), names_of(signatories, known.role)]),
            sign_by(organisation, known.id, due.get(known.id)),
            _state(known),
        ],
        url=reverse("reviews:sign_off_of", args=[organisation.slug, known.id]),
        marked=known.status == Where.CONTENT_AGREED,
    )


def codes_in_words(mpids: Sequence[str]) -> str:
    """Return "MPID FENM" or "MPIDs FENM, FNMS"."""
    return f"MPID {mpids[0]}" if len(mpids) == 1 else f"MPIDs {', '.join(mpids)}"


def who_signs(role: str) -> str:
    """Return in words who may sign for a role (R105, R106)."""
    if MARKET_ROLES[role].delegate_allowed:
        return "A company director, or a delegate with an accepted letter"
    return "A company director"


def names_of(signatories: Sequence[Membership], role: str) -> str:
    """Return the people who are named for it."""
    named = [
        each.person.name if each.is_director else f"{each.person.name} (delegate)"
        for each in signatories
        if each.is_director or MARKET_ROLES[role].delegate_allowed
    ]
    return ", ".join(named) or "Nobody is named yet: a master admin does so under People."


def sign_by(organisation: Organisation, key: UUID, due: Obligation | None) -> Words:
    """Return the date of the signature, which explains itself."""
    if due is None:
        return "No date yet"
    url = reverse("waves:date", args=[organisation.slug, key, SIGN_BY])
    return DateLink(day(due.due_on), url=url)


def state_of(known: Facts) -> Status:
    """Return how the signature of a qualification stands."""
    cell = bands(known)[-1].lines[0].cell
    return Status(cell.word, cell.state)


def _state(known: Facts) -> Words:
    cell = bands(known)[-1].lines[0].cell
    held = f"Held by {cell.holder}" if cell.holder else ""
    return Lines([Status(cell.word, cell.state), *(said for said in (cell.text, held) if said)])


def receipt_page(
    organisation: Organisation,
    qualification: Qualification,
    known: Facts,
    signed: SignOff,
    earlier: Sequence[SignOff],
) -> SectionsPage:
    """Return the receipt of the signature in force: who, when by the server, over which content."""
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
            Section(title="The signature", facts=_signature(organisation, known, signed)),
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


def _signature(organisation: Organisation, known: Facts, signed: SignOff) -> list[Fact]:
    url = reverse("reviews:signed_content", args=[organisation.slug, known.id])
    covers = (
        Status("Covers the QAD as it stands", "signed")
        if known.signature_stands
        else Status("No longer covers the QAD as it stands", "no_longer_covers")
    )
    return [
        Fact(label="Signed by", value=f"{signed.signer_name}, {_capacity(signed)}"),
        Fact(label="At", value=f"{instant(signed.signed_at)}, by the server’s clock, London"),
        Fact(label="For", value=f"{known.label}, {codes_in_words(known.mpids)}"),
        Fact(label="Stands", value=covers),
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
    ]


def _capacity(signed: SignOff) -> str:
    said = signed.get_capacity_display()
    return said[0].lower() + said[1:]


def _earlier(
    organisation: Organisation, qualification: Qualification, rows: Sequence[SignOff]
) -> list[Section]:
    if not rows:
        return []
    url = reverse("reviews:confirmation", args=[organisation.slug, qualification.pk])
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
