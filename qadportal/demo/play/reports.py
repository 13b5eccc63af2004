"""One edition of the progress report as it was issued, and one risk as it was reported."""

from datetime import date, datetime, time, timedelta

from foundation.clock import moments
from foundation.jobs.models import Job
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants import entry
from participants.enums import Duty
from participants.models import Person, Qualification
from reviews import tasks
from reviews.reports.kept import ISSUED
from reviews.services import reporting
from waves.progress import REPORTED
from waves.reports.progress import RP7
from waves.services import risk

BEHIND = ("brackwater", "ADS")
NOTE = (
    "Two tests behind the present plan and one defect of severity 1 open since the week of"
    " 10 November. The plan is reviewed with the organisation on 20 November."
)


def play_reports(now: datetime) -> None:
    """Report a risk last Friday and issue last Monday's edition, unless both stand."""
    monday = now.date() - timedelta(days=now.weekday())
    _report_risk(_at(monday - timedelta(days=3), 15))
    _issue(_at(monday, 9))


def _report_risk(at: datetime) -> None:
    with moments.at(at), acting_as(_staff(Duty.TEST_MANAGER)) as manager:
        slug, role = BEHIND
        held = Qualification.objects.select_related("organisation").filter(
            organisation__slug=slug, role=role
        )
        chosen = held.first()
        if chosen and REPORTED not in chosen.happened:
            risk.report_risk(qualification=chosen, note=NOTE, actor=manager, at=at)


def _issue(at: datetime) -> None:
    with moments.at(at), acting_as(_staff(Duty.PLANNER)) as planner:
        if Job.objects.filter(kind__startswith=f"{ISSUED}.").exists():
            return
        job = reporting.order(
            report=RP7, query={}, issue=True, actor=planner, at=at,
            enqueue=lambda _: None,  # printed right here, not by a worker
        )  # fmt: skip
    with moments.at(at):
        tasks.report_printed(job.pk)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), moments.LONDON)


def _staff(duty: str) -> Actor:
    with acting_as(PORTAL):
        found = Person.objects.filter(body="BSC", duties__contains=[duty])
        return entry.staff_actor(found.earliest("created_at"))
