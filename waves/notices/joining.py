"""What people are told of a Pre-Qualification Submission: handed in, accepted, returned (NT4)."""

from collections.abc import Iterable
from datetime import datetime

from foundation.notices.outbox import Recipient, announce
from waves.models import PreQualification

_KIND = "pre-qualification"


def submitted(
    submission: PreQualification,
    number: int,
    *,
    staff: Iterable[Recipient],
    members: Iterable[Recipient],
    at: datetime,
) -> None:
    """Tell both sides that a version was handed in."""
    what = "Pre-Qualification Submission" if number == 1 else f"version {number} of its plan"
    for audience, text in (
        (staff, f"{submission.submitted_by_name} handed it in. It waits to be accepted."),
        (members, f"{submission.submitted_by_name} handed in version {number}."),
    ):
        _say(
            submission, f"{number}:submitted", audience, f"{what} received (QA&P 9.3)", text, at=at
        )


def accepted(
    submission: PreQualification,
    number: int,
    *,
    staff: Iterable[Recipient],
    members: Iterable[Recipient],
    at: datetime,
) -> None:
    """Tell both sides that the submission was accepted."""
    said = f"{submission.accepted_by_name} accepted version {number}."
    next_ = "The key contact can now be invited as master admin (QA&P 10.3)."
    for audience, text, tail in (
        (staff, f"{said} {next_}", "first-admin/"),
        (members, f"{said} Your waves are indicated and allocated from here on.", ""),
    ):
        headline = "Pre-Qualification Submission accepted"
        _say(submission, f"{number}:accepted", audience, headline, text, tail, at=at)


def returned(
    submission: PreQualification,
    number: int,
    *,
    members: Iterable[Recipient],
    by: str,
    because: str,
    at: datetime,
) -> None:
    """Tell the organisation what is asked of its submission."""
    text = f"{by} returned version {number}: {because} Change it and hand it in again."
    headline = "Pre-Qualification Submission returned"
    _say(submission, f"{number}:returned", members, headline, text, at=at)


def _say(
    submission: PreQualification,
    key: str,
    recipients: Iterable[Recipient],
    headline: str,
    text: str,
    tail: str = "pre-qualification/",
    *,
    at: datetime,
) -> None:
    organisation = submission.organisation
    announce(
        kind=_KIND,
        key=f"{submission.pk}:{key}",
        recipients=recipients,
        subject=f"{organisation.name}: {headline}",
        text=text,
        path=f"/o/{organisation.slug}/{tail or 'pre-qualification/'}",
        at=at,
        organisation_id=organisation.pk,
    )
