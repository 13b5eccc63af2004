"""Coming into the portal: the Pre-Qualification Submission, the first admin, the qualifications."""

from django.forms import BaseForm
from django.urls import reverse

from foundation.ui.blocks import Action
from foundation.ui.pages import FormPage, Head
from foundation.ui.parts import Link, Words
from participants.models import Organisation
from waves.services.pre_qualification import Proposal


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
