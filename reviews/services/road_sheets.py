"""Ordering the road of a qualification on one sheet (RP13), and keeping what was printed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from foundation.audit.trail import record
from foundation.documents.services import store
from foundation.jobs import services as jobs
from foundation.jobs.models import Job, JobState
from foundation.tenancy.actor import Actor
from participants import policy
from participants.models import Qualification
from reviews.assembly.road import road_sheet
from reviews.packs.road import RoadSheet

KIND = "road_sheet"
PATIENCE = timedelta(minutes=30)  # a sheet takes seconds


def job_of(qualification: Qualification) -> Job | None:
    """Return the last order of a qualification's sheet, or None before one."""
    rows = Job.objects.filter(kind=KIND, subject_id=qualification.pk)
    return rows.order_by("-asked_at", "-pk").first()


@transaction.atomic
def order(
    *,
    qualification: Qualification,
    actor: Actor,
    at: datetime,
    enqueue: Callable[[str], object],
) -> Job:
    """Order the sheet as the dates stand now; one that is being printed is found again."""
    policy.require(actor, "organisation.read", qualification)
    there = job_of(qualification)
    is_printing = there and there.state in (JobState.QUEUED, JobState.RUNNING)
    if is_printing and there.asked_at >= at - PATIENCE:
        return there
    return jobs.start(
        kind=KIND,
        actor=actor,
        at=at,
        subject_id=qualification.pk,
        organisation_id=qualification.organisation_id,
        enqueue=enqueue,
    )


def sheet_for(job: Job, *, at: datetime) -> RoadSheet:
    """Return what a job prints: the dates as they stand when it is printed."""
    rows = Qualification.objects.select_related("organisation")
    return road_sheet(rows.get(pk=job.subject_id), at=at)


@transaction.atomic
def keep(*, job_id: UUID, pdf: bytes, actor: Actor, at: datetime) -> Job:
    """Store a printed road and end its job; a second call changes nothing."""
    job = Job.objects.select_for_update(no_key=True).get(pk=job_id)
    if job.state == JobState.DONE:
        return job
    held = Qualification.objects.select_related("organisation").get(pk=job.subject_id)
    stored = store(
        name=f"road-{held.organisation.slug}-{held.role.lower()}-{at:%Y-%m-%d}.pdf",
        content=pdf,
        actor=actor,
        at=at,
        organisation_id=held.organisation_id,
        release=True,
    )
    jobs.finish(job.pk, at=at, result_file_id=stored.pk)
    record("road.printed", subject=held, actor=actor, at=at, sha256=stored.sha256)
    job.refresh_from_db()
    return job
