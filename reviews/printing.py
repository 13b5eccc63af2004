"""A signature as a printed sheet, handed out once and remembered."""

from django.http import HttpResponse

from foundation.audit.trail import record
from foundation.clock import moments
from foundation.errors import Refused
from foundation.tenancy.actor import Actor
from participants.models import Organisation, Qualification
from reviews.assembly.confirmation import confirmation_of, reference_of
from reviews.models import SignOff
from reviews.packs.apart import PrintingFailedError, sheet_pdf


def confirmation_file(
    signed: SignOff, qualification: Qualification, organisation: Organisation, actor: Actor
) -> HttpResponse:
    """Return the Applicant's Confirmation as an attachment (RP3); who opened it is recorded."""
    sheet = confirmation_of(signed, qualification, organisation)
    try:
        pdf = sheet_pdf(sheet)
    except PrintingFailedError:
        raise Refused("The sheet could not be printed just now. Try again.") from None
    record("confirmation.printed", subject=signed, actor=actor, at=moments.now())
    return attachment(pdf, f"{reference_of(signed)}.pdf", "application/pdf")


def attachment(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Return what the portal itself made, to be kept and never cached."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
