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
from reviews.forms_threads import RaiseForm
from reviews.models import Thread
from reviews.pages import part as pages
from reviews.pages import question as question_pages
from reviews.pages.criterion import criterion_page
from reviews.pages.question import Desk
from reviews.pages.threads import Setting
from reviews.policy import touched_by
from reviews.reading import Asked, Content, Reading, contents, part_for, read, readings_of
from reviews.services import reviewing
from reviews.services.threads import raise_thread, read_only_because
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
    """One part by section; the first look begins the body's review (D.1)."""
    reading = _reading(request, organisation, part)
    now, before = contents(reading)
    sections = {letter: reading.asked(letter, now, before) for letter in reading.letters}
    page = pages.part_page(reading, sections, _threads(request, reading))
    return render(request, "pages/qad_task_list.html", {"page": page})


@require_safe
def section(request: HttpRequest, organisation: str, part: UUID, section: str) -> HttpResponse:
    """The questions of one section."""
    reading = _reading(request, organisation, part)
    asked = _asked(reading, section)
    threads = _threads(request, reading)
    request.rail = pages.rail_of(reading, section, asked, threads)
    page = pages.section_page(reading, section, asked, threads)
    return render(request, "pages/list.html", {"page": page})


@require_safe
def question(
    request: HttpRequest, organisation: str, part: UUID, section: str, question: str
) -> HttpResponse:
    """One answer: what changed, the evidence, every body's threads, the verdict."""
    desk, rail = _desk(request, organisation, part, section, question)
    request.rail = rail
    page = question_pages.question_page(desk)
    return render(request, "pages/review_section.html", {"page": page})


@require_safe
def criterion(
    request: HttpRequest, organisation: str, part: UUID, section: str, question: str
) -> HttpResponse:
    """What the participant was told, and what reviewers look for."""
    desk, rail = _desk(request, organisation, part, section, question)
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
    desk, request.rail = _desk(request, organisation, part, section, question)
    form = RaiseForm(request.POST or None, kind=kind)
    if request.method == "POST" and taken(form, lambda data: _raise(request, desk, kind, data)):
        messages.success(request, f"{form.result.reference} is sent. The participant is told.")
        return redirect(f"{desk.url}#thread-{form.result.pk}")
    return form_page(request, question_pages.raise_page(desk, kind, form), form)


def _raise(request: HttpRequest, desk: Desk, kind: str, data: dict) -> Thread:
    return raise_thread(
        part=desk.reading.part,
        question=desk.one.question.code,
        kind=kind,
        subject=data["subject"],
        text=data["text"],
        severity=data.get("severity", ""),
        actor=request.actor,
        at=moments.now(),
    )


def _reading(request: HttpRequest, slug: str, key: UUID) -> Reading:
    reading = read(part_for(request.actor, slug, key), request.actor)
    if reading.newest is None:
        raise Http404
    reviewing.opened(
        part=reading.part, qualifications=reading.held, actor=request.actor, at=moments.now()
    )
    return reading


def _asked(reading: Reading, letter: str) -> list[Asked]:
    if letter not in reading.letters:
        raise Http404
    now: Content
    now, before = contents(reading, letter)
    return reading.asked(letter, now, before)


def _threads(request: HttpRequest, reading: Reading) -> dict[str, list[Thread]]:
    found: dict[str, list[Thread]] = {}
    for row in queries.threads(request.actor).filter(part=reading.part):
        found.setdefault(row.question, []).append(row)
    return found


def _desk(
    request: HttpRequest, slug: str, key: UUID, letter: str, code: str
) -> tuple[Desk, object]:
    """Gather the page of one question, with the rail of its section."""
    reading = _reading(request, slug, key)
    asked = _asked(reading, letter)
    one = next((each for each in asked if each.question.code == code), None)
    if one is None:
        raise Http404
    threads = _threads(request, reading)
    desk = Desk(
        reading=reading,
        one=one,
        asked=asked,
        letter=letter,
        rows=queries.with_talk_of(threads.get(code, [])),
        reviews=queries.body_reviews(touched_by(reading.part, reading.held)),
        setting=Setting(
            slug=slug,
            participant=reading.part.organisation.name,
            actor=request.actor,
            now=moments.now(),
            read_only=bool(read_only_because(reading.part, list(reading.held))),
        ),
        now=moments.now(),
        view=request.GET.get("view", ""),
    )
    return desk, pages.rail_of(reading, letter, asked, threads, code)
