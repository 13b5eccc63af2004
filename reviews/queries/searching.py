"""Searching what was said of QADs: threads by their subject, messages and plans."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from foundation import searching
from foundation.tenancy.actor import Actor
from reviews import queries
from reviews.enums import ThreadKind
from reviews.models import ActionPlan, Message

_REFERENCE = re.compile(r"([FOC])-?(\d{1,6})", re.IGNORECASE)
_KINDS = {kind[0]: kind for kind in ThreadKind.values}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundThread:
    """A comment, observation or finding in which something was found."""

    id: UUID
    name: str
    slug: str
    part_id: UUID
    role: str | None
    question: str
    body: str
    kind: str
    number: int
    subject: str
    status: str
    raised_at: datetime
    snippet: str

    @property
    def reference(self) -> str:
        """How people call it: F-12, O-3, C-40."""
        return f"{self.kind[0]}-{self.number}"


def threads(
    actor: Actor, text: str, most: int, organisation: UUID | None = None
) -> tuple[list[FoundThread], int]:
    """Return threads that the actor may read and that match, the best first, and their number.

    A reference ("F-12") finds the threads that are called so. Two statements.
    """
    rows = queries.threads(actor)
    if organisation:
        rows = rows.filter(organisation_id=organisation)
    messages = Message.objects.filter(thread_id=OuterRef("pk"))
    plans = ActionPlan.objects.filter(thread_id=OuterRef("pk"))
    messages = messages.filter(searching.has(text)).order_by("-at", "pk")
    plans = plans.filter(searching.has(text)).order_by("-number", "pk")
    rows = rows.filter(_called(text) | Q(searching.has(text)) | Exists(messages) | Exists(plans))
    rank = Greatest(
        searching.rank(text),
        Subquery(messages.values(rank=searching.rank(text))[:1]),
        Subquery(plans.values(rank=searching.rank(text))[:1]),
    )
    best = Coalesce(
        Subquery(messages.values("text")[:1]), Subquery(plans.values("text")[:1]), F("subject")
    )
    found = rows.annotate(rank=rank).order_by("-rank", "-raised_at", "pk")
    values = found.values(
        *("id", "part_id", "question", "body", "kind", "number", "subject", "status", "raised_at"),
        name=F("organisation__name"),
        slug=F("organisation__slug"),
        role=F("part__qualification__role"),
        snippet=searching.snippet(best, text),
    )
    return [FoundThread(**row) for row in values[:most]], rows.order_by().count()


def _called(text: str) -> Q:
    """Those that are called by what is searched for; none where it is no reference."""
    named = _REFERENCE.fullmatch(text)
    if not named:
        return Q(pk__in=())
    return Q(kind=_KINDS[named[1].upper()], number=int(named[2]))
