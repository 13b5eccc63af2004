"""Doors of delegation letters: the REC drafts, a director signs, the REC accepts (R106, R107)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.audit.trail import record
from foundation.clock import moments
from foundation.documents.services import is_open_to
from foundation.documents.serving import download
from participants import policy
from participants import queries as people
from participants.access.forms import form_page, taken
from participants.models import Organisation
from reviews import queries
from reviews.assembly.letters import paper_in_place, words_of
from reviews.forms.signing import DraftLetterForm, ReasonForm, SignLetterForm
from reviews.models import DelegationLetter
from reviews.pages import letters as pages
from reviews.queries.signing import signatories
from reviews.reauthentication import require_password
from reviews.services import once
from submissions import finding

FORMS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def index(request: HttpRequest, organisation: str) -> HttpResponse:
    """Every letter of an organisation."""
    found = finding.organisation(request.actor, organisation)
    held = list(people.of_organisation(request.actor, found.pk))
    letters = list(queries.letters(request.actor, found.pk))
    page = pages.letters_page(found, held, letters, request.actor)
    return render(request, "participants/sections.html", {"page": page})


@FORMS
def draft(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Draft a letter for the REC."""
    found = finding.organisation(request.actor, organisation)
    held = finding.qualification(request.actor, found, qualification)
    policy.require(request.actor, "letter.draft", held)
    named = [m for m in signatories(found.pk) if m.is_delegate and not m.is_director]
    form = DraftLetterForm(request.POST or None, delegates=named)

    def act(data: dict) -> DelegationLetter:
        given = {"qualification": held, "delegate": data["delegate"]}
        return once.draft_letter(**given, actor=request.actor, at=moments.now())

    if request.method == "POST" and taken(form, act):
        messages.success(request, "Drafted. The directors of the organisation are told.")
        return redirect("reviews:letter", found.slug, form.result.pk)
    return form_page(request, pages.draft_form(found, held, form), form)


def _letter(request: HttpRequest, slug: str, key: UUID) -> tuple[Organisation, DelegationLetter]:
    found = finding.organisation(request.actor, slug)
    return found, get_object_or_404(queries.letters(request.actor, found.pk), pk=key)


@require_safe
def one(request: HttpRequest, organisation: str, letter: UUID) -> HttpResponse:
    """One letter with its words."""
    found, held = _letter(request, organisation, letter)
    context = {
        "page": pages.letter_page(found, held, request.actor),
        "steps": pages.steps_of(held),
        "text": words_of(held),
    }
    return render(request, "reviews/sign_off_letter.html", context)


@FORMS
def sign(request: HttpRequest, organisation: str, letter: UUID) -> HttpResponse:
    """Sign a letter as a director: with the scan of the paper, or here."""
    found, held = _letter(request, organisation, letter)
    policy.require(request.actor, "letter.sign", held)
    form = SignLetterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and taken(form, lambda data: _sign(request, held, data)):
        messages.success(request, "Signed. The REC Code Manager is told and accepts it next.")
        return redirect("reviews:letter", found.slug, held.pk)
    context = {"page": pages.sign_form(found, held, form), "text": words_of(held)}
    status = 422 if form.errors else 200
    return render(request, "reviews/sign_off_letter_form.html", context, status=status)


def _sign(request: HttpRequest, letter: DelegationLetter, data: dict) -> DelegationLetter:
    require_password(request, data["password"])
    at, upload = moments.now(), data["file"]
    if upload:
        name, content = upload.name, upload.read()
    else:
        name, content = paper_in_place(letter, request.actor.name, at)
    return once.sign_letter(letter=letter, name=name, content=content, actor=request.actor, at=at)


@require_POST
def accept(request: HttpRequest, organisation: str, letter: UUID) -> HttpResponse:
    """Accept a signed letter for the REC."""
    found, held = _letter(request, organisation, letter)
    once.accept_letter(letter=held, actor=request.actor, at=moments.now())
    messages.success(request, f"Accepted. {held.delegate_name} may sign now.")
    return redirect("reviews:letter", found.slug, held.pk)


@FORMS
def revoke(request: HttpRequest, organisation: str, letter: UUID) -> HttpResponse:
    """End a letter, as the REC or as a director."""
    found, held = _letter(request, organisation, letter)
    policy.require(request.actor, "letter.draft" if request.actor.is_staff else "letter.sign", held)
    form = ReasonForm(request.POST or None)

    def act(data: dict) -> DelegationLetter:
        given = {"letter": held, "reason": data["reason"]}
        return once.revoke_letter(**given, actor=request.actor, at=moments.now())

    if request.method == "POST" and taken(form, act):
        messages.success(request, "The letter has ended.")
        return redirect("reviews:letter", found.slug, held.pk)
    return form_page(request, pages.revoke_form(found, held, form, request.actor), form)


@require_safe
def file(request: HttpRequest, organisation: str, letter: UUID) -> HttpResponse:
    """The signed letter; who opened it is recorded."""
    _, held = _letter(request, organisation, letter)
    if held.file is None or not is_open_to(held.file, request.actor):
        raise Http404
    record("letter.opened", subject=held, actor=request.actor, at=moments.now())
    return download(held.file)
