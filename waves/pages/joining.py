"""Coming into the portal: the Pre-Qualification Submission, the first admin, the qualifications."""

from datetime import datetime

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact, Note
from foundation.ui.pages import FormPage, Head
from foundation.ui.parts import Link, Quiet, Status, Words
from participants import policy
from participants.enums import Route
from participants.market_roles import CODE_BODIES
from participants.models import Organisation, Qualification
from participants.pages.general import Section, SectionsPage
from waves.enums import PreQualificationState
from waves.models import PreQualification
from waves.services.pre_qualification import Proposal

_STATES = {
    PreQualificationState.DRAFT: Status("", "draft"),
    PreQualificationState.RECEIVED: Status("Received", "submitted"),
    PreQualificationState.ACCEPTED: Status("", "accepted"),
}


def submission_page(
    organisation: Organisation,
    submission: PreQualification | None,
    *,
    is_late: bool,
    actor: Actor,
) -> SectionsPage:
    """Return what the Pre-Qualification Submission said, and what can be done with it."""
    may = policy.may(actor, "pre_qualification.accept", organisation)
    enter = Action(
        text="Change it" if submission else "Enter the submission",
        url=reverse("waves:change_pre_qualification", args=[organisation.slug]),
    )
    section = Section(
        title="What it said",
        facts=_facts(submission) if submission else (),
        empty=None
        if submission
        else Empty(
            title="No submission",
            text="Only organisations of the waves make one. The others are set up by hand"
            " (QA&P 10.3).",
        ),
        actions=[enter] if may else [],
    )
    return SectionsPage(
        head=Head(
            title="Pre-Qualification Submission",
            kicker=_STATES[submission.state] if submission else None,
            lead="What the organisation said before it had a login (QA&P 9.3).",
            actions=_next(organisation, submission) if may and submission else (),
        ),
        sections=[section, *_legacy(submission, actor), *_earlier(submission)],
        notes=_notes(submission, is_late),
    )


def change_page(organisation: Organisation, form: BaseForm) -> FormPage:
    """Return the form that enters or changes a submission."""
    back = reverse("waves:pre_qualification", args=[organisation.slug])
    return FormPage(
        head=Head(
            title="Enter the submission",
            crumbs=[Link("Pre-Qualification Submission", back), Link("Enter")],
        ),
        form=form,
        submit=Action(text="Save", kind="primary", method="submit"),
        cancel=Link("Cancel", back),
        note="With a date of receipt it counts as received. A plan that changes after acceptance"
        " keeps what it said before.",
    )


def first_admin_page(organisation: Organisation, form: BaseForm, proposed: Proposal) -> FormPage:
    """Return the form that invites the first master admin."""
    lead = (
        f"Proposed: {proposed.source}. You can invite somebody else with a reason."
        if proposed.email
        else "There is no accepted Pre-Qualification Submission, so nobody is proposed."
    )
    return _of_organisation(
        organisation, form, title="Invite the first master admin", lead=lead, button="Invite"
    )


def new_qualification_page(organisation: Organisation, form: BaseForm) -> FormPage:
    """Return the form that opens a qualification."""
    return _of_organisation(
        organisation,
        form,
        title="Add a qualification",
        lead="One market role, for some MPIDs, along one route; its dates start at once.",
        button="Add it",
    )


def route_page(
    organisation: Organisation, qualification: Qualification, form: BaseForm
) -> FormPage:
    """Return the form that moves a qualification to another route."""
    back = reverse("waves:dates", args=[organisation.slug, qualification.pk])
    called = f"{qualification.get_role_display()}, {qualification.get_route_display()}"
    trio = " LDSO, SMRA / ERDA and UMSO move together." if qualification.trio else ""
    return FormPage(
        head=Head(
            title=f"Change the route of {called}",
            crumbs=[Link("The road", back), Link("Change the route")],
            lead=f"What is done stays done; every date ahead follows the new route.{trio}",
        ),
        form=form,
        submit=Action(text="Change the route", kind="primary", method="submit"),
        cancel=Link("Cancel", back),
    )


def _of_organisation(
    organisation: Organisation, form: BaseForm, *, title: str, lead: Words, button: str
) -> FormPage:
    back = reverse("participants:organisation", args=[organisation.slug])
    return FormPage(
        head=Head(title=title, lead=lead, crumbs=[Link(organisation.name, back), Link(title)]),
        form=form,
        submit=Action(text=button, kind="primary", method="submit"),
        cancel=Link("Cancel", back),
    )


def _facts(submission: PreQualification) -> list[Fact]:
    contact = f"{submission.key_contact_name}, {submission.key_contact_email}"
    received = day(submission.received_on) if submission.received_on else Quiet("Not received yet")
    target = submission.target_migration_on
    return [
        Fact(label="Key contact", value=contact),
        Fact(label="Received", value=received),
        Fact(
            label="Preferred wave",
            value=submission.get_preferred_route_display() or Status("Missing", "your_move"),
        ),
        Fact(label="PIT approach", value=submission.pit_approach or Quiet("Not given")),
        Fact(label="Target of migration", value=day(target) if target else Quiet("Not given")),
    ]


def _legacy(submission: PreQualification | None, actor: Actor) -> list[Section]:
    """What was said for the assurance of the legacy arrangements: the code bodies' own (R30)."""
    reads = actor.is_participant or actor.body in CODE_BODIES
    if submission is None or not submission.legacy_readiness or not reads:
        return []
    return [
        Section(
            title="Legacy readiness",
            meta="No part of the MHHS assessment (QA&P 7.3.2)",
            note=submission.legacy_readiness,
            facts=(Fact(label="Used for", value="Assurance of the legacy arrangements only"),),
        )
    ]


def _earlier(submission: PreQualification | None) -> list[Section]:
    kept = submission.earlier if submission else []
    return [
        Section(
            title=f"Plan until {_day(entry['until'])}",
            meta=f"Changed by {entry['by']}",
            facts=[
                Fact(label="Preferred wave", value=_route(entry["preferred_route"])),
                Fact(label="PIT approach", value=entry["pit_approach"] or Quiet("Not given")),
                Fact(
                    label="Target of migration",
                    value=_day(entry["target_migration_on"]) or Quiet("Not given"),
                ),
            ],
        )
        for entry in reversed(kept)
    ]


def _day(text: str) -> str:
    return day(datetime.fromisoformat(text)) if text else ""


def _route(code: str) -> Words:
    return Route(code).label if code else Quiet("Not said")


def _next(organisation: Organisation, submission: PreQualification) -> list[Action]:
    if submission.state == PreQualificationState.RECEIVED:
        url = reverse("waves:accept_pre_qualification", args=[organisation.slug])
        return [Action(text="Accept it", url=url, method="post", kind="primary")]
    if submission.state == PreQualificationState.ACCEPTED:
        url = reverse("waves:first_admin", args=[organisation.slug])
        return [Action(text="Invite the first master admin", url=url)]
    return []


def _notes(submission: PreQualification | None, is_late: bool) -> list[Note]:
    found = []
    if submission and submission.received_on and not submission.preferred_route:
        found.append(Note(lead="The preferred wave is missing.", kind="at_risk"))
    if is_late:
        text = "It came after the deadline of Appendix C. That is recorded and stops nothing."
        found.append(Note(lead="Late.", text=text, kind="late"))
    return found
