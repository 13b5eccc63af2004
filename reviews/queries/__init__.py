"""Reading threads, approvals and papers: every row goes through what the actor may see."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)

from foundation.tenancy.actor import Actor
from participants.enums import REVIEWING_BODIES, Status
from participants.models import Qualification
from participants.roles import governed_roles
from reviews.enums import SETTLED, ReopenState
from reviews.models import (
    ActionPlan,
    Approval,
    BodyReview,
    Decision,
    DelegationLetter,
    Joining,
    Message,
    ReopenRequest,
    SignOff,
    Thread,
)
from submissions import bank, queries
from submissions.models import Part


def parts(actor: Actor) -> QuerySet[Part]:
    """Return the parts that the actor may read of: its own, or those of roles it governs (R7)."""
    rows = Part.objects.select_related("organisation", "qualification")
    if actor.is_system or actor.is_participant:
        return rows
    if actor.body not in REVIEWING_BODIES:
        return rows.none()
    roles = governed_roles(actor.body)
    held = Qualification.objects.filter(organisation_id=OuterRef("organisation_id"), role__in=roles)
    shared = Q(qualification=None) & Exists(held)
    return rows.filter(shared | Q(qualification__role__in=roles))


def threads(actor: Actor) -> QuerySet[Thread]:
    """Return the threads that the actor may read, oldest first, with the parts they hang on."""
    rows = Thread.objects.select_related("part", "part__qualification", "organisation")
    rows = rows.annotate(joined=ArraySubquery(_joined())).order_by("raised_at", "pk")
    if actor.is_system or actor.is_participant:
        return rows
    return rows.filter(part__in=parts(actor).values("pk"))


def _joined() -> QuerySet:
    rows = Joining.objects.filter(thread_id=OuterRef("pk"), left_at=None)
    return rows.order_by("body").values("body")


def with_talk(rows: QuerySet[Thread]) -> QuerySet[Thread]:
    """Return threads with their messages and plans, in two more statements."""
    return rows.prefetch_related(
        Prefetch("messages", Message.objects.order_by("at", "pk")),
        Prefetch("plans", ActionPlan.objects.order_by("number")),
    )


def of_question(actor: Actor, part: Part, question: str) -> QuerySet[Thread]:
    """Return the threads of all bodies on one question, with their messages and plans."""
    return with_talk(threads(actor).filter(part=part, question=question))


def with_talk_of(rows: Iterable[Thread]) -> list[Thread]:
    """Return threads that are at hand with their messages and plans, in two statements."""
    held = list(rows)
    prefetch_related_objects(
        held,
        Prefetch("messages", Message.objects.order_by("at", "pk")),
        Prefetch("plans", ActionPlan.objects.order_by("number")),
    )
    return held


def open_by_part(actor: Actor, organisation_id: UUID) -> dict[UUID, int]:
    """Return how many threads are open on each part of an organisation's QAD."""
    rows = open_threads(actor).filter(organisation_id=organisation_id).order_by()
    counted = rows.values("part_id").annotate(count=Count("pk"))
    return {row["part_id"]: row["count"] for row in counted}


def body_reviews(held: Iterable[Qualification]) -> dict[tuple[UUID, str], BodyReview]:
    """Return the bodies' reviews of qualifications at their present stages."""
    stages = {each.pk: each.stage for each in held}
    rows = BodyReview.objects.filter(qualification_id__in=stages)
    return {
        (row.qualification_id, row.body): row
        for row in rows
        if row.stage == stages[row.qualification_id]
    }


def open_threads(actor: Actor) -> QuerySet[Thread]:
    """Return the threads that are not settled."""
    return threads(actor).exclude(status__in=SETTLED)


def approvals(part_ids: Iterable[UUID]) -> dict[tuple[UUID, str], Approval]:
    """Return the bodies' opinions of parts, with the versions they cover, by part and body."""
    rows = Approval.objects.filter(part_id__in=list(part_ids)).select_related("version")
    return {(row.part_id, row.body): row for row in rows}


def section_readers(part: Part) -> dict[str, frozenset[str]]:
    """Return the bodies that read something of each section of a part (R89)."""
    held = Qualification.objects.filter(organisation_id=part.organisation_id)
    return readers_by_section(part, queries.reviewers_by_question(part, held))


def readers_by_section(
    part: Part, by_question: dict[str, tuple[str, ...]]
) -> dict[str, frozenset[str]]:
    """Return the same from what is known of each question already."""
    scope = "ORGANISATION" if part.is_organisation_part else "ROLE"
    return {
        section.code: reduce(
            or_,
            (frozenset(by_question[each.code]) for each in section.in_scope(scope)),
            frozenset(),
        )
        for section in bank.of_part(part).sections
        if section.in_scope(scope)
    }


def reopen_requests(actor: Actor, organisation_id: UUID | None = None) -> QuerySet[ReopenRequest]:
    """Return requests to reopen, those that wait first, newest first."""
    rows = ReopenRequest.objects.select_related("organisation", "qualification")
    if organisation_id:
        rows = rows.filter(organisation_id=organisation_id)
    return _of_governed(actor, rows).order_by(
        F("decided_at").asc(nulls_first=True), "-requested_at", "pk"
    )


def waiting_requests(actor: Actor) -> QuerySet[ReopenRequest]:
    """Return the requests to reopen that wait for an answer."""
    rows = reopen_requests(actor).filter(status=ReopenState.REQUESTED)
    return rows.exclude(qualification__status=Status.WITHDRAWN)


def letters(actor: Actor, organisation_id: UUID) -> QuerySet[DelegationLetter]:
    """Return an organisation's letters of delegated authority, newest first."""
    rows = DelegationLetter.objects.filter(organisation_id=organisation_id)
    rows = rows.select_related("qualification", "file", "organisation")
    return _of_governed(actor, rows).order_by("-drafted_at", "pk")


def sign_offs(actor: Actor, organisation_id: UUID | None = None) -> QuerySet[SignOff]:
    """Return signatures, void ones included, newest first."""
    rows = SignOff.objects.select_related("organisation", "qualification")
    if organisation_id:
        rows = rows.filter(organisation_id=organisation_id)
    return _of_governed(actor, rows).order_by("-signed_at", "pk")


def decisions(actor: Actor, organisation_id: UUID | None = None) -> QuerySet[Decision]:
    """Return recorded decisions, newest first."""
    rows = Decision.objects.select_related("organisation", "qualification", "sign_off")
    if organisation_id:
        rows = rows.filter(organisation_id=organisation_id)
    return _of_governed(actor, rows).order_by("-recorded_at", "pk")


def ready_to_decide(actor: Actor) -> QuerySet[Qualification]:
    """Return what is signed off and waits for decisions, longest first."""
    rows = Qualification.objects.filter(status=Status.SIGNED_OFF).select_related("organisation")
    if actor.is_staff:
        rows = rows.filter(role__in=governed_roles(actor.body))
    return rows.order_by("signed_off_at", "pk")


def _of_governed(actor: Actor, rows: QuerySet) -> QuerySet:
    if actor.is_staff:
        return rows.filter(qualification__role__in=governed_roles(actor.body))
    return rows
