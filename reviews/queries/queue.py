"""Reading a body's queue: what waits to be read, whose turn it is, by when.

The flags are worked out in the database, so that lists of thousands are narrowed, ordered and
counted there; a page then reads its fifty rows, with all that stands behind them, in one statement.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    JSONField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import JSONObject, Lower, TruncDate

from foundation.clock import moments
from foundation.sql import many
from foundation.tenancy.actor import Actor
from foundation.tenancy.prepared import Prepared
from participants import queries as people
from participants.enums import Status
from participants.models import Qualification
from participants.roles import governed_roles
from reviews.enums import SETTLED_OR_PLANNED, Side, ThreadState
from reviews.models import Absence, Approval, Assignment, BodyReview, Conflict, Thread
from reviews.queries.turn import in_view, of_either_part, to_read, waits
from submissions.enums import Stage
from submissions.models import Part, Version
from waves.models import Obligation
from waves.queries import OPEN

REVIEW_CLOCKS = ("initial_qad_review_complete", "final_qad_review_complete")
VIEWS = ("risk", "waiting", "plans", "all")
_SHOWN = (
    *("role", "route", "status", "status_since", "initial_submitted_at", "final_opened_at"),
    *("final_submitted_at", "content_agreed_at", "signed_off_at", "qualified_at"),
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """One view of the queue, narrowed by what the reader chose."""

    view: str = "risk"
    role: str = ""
    route: str = ""
    stage: str = ""
    holder: str = ""
    reader: str = ""  # "mine", with those whom I cover for, or "none"


def page(chosen: Chosen, start: int, stop: int) -> list[Mapping[str, Any]]:
    """Return rows of the acting body's queue, the most pressing clock first.

    Each with its organisation, the body's clock, all bodies' reviews, the roles held beside it,
    and its parts, the organisation's first: their versions, opinions and open threads.
    """
    return [each["row"] for each in _PAGE.rows(chosen, start, stop, **_now(chosen))]


def counts(chosen: Chosen) -> dict[str, int]:
    """Return how many each view holds, and ``shown``: the present one as narrowed."""
    found = dict.fromkeys((*VIEWS, "shown"), 0)
    for row in _COUNTS.rows(chosen, **_now(chosen)):
        waiting = row["to_read"] and row["theirs"]
        held = dict(zip(VIEWS, (row["to_read"], waiting, row["plans"], True), strict=True))
        held["shown"] = held[chosen.view] and row["fits"]
        for key in (key for key, on in held.items() if on):
            found[key] += row["count"]
    return found


def _now(chosen: Chosen) -> dict[str, datetime]:
    return {"at": moments.now()} if chosen.reader == "mine" else {}


# --- the two statements -------------------------------------------------------------------


def queue(actor: Actor) -> QuerySet[Qualification]:
    """Return everything that a body reviews, the most pressing clock first."""
    rows = people.qualifications(actor).filter(role__in=governed_roles(actor.body))
    rows = rows.exclude(status=Status.WITHDRAWN)
    return rows.order_by(
        Subquery(_clock(actor.body).values("due_at")[:1]).asc(nulls_last=True),
        *(Lower("organisation__name"), "role", "created_at", "pk"),
    )


def _page(
    actor: Actor, chosen: Chosen, start: int, stop: int, *, at: datetime | None = None
) -> QuerySet:
    rows = queue(actor).filter(in_view(chosen.view, actor.body), _fitting(chosen, actor, at))
    reviews = BodyReview.objects.filter(qualification_id=OuterRef("pk"))
    held = Qualification.objects.filter(organisation_id=OuterRef("organisation_id"))
    row = JSONObject(
        id="pk",
        name="organisation__name",
        slug="organisation__slug",
        **{name: name for name in _SHOWN},
        clock=many(
            _clock(actor.body)[:1], activity="activity", state="state", started_on="started_on",
            due_on="due_on", spans="spans", binds="reason__binds",
        ),
        reviews=many(
            reviews, body="body", stage="stage", started_at="started_at",
            completed_at="completed_at",
        ),
        held=many(held.exclude(status=Status.WITHDRAWN), role="role", route="route"),
        parts=_parts(),
        readers=many(_assigned(actor.body).order_by("section", "pk"), name="person__name"),
        recused=Exists(_recused(actor)),
    )  # fmt: skip
    return rows.values(row=row)[start:stop]


def _parts():
    """The parts behind a row: versions, opinions, and what its open threads come to."""
    own = {"part_id": OuterRef("pk")}
    versions = Version.objects.filter(**own).order_by("-number")
    talk = Thread.objects.filter(**own).exclude(status__in=SETTLED_OR_PLANNED).order_by()
    proposed = Count("pk", filter=Q(status=ThreadState.PLAN_PROPOSED))
    return many(
        Part.objects.filter(of_either_part("")).order_by(
            F("qualification_id").asc(nulls_first=True)
        ),
        id="pk", qualification_id="qualification_id", template_id="template_id",
        submitted=many(versions, number="number", at="submitted_at", changed="changed"),
        newest=many(versions[:1], sha256="sha256", sections=_sections()),
        opinions=many(
            Approval.objects.filter(**own), body="body", status="status", at="at",
            covers="covers_sha256", number="version__number",
        ),
        talk=many(
            talk.values("body", "holder").annotate(since=Min("holder_since"), plans=proposed),
            body="body", holder="holder", since="since", plans="plans",
        ),
    )  # fmt: skip


def _counts(actor: Actor, chosen: Chosen, *, at: datetime | None = None) -> QuerySet:
    body = actor.body
    flags = {
        "to_read": to_read(body),
        "theirs": waits(body),
        "plans": in_view("plans", body),
        "fits": _fitting(chosen, actor, at) & Q(pk__isnull=False),
    }
    rows = queue(actor).order_by().annotate(**{key: _flag(flag) for key, flag in flags.items()})
    return rows.values(*flags).annotate(count=Count("pk"))


_PAGE, _COUNTS = Prepared(_page), Prepared(_counts)


# --- what they are made of ----------------------------------------------------------------


def _fitting(chosen: Chosen, actor: Actor, at: datetime | None) -> Q:
    """What narrows the queue by role, route, stage, holder and reader, as far as chosen."""
    body = actor.body
    plain = {"role": chosen.role, "route": chosen.route}
    found = Q(**{field: value for field, value in plain.items() if value})
    if chosen.stage:
        found &= Q(final_opened_at__isnull=chosen.stage == Stage.INITIAL)
    if chosen.holder:
        theirs = in_view("waiting", body)
        found &= theirs if chosen.holder == Side.PARTICIPANT else ~theirs
    if chosen.reader == "none":
        found &= ~Q(Exists(_assigned(body)))
    if chosen.reader == "mine":
        found &= Q(Exists(_assigned(body).filter(_mine(actor, at))))
    return found


def _assigned(body: str) -> QuerySet[Assignment]:
    return Assignment.objects.filter(of_either_part(), body=body)


def _mine(actor: Actor, at: datetime) -> Q:
    """What is the actor's to read: given to them, or to somebody whom they cover for today."""
    today = TruncDate(Value(at, output_field=DateTimeField()), tzinfo=moments.LONDON)
    away = Absence.objects.filter(
        cover_id=actor.person_id, starts_on__lte=today, ends_on__gte=today
    )
    return Q(person_id=actor.person_id) | Q(person__in=away.values("person_id"))


def _recused(actor: Actor) -> QuerySet[Conflict]:
    own = Conflict.objects.filter(person_id=actor.person_id, ended_at=None)
    return own.filter(organisation_id=OuterRef("organisation_id"))


def _clock(body: str) -> QuerySet[Obligation]:
    rows = Obligation.objects.filter(qualification_id=OuterRef("pk"), body=body, state__in=OPEN)
    return rows.filter(activity__in=REVIEW_CLOCKS).order_by("due_at")


def _flag(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _sections() -> Func:
    """The letters of the sections that a version holds."""
    return Func(
        F("manifest"),
        template="jsonb_path_query_array(%(expressions)s, '$[*].section')",
        output_field=JSONField(),
    )
