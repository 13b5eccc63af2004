"""An application on paper: where it stands, and the form of its next step (R23)."""

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day
from foundation.lifecycle import Move
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Fact
from foundation.ui.pages import FormPage, Head
from foundation.ui.parts import Link, Quiet, Status
from participants import policy
from participants.market_roles import MARKET_ROLES
from participants.models import Organisation, Qualification
from participants.pages.general import Section
from participants.pages.statuses import qualification_status
from reviews.lifecycle.on_paper import CAPABILITY, PAPER_MOVES, next_step

_MOMENTS = (
    "initial_submitted_at",
    "initial_reviewed_at",
    "final_submitted_at",
    "content_agreed_at",
    "signed_off_at",
)


def paper_section(
    organisation: Organisation, qualification: Qualification, actor: Actor
) -> Section:
    """Return the steps that were recorded, and the way to the next."""
    facts = [Fact(label="Where it stands", value=qualification_status(qualification.status))]
    for move, name in zip(PAPER_MOVES, _MOMENTS, strict=True):
        moment = getattr(qualification, name)
        value = [Status("", "done"), " ", day(moment)] if moment else Quiet("Not recorded")
        facts.append(Fact(label=move.label, value=value))
    url = reverse("reviews:on_paper", args=[organisation.slug, qualification.pk])
    may = next_step(qualification.status) and policy.may(actor, CAPABILITY, qualification)
    return Section(
        title="On paper",
        note="A new entrant for MHHS alone answers on paper. The portal keeps where it stands; its"
        " gates and decisions are recorded as for everybody (QA&P 9.1.2, 9.3.2).",
        facts=facts,
        actions=[Action(text="Record the next step", url=url)] if may else [],
    )


def step_form(
    organisation: Organisation, qualification: Qualification, move: Move, form: BaseForm
) -> FormPage:
    """Return the form of the next step."""
    back = reverse("reviews:gates", args=[organisation.slug, qualification.pk])
    role = MARKET_ROLES[qualification.role].label
    return FormPage(
        head=Head(
            title=f"{move.label}: {organisation.name}",
            lead=f"For {role}. The organisation and the other bodies are told.",
            crumbs=[Link("Gates", back), Link("On paper")],
        ),
        form=form,
        submit=Action(text="Record it", kind="primary", method="submit"),
        cancel=Link("Cancel", back),
        note="Steps are recorded one by one, and are not taken back.",
    )
