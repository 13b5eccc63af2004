"""Starting, advancing and ending background work."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from foundation.jobs.models import Job, JobState
from foundation.tenancy.actor import Actor


def start(
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    enqueue: Callable[[str], object],
    subject_id: UUID | None = None,
    organisation_id: UUID | None = None,
) -> Job:
    """Write the job's row and, once the transaction stands, hand its id to ``enqueue``."""
    job = Job.objects.create(
        kind=kind,
        subject_id=subject_id,
        organisation_id=organisation_id,
        asked_by_id=actor.person_id,
        asked_by_name=actor.name,
        asked_at=at,
    )
    transaction.on_commit(lambda: enqueue(str(job.pk)))
    return job


def advance(job_id: UUID | str, *, done: int, total: int, message: str = "") -> None:
    """Say how far a job is."""
    Job.objects.filter(pk=job_id).update(
        state=JobState.RUNNING, done=done, total=total, message=message[:300]
    )


def finish(job_id: UUID | str, *, at: datetime, result_file_id: UUID | None = None) -> None:
    """End a job well."""
    Job.objects.filter(pk=job_id).update(
        state=JobState.DONE, finished_at=at, result_file_id=result_file_id, message=""
    )


def fail(job_id: UUID | str, *, at: datetime, message: str) -> None:
    """End a job with what went wrong, in words."""
    Job.objects.filter(pk=job_id).update(
        state=JobState.FAILED, finished_at=at, message=message[:300]
    )
