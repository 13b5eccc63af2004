"""Doors of accepting: one answer from its page, or what is left of a section at once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from foundation.clock import moments
from foundation.ui.counting import counted
from participants.access.forms import form_page, taken
from reviews.forms.opinions import AcceptForm
from reviews.models import Acceptance
from reviews.pages import section as pages
from reviews.reading import Reading, part_for
from reviews.services import accepting
from reviews.views.gathering import asked_of, reading_of, standing_of


@require_POST
def one(
    request: HttpRequest, organisation: str, part: UUID, section: str, question: str
) -> HttpResponse:
    """Accept an answer for the reader's body, or take that back."""
    held, seen = part_for(request.actor, organisation, part), request.POST.get("version", "")
    by = {"part": held, "question": question, "actor": request.actor, "at": moments.now()}
    if request.POST.get("verdict") == "take_back":
        accepting.take_back(**by)
        said = f"{request.actor.body} no longer accepts {question}."
    else:
        accepting.accept(**by, seen_version=int(seen) if seen.isdecimal() else 0)
        said = f"{request.actor.body} accepts {question}. The participant sees it."
    messages.success(request, said)
    return redirect("reviews:part_question", organisation, part, section, question)


@require_http_methods(["GET", "HEAD", "POST"])
def rest(request: HttpRequest, organisation: str, part: UUID, section: str) -> HttpResponse:
    """Accept the answers of a section that are neither accepted nor asked about, once listed."""
    reading = reading_of(request, organisation, part)
    asked = asked_of(reading, section)
    standing = standing_of(request, reading)
    request.rail = pages.rail_of(standing, section, asked)
    left = standing.left(asked)
    form = AcceptForm(
        request.POST or None,
        choices=[(one.question.code, f"{one.question.code} {one.question.title}") for one in left],
        initial={"version": reading.newest.number},
    )
    if request.method == "POST" and taken(form, lambda data: _accept(request, reading, data)):
        count = len(form.result)
        said = f"{reading.actor.body} accepts {counted(count, 'answer')}. The participant sees it."
        messages.success(request, said)
        return redirect("reviews:part_section", organisation, part, section)
    return form_page(request, pages.rest_page(standing, section, left, form), form)


def _accept(request: HttpRequest, reading: Reading, data: dict) -> list[Acceptance]:
    return accepting.accept_all(
        part=reading.part,
        questions=data["questions"],
        seen_version=data["version"],
        actor=request.actor,
        at=moments.now(),
    )
