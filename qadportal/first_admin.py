"""Setting the master admin up, prefilled from the Pre-Qualification Submission (R2 to R4)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from foundation.clock import moments
from foundation.errors import Invalid
from participants import policy, queries
from participants.access.forms import form_page, taken
from participants.forms import MasterAdminForm
from participants.models import Invitation, Organisation
from participants.pages.people import invite_form
from participants.services import people
from waves.models import PreQualification

WITH_CONTACT = (
    "The key contact of the Pre-Qualification Submission is proposed. Say why if it is to be"
    " somebody else (QA&P 10.3)."
)
WITHOUT_CONTACT = (
    "There is no Pre-Qualification Submission to take the contact from: agree with the organisation"
    " who it is to be (QA&P 10.3)."
)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, organisation: str) -> HttpResponse:
    """Invite the master admin of an organisation."""
    found = get_object_or_404(queries.organisations(request.actor), slug=organisation)
    policy.require(request.actor, "admin.invite", found)
    contact = proposal(found)
    form = MasterAdminForm(request.POST or None, initial=contact)
    if request.method == "POST" and taken(
        form, lambda data: _invite(request, found, contact, data)
    ):
        messages.success(request, f"The invitation to {form.result.email} is on its way.")
        return redirect("participants:people", found.slug)
    page = invite_form(found, form, lead=WITH_CONTACT if contact else WITHOUT_CONTACT)
    return form_page(request, page, form)


def proposal(organisation: Organisation) -> dict[str, str]:
    """Return name and address of the key contact; empty where there was no submission (R4)."""
    given = PreQualification.objects.filter(organisation=organisation).first()
    if given is None:
        return {}
    return {"name": given.key_contact_name, "email": given.key_contact_email}


def _invite(
    request: HttpRequest, organisation: Organisation, contact: dict[str, str], data: dict
) -> Invitation:
    is_other = bool(contact) and contact["email"].lower() != data["email"].lower()
    if is_other and not data["because"].strip():
        raise Invalid({"because": "Say why it is not the key contact of the submission."})
    invitation, _ = people.invite(
        organisation=organisation,
        **data,
        is_master_admin=True,
        is_author=True,
        actor=request.actor,
        at=moments.now(),
    )
    return invitation
