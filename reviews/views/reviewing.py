"""Doors of reading: the QAD of an organisation part by part, section by section, one answer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from participants.access.forms import form_page, taken
from reviews import queries
from reviews.enums import ThreadKind
from reviews.forms.threads import RaiseForm
from reviews.models import Draft, Thread
from reviews.pages import eyes
from reviews.pages import part as pages
from reviews.pages import question as question_pages
from reviews.pages import section as section_pages
from reviews.pages.criterion import criterion_page
from reviews.pages.drafts import anchor
from reviews.pages.question import Desk
from reviews.pages.raising import KEEP, begun, raise_page
from reviews.pages.sight import came_unchanged
from reviews.queries.wordings import wordings
from reviews.reading import readings_of
from reviews.services.drafts import keep
from reviews.services.once_said import raise_thread
from reviews.views.gathering import desk_of, reading_of, sight_of
from submissions import finding

FORMS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def qad(request: HttpRequest, organisation: str) -> HttpResponse:
    """The parts of an organisation's QAD with what was submitted."""
    place = finding.organisation(request.actor, organisation)
    readings = readings_of(request.actor, place)
    open_ = queries.open_by_part(request.actor, place.pk)
    rows = [(reading, open_.get(reading.part.pk, 0)) for reading in readings]
    return render(request, "pages/list.html", {"page": pages.parts_page(place, rows)})


@require_safe
def part(request: HttpRequest, organisation: str, part: UUID) -> HttpResponse:
    """One part: what needs the body's eyes, or all by section; a first look begins its review."""
    seen, _ = sight_of(request, reading_of(request, organisation, part))
    sections = {letter: asked for letter, asked in seen.sections.items() if asked}
    notes = came_unchanged(seen.standing.reading.told)
    if eyes.is_list(seen, request.GET.get("show", "")):
        every = [one for asked in sections.values() for one in asked]
        facts = pages.part_facts(seen.standing, every)
        page = eyes.eyes_page(seen, request.GET.get("section", ""), facts, notes)
        return render(request, "pages/list.html", {"page": page})
    page = pages.part_page(seen.standing, sections, eyes.tabs(seen, is_all=True), notes)
    return render(request, "pages/qad_task_list.html", {"page": page})


@require_safe
def section(request: HttpRequest, organisation: str, part: UUID, section: str) -> HttpResponse:
    """The questions of one section: those that need the reader's eyes, or all."""
    seen, _ = sight_of(request, reading_of(request, organisation, part), section)
    request.rail = section_pages.rail_of(seen.standing, section, seen.sections[section])
    notes = came_unchanged(seen.standing.reading.told, section)
    page = section_pages.section_page(seen, section, request.GET.get("show", ""), notes)
    return render(request, "pages/list.html", {"page": page})


@require_safe
def step(request: HttpRequest, organisation: str, part: UUID, way: str) -> HttpResponse:
    """Go to the next or previous answer that needs eyes, over all sections, from ``?from=``."""
    seen, _ = sight_of(request, reading_of(request, organisation, part))
    found = eyes.beside(seen, request.GET.get("from", ""), way)
    if found is None:
        messages.info(request, f"Nothing {way} this needs your eyes.")
    return redirect(eyes.place_of(seen, found))


@require_safe
def question(
    request: HttpRequest, organisation: str, part: UUID, section: str, question: str
) -> HttpResponse:
    """One answer: what changed, the evidence, every body's threads, the verdict."""
    desk, rail = desk_of(request, organisation, part, section, question)
    request.rail = rail
    page = question_pages.question_page(desk)
    return render(request, "pages/review_section.html", {"page": page})


@require_safe
def criterion(
    request: HttpRequest, organisation: str, part: UUID, section: str, question: str
) -> HttpResponse:
    """What the participant was told, and what reviewers look for."""
    desk, rail = desk_of(request, organisation, part, section, question)
    request.rail = rail
    return render(request, "participants/sections.html", {"page": criterion_page(desk)})


@FORMS
def raise_(
    request: HttpRequest, organisation: str, part: UUID, section: str, question: str, kind: str
) -> HttpResponse:
    """Raise a comment, an observation or a finding on an answer (R98)."""
    kind = kind.upper()
    if kind not in ThreadKind.values:
        raise Http404
    desk, request.rail = desk_of(request, organisation, part, section, question)
    offered = list(wordings(request.actor))
    form = RaiseForm(
        request.POST or None, kind=kind, initial=begun(offered, request.GET.get("wording", ""))
    )
    if request.method == "POST" and taken(form, lambda data: _write(request, desk, kind, data)):
        messages.success(request, _said(form.result))
        return redirect(f"{desk.url}#{anchor(form.result)}")
    return form_page(request, raise_page(desk, kind, form, offered), form)


def _write(request: HttpRequest, desk: Desk, kind: str, data: dict) -> Thread | Draft:
    write = keep if KEEP in request.POST else raise_thread
    return write(
        part=desk.reading.part,
        question=desk.one.question.code,
        kind=kind,
        **data,
        actor=request.actor,
        at=moments.now(),
    )


def _said(written: Thread | Draft) -> str:
    if isinstance(written, Draft):
        return f"Kept as a draft. A lead of {written.body} sends it with the others."
    return f"{written.reference} is sent. The participant is told."
