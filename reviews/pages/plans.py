"""Forms of action plans: proposing one, what it still needs, what was done."""

from django.forms import BaseForm

from foundation.ui.blocks import Action
from foundation.ui.pages import FormPage, Head
from foundation.ui.parts import Link
from reviews.models import Thread

_TITLES = {
    "propose_plan": "Propose an action plan",
    "return_plan": "The plan needs more",
    "mark_done": "The action is done",
    "return_action": "The action needs more",
}
_NOTES = {
    "propose_plan": "{body} agrees the plan or says what it still needs. An agreed plan is enough"
    " for sign-off and for the decision (QA&P 11.3).",
    "return_plan": "The participant is told, and proposes another plan.",
    "mark_done": "{body} is told, and clears it or says what is still missing.",
    "return_action": "The participant is told. The agreed plan stands.",
}


def act_page(row: Thread, act: str, form: BaseForm, back: str) -> FormPage:
    """Return the form of an act on a finding or observation."""
    return FormPage(
        head=Head(
            title=f"{_TITLES[act]}: {row.reference}",
            lead=row.subject,
            crumbs=[Link(f"{row.reference} on {row.question}", back), Link(_TITLES[act])],
        ),
        form=form,
        submit=Action(text="Send", kind="primary", method="submit"),
        cancel=Link("Back", back),
        note=_NOTES[act].format(body=row.body),
    )
