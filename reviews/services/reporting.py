"""Making files of reports: each is recorded; the printed ones are kept with what they say."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from foundation.audit.trail import record
from foundation.documents.models import StoredFile
from foundation.documents.services import read as read_file
from foundation.documents.services import store
from foundation.errors import Denied
from foundation.jobs import services as jobs
from foundation.jobs.models import Job, JobState
from foundation.tenancy.actor import Actor
from participants import policy
from reviews.notices import reporting as notices
from reviews.reports import plain_text, workbook
from reviews.reports.asking import ask_of, said_of
from reviews.reports.kept import ISSUED, PRINTED
from waves import tables
from waves.reports.edition import Edition, edition_of, read, text_of
from waves.reports.shape import Report

Query = dict[str, str]


def taken(report: Report, query: Query, actor: Actor, at: datetime) -> Edition:
    """Return a report with all its parts as it stands, narrowed as the query asks."""
    ask = ask_of(report, query, actor, at)
    return edition_of(
        report,
        ask,
        made_by=actor.name,
        scope=report.scope(actor),
        filters=said_of(report, ask),
        source=f"{report.source}. Timetable {tables.current().timetable.version}",
        sort=query.get("sort", ""),
    )


@transaction.atomic
def export(
    *, report: Report, query: Query, kind: str, actor: Actor, at: datetime
) -> tuple[str, bytes, str]:
    """Return a file of a report: its name, bytes and media type; who took it is recorded.

    ``kind`` is "xlsx", of every part, or "csv", of the part that the query names.
    """
    _require(report, actor)
    edition = taken(report, query, actor, at)
    if kind == "xlsx":
        made = (f"{edition.name}.xlsx", workbook.workbook(edition), workbook.MEDIA_TYPE)
    else:
        part = report.part(query.get("part", ""))
        sheet = edition.sheets[list(report.parts).index(part)]
        text = plain_text.csv_text(sheet).encode("utf-8-sig")
        made = (f"{edition.name}-{part.key}.csv", text, plain_text.MEDIA_TYPE)
    _record("report.exported", edition, actor, at, kind=kind)
    return made


@transaction.atomic
def order(
    *,
    report: Report,
    query: Query,
    actor: Actor,
    at: datetime,
    enqueue: Callable[[str], object],
    issue: bool = False,
) -> Job:
    """Keep a report as it stands and have it printed; return the work.

    With ``issue`` it is an edition for the Migration Control Centre, whole and unfiltered (R140).
    """
    _require(report, actor)
    if issue:
        policy.require(actor, "reports.issue")
    edition = taken(report, {} if issue else query, actor, at)
    stored = store(
        name=f"{edition.name}.txt",
        content=text_of(edition).encode(),
        actor=actor,
        at=at,
        organisation_id=None,
        release=True,
    )
    job = jobs.start(
        kind=f"{ISSUED}.{report.code}.{actor.body}" if issue else f"{PRINTED}.{report.code}",
        actor=actor,
        at=at,
        subject_id=stored.pk,
        enqueue=enqueue,
    )
    if issue:
        notices.issued(job, edition, actor.body, at=at)
    _record("report.issued" if issue else "report.ordered", edition, actor, at, job=str(job.pk))
    return job


def edition_for(job: Job) -> Edition:
    """Return what a job prints: the report as it was kept, and nothing later."""
    return read(read_file(StoredFile.objects.get(pk=job.subject_id)).decode())


@transaction.atomic
def keep(*, job_id: UUID, pdf: bytes, actor: Actor, at: datetime) -> Job:
    """Store a printed report and end its job; a second call changes nothing."""
    job = Job.objects.select_for_update(no_key=True).get(pk=job_id)
    if job.state == JobState.DONE:
        return job
    edition = edition_for(job)
    stored = store(
        name=f"{edition.name}.pdf",
        content=pdf,
        actor=actor,
        at=at,
        organisation_id=None,
        release=True,
    )
    jobs.finish(job.pk, at=at, result_file_id=stored.pk)
    _record("report.printed", edition, actor, at, job=str(job.pk), file=stored.sha256)
    job.refresh_from_db()
    return job


def opened(*, job: Job, kind: str, actor: Actor, at: datetime) -> None:
    """Record who opened the file of a kept report."""
    _record("report.opened", edition_for(job), actor, at, job=str(job.pk), kind=kind)


def _require(report: Report, actor: Actor) -> None:
    policy.require(actor, report.capability)
    if not report.is_read_by(actor):
        raise Denied("This report is not for your duties.")


def _record(action: str, edition: Edition, actor: Actor, at: datetime, **more: str) -> None:
    rows = sum(len(sheet.rows) for sheet in edition.sheets)
    record(
        action,
        actor=actor,
        at=at,
        report=edition.code,
        as_of=edition.as_of.isoformat(),
        sha256=edition.sha256,
        rows=rows,
        **more,
    )
