"""Reading meetings of the BSC PAB: the calendar, one agenda, where an application stands."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from foundation.tenancy.actor import Actor
from participants.models import Qualification
from reviews import queries
from reviews.enums import MeetingState, Outcome, PackState
from reviews.models import Decision, Meeting, MeetingItem, Pack

COMING, PAST = "coming", "past"


def meetings(show: str) -> QuerySet[Meeting]:
    """Return the planned meetings, the nearest first, or those that are over, newest first."""
    rows = Meeting.objects.annotate(
        items_count=_count(MeetingItem.objects.filter(meeting_id=OuterRef("pk")), "meeting_id"),
        decided_count=_count(Decision.objects.filter(meeting_id=OuterRef("pk")), "meeting_id"),
    )
    if show == PAST:
        return rows.exclude(status=MeetingState.PLANNED).order_by("-held_on", "pk")
    return rows.filter(status=MeetingState.PLANNED).order_by("held_on", "pk")


def agenda(meeting: Meeting) -> list[MeetingItem]:
    """Return what stands on an agenda, in its order."""
    rows = meeting.items.select_related("organisation", "qualification")
    return list(rows.order_by("position", "pk"))


def decided_at(meeting: Meeting) -> dict[UUID, Decision]:
    """Return the last decision of a meeting on each application."""
    rows = Decision.objects.filter(meeting=meeting).order_by("sequence")
    return {row.qualification_id: row for row in rows}


def packs_for(body: str, keys: Iterable[UUID]) -> dict[UUID, Pack]:
    """Return the newest finished pack of a body that holds each application."""
    wanted = list(keys)
    rows = Pack.objects.filter(body=body, status=PackState.READY, qualifications__overlap=wanted)
    found: dict[UUID, Pack] = {}
    for pack in rows.defer("manifest").order_by("asked_at", "pk"):
        found |= dict.fromkeys(set(pack.qualifications) & set(wanted), pack)
    return found


def to_put(actor: Actor, meeting: Meeting) -> list[Qualification]:
    """Return the signed applications that could stand on an agenda, the oldest signature first.

    Each with ``stands_on``: the days of the other planned meetings that it stands on now.
    """
    decided = Decision.objects.filter(body="BSC", sign_off__status="SIGNED").exclude(
        outcome=Outcome.DEFERRED
    )
    elsewhere = MeetingItem.objects.filter(
        qualification_id=OuterRef("pk"), meeting__status=MeetingState.PLANNED
    )
    rows = queries.ready_to_decide(actor).exclude(pk__in=decided.values("qualification_id"))
    rows = rows.exclude(pk__in=meeting.items.values("qualification_id"))
    return list(rows.annotate(stands_on=ArraySubquery(elsewhere.values("meeting__held_on"))))


def of_organisation(organisation_id: UUID) -> dict[UUID, Meeting]:
    """Return the planned meeting on whose agenda each application of an organisation stands."""
    rows = MeetingItem.objects.filter(
        organisation_id=organisation_id, meeting__status=MeetingState.PLANNED
    )
    return {row.qualification_id: row.meeting for row in rows.select_related("meeting")}


def together(rows: Sequence[MeetingItem]) -> set[UUID]:
    """Return the organisations of an agenda."""
    return {row.organisation_id for row in rows}


def _count(rows: QuerySet, key: str) -> Coalesce:
    counted = rows.order_by().values(key).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
