"""Background work of this floor: building decision packs, printing signatures."""

from uuid import UUID

from celery import shared_task

from foundation.clock import moments
from foundation.errors import Refused
from foundation.jobs import services as jobs
from foundation.jobs.models import Job, JobState
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from reviews.models import Pack
from reviews.packs import apart
from reviews.services import packing, sheets


@shared_task
def build_pack(pack_id: str) -> str:
    """Render and keep a pack; asked twice, the same content gives the same bytes."""
    return build(UUID(pack_id))


def build(pack_id: UUID) -> str:
    """Read, render outside of any transaction, store; return the pack's seal, "" when it failed."""
    with acting_as(PORTAL):
        pack = Pack.objects.get(pk=pack_id)
        content = packing.content_of(pack, at=moments.now())
    job_id = pack.job_id

    def progress(done: int, total: int) -> None:
        with acting_as(PORTAL):
            jobs.advance(job_id, done=done, total=total, message=f"Page {done} of {total}")

    try:
        rendered = apart.pack_pdf(content, progress)
    except (Refused, apart.PrintingFailedError) as problem:
        with acting_as(PORTAL):
            packing.give_up(pack_id=pack_id, problem=str(problem), actor=PORTAL, at=moments.now())
        return ""
    with acting_as(PORTAL):
        return packing.keep(pack_id=pack_id, rendered=rendered, actor=PORTAL, at=moments.now()).seal


def enqueue(pack_id: str) -> None:
    """Hand a pack to the workers; called once the transaction that ordered it stands."""
    build_pack.delay(pack_id)


@shared_task
def print_sheet(job_id: str) -> bool:
    """Print and keep the sheet of a signature; asked twice, the same content gives one file."""
    return printed(UUID(job_id))


def printed(job_id: UUID) -> bool:
    """Read, print outside of any transaction, store; return whether there is a sheet now."""
    with acting_as(PORTAL):
        job = Job.objects.get(pk=job_id)
        if job.state == JobState.DONE:
            return True
        sheet = sheets.sheet_for(job)
        jobs.advance(job_id, done=0, total=1, message="Being printed")
    try:
        pdf = apart.sheet_pdf(sheet)
    except (Refused, apart.PrintingFailedError) as problem:
        with acting_as(PORTAL):
            jobs.fail(job_id, at=moments.now(), message=str(problem))
        return False
    with acting_as(PORTAL):
        sheets.keep(job_id=job_id, pdf=pdf, actor=PORTAL, at=moments.now())
    return True


def enqueue_sheet(job_id: str) -> None:
    """Hand a sheet to the workers; called once the transaction that ordered it stands."""
    print_sheet.delay(job_id)
