"""Ordering the printed sheet of a signature, and keeping it: the Applicant's Confirmation (RP3)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from foundation.audit.trail import record
from foundation.documents.services import store
from foundation.jobs import services as jobs
from foundation.jobs.models import Job, JobState
from foundation.tenancy.actor import Actor
from reviews.assembly.confirmation import confirmation_of, reference_of
from reviews.enums import SignOffState
from reviews.models import SignOff
from reviews.packs.content import ConfirmationSheet
from reviews.services.holding import hold

# A signature that fell is printed anew, with the reason on the sheet.
KINDS = {SignOffState.SIGNED: "confirmation", SignOffState.VOID: "confirmation_void"}
PATIENCE = timedelta(minutes=30)  # a sheet takes seconds


def job_of(signed: SignOff) -> Job | None:
    """Return the work that printed, or prints, a signature as it stands; None before an order."""
    rows = Job.objects.filter(kind=KINDS[SignOffState(signed.status)], subject_id=signed.pk)
    return rows.order_by("-asked_at", "-pk").first()


@transaction.atomic
def order(*, signed: SignOff, actor: Actor, at: datetime, enqueue: Callable[[str], object]) -> Job:
    """Order the sheet of a signature as it stands; what is ordered or printed is found again.

    The caller has made sure that the actor may read the signature.
    """
    if there := _in_hand(signed, at):
        return there
    hold(signed.organisation_id)  # of two who order at once the second finds the first's
    return _in_hand(signed, at) or jobs.start(
        kind=KINDS[SignOffState(signed.status)],
        actor=actor,
        at=at,
        subject_id=signed.pk,
        organisation_id=signed.organisation_id,
        enqueue=enqueue,
    )


def _in_hand(signed: SignOff, at: datetime) -> Job | None:
    there = job_of(signed)
    if there is None or there.state == JobState.FAILED:
        return None
    # A worker that died without a word leaves its job behind: another may be ordered.
    is_left = there.state != JobState.DONE and there.asked_at < at - PATIENCE
    return None if is_left else there


def sheet_for(job: Job) -> ConfirmationSheet:
    """Return what a job prints, from what was signed and nothing later."""
    rows = SignOff.objects.select_related("qualification", "organisation", "letter")
    signed = rows.get(pk=job.subject_id)
    return confirmation_of(signed, signed.qualification, signed.organisation)


@transaction.atomic
def keep(*, job_id: UUID, pdf: bytes, actor: Actor, at: datetime) -> Job:
    """Store a printed sheet and end its job; a second call changes nothing."""
    job = Job.objects.select_for_update(no_key=True).get(pk=job_id)
    if job.state == JobState.DONE:
        return job
    signed = SignOff.objects.get(pk=job.subject_id)
    stored = store(
        name=f"{reference_of(signed)}.pdf",
        content=pdf,
        actor=actor,
        at=at,
        organisation_id=signed.organisation_id,
        release=True,
    )
    jobs.finish(job.pk, at=at, result_file_id=stored.pk)
    record("confirmation.printed", subject=signed, actor=actor, at=at, sha256=stored.sha256)
    job.refresh_from_db()
    return job
