"""Reading the list of all qualifications, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Window

from foundation.sql import many
from foundation.tenancy.actor import Actor
from foundation.tenancy.prepared import Prepared
from participants import queries as people
from participants.enums import ENDED, Status
from waves.models import Obligation
from waves.queries import OPEN

# Whose turn a state is (D.1); what is missing in particular may be another's.
TURNS: Mapping[str, Sequence[str]] = {
    "participant": (
        Status.INITIAL_DRAFT,
        Status.INITIAL_PART_SUBMITTED,
        Status.INITIAL_REVIEWED,
        Status.FINAL_DRAFT,
        Status.FINAL_REOPENED,
    ),
    "bodies": (
        Status.INITIAL_SUBMITTED,
        Status.INITIAL_REVIEW,
        Status.FINAL_SUBMITTED,
        Status.FINAL_REVIEW,
    ),
    "director": (Status.CONTENT_AGREED,),
    "deciders": (Status.SIGNED_OFF,),
    "nobody": ENDED,
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader narrows the list by."""

    role: str = ""
    route: str = ""
    status: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A qualification as the list shows it, with its open duties by date.

    ``total`` and ``done`` are the numbers of them all and of those Qualified.
    """

    id: UUID
    organisation_id: UUID
    name: str
    slug: str
    role: str
    route: str
    status: str
    initial_submitted_at: datetime | None
    initial_reviewed_at: datetime | None
    final_submitted_at: datetime | None
    content_agreed_at: datetime | None
    signed_off_at: datetime | None
    qualified_at: datetime | None
    happened: Mapping[str, str]
    owed: Sequence[Mapping[str, str]]
    total: int
    done: int


def everyone(chosen: Chosen, start: int, stop: int) -> list[Listed]:
    """Return the qualifications that the actor may see."""
    return [Listed(**row) for row in _PAGE.rows(chosen, start, stop)]


def _page(actor: Actor, chosen: Chosen, start: int, stop: int) -> QuerySet:
    rows = people.qualifications(actor)
    plain = {"role": chosen.role, "route": chosen.route, "status": chosen.status}
    rows = rows.filter(**{field: value for field, value in plain.items() if value})
    if chosen.holder:
        rows = rows.filter(status__in=TURNS[chosen.holder])
    elif not chosen.status:
        rows = rows.exclude(status=Status.WITHDRAWN)
    owed = Obligation.objects.filter(qualification_id=OuterRef("pk"), state__in=OPEN)
    return rows.values(
        *("id", "organisation_id", "role", "route", "status", "initial_submitted_at"),
        *("initial_reviewed_at", "final_submitted_at", "content_agreed_at", "signed_off_at"),
        *("qualified_at", "happened"),
        name=F("organisation__name"),
        slug=F("organisation__slug"),
        owed=many(
            owed.order_by("due_at", "activity", "body"), activity="activity", label="label",
            body="body", due_on="due_on",
        ),
        total=Window(Count("pk")),
        done=Window(Count("pk", filter=Q(status=Status.QUALIFIED))),
    )[start:stop]  # fmt: skip


_PAGE = Prepared(_page)
