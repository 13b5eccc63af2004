"""Reading how a body shares out its reading; only ever the acting body's own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from foundation.tenancy.actor import Actor
from participants import queries as people
from participants.enums import Duty, Status
from participants.models import Person, Qualification
from reviews.assigning import Candidate
from reviews.models import Absence, Acceptance, Assignment, Conflict, Thread
from reviews.queries.queue import queue
from reviews.queries.turn import to_read
from reviews.reading import codes_read
from submissions.models import Part, Version

REVIEWING = (Duty.REVIEWER, Duty.LEAD)


def assignments(actor: Actor, organisation_id: UUID) -> dict[tuple[UUID, str], Assignment]:
    """Return who of the actor's body reads what of an organisation, by part and section."""
    rows = Assignment.objects.filter(organisation_id=organisation_id, body=actor.body)
    rows = rows.select_related("person", "part", "part__organisation", "part__qualification")
    return {(row.part_id, row.section): row for row in rows}


def conflicts(actor: Actor, organisation_id: UUID | None = None) -> QuerySet[Conflict]:
    """Return the conflicts of interest of the actor's body that stand, newest first."""
    rows = Conflict.objects.filter(person__body=actor.body, ended_at=None)
    if organisation_id:
        rows = rows.filter(organisation_id=organisation_id)
    return rows.select_related("person", "organisation").order_by("-declared_at", "pk")


def absences(actor: Actor, today: date) -> QuerySet[Absence]:
    """Return the days away of the actor's body that are not over, the nearest first."""
    rows = Absence.objects.filter(person__body=actor.body, ends_on__gte=today)
    return rows.select_related("person", "cover").order_by("starts_on", "person__name", "pk")


def members(actor: Actor, today: date) -> QuerySet[Person]:
    """Return the reviewers of the actor's body, with what they are away for and recused from."""
    own = {"person_id": OuterRef("pk")}
    conflicting = Conflict.objects.filter(**own, ended_at=None)
    return _with_absence(people.staff(actor.body, REVIEWING), today).annotate(
        conflicts=_count(conflicting), assigned=_count(Assignment.objects.filter(**own))
    )


def candidates(actor: Actor, part: Part, section: str, today: date) -> list[Candidate]:
    """Return everybody of the actor's body who could read a part or section, in two statements."""
    given = Acceptance.objects.filter(by_id=OuterRef("pk"))
    raised = Thread.objects.filter(raised_by_id=OuterRef("pk"))
    if section:
        given, raised = (rows.filter(question__startswith=section) for rows in (given, raised))
    elif part.qualification:
        role = {"part__qualification__role": part.qualification.role}
        given, raised = (rows.filter(**role) for rows in (given, raised))
    else:
        own = Q(part__qualification=None)
        given, raised = (rows.filter(own) for rows in (given, raised))
    conflict = Conflict.objects.filter(
        person_id=OuterRef("pk"), organisation_id=part.organisation_id, ended_at=None
    )
    rows = _with_absence(people.staff(actor.body, REVIEWING), today).annotate(
        given=_count(given), raised=_count(raised), has_conflict=Exists(conflict)
    )
    waiting = loads(actor)
    return [
        Candidate(
            person_id=row.pk,
            name=row.name,
            load=waiting[row.pk],
            known=row.given + row.raised,
            away_until=row.away_until,
            cover=row.cover_name or "",
            has_conflict=row.has_conflict,
        )
        for row in rows
    ]


def loads(actor: Actor) -> Counter[UUID]:
    """Return how many answers wait for the eyes of each reviewer of the actor's body now.

    Of a part that is to be read: the answers of the sections that are theirs. A section that has a
    reader of its own does not wait for the reader of the whole part.
    """
    found: Counter[UUID] = Counter()
    rows = list(_assigned_to_read(actor))
    taken: dict[UUID, set[str]] = {}
    for row in rows:
        if row["section"]:
            taken.setdefault(row["part_id"], set()).add(row["section"])
    for row in rows:
        submitted = set(row["sections"] or ())
        others = taken.get(row["part_id"], set())
        wanted = submitted & {row["section"]} if row["section"] else submitted - others
        found[row["person_id"]] += len(_codes(actor.body, row, wanted))
    return found


def _codes(body: str, row: Mapping[str, Any], sections: set[str]) -> frozenset[str]:
    role = row["role"] or ""
    routes: Sequence[str] = (row["route"],) if role else tuple(sorted(set(row["routes"])))
    return codes_read(
        row["template_id"], body, role, tuple(sorted(set(row["roles"]))), tuple(routes),
        bool(row["is_final"]), tuple(sorted(sections)),
    )  # fmt: skip


def _assigned_to_read(actor: Actor) -> QuerySet:
    held = Qualification.objects.filter(organisation_id=OuterRef("organisation_id"))
    held = held.exclude(status=Status.WITHDRAWN).order_by()
    live = queue(actor).order_by().filter(to_read(actor.body))
    newest = Version.objects.filter(part_id=OuterRef("part_id")).order_by("-number")
    sections = Func(
        F("manifest"), template="jsonb_path_query_array(%(expressions)s, '$[*].section')",
        output_field=JSONField(),
    )  # fmt: skip
    shared = Q(part__qualification=None) & Exists(
        live.filter(organisation_id=OuterRef("organisation_id"))
    )
    own = Exists(live.filter(pk=OuterRef("part__qualification_id")))
    rows = Assignment.objects.filter(shared | own, body=actor.body)
    return rows.order_by("pk").values(
        *("person_id", "part_id", "section"),
        template_id=F("part__template_id"),
        role=F("part__qualification__role"),
        route=F("part__qualification__route"),
        roles=ArraySubquery(held.values("role")),
        routes=ArraySubquery(held.values("route")),
        is_final=Exists(held.filter(final_opened_at__isnull=False)),
        sections=Subquery(newest.annotate(letters=sections).values("letters")[:1]),
    )


def _with_absence(rows: QuerySet[Person], today: date) -> QuerySet[Person]:
    away = Absence.objects.filter(
        person_id=OuterRef("pk"), starts_on__lte=today, ends_on__gte=today
    ).order_by("-ends_on", "pk")
    return rows.annotate(
        away_until=Subquery(away.values("ends_on")[:1]),
        cover_name=Subquery(away.values("cover__name")[:1]),
    )


def _count(rows: QuerySet) -> Coalesce:
    """Count rows of another table for each row, in a sub-select."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)
