"""Handing a stored file out: to whom it is open, with a trace of what bodies take."""

from django.http import HttpResponse

from foundation.audit.trail import record
from foundation.clock import moments
from foundation.documents import serving
from foundation.documents.models import StoredFile
from foundation.documents.services import is_open_to
from foundation.errors import Refused
from foundation.tenancy.actor import Actor


def hand_out(stored: StoredFile, actor: Actor) -> HttpResponse:
    """Return a file that the actor found; Refused while it is blocked or being scanned."""
    if not is_open_to(stored, actor):
        raise Refused(f"{stored.name}: {stored.get_scan_state_display().lower()}.")
    if actor.is_staff:
        record(
            "file.downloaded", subject=stored, actor=actor, at=moments.now(), sha256=stored.sha256
        )
    return serving.download(stored)
