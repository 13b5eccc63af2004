"""Reading the desk of who decides: a page of what is ready or not yet, and how many there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Upper
from django.db.models.lookups import GreaterThan

from foundation.sql import many
from foundation.tenancy.actor import Actor
from foundation.tenancy.prepared import Prepared
from participants.models import Qualification
from reviews.enums import PackState
from reviews.models import Pack
from reviews.queries.deciding import body_of, can_be_decided, not_yet, ready, to_decide
from reviews.queries.signing import DECIDE_BY
from waves.enums import ObligationState
from waves.models import Obligation


@dataclass(frozen=True, slots=True)
class Chosen:
    """One list of the desk, ``ready`` or ``not-yet``, narrowed by what the reader chose."""

    show: str = "ready"
    role: str = ""
    route: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An application that waits for a body: by when, and the newest pack that holds it."""

    id: UUID
    organisation_id: UUID
    name: str
    slug: str
    role: str
    route: str
    due_on: date | None
    pack: Mapping[str, str] | None


def waiting(chosen: Chosen, start: int, stop: int, text: str = "") -> list[Waiting]:
    """Return what waits for the acting body; ``text`` is a part of the organisation's name."""
    found = _PAGE.rows(chosen, start, stop, **({"text": text} if text else {}))
    return [Waiting(**row | {"pack": next(iter(row["pack"]), None)}) for row in found]


def counts(chosen: Chosen, text: str = "") -> Mapping[str, int]:
    """Return how many are ready, how many not yet, and how many are ``shown``, in one statement."""
    return _COUNTS.rows(chosen, **({"text": text} if text else {}))[0]


def _page(actor: Actor, chosen: Chosen, start: int, stop: int, *, text: str = "") -> QuerySet:
    rows = ready(actor) if chosen.show == "ready" else not_yet(actor)
    due = Obligation.objects.filter(
        qualification_id=OuterRef("pk"), activity=DECIDE_BY, body=body_of(actor)
    ).exclude(state=ObligationState.CANCELLED)
    return rows.filter(_fitting(chosen, text)).values(
        *("id", "organisation_id", "role", "route"),
        name=F("organisation__name"),
        slug=F("organisation__slug"),
        due_on=Subquery(due.values("due_on")[:1]),
        pack=many(_packs_of(body_of(actor))[:1], id="pk", title="title"),
    )[start:stop]


def _packs_of(body: str) -> QuerySet[Pack]:
    """The finished packs of a body that hold an application or one of its trio, newest first."""
    trio = Qualification.objects.filter(
        Q(pk=OuterRef(OuterRef("pk"))) | Q(trio=OuterRef(OuterRef("trio")))
    )
    rows = Pack.objects.filter(
        body=body, status=PackState.READY, qualifications__overlap=ArraySubquery(trio.values("pk"))
    )
    return rows.order_by("-asked_at", "pk")


def _counts(actor: Actor, chosen: Chosen, *, text: str = "") -> QuerySet:
    now = can_be_decided(body_of(actor))
    of_list = now if chosen.show == "ready" else ~now
    counted = {
        "ready": Count("pk", filter=now),
        "not_yet": Count("pk", filter=~now),
        "shown": Count("pk", filter=of_list & _fitting(chosen, text)),
    }
    return to_decide(actor).order_by().values(one=Value(1)).annotate(**counted).values(*counted)


def _fitting(chosen: Chosen, text: str) -> Q:
    """What narrows a list by market role, route, or a part of the organisation's name."""
    plain = {"role": chosen.role, "route": chosen.route}
    found = Q(**{field: value for field, value in plain.items() if value})
    if text:  # as a value of its own, so that the statement is the same for every name
        at = Func(
            Upper("organisation__name"),
            Upper(Value(text)),
            function="strpos",
            output_field=IntegerField(),
        )
        found &= Q(GreaterThan(at, 0))
    return found


_PAGE, _COUNTS = Prepared(_page), Prepared(_counts)
