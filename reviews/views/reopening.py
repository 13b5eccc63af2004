"""Doors of reopening: asking for it, deciding on it, and what was asked (R88, R89, D.13)."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from participants import policy
from participants import queries as people
from participants.access.forms import form_page, taken
from participants.access.paging import page_of
from participants.models import Qualification
from reviews import facts, queries
from reviews.forms.opinions import DecideForm, ReopenForm
from reviews.lifecycle import REOPEN
from reviews.models import ReopenRequest
from reviews.pages import reopening as pages
from reviews.services import reopening as services
from submissions import bank, finding
from submissions import queries as qads
from submissions.enums import SectionState
from submissions.models import Part
from submissions.presenters.versions import name_of

FORMS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def of_organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """What one organisation asked to be reopened."""
    place = finding.organisation(request.actor, organisation)
    held = people.of_organisation(request.actor, place.pk)
    may_ask = [each for each in held if _may_ask(request, each)]
    rows = list(queries.reopen_requests(request.actor, place.pk))
    page = pages.requests_page(rows, actor=request.actor, organisation=place, may_ask=may_ask)
    return render(request, "pages/list.html", {"page": page})


@require_safe
def of_all(request: HttpRequest) -> HttpResponse:
    """What was asked of the body, what waits first."""
    policy.require(request.actor, "reopen.decide")
    found, pagination = page_of(queries.reopen_requests(request.actor), request)
    page = pages.requests_page(found, actor=request.actor, pagination=pagination)
    return render(request, "pages/list.html", {"page": page})


@FORMS
def ask(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Ask for named sections to be reopened."""
    place = finding.organisation(request.actor, organisation)
    held = finding.qualification(request.actor, place, qualification)
    policy.require(request.actor, "reopen.request", held)
    locked = _locked(held)
    choices = [(f"{part.pk}:{letter}", _named(part, letter)) for part, letter in locked]
    form = ReopenForm(request.POST or None, choices=choices)
    if request.method == "POST" and taken(form, lambda data: _ask(request, held, locked, data)):
        messages.success(request, "Asked. The bodies that read these sections are told.")
        return redirect("reviews:reopening_of", place.slug)
    return form_page(request, pages.ask_page(place, held, form), form)


def _ask(request: HttpRequest, held: Qualification, locked: Sequence, data: dict) -> ReopenRequest:
    wanted = set(data["sections"])
    return services.request(
        qualification=held,
        sections=[(part, letter) for part, letter in locked if f"{part.pk}:{letter}" in wanted],
        reason=data["reason"],
        actor=request.actor,
        at=moments.now(),
    )


@FORMS
def one(request: HttpRequest, organisation: str, reopening: UUID) -> HttpResponse:
    """One request, and the decision on it."""
    place = finding.organisation(request.actor, organisation)
    row = get_object_or_404(queries.reopen_requests(request.actor, place.pk), pk=reopening)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and taken(form, lambda data: _decide(request, row, data)):
        messages.success(request, "Decided. The participant and the other bodies are told.")
        return redirect("reviews:reopening_one", place.slug, row.pk)
    sections = services.sections_of(row)
    page = pages.one_page(
        row,
        services.deciding(sections),
        _touched(row, sections),
        named=[_named(part, letter) for part, letter in sections],
        actor=request.actor,
        form=form,
        now=moments.now(),
    )
    return form_page(request, page, form)


def _decide(request: HttpRequest, row: ReopenRequest, data: dict) -> ReopenRequest:
    by = {"request": row, "reason": data["reason"], "actor": request.actor, "at": moments.now()}
    return services.grant(**by) if data["decision"] == "grant" else services.refuse(**by)


def _touched(row: ReopenRequest, sections: Sequence[tuple[Part, str]]) -> list:
    shared = any(part.is_organisation_part for part, _ in sections)
    return [
        each
        for each in facts.of_organisation(row.organisation_id)
        if (shared or each.id == row.qualification_id) and each.status in REOPEN.sources
    ]


def _may_ask(request: HttpRequest, held: Qualification) -> bool:
    return held.status in REOPEN.sources and policy.may(request.actor, "reopen.request", held)


def _locked(held: Qualification) -> list[tuple[Part, str]]:
    """Return the locked sections of a role part and the organisation part, in order."""
    if held.status not in REOPEN.sources:
        raise Http404
    parts = [
        p for p in qads.parts_of(held.organisation_id) if p.qualification_id in (None, held.pk)
    ]
    progress = qads.progress(part.pk for part in parts)
    return [
        (part, letter)
        for part in parts
        for letter, row in sorted(progress.get(part.pk, {}).items())
        if row.status == SectionState.LOCKED
    ]


def _named(part: Part, letter: str) -> str:
    return f"{letter} {bank.of_part(part).section(letter).title} ({name_of(part)})"
