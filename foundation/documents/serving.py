"""One way out for every file: as an attachment, sandboxed, never cached (ASVS 5.4)."""

from urllib.parse import quote

from django.http import HttpResponse

from foundation.documents.models import StoredFile
from foundation.documents.services import read


def download(stored: StoredFile) -> HttpResponse:
    """Return the file as an attachment under its own name."""
    response = HttpResponse(read(stored), content_type=stored.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.name)}"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response
