"""Taking files in, releasing them to the bodies, and reading them back."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from foundation.documents.models import ScanState, StoredFile
from foundation.documents.scanning import scan
from foundation.documents.types import Unacceptable, media_type, safe_name
from foundation.errors import Invalid
from foundation.tenancy.actor import Actor


def store(
    *,
    name: str,
    content: bytes,
    actor: Actor,
    at: datetime,
    organisation_id: UUID | None,
    release: bool = False,
) -> StoredFile:
    """Keep a file under its content's address and return its row; Invalid when it is not taken.

    ``release`` opens it to the bodies at once (for what they or the portal made).
    """
    if len(content) > settings.EVIDENCE_MAX_BYTES:
        limit = settings.EVIDENCE_MAX_BYTES // (1024 * 1024)
        raise Invalid({"file": f"{name} is larger than {limit} MB. Send it in parts."})
    try:
        kind = media_type(name, content)
    except Unacceptable as problem:
        raise Invalid({"file": str(problem)}) from None
    digest = hashlib.sha256(content).hexdigest()
    tenant = organisation_id or "portal"
    key = f"{tenant}/{digest[:2]}/{digest}"
    if not default_storage.exists(key):
        default_storage.save(key, ContentFile(content))
    return StoredFile.objects.create(
        organisation_id=organisation_id,
        sha256=digest,
        size=len(content),
        name=safe_name(name),
        media_type=kind,
        storage_key=key,
        scan_state=scan(content),
        stored_at=at,
        stored_by_id=actor.person_id,
        stored_by_name=actor.name,
        released_at=at if release else None,
    )


def release(*, files: Iterable[UUID], at: datetime) -> int:
    """Open files to the bodies: a submitted version cites them now; return how many were new."""
    return StoredFile.objects.filter(pk__in=list(files), released_at=None).update(released_at=at)


def read(stored: StoredFile) -> bytes:
    """Return the bytes of a file whose row the actor could see."""
    with default_storage.open(stored.storage_key) as opened:
        return opened.read()


def is_open_to(stored: StoredFile, actor: Actor) -> bool:
    """Return whether a file may be downloaded; what waits for the scanner only by its own."""
    if stored.scan_state == ScanState.BLOCKED:
        return False
    own = actor.is_participant and actor.organisation_id == stored.organisation_id
    return own or stored.scan_state != ScanState.PENDING
