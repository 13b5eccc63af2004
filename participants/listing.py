"""Reading the list that staff find organisations in: a page with its count in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Window

from foundation.sql import many
from foundation.tenancy.acting import current_actor
from foundation.tenancy.actor import Actor
from foundation.tenancy.prepared import Prepared
from participants import queries
from participants.models import Mpid


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader narrows the list by."""

    role: str = ""
    route: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An organisation with its MPIDs and those of its qualifications that the reader may see."""

    id: UUID
    name: str
    legal_name: str
    slug: str
    codes: Sequence[str]
    held: Sequence[Mapping[str, str]]
    total: int


def organisations(chosen: Chosen, text: str, start: int, stop: int) -> list[Listed]:
    """Return organisations by name; ``text`` is a part of a name, a company number or an MPID."""
    if text.strip():  # each text makes a statement of its own, which is not worth keeping
        found = queries.search(_narrowed(current_actor(), chosen), text)
        return [Listed(**row) for row in _columns(current_actor(), found)[start:stop]]
    return [Listed(**row) for row in _PAGE.rows(chosen, start, stop)]


def _page(actor: Actor, chosen: Chosen, start: int, stop: int) -> QuerySet:
    return _columns(actor, _narrowed(actor, chosen))[start:stop]


def _narrowed(actor: Actor, chosen: Chosen) -> QuerySet:
    return queries.narrowed(
        queries.organisations(actor),
        actor,
        role=chosen.role,
        route=chosen.route,
        status=chosen.status,
    )


def _columns(actor: Actor, rows: QuerySet) -> QuerySet:
    codes = Mpid.objects.filter(organisation_id=OuterRef("pk")).order_by("code")
    held = queries.qualifications(actor).filter(organisation_id=OuterRef("pk"))
    return rows.values(
        *("id", "name", "legal_name", "slug"),
        codes=ArraySubquery(codes.values("code")),
        held=many(
            held.order_by("role", "created_at", "pk"), role="role", route="route", status="status"
        ),
        total=Window(Count("pk")),
    )


_PAGE = Prepared(_page)
