"""Addresses of this floor's pages."""

from uuid import UUID

from django.urls import reverse

from participants.access.addresses import address
from submissions.models import Part


def home(slug: str) -> str:
    """Return the address of an organisation's home page."""
    return address("organisation_home", slug) or "/"


def qad(slug: str, qualification: UUID | None = None) -> str:
    """Return the address of the task list, of one qualification where it is named."""
    if qualification is None:
        return reverse("submissions:qad", args=[slug])
    return reverse("submissions:qad_of", args=[slug, qualification])


def section(slug: str, part: Part | UUID, letter: str) -> str:
    """Return the address of a section."""
    key = part.pk if isinstance(part, Part) else part
    return reverse("submissions:section", args=[slug, key, letter])


def library(slug: str) -> str:
    """Return the address of the evidence library."""
    return reverse("submissions:evidence", args=[slug])


def evidence(slug: str, key: UUID) -> str:
    """Return the address of a piece of evidence in the library."""
    return reverse("submissions:evidence_detail", args=[slug, key])


def question(slug: str, part: Part | UUID, letter: str, code: str) -> str:
    """Return the stable address of a question."""
    return f"{section(slug, part, letter)}{code}/"


def versions(slug: str, part: Part | UUID) -> str:
    """Return the address of a part's submitted versions."""
    key = part.pk if isinstance(part, Part) else part
    return reverse("submissions:versions", args=[slug, key])


def check(slug: str, qualification: UUID) -> str:
    """Return the address of the page of all answers, from which they are submitted."""
    return reverse("submissions:check", args=[slug, qualification])


def stored_file(slug: str, key: UUID | str) -> str:
    """Return the address at which a file is downloaded."""
    return reverse("submissions:file", args=[slug, key])
