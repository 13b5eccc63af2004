"""The printed sheet of a signature: waiting for it, opening it."""

from django.urls import reverse

from foundation.clock.words import instant
from foundation.jobs.models import Job, JobState
from foundation.ui.blocks import Action, Fact, JobProgress
from foundation.ui.pages import Head
from foundation.ui.parts import Code, Link, Status
from participants.market_roles import MARKET_ROLES
from participants.models import Organisation, Qualification
from participants.pages.general import SectionsPage
from reviews.assembly.confirmation import record_hash, reference_of
from reviews.coverage import Lost
from reviews.enums import SignOffState
from reviews.models import SignOff
from reviews.pages.signing import said_of_lost

_STATES = {
    None: Status("Not printed yet", "ring"),
    JobState.QUEUED: Status("Waits to be printed", "waiting"),
    JobState.RUNNING: Status("Being printed", "target"),
    JobState.DONE: Status("Printed", "done"),
    JobState.FAILED: Status("Could not be printed", "octagon"),
}


def sheet_url(organisation: Organisation, signed: SignOff, name: str = "sheet") -> str:
    """Return the address of a signature's sheet, or with ``confirmation`` of its file."""
    url = reverse(f"reviews:{name}", args=[organisation.slug, signed.qualification_id])
    return f"{url}?signature={signed.pk}"


def sheet_page(
    organisation: Organisation,
    qualification: Qualification,
    signed: SignOff,
    job: Job | None,
    lost: Lost | None = None,
) -> SectionsPage:
    """Return the page on which a sheet is ordered, waited for and opened.

    ``lost`` is what a void signature no longer covers.
    """
    role = MARKET_ROLES[qualification.role].label
    receipt = reverse("reviews:sign_off_of", args=[organisation.slug, qualification.pk])
    return SectionsPage(
        head=Head(
            title="Applicant’s Confirmation",
            lead=job.message if job and job.state == JobState.FAILED else _lead(signed),
            kicker=_STATES[JobState(job.state) if job else None],
            crumbs=[
                Link("Sign-off", reverse("reviews:sign_off", args=[organisation.slug])),
                Link(role, receipt),
                Link("Applicant’s Confirmation"),
            ],
            browser_title=f"Applicant’s Confirmation, {role}",
            actions=[*_actions(organisation, signed, job), _check(organisation)],
        ),
        facts=[
            Fact(label="Signed by", value=signed.signer_name),
            Fact(label="At", value=instant(signed.signed_at)),
            Fact(
                label="Record",
                value=[reference_of(signed), " ", Code(f"{record_hash(signed)[:16]} …")],
            ),
            *([] if lost is None else [Fact(label="Covers", value=said_of_lost(lost))]),
        ],
    )


def _lead(signed: SignOff) -> str:
    if signed.status == SignOffState.VOID:
        return f"This signature is void: {signed.void_because}"
    return "One page: what was confirmed, by whom, when, and the seal of what it covers."


def _actions(organisation: Organisation, signed: SignOff, job: Job | None) -> list[Action]:
    if job and job.state == JobState.DONE:
        url = sheet_url(organisation, signed, "confirmation")
        return [Action(text="Open the PDF", url=url, kind="primary", icon="print")]
    if job and job.state != JobState.FAILED:
        return []
    word = "Print it again" if job else "Print it"
    url = sheet_url(organisation, signed)
    return [Action(text=word, url=url, method="post", kind="primary", icon="print")]


def _check(organisation: Organisation) -> Action:
    return Action(text="Check a paper", url=reverse("reviews:verify_of", args=[organisation.slug]))


def printing(organisation: Organisation, signed: SignOff, job: Job | None) -> JobProgress | None:
    """Return how far the printing is; None before it is ordered and once it has ended."""
    if job is None or job.state in (JobState.DONE, JobState.FAILED):
        return None
    waits = job.state == JobState.QUEUED
    said = "Waiting for a worker." if waits else "Being printed: it takes a few seconds."
    return JobProgress(
        done=job.done,
        total=job.total or 1,
        text=f"{said} You can leave this page; the sheet is kept.",
        poll_url=sheet_url(organisation, signed),
    )
