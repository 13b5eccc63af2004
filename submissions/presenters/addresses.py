"""Addresses of this floor's pages.

A page may hold hundreds of them, so that what is the same in all is asked for once.
"""

from functools import lru_cache
from uuid import UUID

from django.urls import reverse

from participants.access.addresses import address
from submissions.models import Part

_NOBODY = UUID(int=0)


def home(slug: str) -> str:
    """Return the address of an organisation's home page."""
    return address("organisation_home", slug) or "/"


@lru_cache(maxsize=1024)
def _qad(slug: str) -> str:
    return reverse("submissions:qad", args=[slug])


@lru_cache(maxsize=1024)
def _files(slug: str) -> str:
    return reverse("submissions:file", args=[slug, _NOBODY]).removesuffix(f"{_NOBODY}/")


def qad(slug: str, qualification: UUID | None = None) -> str:
    """Return the address of the task list, of one qualification where it is named."""
    return _qad(slug) if qualification is None else f"{_qad(slug)}{qualification}/"


def section(slug: str, part: Part | UUID | str, letter: str) -> str:
    """Return the address of a section."""
    key = part.pk if isinstance(part, Part) else part
    return f"{_qad(slug)}{key}/{letter}/"


def question(slug: str, part: Part | UUID | str, letter: str, code: str) -> str:
    """Return the stable address of a question."""
    return f"{section(slug, part, letter)}{code}/"


def versions(slug: str, part: Part | UUID) -> str:
    """Return the address of a part's submitted versions."""
    key = part.pk if isinstance(part, Part) else part
    return reverse("submissions:versions", args=[slug, key])


def check(slug: str, qualification: UUID) -> str:
    """Return the address of the page of all answers, from which they are submitted."""
    return reverse("submissions:check", args=[slug, qualification])


def library(slug: str) -> str:
    """Return the address of the evidence library."""
    return reverse("submissions:evidence", args=[slug])


def evidence(slug: str, key: UUID) -> str:
    """Return the address of a piece of evidence in the library."""
    return f"{library(slug)}{key}/"


def stored_file(slug: str, key: UUID | str) -> str:
    """Return the address at which a file is downloaded."""
    return f"{_files(slug)}{key}/"
