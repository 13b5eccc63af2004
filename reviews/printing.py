"""A signature as a printed sheet, handed out once it is printed; who opened it is recorded."""

from django.http import HttpResponse

from foundation.audit.trail import record
from foundation.clock import moments
from foundation.documents.models import StoredFile
from foundation.documents.serving import download
from foundation.jobs.models import Job
from foundation.tenancy.actor import Actor
from reviews.models import SignOff


def confirmation_file(signed: SignOff, job: Job | None, actor: Actor) -> HttpResponse | None:
    """Return the Applicant's Confirmation as an attachment (RP3); None while it is not printed."""
    if job is None or job.result_file_id is None:
        return None
    stored = StoredFile.objects.get(pk=job.result_file_id)
    record("confirmation.opened", subject=signed, actor=actor, at=moments.now())
    return download(stored)


def attachment(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Return what the portal itself made, to be kept and never cached."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
