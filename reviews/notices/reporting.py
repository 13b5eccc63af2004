"""Who is told that a report was issued (QA&P 11.1)."""

from datetime import datetime

from foundation.clock.words import day
from foundation.jobs.models import Job
from foundation.notices.outbox import announce
from participants import queries as people
from participants.enums import Body, Duty
from waves.reports.edition import Edition


def issued(job: Job, edition: Edition, body: str, *, at: datetime) -> None:
    """Tell the readers of the Migration Control Centre that an edition is there (R140)."""
    announce(
        kind="edition",
        key=str(job.pk),
        recipients=people.staff_recipients([Body.MHHSP], [Duty.MCC_READER]),
        subject=f"{edition.code.upper()} from {Body(body).label}, as at {day(edition.as_of)}",
        text=f"{edition.made_by} of {Body(body).label} issued {edition.title.lower()}, as at the"
        f" end of {day(edition.as_of)}. Its data has the SHA-256 {edition.sha256}.",
        path=f"/desk/reports/{edition.code}/prints/{job.pk}/",
        at=at,
    )
