"""The revisions of an answer, and bringing an earlier one back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from foundation.clock import moments
from foundation.errors import Refused
from participants.access.paging import page_of
from submissions import finding, queries
from submissions.forms import content_from, sent_revision
from submissions.models import Answer, Part
from submissions.presenters import history as pages
from submissions.views import conflicts, desks
from submissions.views.question import conflict_page


@require_safe
def index(
    request: HttpRequest, organisation: str, part: UUID, section: str, question: str
) -> HttpResponse:
    """Every kept revision of an answer."""
    held = finding.own_part(request.actor, organisation, part)
    asked = desks.question_of(held, section, question)
    answer = _answer(held, asked.code)
    rows, pagination = page_of(queries.revisions(answer), request)
    page = pages.history_page(held, asked, rows, pagination, moments.now())
    return render(request, "pages/list.html", {"page": page})


def _answer(part: Part, code: str) -> Answer:
    return get_object_or_404(Answer, part=part, question=code)


@require_safe
def one(
    request: HttpRequest, organisation: str, part: UUID, section: str, question: str, number: int
) -> HttpResponse:
    """One revision, beside the answer as it stands."""
    held = finding.own_part(request.actor, organisation, part)
    asked = desks.question_of(held, section, question)
    answer = _answer(held, asked.code)
    revision = queries.revisions(answer).filter(revision=number).first()
    if revision is None:
        raise Http404
    reason = desks.why_not_now(request, held, asked)
    page = pages.revision_page(held, asked, answer, revision, may_restore=not reason)
    return render(request, "submissions/revision.html", {"page": page})


@require_POST
def restore(
    request: HttpRequest, organisation: str, part: UUID, section: str, question: str, number: int
) -> HttpResponse:
    """Save an earlier revision anew; what stands now stays in the history."""
    held = finding.own_part(request.actor, organisation, part)
    asked = desks.question_of(held, section, question)
    revision = get_object_or_404(queries.revisions(_answer(held, asked.code)), revision=number)
    old, seen = content_from(revision.content), sent_revision(request.POST)
    try:
        desks.save(request, held, asked, old, seen)
    except Refused as refusal:
        if not refusal.detail:
            raise
        return conflict_page(request, conflicts.conflict(held, asked, old, seen))
    messages.success(request, f"Revision {number} was brought back as a new revision.")
    return redirect(desks.url_of(held, asked))
