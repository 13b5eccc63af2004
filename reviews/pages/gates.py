"""What a decision stands on beside the QAD: the gates as they are, and the forms that open them."""

from collections.abc import Sequence

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day, instant
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact
from foundation.ui.counting import counted, opened
from foundation.ui.pages import Column, FormPage, Head, Row, Table
from foundation.ui.parts import Lines, Link, Mark, Status, Words
from participants import policy
from participants.access.addresses import address
from participants.market_roles import BODIES, MARKET_ROLES, milestone_of
from participants.models import Organisation, Qualification
from participants.pages.general import Section, SectionsPage
from reviews.models import Accession, ManagementAssertion
from reviews.pages.on_paper import paper_section
from reviews.qualified import Facts, own_missing
from submissions.presenters.staff import may_open_final
from waves.routes import ROUTES

GATES = ("dip_user", "accession", "assertion", "paper", "report", "work_off")


def gates_page(
    organisation: Organisation,
    qualification: Qualification,
    known: Facts,
    accessions: Sequence[Accession],
    assertion: ManagementAssertion | None,
    actor: Actor,
) -> SectionsPage:
    """Return the gates of one qualification, each with its holder and its way on."""
    role = MARKET_ROLES[qualification.role].label
    closed = [lack for lack in own_missing(known) if lack.key in GATES]
    sections = [
        _dip_user(organisation, qualification, known, actor),
        _accession(organisation, qualification, known, accessions, actor),
        _report(organisation, qualification, known, actor),
    ]
    if known.on_paper:
        sections[-1] = paper_section(organisation, qualification, actor)
    if qualification.mpids_split:
        sections.append(_assertion(organisation, qualification, assertion))
    return SectionsPage(
        head=Head(
            title=_title(len(closed)),
            lead=f"{organisation.name}, {role}. These come before the decision, beside the QAD.",
            crumbs=_crumbs(organisation, role),
            browser_title=f"Gates, {organisation.name}",
        ),
        sections=sections,
    )


def _title(closed: int) -> str:
    if not closed:
        return "Every gate before the decision is open."
    return opened(
        f"{counted(closed, 'gate')} before the decision {'is' if closed == 1 else 'are'} closed."
    )


def _crumbs(organisation: Organisation, *after: str | Link) -> list[Link]:
    qualified = address("reviews:qualified", organisation.slug)
    return [
        Link(organisation.name, reverse("participants:organisation", args=[organisation.slug])),
        *([Link("Qualified yet?", qualified)] if qualified else []),
        *(each if isinstance(each, Link) else Link(each) for each in after),
    ]


def _dip_user(
    organisation: Organisation, qualification: Qualification, known: Facts, actor: Actor
) -> Section:
    said = known.dip
    url = reverse("reviews:dip_user", args=[organisation.slug, qualification.pk])
    give = Action(text="Change it" if said else "Confirm, or say what is missing", url=url)
    state = Status("Not confirmed yet", "waiting")
    if said is not None:
        state = Status("", "confirmed" if known.dip_confirmed else "not_confirmed")
    facts = [Fact(label="DIP User status", value=state)]
    if said is not None:
        facts += [
            Fact(label="Said by", value=f"{said.by}, {instant(said.at)}"),
            Fact(label="Note", value=said.note or "None"),
        ]
    return Section(
        title="DIP User",
        meta=Mark("DIP"),
        note="The DIP Manager’s word comes before any decision (QA&P 4, 10.2).",
        facts=facts,
        actions=[give] if policy.may(actor, "dip_user.confirm", qualification) else [],
    )


def _accession(
    organisation: Organisation,
    qualification: Qualification,
    known: Facts,
    accessions: Sequence[Accession],
    actor: Actor,
) -> Section:
    by_body = {row.body: row for row in accessions}
    mine = actor.body in known.deciding_bodies and actor.body not in by_body
    record = Action(
        text=f"Record it for {actor.body}",
        url=reverse("reviews:accession", args=[organisation.slug, qualification.pk]),
    )
    may = mine and policy.may(actor, "accession.record", qualification)
    return Section(
        title="Accession and Qualified Party",
        note="Each code body that governs the role records it for itself (QA&P 11.3).",
        table=Table(
            caption="Accession by code body",
            columns=[
                Column(label="Body"),
                Column(label="State"),
                Column(label="Recorded"),
                Column(label="Note"),
            ],
            rows=[
                Row(cells=_accession_cells(body, by_body.get(body)))
                for body in BODIES
                if body in known.deciding_bodies
            ],
        ),
        actions=[record] if may else [],
    )


def _accession_cells(body: str, row: Accession | None) -> list[Words]:
    if row is None:
        return [Mark(body), Status("Not recorded", "waiting"), "", ""]
    return [Mark(body), Status("Recorded", "met"), Lines([day(row.at), row.by_name]), row.note]


def _report(
    organisation: Organisation, qualification: Qualification, known: Facts, actor: Actor
) -> Section:
    route = ROUTES[qualification.route]
    testing = reverse("waves:testing", args=[organisation.slug])
    received = known.report.received_at if known.report else known.report_received_at
    facts = [
        Fact(
            label=known.report_name,
            value=f"Received {day(received)}" if received else Status("Not received", "waiting"),
            action=Link("Testing", testing),
        )
    ]
    if route.final_before_report and known.report:
        agreed = known.report.work_off_agreed
        state = Status("Agreed", "met") if agreed else Status("Not agreed", "waiting")
        facts.append(Fact(label="Work-off plans", value=state))
    url = reverse("submissions:open_final", args=[organisation.slug, qualification.pk])
    return Section(
        title="Tests",
        note="On SIT routes the Final QAD may open before the report; the report comes before the"
        " signature (QA&P 10.1, 10.6)."
        if route.final_before_report
        else "The report of the tests lets the Final QAD begin (QA&P 10.3).",
        facts=facts,
        actions=[Action(text="Open the Final QAD", url=url, method="post")]
        if may_open_final(qualification, actor)
        else [],
    )


def _assertion(
    organisation: Organisation,
    qualification: Qualification,
    assertion: ManagementAssertion | None,
) -> Section:
    return Section(
        title="Management Assertion",
        note="Some MPIDs of this role qualify at another time (QA&P 11.3, 11.4.1).",
        facts=assertion_facts(assertion) if assertion else (),
        empty=Empty(
            title="Not made yet.",
            text="A director or master admin of the organisation makes it before the signature.",
        ),
    )


def assertion_facts(assertion: ManagementAssertion) -> list[Fact]:
    """Return what was asserted, by whom and when."""
    return [
        Fact(label="MPIDs that follow", value=", ".join(assertion.mpids_remaining)),
        Fact(label="Complete by", value=day(assertion.complete_by)),
        Fact(label="How", value=assertion.text),
        Fact(label="Made by", value=f"{assertion.made_by_name}, {instant(assertion.made_at)}"),
    ]


def dip_user_form(
    organisation: Organisation, qualification: Qualification, form: BaseForm
) -> FormPage:
    """Return the form of the DIP Manager's word; nothing is chosen."""
    role = MARKET_ROLES[qualification.role].label
    others = " and ".join(MARKET_ROLES[qualification.role].deciding_bodies)
    return FormPage(
        head=Head(
            title=f"DIP User status of {organisation.name}",
            lead=(
                f"For {role}. The organisation and {others} are told. Without a confirmation no"
                " approval can be recorded."
            ),
            crumbs=_crumbs(organisation, _back(organisation, qualification), Link("DIP User")),
        ),
        form=form,
        submit=Action(text="Record it", kind="primary", method="submit"),
        cancel=Link("Cancel", _back(organisation, qualification).url),
        note="Where it is not confirmed, the note says what is missing; it is needed then.",
    )


def _back(organisation: Organisation, qualification: Qualification) -> Link:
    return Link("Gates", reverse("reviews:gates", args=[organisation.slug, qualification.pk]))


def accession_form(
    organisation: Organisation, qualification: Qualification, form: BaseForm, body: str
) -> FormPage:
    """Return the form in which a code body records accession."""
    role = MARKET_ROLES[qualification.role].label
    return FormPage(
        head=Head(
            title=f"Record accession for {body}",
            lead=(
                f"You record that {organisation.legal_name} acceded and is a Qualified Party as"
                f" {role} under your code. It is recorded once."
            ),
            crumbs=_crumbs(organisation, _back(organisation, qualification), Link("Accession")),
        ),
        form=form,
        submit=Action(text="Record accession", kind="primary", method="submit"),
        cancel=Link("Cancel", _back(organisation, qualification).url),
    )


def assertion_form(
    organisation: Organisation,
    qualification: Qualification,
    form: BaseForm,
    assertion: ManagementAssertion | None,
) -> FormPage:
    """Return the form of the Management Assertion (R119)."""
    role = MARKET_ROLES[qualification.role].label
    milestone = milestone_of(qualification.role, ROUTES[qualification.route].kind)
    before = f" before {milestone.code}, {day(milestone.on)}" if milestone else ""
    back = reverse("reviews:sign_off_of", args=[organisation.slug, qualification.pk])
    return FormPage(
        head=Head(
            title=f"Management Assertion for {role}",
            lead=(
                f"{organisation.legal_name} asserts that the remaining MPIDs of this role complete"
                f" their Qualification{before} (QA&P 11.3, 11.4.1). It becomes part of what is"
                " signed."
            ),
            crumbs=[
                Link("Sign-off", reverse("reviews:sign_off", args=[organisation.slug])),
                Link(role, back),
                Link("Management Assertion"),
            ],
        ),
        facts=[
            Fact(label="Made by", value=f"{assertion.made_by_name}, {instant(assertion.made_at)}")
        ]
        if assertion
        else [],
        form=form,
        submit=Action(
            text="Renew the assertion" if assertion else "Make the assertion",
            kind="primary",
            method="submit",
        ),
        cancel=Link("Cancel", back),
        note="A renewed assertion changes the seal: whoever had the sign-off open reads it again.",
    )
