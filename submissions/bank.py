"""The question bank in force, parsed once per process and version."""

from functools import lru_cache
from pathlib import Path
from uuid import UUID

from submissions.models import Part, Template
from submissions.template_file import parse
from submissions.template_types import Template as Bank

FILE = Path(__file__).resolve().parent.parent / "fixtures" / "qad_template_v5.toml"


def newest() -> Template:
    """Return the newest published template's row, or raise Template.DoesNotExist."""
    return Template.objects.defer("toml").latest()


def current() -> tuple[UUID, Bank]:
    """Return the newest template's id and its parsed content."""
    key = newest().pk
    return key, of(key)


def of_part(part: Part) -> Bank:
    """Return the parsed template that a part is answered by."""
    return of(part.template_id)


@lru_cache(maxsize=16)
def of(template_id: UUID) -> Bank:
    """Return a parsed template; published ones never change, so they are kept."""
    return parse(Template.objects.values_list("toml", flat=True).get(pk=template_id))
