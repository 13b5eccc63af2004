"""The form that withdraws a qualification, with all that follows said before it is done."""

from collections.abc import Sequence

from django.forms import BaseForm
from django.urls import reverse

from foundation.ui.blocks import Action, Fact
from foundation.ui.pages import FormPage, Head
from foundation.ui.parts import Lines, Link
from participants.market_roles import MARKET_ROLES
from participants.models import Organisation, Qualification
from participants.pages.statuses import qualification_status

_FOLLOWS = (
    "No date runs on, and every body is told.",
    "A place in a wave is free at once.",
    "What was submitted stays as it was read; nothing can be submitted after it.",
)


def withdraw_page(
    organisation: Organisation,
    chosen: Qualification,
    going: Sequence[Qualification],
    form: BaseForm,
) -> FormPage:
    """Return the form; of a trio everything that is not decided goes together (R14)."""
    back = reverse("waves:dates", args=[organisation.slug, chosen.pk])
    called = MARKET_ROLES[chosen.role].label
    return FormPage(
        head=Head(
            title=f"Withdraw {called}",
            crumbs=[Link("Dates", back), Link("Withdraw")],
            lead=f"{organisation.name} leaves the road in this role."
            + (" LDSO, SMRA / ERDA and UMSO go together." if len(going) > 1 else ""),
        ),
        facts=[
            *(
                Fact(label=MARKET_ROLES[each.role].label, value=qualification_status(each.status))
                for each in going
            ),
            Fact(label="What follows", value=Lines(_FOLLOWS)),
        ],
        form=form,
        submit=Action(text=f"Withdraw {called}", kind="danger", method="submit"),
        cancel=Link("Cancel", back),
        note="This is no surrender of a role that is Qualified: that goes to Elexon in writing"
        " (QA&P 11.4.3).",
    )
