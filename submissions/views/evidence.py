"""Evidence of an answer: adding, pointing, citing, replacing, taking away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from foundation.clock import moments
from participants import policy
from participants.access.forms import form_page, taken
from participants.access.paging import page_of
from submissions import finding, queries
from submissions.forms import FileForm, ReferenceForm, ReplacementForm
from submissions.models import Evidence, EvidenceUse, Part
from submissions.presenters import evidence_forms as pages
from submissions.services import evidence as services
from submissions.template_types import Question
from submissions.views import desks

FORMS = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Spot:
    """The answer that evidence is for."""

    part: Part
    asked: Question

    @property
    def url(self) -> str:
        """The address of the question."""
        return desks.url_of(self.part, self.asked)


def _spot(request: HttpRequest, organisation: str, part: UUID, section: str, code: str) -> Spot:
    held = finding.own_part(request.actor, organisation, part)
    policy.require(request.actor, "answer.write", held)
    finding.require_writing(request.actor, held, section)
    return Spot(held, desks.question_of(held, section, code))


def _act(request: HttpRequest, spot: Spot, service: Callable, **data: Any) -> Any:
    return service(
        part=spot.part,
        question_code=spot.asked.code,
        actor=request.actor,
        at=moments.now(),
        **data,
    )


def _form(
    request: HttpRequest, spot: Spot, form: BaseForm, act: Callable[[dict], Any], page: Callable
) -> HttpResponse:
    if request.method == "POST" and taken(form, act):
        messages.success(request, f"{form.result.title} is now evidence for {spot.asked.code}.")
        return redirect(f"{spot.url}#evidence")
    return form_page(request, page(spot.asked, spot.url, form), form)


@FORMS
def add_file(
    request: HttpRequest, organisation: str, part: UUID, section: str, question: str
) -> HttpResponse:
    """Attach a file to an answer."""
    spot = _spot(request, organisation, part, section, question)
    form = FileForm(request.POST or None, request.FILES or None)

    def act(data: dict) -> Any:
        given = data["file"]
        return _act(
            request,
            spot,
            services.add_file,
            name=given.name,
            content=given.read(),
            title=data["title"],
        )

    return _form(request, spot, form, act, pages.file_form)


@FORMS
def add_reference(
    request: HttpRequest, organisation: str, part: UUID, section: str, question: str
) -> HttpResponse:
    """Point to evidence that stays where it is (R74)."""
    spot = _spot(request, organisation, part, section, question)
    form = ReferenceForm(request.POST or None)

    def act(data: dict) -> Any:
        return _act(request, spot, services.add_reference, **data)

    return _form(request, spot, form, act, pages.reference_form)


@FORMS
def replace(
    request: HttpRequest,
    organisation: str,
    part: UUID,
    section: str,
    question: str,
    evidence: UUID,
) -> HttpResponse:
    """Put a new version in place of a file."""
    spot = _spot(request, organisation, part, section, question)
    piece = finding.evidence(request.actor, organisation, evidence)
    form = ReplacementForm(request.POST or None, request.FILES or None)

    def act(data: dict) -> Any:
        given = data["file"]
        sent = {"evidence": piece, "name": given.name, "content": given.read()}
        return _act(request, spot, services.replace_file, **sent)

    return _form(request, spot, form, act, lambda *rest: pages.replacement_form(*rest, piece=piece))


@FORMS
def from_library(
    request: HttpRequest, organisation: str, part: UUID, section: str, question: str
) -> HttpResponse:
    """Cite a piece that the organisation has added before."""
    spot = _spot(request, organisation, part, section, question)
    chosen = pages.sent_ids(request.POST.getlist("evidence"))
    if chosen:
        titles = [_cite(request, spot, key) for key in chosen]
        messages.success(request, f"Now evidence for {spot.asked.code}: {', '.join(titles)}.")
        return redirect(f"{spot.url}#evidence")
    text = request.GET.get("q", "").strip()
    rows, pagination = page_of(_citable(spot, text), request)
    nothing = "Choose at least one piece of evidence." if request.method == "POST" else ""
    choice = pages.library_choice(spot.asked, spot.url, rows, pagination, text=text, error=nothing)
    context = {"page": choice.page, "choice": choice}
    status = 422 if nothing else 200
    return render(request, "submissions/library_choice.html", context, status=status)


def _cite(request: HttpRequest, spot: Spot, key: UUID) -> str:
    piece = finding.evidence(request.actor, spot.part.organisation.slug, key)
    _act(request, spot, services.cite, evidence=piece)
    return piece.title


def _citable(spot: Spot, text: str) -> QuerySet[Evidence]:
    here = EvidenceUse.objects.filter(part=spot.part, question=spot.asked.code)
    rows = queries.library(spot.part.organisation_id)
    return pages.narrowed(rows, text).exclude(pk__in=here.values("evidence_id"))


@require_POST
def remove(
    request: HttpRequest,
    organisation: str,
    part: UUID,
    section: str,
    question: str,
    evidence: UUID,
) -> HttpResponse:
    """Take a piece away from an answer; it stays in the library."""
    spot = _spot(request, organisation, part, section, question)
    piece = finding.evidence(request.actor, organisation, evidence)
    _act(request, spot, services.uncite, evidence=piece)
    return redirect(f"{spot.url}?removed={piece.pk}#evidence")
