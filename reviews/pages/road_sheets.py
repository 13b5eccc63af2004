"""The printed road: ordering it, waiting for it, opening it."""

from django.urls import reverse

from foundation.clock.words import instant
from foundation.jobs.models import Job, JobState
from foundation.ui.blocks import Action, Fact, JobProgress
from foundation.ui.pages import Head
from foundation.ui.parts import Link, Status
from participants.market_roles import MARKET_ROLES
from participants.models import Organisation, Qualification
from participants.pages.general import SectionsPage

_STATES = {
    None: Status("Not printed yet", "ring"),
    JobState.QUEUED: Status("Waits to be printed", "waiting"),
    JobState.RUNNING: Status("Being printed", "target"),
    JobState.DONE: Status("Printed", "done"),
    JobState.FAILED: Status("Could not be printed", "octagon"),
}


def sheet_url(organisation: Organisation, qualification: Qualification) -> str:
    """Return the address of a qualification's printed road."""
    return reverse("reviews:road_sheet", args=[organisation.slug, qualification.pk])


def sheet_page(
    organisation: Organisation, qualification: Qualification, job: Job | None
) -> SectionsPage:
    """Return the page on which the road is ordered, waited for and opened."""
    role = MARKET_ROLES[qualification.role].label
    dates = reverse("waves:dates", args=[organisation.slug, qualification.pk])
    failed = job is not None and job.state == JobState.FAILED
    return SectionsPage(
        head=Head(
            title="The road on one sheet",
            lead=job.message
            if failed
            else "One landscape page: the stages drawn, and every date with its reason.",
            kicker=_STATES[JobState(job.state) if job else None],
            crumbs=[
                Link("The road", reverse("waves:road", args=[organisation.slug])),
                Link(f"{role}, {qualification.get_route_display()}", dates),
                Link("On one sheet"),
            ],
            browser_title=f"The road on one sheet, {role}",
            actions=_actions(organisation, qualification, job),
        ),
        facts=[
            Fact(label="Printed", value=f"{instant(job.finished_at)}, asked by {job.asked_by_name}")
        ]
        if job and job.state == JobState.DONE and job.finished_at
        else [],
    )


def _actions(
    organisation: Organisation, qualification: Qualification, job: Job | None
) -> list[Action]:
    if job and job.state in (JobState.QUEUED, JobState.RUNNING):
        return []
    again = Action(
        text="Print it as it stands now" if job else "Print it",
        url=sheet_url(organisation, qualification),
        method="post",
        kind="secondary" if job and job.state == JobState.DONE else "primary",
        icon="print",
    )
    if job is None or job.state != JobState.DONE:
        return [again]
    url = reverse("reviews:road_file", args=[organisation.slug, qualification.pk])
    return [Action(text="Open the PDF", url=url, kind="primary", icon="print"), again]


def printing(
    organisation: Organisation, qualification: Qualification, job: Job | None
) -> JobProgress | None:
    """Return how far the printing is; None before it is ordered and once it has ended."""
    if job is None or job.state in (JobState.DONE, JobState.FAILED):
        return None
    waits = job.state == JobState.QUEUED
    said = "Waiting for a worker." if waits else "Being printed: it takes a few seconds."
    return JobProgress(
        done=job.done,
        total=job.total or 1,
        text=f"{said} You can leave this page; the sheet is kept.",
        poll_url=sheet_url(organisation, qualification),
    )
