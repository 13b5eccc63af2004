"""What the API's addresses of this floor lead to; everything else does not exist (404)."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from foundation.errors import Denied
from foundation.tenancy.actor import Actor
from participants import policy
from participants import queries as people
from participants.models import Qualification
from reviews import queries
from reviews.models import ActionPlan, Approval, BodyReview, Thread
from reviews.visibility import sees_part
from submissions import finding
from submissions.models import Part, Version


def held_at(actor: Actor, slug: str, key: UUID) -> Qualification:
    """Return a qualification of an organisation, with it, in one statement."""
    rows = people.qualifications(actor).filter(organisation__slug=slug)
    held = get_object_or_404(rows, pk=key)
    policy.require(actor, "organisation.read", held)
    return held


def read_at(actor: Actor, slug: str, key: UUID) -> Qualification:
    """Return a qualification whose papers the actor reads; the Programme reads none (R11)."""
    held = held_at(actor, slug, key)
    if not sees_part(actor, held.organisation_id, [held.role]):
        raise Denied("This is read by the organisation and the bodies of the role.")
    return held


def threads_of(actor: Actor, slug: str) -> QuerySet[Thread]:
    """Return the threads of an organisation that the actor reads, with what was said."""
    place = finding.organisation(actor, slug)
    return queries.with_talk(queries.threads(actor).filter(organisation=place))


def lean(rows: QuerySet[Thread]) -> QuerySet[Thread]:
    """Return threads for a list: themselves, and of what they hang on only what is shown."""
    own = [field.name for field in Thread._meta.concrete_fields]
    rows = rows.prefetch_related(None).select_related(None).select_related("part", "organisation")
    return rows.only(*own, "part__qualification_id", "organisation__slug")


def plans_of(actor: Actor, slug: str) -> QuerySet[ActionPlan]:
    """Return the action plans of an organisation, the next due first."""
    place = finding.organisation(actor, slug)
    seen = queries.threads(actor).filter(organisation=place).order_by()
    rows = ActionPlan.objects.filter(organisation=place, thread__in=seen.values("pk"))
    return rows.order_by("due_on", "proposed_at", "pk")


def parts_of(actor: Actor, slug: str) -> QuerySet[Part]:
    """Return the parts of an organisation that the actor reads of."""
    return queries.parts(actor).filter(organisation=finding.organisation(actor, slug))


def part_at(actor: Actor, slug: str, key: UUID) -> Part:
    """Return one of these parts."""
    return get_object_or_404(parts_of(actor, slug), pk=key)


def approvals_of(actor: Actor, slug: str) -> QuerySet[Approval]:
    """Return the bodies' opinions of an organisation's parts, each with the newest hash."""
    newest = Version.objects.filter(part_id=OuterRef("part_id")).order_by("-number")
    rows = Approval.objects.filter(part__in=parts_of(actor, slug).values("pk"))
    rows = rows.select_related("part", "version")
    rows = rows.annotate(newest_sha256=Subquery(newest.values("sha256")[:1]))
    return rows.order_by("part_id", "body", "pk")


def reviews_of(qualification: Qualification) -> QuerySet[BodyReview]:
    """Return the bodies' readings of a qualification."""
    return BodyReview.objects.filter(qualification=qualification).order_by("stage", "body", "pk")


def sections_named(actor: Actor, slug: str, named: Iterable[dict]) -> list[tuple[Part, str]]:
    """Return named sections with their parts; an unknown part is a 404."""
    known = {part.pk: part for part in parts_of(actor, slug)}
    found = []
    for each in named:
        part = known.get(each["part"]) or part_at(actor, slug, each["part"])
        found.append((part, each["section"]))
    return found
