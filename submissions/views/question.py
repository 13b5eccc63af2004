"""The question page: reading an answer, saving it, and bringing two saves together."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.clock import moments
from foundation.errors import Invalid, Refused
from foundation.ui.counting import joined
from foundation.ui.parts import Link
from submissions import finding
from submissions.content import Content
from submissions.forms import blank_lines, content_from, sent_content, sent_revision
from submissions.models import Part
from submissions.presence import others_here
from submissions.presenters import conflict as merging
from submissions.presenters import question as pages
from submissions.presenters.desk import Desk, Typed
from submissions.presenters.rail import rail
from submissions.presenters.words import answer_text
from submissions.template_types import Question
from submissions.views import conflicts, desks, openings


@require_http_methods(["GET", "HEAD", "POST"])
def question(
    request: HttpRequest, organisation: str, part: UUID, section: str, question: str
) -> HttpResponse:
    """One question with its answer; a POST saves the answer, by hand or by itself."""
    held = finding.own_part(request.actor, organisation, part)
    asked = desks.question_of(held, section, question)
    if request.method == "POST":
        return _save(request, held, asked, sent_content(asked, request.POST))
    if openings.opened_now(request, held):
        return redirect(request.path)
    desk = desks.desk(
        request,
        held,
        asked,
        lines=blank_lines(request.GET),
        notes=desks.notes(request, held, asked),
    )
    return shown(request, desk)


def shown(request: HttpRequest, desk: Desk, status: int = 200, **more) -> HttpResponse:
    """Return the page of a question."""
    request.rail = rail(
        desk.own.part, desk.question.section, desk.neighbours, desk.slug, desk.question.code
    )
    context = {
        "page": pages.question_page(desk),
        "answer_form": pages.answer_form(desk),
        "marks": pages.marks_of(desk),
        **more,
    }
    return render(request, "submissions/question.html", context, status=status)


def _save(request: HttpRequest, held: Part, asked: Question, sent: Content) -> HttpResponse:
    try:
        saved = desks.save(request, held, asked, sent, sent_revision(request.POST))
    except Invalid as problem:
        return _not_taken(request, held, asked, sent, problem)
    except Refused as refusal:
        return _refused(request, held, asked, sent, refusal)
    if _by_itself(request):
        told = {
            "revision": saved.revision,
            "saved_at": pages.saved_words(saved.updated_at),
            "standing": pages.standing(*desks.standing(request, held, asked), asked.code),
        }
        return JsonResponse(told)
    return redirect(desks.address_after(held, asked, request.POST.get("then", "")))


def _by_itself(request: HttpRequest) -> bool:
    return request.headers.get("X-Autosave") == "1"


def _not_taken(
    request: HttpRequest, held: Part, asked: Question, sent: Content, problem: Invalid
) -> HttpResponse:
    if _by_itself(request):
        told = {field: " ".join(said) for field, said in problem.problems.items()}
        return JsonResponse({"errors": told}, status=422)
    error = " ".join(sentence for said in problem.problems.values() for sentence in said)
    typed = Typed(content=sent, revision=sent_revision(request.POST), error=error)
    desk = desks.desk(request, held, asked, typed=typed)
    return shown(request, desk, status=422, kept=_kept(error, asked, sent) if desk.why_not else {})


def _kept(why: str, asked: Question, sent: Content) -> dict[str, Any]:
    """Return what was typed, for where the page has no field to show it in."""
    return {
        "note": pages.plain_note("Not saved.", why, "refused"),
        "text": answer_text(asked, sent),
    }


def _refused(
    request: HttpRequest, held: Part, asked: Question, sent: Content, refusal: Refused
) -> HttpResponse:
    if refusal.detail:
        found = conflicts.conflict(held, asked, sent, sent_revision(request.POST))
        return conflict_page(request, found)
    if _by_itself(request):
        context = {"reasons": refusal.reasons, "status": 409}
        return render(request, "errors/fragment.html", context, status=409)
    kept = _kept(" ".join(refusal.reasons), asked, sent)
    return shown(request, desks.desk(request, held, asked), status=409, kept=kept)


def conflict_page(request: HttpRequest, found: merging.Conflict) -> HttpResponse:
    """Return base, theirs and yours: a page, or the part of one for the editor."""
    crumbs = [Link(f"{found.question.code} {found.question.title}", found.url), Link("Two texts")]
    context = {"merge": merging.merge_of(found, request.actor.person_id), "crumbs": crumbs}
    template = "submissions/merge_part.html" if _by_itself(request) else "submissions/merge.html"
    return render(request, template, context, status=409)


@require_POST
def merge(
    request: HttpRequest, organisation: str, part: UUID, section: str, question: str
) -> HttpResponse:
    """Bring two saves together: show the result of the choices, then save it."""
    held = finding.own_part(request.actor, organisation, part)
    asked = desks.question_of(held, section, question)
    mine = _mine(request)
    base = sent_revision({"revision": request.POST.get("base", "")})
    found = conflicts.conflict(held, asked, mine, base, request.POST)
    revision, text = sent_revision(request.POST), request.POST.get("text")
    if found.revision != revision and text is not None:
        # A third save came in between: what was written here meets it, from where both began.
        mine = conflicts.with_text(mine, text)
        return conflict_page(request, conflicts.conflict(held, asked, mine, revision))
    seen = merging.is_shown(found.choices, request.POST.get("shown", ""))
    if request.POST.get("then") != "save" or not (seen and found.merged):
        return conflict_page(request, found)
    return _save_merged(request, held, asked, found)


def _mine(request: HttpRequest) -> Content:
    try:
        data = json.loads(request.POST.get("mine", ""))
    except json.JSONDecodeError:
        raise Invalid("The words that you were saving did not come along. Go back.") from None
    return content_from(data if isinstance(data, dict) else {})


def _save_merged(
    request: HttpRequest, held: Part, asked: Question, found: merging.Conflict
) -> HttpResponse:
    merged = conflicts.with_text(found.merged, request.POST.get("text"))
    try:
        desks.save(request, held, asked, merged, found.revision)
    except Refused as refusal:
        return _refused(request, held, asked, merged, refusal)
    return redirect(desks.url_of(held, asked))


@require_POST
def preview(
    request: HttpRequest, organisation: str, part: UUID, section: str, question: str
) -> HttpResponse:
    """Return an answer as it would be read, without saving it."""
    held = finding.own_part(request.actor, organisation, part)
    asked = desks.question_of(held, section, question)
    text = answer_text(asked, sent_content(asked, request.POST))
    return render(request, "submissions/preview.html", {"text": text})


@require_safe
def here(
    request: HttpRequest, organisation: str, part: UUID, section: str, question: str
) -> HttpResponse:
    """Say who else of the organisation has this question open; asking is the sign of life."""
    held = finding.own_part(request.actor, organisation, part)
    asked = desks.question_of(held, section, question)
    names = others_here(part_id=held.pk, question=asked.code, actor=request.actor, at=moments.now())
    return render(request, "submissions/here.html", {"names": joined(names), "many": names[1:]})
