"""The form at which something is raised on an answer: sent at once, or kept as a draft."""

from collections.abc import Sequence

from django.forms import BaseForm

from foundation.ui.blocks import Action
from foundation.ui.pages import FormPage, Head
from foundation.ui.parts import Lines, Link, Words
from participants import policy
from reviews.enums import ThreadKind
from reviews.models import Wording
from reviews.pages import same_ask
from reviews.pages.question import Desk

KEEP = "keep"

_TITLES = {
    ThreadKind.COMMENT: "Ask for more",
    ThreadKind.OBSERVATION: "Raise an observation",
    ThreadKind.FINDING: "Raise a finding",
}
_AFTERWARDS = {
    ThreadKind.COMMENT: "Open comments have to be addressed before the QAD can be signed.",
    ThreadKind.OBSERVATION: "It has to be cleared, or planned with you, before a decision.",
    ThreadKind.FINDING: "It has to be cleared, or planned with you, before a decision.",
}


def raise_page(desk: Desk, kind: str, form: BaseForm, offered: Sequence[Wording] = ()) -> FormPage:
    """Return the form of a new thread, with what it is about and who will read it."""
    question, organisation = desk.one.question, desk.reading.part.organisation
    ways = _ways(is_lead=policy.may(desk.reading.actor, "draft.release"))
    return FormPage(
        head=Head(
            title=f"{_TITLES[ThreadKind(kind)]} on {question.code}",
            lead=f"{question.title}. {organisation.name}, version {desk.reading.newest.number}.",
            crumbs=[Link(f"{question.code} {question.title}", desk.url), Link("New")],
        ),
        form=form,
        before=[*same_ask.while_drafting(desk.setting, desk.rows, desk.url), *_standard(offered)],
        submit=ways[0],
        also=ways[1],
        cancel=Link("Back to the answer", desk.url),
        note=f"Sent, {organisation.name} is told at once. A draft stays within"
        f" {desk.reading.actor.body} until a lead sends it. {_AFTERWARDS[ThreadKind(kind)]}",
    )


def begun(offered: Sequence[Wording], chosen: str) -> dict[str, str]:
    """Return what a form begins with where a standard wording was chosen."""
    found = next((each for each in offered if str(each.pk) == chosen), None)
    return {"subject": found.title, "text": found.text} if found else {}


def _standard(offered: Sequence[Wording]) -> list[Words]:
    """The body's standard wordings, each as the way to begin with it."""
    if not offered:
        return []
    links = [Link(each.title, f"?wording={each.pk}") for each in offered]
    return [Lines(["Begin with a standard wording:", *links])]


def _ways(*, is_lead: bool) -> list[Action]:
    """The two buttons; what the Enter key does is the weightier for leads only."""
    send = Action(text="Send", method="submit", kind="primary" if is_lead else "secondary")
    keep = Action(
        text="Keep as draft", method="submit", name=KEEP, value="draft",
        kind="secondary" if is_lead else "primary",
    )  # fmt: skip
    return [send, keep] if is_lead else [keep, send]
