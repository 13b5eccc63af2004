"""What the home page asks of the database itself: three statements, written once for every home."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection
from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    Func,
    JSONField,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import JSONObject, Left

from foundation.audit import queries as trail
from foundation.sql import many
from foundation.tenancy.actor import Actor
from foundation.tenancy.prepared import Prepared
from participants.models import Membership, Organisation, Qualification
from submissions.models import Answer, EvidenceUse, Part
from waves.models import CompletionReport, Obligation, Timetable

LINES = 8  # of "since you were last here"
PLACE = "organisation__"
# What str.strip() takes off: whether something is said is asked of its first letter alone.
_SPACES = "".join(letter for letter in map(chr, range(0x3001)) if letter.isspace())
Row = TypeVar("Row", bound=Model)


def made(model: type[Row], found: Mapping[str, Any], prefix: str = "") -> Row:
    """Return the instance whose columns were found."""
    names = _columns(model)
    return model.from_db(connection.alias, names, [found[f"{prefix}{name}"] for name in names])


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _held(actor: Actor) -> QuerySet:
    """The organisation's qualifications with their clocks, reports, timetable and signatories."""
    mine = {"qualification_id": OuterRef("pk")}
    active = Membership.objects.filter(
        organisation_id=OuterRef("organisation_id"), is_active=True, person__is_active=True
    )
    newest = Timetable.objects.order_by("-published_at", "-pk").values("pk")[:1]
    rows = Qualification.objects.filter(organisation_id=actor.organisation_id).annotate(
        timetable=Subquery(newest),
        has_director=Exists(active.filter(is_director=True)),
        has_delegate=Exists(active.filter(is_delegate=True)),
        ahead=JSONObject(
            clocks=many(
                Obligation.objects.filter(**mine), activity="activity", body="body",
                state="state", spans="spans", due_on="due_on", due_at="due_at", met_at="met_at",
            ),
            reports=many(
                CompletionReport.objects.filter(**mine), kind="kind", received_at="received_at",
                sufficiency_confirmed_at="sufficiency_confirmed_at",
            ),
        ),
    )  # fmt: skip
    found = ("timetable", "has_director", "has_delegate", "ahead")
    return rows.order_by("role", "pk").values(*_columns(Qualification), *found)


def _parts(actor: Actor) -> QuerySet:
    """The parts of the organisation's QAD, and how far each of their answers is."""
    mine = {"part_id": OuterRef("pk")}
    uses = EvidenceUse.objects.filter(**mine, evidence__withdrawn_at=None).order_by()
    rows = Part.objects.filter(organisation_id=actor.organisation_id).annotate(
        written=JSONObject(
            answers=many(
                Answer.objects.filter(**mine), question="question", text=_begun("text"),
                value=_without_rows("value"), is_not_applicable="is_not_applicable",
                not_applicable_reason=_begun("not_applicable_reason"), is_ready="is_ready",
                come_back="come_back", updated_by_name="updated_by_name",
            ),
            evidence=many(
                uses.values("question").annotate(pieces=Count("pk")), question="question",
                pieces="pieces",
            ),
        )
    )  # fmt: skip
    rows = rows.order_by(F("qualification_id").asc(nulls_first=True), "opened_at")
    place = (f"{PLACE}{name}" for name in _columns(Organisation))
    return rows.values(*_columns(Part), *place, "written")


def _news(actor: Actor, since: datetime) -> QuerySet:
    """What others did since the person was last here, newest first; reminders are notices."""
    rows = trail.since(actor.organisation_id, since, but_not_by=actor.person_id)
    rows = rows.exclude(action="reminder.sent")
    return rows.values("at", "actor_body", "actor_name", "action", "object_label")[:LINES]


def _begun(column: str) -> Left:
    first = Func(F(column), Value(_SPACES), function="ltrim", output_field=CharField())
    return Left(first, 1)


def _without_rows(column: str) -> Func:
    """A value of an answer; a table, which may be long, as the number of its rows."""
    return Func(
        F(column),
        template="CASE WHEN jsonb_typeof(%(expressions)s->'rows') = 'array' THEN"
        " jsonb_set(%(expressions)s, '{rows}',"
        " to_jsonb(jsonb_array_length(%(expressions)s->'rows'))) ELSE %(expressions)s END",
        output_field=JSONField(),
    )


HELD = Prepared(_held)
PARTS = Prepared(_parts)
NEWS = Prepared(_news)
