"""What was frozen of parts, read with statements that are written once."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from foundation.sql import each_of, keys_of
from foundation.tenancy.actor import Actor
from foundation.tenancy.prepared import Prepared
from submissions.enums import Stage
from submissions.models import FrozenSection


class FrozenInitial(NamedTuple):
    """A section as it was last frozen at the Initial stage."""

    part_id: UUID
    section: str
    content: str
    frozen_at: datetime


def initial_sections(part_ids: Iterable[UUID], section: str = "") -> list[FrozenInitial]:
    """Return what was last frozen of each section at the Initial stage, in one statement."""
    wanted = {"letter": section} if section else {}
    return [FrozenInitial(**row) for row in _INITIAL.rows(keys=keys_of(part_ids), **wanted)]


def content_by_part(rows: Iterable[FrozenInitial]) -> dict[UUID, dict[str, dict[str, Any]]]:
    """Return the content of frozen sections, by part and section letter."""
    found: dict[UUID, dict[str, dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.part_id, {})[row.section] = json.loads(row.content)
    return found


def _initial(actor: Actor, *, keys: str, letter: str = "") -> QuerySet:
    rows = FrozenSection.objects.filter(part_id__in=each_of(keys), stage=Stage.INITIAL)
    if letter:
        rows = rows.filter(section=letter)
    rows = rows.order_by("part_id", "section", "-frozen_at", "-pk").distinct("part_id", "section")
    return rows.values(*FrozenInitial._fields)


_INITIAL = Prepared(_initial)
