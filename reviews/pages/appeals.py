"""One appeal: where it is made, what was recorded of it, and the form of the next step (R122)."""

from django.forms import BaseForm

from foundation.clock.words import day
from foundation.ui.blocks import Action, Fact
from foundation.ui.pages import FormPage, Head
from foundation.ui.parts import Link
from participants.access.addresses import address
from participants.market_roles import GOVERNING_BODIES, MARKET_ROLES
from reviews.models import Appeal, Decision


def appeal_page(decision: Decision, appeal: Appeal | None, form: BaseForm | None) -> FormPage:
    """Return what is known of an appeal, with the form of whoever has the next step."""
    body, slug = GOVERNING_BODIES[decision.body], decision.organisation.slug
    role = MARKET_ROLES[decision.qualification.role].label
    back = address("reviews:decisions_of", slug)
    submit = Action(text="Back to the decisions", url=back)
    if form is not None:
        text = "Record the outcome" if appeal else "Record your appeal"
        submit = Action(text=text, kind="primary", method="submit")
    return FormPage(
        head=Head(
            title=f"Appeal to {body.appeal_to}",
            lead=f"{role}: not approved by the {body.decided_by} on {day(decision.decided_on)}. The"
            f" appeal is made to {body.appeal_to} under {body.appeal_under}, not in this portal;"
            " what is recorded here tells everybody concerned.",
            crumbs=[Link("Decisions", back), Link("Appeal")],
        ),
        facts=_facts(appeal),
        form=form,
        submit=submit,
        cancel=Link("Cancel", back) if form else None,
        note=_note(appeal, form),
    )


def _facts(appeal: Appeal | None) -> list[Fact]:
    if appeal is None:
        return []
    facts = [
        Fact(label="State", value=appeal.get_status_display()),
        Fact(label="Appealed", value=day(appeal.lodged_on), note=f"by {appeal.lodged_by_name}"),
        Fact(label="Grounds", value=appeal.grounds),
    ]
    if appeal.ended_on:
        reference = appeal.reference or "No reference"
        facts.append(Fact(label="Ended", value=day(appeal.ended_on), note=reference))
        facts.append(Fact(label="What was decided", value=appeal.because))
    return facts


def _note(appeal: Appeal | None, form: BaseForm | None) -> str:
    if form is None:
        return ""
    if appeal is None:
        return "Recording it changes no date and no decision."
    return "If the decision is overturned the application is yours to decide anew, as it is signed."
