"""Reading a body's drafts; no other body's, and never for a participant."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Func, JSONField, Min, OuterRef, QuerySet, Subquery

from foundation.tenancy.actor import Actor
from participants.roles import holds
from reviews import queries
from reviews.models import Draft
from submissions.models import Part, Version


def drafts(actor: Actor) -> QuerySet[Draft]:
    """Return the drafts of the actor's body on parts that it reads, in the order of the QAD."""
    if not actor.is_staff or not holds(actor, "thread.raise"):
        return Draft.objects.none()
    rows = Draft.objects.filter(body=actor.body, part__in=queries.parts(actor).values("pk"))
    rows = rows.select_related("part", "part__organisation", "part__qualification", "version")
    return rows.order_by("question", "written_at", "pk")


def with_changes(rows: QuerySet[Draft]) -> QuerySet[Draft]:
    """Return drafts with ``changed_in``: the newest later version in which the answer changed."""
    later = Version.objects.filter(
        part_id=OuterRef("part_id"), number__gt=OuterRef("version__number"),
        changed__contains=Func(
            OuterRef("question"), function="jsonb_build_array", output_field=JSONField()
        ),
    )  # fmt: skip
    return rows.annotate(changed_in=Subquery(later.order_by("-number").values("number")[:1]))


def on_question(actor: Actor, part: Part, question: str) -> QuerySet[Draft]:
    """Return what the actor's body means to ask about one answer; the part was found for it."""
    rows = Draft.objects.filter(body=actor.body, part=part, question=question)
    return with_changes(rows.select_related("version").order_by("written_at", "pk"))


def by_organisation(actor: Actor) -> QuerySet[dict[str, str | int | UUID | datetime]]:
    """Return how many drafts wait for each organisation, since when, the longest first."""
    rows = drafts(actor).order_by().values(
        "organisation_id", name=F("organisation__name"), slug=F("organisation__slug")
    )  # fmt: skip
    counted = rows.annotate(count=Count("pk"), since=Min("written_at"))
    return counted.order_by("since", "name")
