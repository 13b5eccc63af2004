"""The door of joining what another body asks, and of leaving it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation.clock import moments
from foundation.ui.blocks import Action
from foundation.ui.pages import FormPage, Head
from foundation.ui.parts import Link
from participants.access.forms import form_page, taken
from reviews import queries
from reviews.enums import SETTLED
from reviews.forms.threads import JoinForm
from reviews.models import Thread
from reviews.policy import require_reader
from reviews.services import joining
from submissions import bank
from submissions import queries as submitted


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, organisation: str, thread: UUID) -> HttpResponse:
    """Stand behind another body's ask, with a word of one's own or none; or leave it."""
    rows = queries.threads(request.actor).filter(organisation__slug=organisation)
    row = get_object_or_404(rows.exclude(status__in=SETTLED), pk=thread)
    readers = submitted.reviewers(row.part, row.question)
    require_reader(request.actor, "thread.raise", row.part, row.question, readers)
    stands, back = request.actor.body in row.joined, _back(row)
    by = {"thread": row, "actor": request.actor, "at": moments.now()}
    form = JoinForm(request.POST if request.method == "POST" else None, stands=stands)

    def carry(data: dict) -> object:
        return joining.leave(**by) if stands else joining.join(**by, **data)

    if request.method == "POST" and taken(form, carry):
        word = "no longer stands" if stands else "stands"
        messages.success(request, f"{request.actor.body} {word} behind {row.reference}.")
        return redirect(back)
    return form_page(request, _page(row, form, back, request.actor.body, stands=stands), form)


def _page(row: Thread, form: JoinForm, back: str, body: str, *, stands: bool) -> FormPage:
    title = f"Leave {row.body} {row.reference}" if stands else f"Join {row.body} {row.reference}"
    lead = (
        f"{body} no longer waits for it, and raises its own where something is missing."
        if stands
        else f"{row.organisation.name} answers once. {row.body} settles it; until then {body}"
        " cannot confirm that nothing is open."
    )
    return FormPage(
        head=Head(
            title=title,
            lead=f"“{row.subject}”, on {row.question}. {lead}",
            crumbs=[Link(row.question, back), Link("Leave" if stands else "Join")],
        ),
        form=form,
        submit=Action(text="Leave it" if stands else "Join it", kind="primary", method="submit"),
        cancel=Link("Cancel", back),
    )


def _back(row: Thread) -> str:
    letter = bank.of_part(row.part).question(row.question).section
    args = [row.organisation.slug, row.part_id, letter, row.question]
    return f"{reverse('reviews:part_question', args=args)}#thread-{row.pk}"
