"""Doors of the gates before a decision: DIP User, accession, Management Assertion (R114, R118)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from foundation.errors import Denied
from participants import policy
from participants.access.forms import form_page, taken
from participants.models import Organisation, Qualification
from reviews import facts
from reviews.forms.signing import AssertionForm, DipUserForm, NoteForm
from reviews.models import Accession, DipUserConfirmation, ManagementAssertion
from reviews.pages import gates as pages
from reviews.queries import signing as queries_signing
from reviews.services import gates, once
from submissions import finding

FORMS = require_http_methods(["GET", "HEAD", "POST"])


def _held(request: HttpRequest, slug: str, key: UUID) -> tuple[Organisation, Qualification]:
    found = finding.organisation(request.actor, slug)
    return found, finding.qualification(request.actor, found, key)


@require_safe
def index(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """The gates of one qualification, for the bodies."""
    found, held = _held(request, organisation, qualification)
    if not request.actor.is_staff:
        raise Denied("The bodies keep this page. You see where it stands under “Qualified yet?”.")
    page = pages.gates_page(
        found,
        held,
        facts.of_qualification(held),
        list(queries_signing.accessions(held)),
        queries_signing.assertion_of(held),
        request.actor,
    )
    return render(request, "participants/sections.html", {"page": page})


@FORMS
def dip_user(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Give the DIP Manager's word (R114)."""
    found, held = _held(request, organisation, qualification)
    policy.require(request.actor, "dip_user.confirm", held)
    form = DipUserForm(request.POST or None)

    def act(data: dict) -> DipUserConfirmation:
        said = {"confirmed": data["answer"] == "confirm", "note": data["note"]}
        return once.say_dip_user(qualification=held, **said, actor=request.actor, at=moments.now())

    if request.method == "POST" and taken(form, act):
        messages.success(request, "Recorded. The organisation and the other bodies are told.")
        return redirect("reviews:gates", found.slug, held.pk)
    return form_page(request, pages.dip_user_form(found, held, form), form)


@FORMS
def accession(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Record accession for a code body (R118)."""
    found, held = _held(request, organisation, qualification)
    policy.require(request.actor, "accession.record", held)
    form = NoteForm(request.POST if request.method == "POST" else None)

    def act(data: dict) -> Accession:
        return once.record_accession(
            qualification=held, note=data["note"], actor=request.actor, at=moments.now()
        )

    if request.method == "POST" and taken(form, act):
        messages.success(request, f"Accession is recorded for {request.actor.body}.")
        return redirect("reviews:gates", found.slug, held.pk)
    return form_page(request, pages.accession_form(found, held, form, request.actor.body), form)


@FORMS
def assertion(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Make the Management Assertion of a split role, as the organisation (R119)."""
    found, held = _held(request, organisation, qualification)
    policy.require(request.actor, "assertion.make", held)
    made = queries_signing.assertion_of(held)
    form = AssertionForm(request.POST or None, initial=_as_made(made))

    def act(data: dict) -> ManagementAssertion:
        return gates.make_assertion(
            qualification=held, **data, actor=request.actor, at=moments.now()
        )

    if request.method == "POST" and taken(form, act):
        messages.success(request, "The assertion is made. The bodies are told.")
        return redirect("reviews:sign_off_of", found.slug, held.pk)
    return form_page(request, pages.assertion_form(found, held, form, made), form)


def _as_made(made: ManagementAssertion | None) -> dict:
    if made is None:
        return {}
    return {
        "mpids_remaining": " ".join(made.mpids_remaining),
        "complete_by": made.complete_by,
        "text": made.text,
    }
