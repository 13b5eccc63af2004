"""Reading dates, obligations and reports, in as many statements for one as for a hundred."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from foundation.clock import moments
from foundation.tenancy.actor import Actor
from participants.models import Qualification
from participants.roles import roles_in_reach
from waves import tables
from waves.dates import Dated, dates_of, state_of
from waves.deadlines import Due, london_date
from waves.enums import ObligationState
from waves.forecast import forecast
from waves.happenings import as_events, instants
from waves.models import CompletionReport, Obligation, PreQualification

OPEN = (ObligationState.RUNNING, ObligationState.PAUSED)


def dates(qualification_ids: Iterable[UUID]) -> dict[UUID, list[Dated]]:
    """Return every date of these qualifications with its reason, in four statements."""
    keys = list(qualification_ids)
    rows = Qualification.objects.filter(pk__in=keys).order_by("created_at", "pk")
    return dates_for(list(rows))


def dates_for(qualifications: Sequence[Qualification]) -> dict[UUID, list[Dated]]:
    """Return the same for qualifications that are at hand, in three statements."""
    return {key: road.dates for key, road in roads_for(qualifications).items()}


@dataclass(frozen=True, slots=True)
class RoadAhead:
    """The dates of a qualification, and what is to come if each step ends on its last day."""

    dates: list[Dated]
    expected: dict[str, Due]


def roads_for(qualifications: Sequence[Qualification]) -> dict[UUID, RoadAhead]:
    """Return dates and expectations of qualifications that are at hand, in three statements."""
    keys = [each.pk for each in qualifications]
    reports = _by_qualification(CompletionReport.objects.filter(qualification_id__in=keys))
    held = _by_qualification(Obligation.objects.filter(qualification_id__in=keys))
    published, now = tables.current(), moments.now()
    found = {}
    for each in qualifications:
        events = as_events(instants(each, reports.get(each.pk, ())))
        found[each.pk] = RoadAhead(
            dates=dates_of(
                each,
                events=events,
                obligations=held.get(each.pk, ()),
                published=published,
                now=now,
            ),
            expected=forecast(published.timetable, each.route, events, london_date(now)),
        )
    return found


@dataclass(frozen=True, slots=True)
class Owed:
    """A running duty in plain values, for home pages, queues and lists."""

    id: UUID
    qualification_id: UUID
    organisation_id: UUID
    organisation: str
    slug: str
    role: str
    route: str
    status: str
    activity: str
    label: str
    body: str
    state: str
    started_on: date | None
    opens_on: date | None
    due_on: date
    due_at: datetime
    cap_on: date | None
    because: str
    reason: dict[str, Any]

    @property
    def binds(self) -> str:
        """What fixed the date in the end: rule, cap, both, fixed, late or floor."""
        return self.reason.get("binds", "")

    def days_left(self, today: date) -> int:
        """The days from a day to the date; negative once it has passed."""
        return (self.due_on - today).days


def obligations_for(
    actor: Actor,
    *,
    organisation_id: UUID | None = None,
    mine: bool = False,
    overdue_only: bool = False,
    activities: Iterable[str] = (),
    limit: int | None = None,
) -> list[Owed]:
    """Return the running duties that the actor may see, the most pressing first, in one statement.

    ``mine`` leaves those that the actor's own side holds: the organisation, or the body.
    """
    rows = owed_to_see(actor, organisation_id=organisation_id, mine=mine)
    now = moments.now()
    if overdue_only:
        rows = rows.filter(due_at__lte=now)
    if wanted := list(activities):
        rows = rows.filter(activity__in=wanted)
    return [owed(row, now) for row in (rows[:limit] if limit else rows)]


def overdue(actor: Actor, *, mine: bool = False, limit: int | None = None) -> list[Owed]:
    """Return the duties whose date has passed, the longest overdue first."""
    return obligations_for(actor, mine=mine, overdue_only=True, limit=limit)


def owed_to_see(
    actor: Actor, *, organisation_id: UUID | None = None, mine: bool = False
) -> QuerySet[Obligation]:
    """Return the open obligations that the actor may see, by date (R1, R7)."""
    rows = Obligation.objects.filter(state__in=OPEN).select_related("qualification__organisation")
    if organisation_id:
        rows = rows.filter(organisation_id=organisation_id)
    if actor.is_staff:
        rows = rows.filter(qualification__role__in=roles_in_reach(actor))
    if mine:
        rows = rows.filter(body=actor.body)
    return rows.order_by("due_at", "organisation__name", "activity", "body", "pk")


def obligations(actor: Actor, organisation_id: UUID) -> QuerySet[Obligation]:
    """Return every duty around an organisation that the actor may see, also those that ended."""
    rows = Obligation.objects.filter(organisation_id=organisation_id)
    if actor.is_staff:
        rows = rows.filter(qualification__role__in=roles_in_reach(actor))
    return rows.order_by("due_at", "activity", "body", "pk")


def owed(row: Obligation, now: datetime) -> Owed:
    """Return an obligation in plain values, as it stands at a moment."""
    held = row.qualification
    return Owed(
        id=row.pk,
        qualification_id=held.pk,
        organisation_id=row.organisation_id,
        organisation=held.organisation.name,
        slug=held.organisation.slug,
        role=held.role,
        route=held.route,
        status=held.status,
        activity=row.activity,
        label=row.label,
        body=row.body,
        state=state_of(row, now),
        started_on=row.started_on,
        opens_on=row.opens_on,
        due_on=row.due_on,
        due_at=row.due_at,
        cap_on=row.cap_on,
        because=row.because,
        reason=row.reason,
    )


def reports(actor: Actor, organisation_id: UUID) -> QuerySet[CompletionReport]:
    """Return an organisation's completion reports that the actor may see, newest first."""
    rows = CompletionReport.objects.filter(organisation_id=organisation_id)
    if actor.is_staff:
        rows = rows.filter(qualification__role__in=roles_in_reach(actor))
    return rows.select_related("file", "qualification").order_by("-received_at", "kind", "pk")


def latest_reports(qualification_ids: Iterable[UUID]) -> dict[UUID, list[CompletionReport]]:
    """Return the reports of many qualifications, newest first, in one statement."""
    rows = CompletionReport.objects.filter(qualification_id__in=list(qualification_ids))
    return _by_qualification(rows.select_related("file").order_by("-received_at", "pk"))


def pre_qualification(organisation_id: UUID) -> PreQualification | None:
    """Return an organisation's Pre-Qualification Submission, where there is one."""
    return PreQualification.objects.filter(organisation_id=organisation_id).first()


def is_late_submission(submission: PreQualification, *, existing: bool) -> bool:
    """Whether an existing participant's submission came after its deadline (R28, soft)."""
    timetable = tables.current().timetable
    deadline = timetable.cell("pqs_deadline", submission.preferred_route or "QT_WAVE_1").last_day
    return bool(existing and submission.received_on and submission.received_on > deadline)


def _by_qualification(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.qualification_id, []).append(row)
    return found
