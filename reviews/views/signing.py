"""Doors of the sign-off: read, sign, decline, and the record of a signature (R105-R111)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from foundation.clock.words import instant
from foundation.errors import Denied, Refused
from participants import policy
from participants.access.forms import form_page, taken
from participants.models import Organisation, Qualification
from participants.roles import governs
from reviews import facts, tasks
from reviews.assembly.coverage import lost_of
from reviews.assembly.signing import reading_of
from reviews.enums import SignOffState
from reviews.forms.signing import DeclineForm, SignForm
from reviews.models import SignOff
from reviews.pages import signing as pages
from reviews.pages.reading import sign_page
from reviews.pages.sign_off_list import sign_off_list
from reviews.printing import attachment
from reviews.queries import signing as queries_signing
from reviews.reauthentication import require_password
from reviews.services import once, sheets, sign_off
from reviews.visibility import sees_part
from submissions import finding

FORMS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def index(request: HttpRequest, organisation: str) -> HttpResponse:
    """What there is to sign, who signs, until when, and why not yet."""
    found = finding.organisation(request.actor, organisation)
    known = [each for each in facts.of_organisation(found.pk) if _sees(request, each.role)]
    due = queries_signing.due((each.id for each in known), queries_signing.SIGN_BY)
    signatories = queries_signing.signatories(found.pk)
    mine = queries_signing.signable_by(request.actor, known)
    page = sign_off_list(found, known, due, signatories, request.actor, mine, moments.today())
    return render(request, "pages/list.html", {"page": page})


def _sees(request: HttpRequest, role: str) -> bool:
    return not request.actor.is_staff or governs(request.actor.body, role)


def held_at(request: HttpRequest, slug: str, key: UUID) -> tuple[Organisation, Qualification]:
    """Return a qualification whose papers the reader may read, with its organisation (R11)."""
    found = finding.organisation(request.actor, slug)
    held = finding.qualification(request.actor, found, key)
    if not sees_part(request.actor, found.pk, [held.role]):
        raise Denied("What is signed is read by the organisation and the bodies of the role.")
    return found, held


@FORMS
def one(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Read and sign; once it is signed, the receipt stands here."""
    found, held = held_at(request, organisation, qualification)
    signed = _in_force(held)
    if signed is None:
        return _to_sign(request, found, held)
    if request.method != "POST":
        return _receipt(request, found, held, signed)
    if (signed.signer_id, signed.content_sha256) == _sent(request):
        return redirect("reviews:sign_off_of", found.slug, held.pk)
    raise Refused(f"{signed.signer_name} signed this on {instant(signed.signed_at)} already.")


def _in_force(held: Qualification) -> SignOff | None:
    return queries_signing.signatures(held).filter(status=SignOffState.SIGNED).first()


def _sent(request: HttpRequest) -> tuple[UUID, str]:
    return request.actor.person_id, request.POST.get("seen", "")


def _to_sign(request: HttpRequest, found: Organisation, held: Qualification) -> HttpResponse:
    sent = request.method == "POST"
    if sent:
        policy.require(request.actor, "qad.sign", held)
    reading = reading_of(held, request.actor)
    seen = request.POST.get("seen", "")
    stale = seen if sent and seen != reading.content.sha256 else ""
    form = SignForm(None if stale or not sent else request.POST)
    if sent and not stale and taken(form, lambda data: _sign(request, held, data)):
        messages.success(request, "Signed. The bodies are told, and decide next.")
        return redirect("reviews:sign_off_of", found.slug, held.pk)
    page = sign_page(found, reading, form, today=moments.today(), stale=stale)
    status = 409 if stale else 422 if form.errors else 200
    context = {"page": page, "stale": stale}
    return render(request, "reviews/sign_off.html", context, status=status)


def _sign(request: HttpRequest, held: Qualification, data: dict) -> SignOff:
    require_password(request, data["password"])
    by = {"actor": request.actor, "at": moments.now()}
    signed = once.sign(qualification=held, seen_sha256=data["seen"], **by)
    sheets.order(signed=signed, enqueue=tasks.enqueue_sheet, **by)
    return signed


def _receipt(
    request: HttpRequest, found: Organisation, held: Qualification, signed: SignOff
) -> HttpResponse:
    earlier = list(queries_signing.signatures(held).exclude(pk=signed.pk))
    lost = lost_of(held, signed)
    page = pages.receipt_page(found, held, facts.of_qualification(held), signed, earlier, lost)
    context = {"page": page, "statement": signed.statement}
    return render(request, "reviews/sign_off_receipt.html", context)


@FORMS
def decline(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Decline to sign, with a reason."""
    found, held = held_at(request, organisation, qualification)
    policy.require(request.actor, "qad.sign", held)
    form = DeclineForm(request.POST or None)

    def act(data: dict) -> None:
        sign_off.decline(
            qualification=held, reason=data["reason"], actor=request.actor, at=moments.now()
        )

    if request.method == "POST" and taken(form, act):
        messages.success(request, "Your reason is with the admins and the bodies.")
        return redirect("reviews:sign_off_of", found.slug, held.pk)
    back = reverse("reviews:sign_off_of", args=[found.slug, held.pk])
    return form_page(request, pages.decline_form(found, held.role, form, back), form)


@require_safe
def content(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """The content whose SHA-256 is the seal: what was signed, or what would be signed now."""
    found, held = held_at(request, organisation, qualification)
    signed = _in_force(held)
    text = signed.content if signed else reading_of(held, request.actor).content.text
    return attachment(text.encode(), f"{found.slug}-{held.role}.json", "application/json")
