"""Reading what was printed and issued of reports."""

from uuid import UUID

from django.db.models import Max, QuerySet

from foundation.documents.models import StoredFile
from foundation.jobs.models import Job
from foundation.tenancy.actor import Actor
from participants.enums import REVIEWING_BODIES, Body
from reviews.reports.kept import ISSUED, PRINTED
from waves.reports.shape import Report


def kinds_of(report: Report, actor: Actor) -> list[str]:
    """Return which issued editions an actor reads: those of its body; the Programme reads all."""
    bodies = REVIEWING_BODIES if actor.body == Body.MHHSP else (actor.body,)
    return [f"{ISSUED}.{report.code}.{body}" for body in bodies]


def jobs_of(report: Report, actor: Actor) -> QuerySet[Job]:
    """Return the issued editions that an actor reads and its own prints, newest first."""
    issued = Job.objects.filter(kind__in=kinds_of(report, actor))
    own = Job.objects.filter(kind=f"{PRINTED}.{report.code}", asked_by_id=actor.person_id)
    return (issued | own).order_by("-asked_at", "-pk")


def last_runs(actor: Actor) -> dict[str, object]:
    """Return when each report was last printed or issued, as far as the actor may see."""
    own = Job.objects.filter(kind__startswith=f"{PRINTED}.", asked_by_id=actor.person_id)
    issued = Job.objects.filter(kind__startswith=f"{ISSUED}.")
    if actor.body != Body.MHHSP:
        issued = issued.filter(kind__endswith=f".{actor.body}")
    rows = (own | issued).order_by().values("kind").annotate(at=Max("asked_at"))
    found: dict[str, object] = {}
    for row in rows:
        code = row["kind"].split(".")[1]
        found[code] = max(row["at"], found.get(code, row["at"]))
    return found


def file_of(key: UUID) -> StoredFile | None:
    """Return a kept file by its key."""
    return StoredFile.objects.filter(pk=key).first()
