"""Reading the register of findings, and the list of all qualifications, a page at a time."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import JSONObject

from foundation.tenancy.actor import Actor
from participants import queries as people
from participants.enums import Status
from participants.models import Qualification
from reviews import queries
from reviews.enums import SETTLED, Side, ThreadKind, ThreadState
from reviews.models import ActionPlan, Thread
from waves.models import Obligation
from waves.queries import OPEN

RUNNING = (ThreadState.PLAN_AGREED, ThreadState.ACTION_DONE)
_COMMENT = Q(kind=ThreadKind.COMMENT)
VIEWS = {
    "open": ~_COMMENT & ~Q(status__in=(*SETTLED, *RUNNING)),
    "plans": ~_COMMENT & Q(status__in=RUNNING),
    "cleared": ~_COMMENT & Q(status__in=SETTLED),
    "comments": _COMMENT,
}
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
    "nobody": (Status.QUALIFIED, Status.NOT_APPROVED, Status.WITHDRAWN),
}


def register(actor: Actor, organisation_id: UUID | None = None) -> QuerySet[Thread]:
    """Return the threads that the actor may read, with their plans' dates, the longest held first.

    Settled ones follow, the newest of them first.
    """
    rows = queries.threads(actor)
    if organisation_id:
        rows = rows.filter(organisation_id=organisation_id)
    plans = ActionPlan.objects.filter(thread_id=OuterRef("pk")).order_by("-number")
    rows = rows.annotate(plan_due_on=Subquery(plans.values("due_on")[:1]))
    return rows.order_by("-settled_at", "holder_since", "pk")


def fitting(wanted: Mapping[str, str], today: date) -> Q:
    """Return what narrows the register, as far as it is chosen."""
    plain = {"body": "body", "severity": "severity", "kind": "kind", "turn": "holder"}
    found = Q(**{field: wanted[key] for key, field in plain.items() if wanted.get(key)})
    if wanted.get("turn"):
        found &= ~Q(status__in=SETTLED)
    if wanted.get("overdue"):
        found &= Q(status=ThreadState.PLAN_AGREED, plan_due_on__lt=today)
    return found


def counts(rows: QuerySet[Thread], actor: Actor, view: str, fits: Q) -> dict[str, int]:
    """Return how many each view holds, ``yours`` of the open ones, and ``shown``; one statement."""
    yours = Q(holder=Side.PARTICIPANT)
    if actor.is_staff:
        yours = Q(holder=Side.BODY, body=actor.body)
    wanted = VIEWS | {"yours": VIEWS["open"] & yours, "shown": VIEWS[view] & fits}
    return rows.order_by().aggregate(
        **{key: Count("pk", filter=condition) for key, condition in wanted.items()}
    )


def everyone(actor: Actor, wanted: Mapping[str, str]) -> QuerySet[Qualification]:
    """Return the qualifications that the actor may see, with their open duties by date.

    ``total`` and ``done`` on each row are the numbers of them all and of those Qualified.
    """
    rows = people.qualifications(actor)
    rows = rows.filter(**{k: wanted[k] for k in ("role", "route", "status") if wanted.get(k)})
    if wanted.get("holder"):
        rows = rows.filter(status__in=TURNS[wanted["holder"]])
    elif not wanted.get("status"):
        rows = rows.exclude(status=Status.WITHDRAWN)
    owed = Obligation.objects.filter(qualification_id=OuterRef("pk"), state__in=OPEN)
    columns = JSONObject(activity="activity", label="label", body="body", due_on="due_on")
    return rows.annotate(
        owed=ArraySubquery(owed.order_by("due_at", "activity", "body").values(json=columns)),
        total=Window(Count("pk")),
        done=Window(Count("pk", filter=Q(status=Status.QUALIFIED))),
    )
