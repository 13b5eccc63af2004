"""Background work of this floor: building decision packs, printing signatures.

Whatever stops a print is told: the row says so in words, and an unforeseen error is raised further
so that the worker's log holds it. Nothing is left "being built".
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from uuid import UUID

from celery import shared_task

from foundation.clock import moments
from foundation.errors import Refused
from foundation.jobs import services as jobs
from foundation.jobs.models import Job, JobState
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from reviews.enums import PackState
from reviews.models import Pack
from reviews.packs import apart
from reviews.services import packing, reporting, road_sheets, sheets

UNFORESEEN = (
    "It could not be printed, through an error of the portal that is on record. Try it again; if"
    " that fails too, tell whoever runs the portal."
)


@shared_task
def build_pack(pack_id: str) -> str:
    """Render and keep a pack; asked twice, the same content gives the same bytes."""
    return build(UUID(pack_id))


def build(pack_id: UUID) -> str:
    """Read, render outside of any transaction, store; return the pack's seal, "" when it failed."""
    with acting_as(PORTAL):
        pack = Pack.objects.get(pk=pack_id)
    if pack.status == PackState.READY:
        return pack.seal

    def progress(done: int, total: int) -> None:
        with acting_as(PORTAL):
            jobs.advance(pack.job_id, done=done, total=total, message=f"Page {done} of {total}")

    def give_up(problem: str) -> None:
        with acting_as(PORTAL):
            packing.give_up(pack_id=pack_id, problem=problem, actor=PORTAL, at=moments.now())

    with _or_tell(give_up):
        with acting_as(PORTAL):
            content = packing.content_of(pack, at=moments.now())
        rendered = apart.pack_pdf(content, progress)
        with acting_as(PORTAL):
            kept = packing.keep(pack_id=pack_id, rendered=rendered, actor=PORTAL, at=moments.now())
        return kept.seal
    return ""


@contextmanager
def _or_tell(give_up: Callable[[str], None]) -> Iterator[None]:
    """Have every failure told; what was foreseen ends here, anything else is raised further."""
    with ExitStack() as unless_done:
        unless_done.callback(give_up, UNFORESEEN)
        try:
            yield
        except Refused as problem:
            unless_done.pop_all()
            give_up(str(problem))
        else:
            unless_done.pop_all()


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

    def give_up(problem: str) -> None:
        with acting_as(PORTAL):
            jobs.fail(job_id, at=moments.now(), message=problem)

    with _or_tell(give_up):
        with acting_as(PORTAL):
            sheet = sheets.sheet_for(job)
            jobs.advance(job_id, done=0, total=1, message="Being printed")
        pdf = apart.sheet_pdf(sheet)
        with acting_as(PORTAL):
            sheets.keep(job_id=job_id, pdf=pdf, actor=PORTAL, at=moments.now())
        return True
    return False


def enqueue_sheet(job_id: str) -> None:
    """Hand a sheet to the workers; called once the transaction that ordered it stands."""
    print_sheet.delay(job_id)


@shared_task
def print_report(job_id: str) -> bool:
    """Print and keep a report as it was taken; asked twice, the same content gives one file."""
    return report_printed(UUID(job_id))


def report_printed(job_id: UUID) -> bool:
    """Read, print outside of any transaction, store; return whether there is a file now."""
    with acting_as(PORTAL):
        job = Job.objects.get(pk=job_id)
        if job.state == JobState.DONE:
            return True
        edition = reporting.edition_for(job)
        jobs.advance(job_id, done=0, total=1, message="Being printed")
    try:
        pdf = apart.sheet_pdf(edition)
    except (Refused, apart.PrintingFailedError) as problem:
        with acting_as(PORTAL):
            jobs.fail(job_id, at=moments.now(), message=str(problem))
        return False
    with acting_as(PORTAL):
        reporting.keep(job_id=job_id, pdf=pdf, actor=PORTAL, at=moments.now())
    return True


def enqueue_report(job_id: str) -> None:
    """Hand a report to the workers; called once the transaction that ordered it stands."""
    print_report.delay(job_id)


@shared_task
def print_road(job_id: str) -> bool:
    """Print and keep the road of a qualification; asked twice, there is one file."""
    return road_printed(UUID(job_id))


def road_printed(job_id: UUID) -> bool:
    """Read, print outside of any transaction, store; return whether there is a file now."""
    with acting_as(PORTAL):
        job = Job.objects.get(pk=job_id)
    if job.state == JobState.DONE:
        return True

    def give_up(problem: str) -> None:
        with acting_as(PORTAL):
            jobs.fail(job_id, at=moments.now(), message=problem)

    with _or_tell(give_up):
        with acting_as(PORTAL):
            sheet = road_sheets.sheet_for(job, at=moments.now())
            jobs.advance(job_id, done=0, total=1, message="Being printed")
        pdf = apart.sheet_pdf(sheet)
        with acting_as(PORTAL):
            road_sheets.keep(job_id=job_id, pdf=pdf, actor=PORTAL, at=moments.now())
        return True
    return False


def enqueue_road(job_id: str) -> None:
    """Hand a road to the workers; called once the transaction that ordered it stands."""
    print_road.delay(job_id)
