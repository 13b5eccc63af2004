"""Reading the register of findings, observations and comments, a page at a time (RP15)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value

from foundation.tenancy.actor import Actor
from foundation.tenancy.prepared import Prepared
from reviews import queries
from reviews.enums import SETTLED, Side, ThreadKind, ThreadState
from reviews.models import ActionPlan, Thread

RUNNING = (ThreadState.PLAN_AGREED, ThreadState.ACTION_DONE)
_COMMENT = Q(kind=ThreadKind.COMMENT)
VIEWS = {
    "open": ~_COMMENT & ~Q(status__in=(*SETTLED, *RUNNING)),
    "plans": ~_COMMENT & Q(status__in=RUNNING),
    "cleared": ~_COMMENT & Q(status__in=SETTLED),
    "comments": _COMMENT,
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """One view of the register, narrowed by what the reader chose."""

    view: str = "open"
    body: str = ""
    severity: str = ""
    kind: str = ""
    turn: str = ""
    overdue_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A thread as lists show it; ``role`` is empty on the organisation's own part."""

    id: UUID
    name: str
    slug: str
    part_id: UUID
    template: UUID
    role: str | None
    question: str
    body: str
    kind: str
    number: int
    subject: str
    severity: str
    status: str
    holder: str
    holder_since: datetime
    settled_at: datetime | None
    plan_due_on: date | None = None

    @property
    def reference(self) -> str:
        """How people call it: F-12, O-3, C-40."""
        return f"{self.kind[0]}-{self.number}"


def page(chosen: Chosen, start: int, stop: int, organisation: UUID | None = None) -> list[Raised]:
    """Return rows of the register of one organisation, or of all that the actor may read.

    The longest held first; settled ones follow, the newest of them first.
    """
    return [Raised(**row) for row in _PAGE.rows(chosen, start, stop, **_of(organisation))]


def counts(chosen: Chosen, organisation: UUID | None = None) -> dict[str, int]:
    """Return how many each view holds, ``yours`` of the open ones, and ``shown``; one statement."""
    return _COUNTS.rows(chosen, **_of(organisation))[0]


def _of(organisation: UUID | None) -> dict[str, UUID]:
    return {"organisation": organisation} if organisation else {}


def shown(rows: QuerySet[Thread], *more: str) -> QuerySet:
    """Return threads as the values that ``Raised`` is made of."""
    return rows.values(
        *("id", "part_id", "question", "body", "kind", "number", "subject", "severity", "status"),
        *("holder", "holder_since", "settled_at", *more),
        name=F("organisation__name"),
        slug=F("organisation__slug"),
        template=F("part__template_id"),
        role=F("part__qualification__role"),
    )


def _page(
    actor: Actor, chosen: Chosen, start: int, stop: int, *, organisation: UUID | None = None
) -> QuerySet:
    rows = _register(actor, organisation).filter(VIEWS[chosen.view], _fitting(chosen))
    rows = rows.order_by("-settled_at", "holder_since", "pk")
    return shown(rows, "plan_due_on")[start:stop]


def _counts(actor: Actor, chosen: Chosen, *, organisation: UUID | None = None) -> QuerySet:
    yours = Q(holder=Side.PARTICIPANT)
    if actor.is_staff:
        yours = Q(holder=Side.BODY, body=actor.body)
    wanted = VIEWS | {
        "yours": VIEWS["open"] & yours,
        "shown": VIEWS[chosen.view] & _fitting(chosen),
    }
    counted: Mapping[str, Any] = {
        key: Count("pk", filter=condition) for key, condition in wanted.items()
    }
    rows = _register(actor, organisation).order_by()
    return rows.values(one=Value(1)).annotate(**counted).values(*counted)


_PAGE, _COUNTS = Prepared(_page), Prepared(_counts)


def _register(actor: Actor, organisation: UUID | None) -> QuerySet[Thread]:
    rows = queries.threads(actor)
    if organisation:
        rows = rows.filter(organisation_id=organisation)
    plans = ActionPlan.objects.filter(thread_id=OuterRef("pk")).order_by("-number")
    return rows.annotate(plan_due_on=Subquery(plans.values("due_on")[:1]))


def _fitting(chosen: Chosen) -> Q:
    """What narrows the register, as far as it is chosen."""
    plain = {
        "body": chosen.body,
        "severity": chosen.severity,
        "kind": chosen.kind,
        "holder": chosen.turn,
    }
    found = Q(**{field: value for field, value in plain.items() if value})
    if chosen.turn:
        found &= ~Q(status__in=SETTLED)
    if chosen.overdue_on:
        found &= Q(status=ThreadState.PLAN_AGREED, plan_due_on__lt=chosen.overdue_on)
    return found
