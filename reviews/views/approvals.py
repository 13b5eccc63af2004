"""Doors of opinions: approving, asking for more, completing and confirming a review."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.clock import moments
from participants import policy
from participants.access.forms import form_page, taken
from participants.enums import REVIEWING_BODIES
from participants.models import Organisation, Qualification
from reviews import facts
from reviews.forms.opinions import AskForm
from reviews.pages import approvals as pages
from reviews.reading import part_for
from reviews.services import approvals, reviewing
from submissions import finding, queries
from submissions.presenters.versions import name_of

FORMS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def index(request: HttpRequest, organisation: str) -> HttpResponse:
    """Every body's opinion on every part."""
    place = _place(request, organisation)
    known = [each for each in facts.of_organisation(place.pk) if _sees(request, each.bodies)]
    page = pages.approvals_page(pages.Setting(place, request.actor), known)
    return render(request, "participants/sections.html", {"page": page})


@require_POST
def approve(request: HttpRequest, organisation: str, part: UUID) -> HttpResponse:
    """Approve a part at the version that was shown."""
    held = part_for(request.actor, organisation, part)
    given = approvals.approve(
        part=held,
        seen_sha256=request.POST.get("seen", ""),
        actor=request.actor,
        at=moments.now(),
    )
    messages.success(request, f"{given.body} approved version {given.version.number}.")
    return redirect("reviews:approvals", organisation)


@FORMS
def ask_for_more(request: HttpRequest, organisation: str, part: UUID) -> HttpResponse:
    """Ask for a further submission of a part."""
    held = part_for(request.actor, organisation, part)
    policy.require(request.actor, "part.approve", held)
    newest = queries.latest_versions([held.pk]).get(held.pk)
    if newest is None:
        raise Http404
    form = AskForm(request.POST or None, initial={"seen": newest.sha256})
    if request.method == "POST" and taken(form, lambda data: _ask(request, held, data)):
        messages.success(request, "Sent. The participant is told what is needed.")
        return redirect("reviews:approvals", organisation)
    where = name_of(held) if held.qualification else "the organisation part"
    page = pages.ask_page(held.organisation, where, newest.number, form, moments.now())
    return form_page(request, page, form)


def _ask(request: HttpRequest, part, data: dict):
    return approvals.ask_for_more(
        part=part,
        seen_sha256=data["seen"],
        reason=data["reason"],
        actor=request.actor,
        at=moments.now(),
    )


@require_POST
def complete_initial(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Say that the body has read the Initial QAD."""
    held = _held(request, organisation, qualification)
    reviewing.complete_initial(qualification=held, actor=request.actor, at=moments.now())
    messages.success(request, f"{request.actor.body} has read the Initial QAD.")
    return redirect("reviews:approvals", organisation)


@require_POST
def confirm_comments(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Confirm that the body's comments are addressed (R100)."""
    held = _held(request, organisation, qualification)
    reviewing.confirm_comments_addressed(qualification=held, actor=request.actor, at=moments.now())
    messages.success(request, f"Confirmed: all comments of {request.actor.body} are addressed.")
    return redirect("reviews:approvals", organisation)


def _place(request: HttpRequest, slug: str) -> Organisation:
    place = finding.organisation(request.actor, slug)
    if request.actor.is_staff and request.actor.body not in REVIEWING_BODIES:
        raise Http404
    return place


def _held(request: HttpRequest, slug: str, key: UUID) -> Qualification:
    return finding.qualification(request.actor, _place(request, slug), key)


def _sees(request: HttpRequest, bodies: tuple[str, ...]) -> bool:
    return not request.actor.is_staff or request.actor.body in bodies
