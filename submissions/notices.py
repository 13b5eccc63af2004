"""What people are told of submissions (NT16, NT18, NT20, NT21)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from foundation.notices.outbox import announce
from participants.market_roles import MARKET_ROLES, reviewing_bodies
from participants.models import Qualification
from participants.queries import member_recipients, staff_recipients
from submissions.models import Version
from submissions.sheet import PartSheet


def _roles(qualifications: Iterable[Qualification]) -> str:
    return ", ".join(MARKET_ROLES[each.role].label for each in qualifications)


def _bodies(qualifications: Iterable[Qualification]) -> tuple[str, ...]:
    return reviewing_bodies(tuple({each.role for each in qualifications}))


def _tell_bodies(
    qualifications: Sequence[Qualification],
    *,
    kind: str,
    key: str,
    what: str,
    text: str,
    at: datetime,
    bodies: Iterable[str] = (),
) -> None:
    organisation = qualifications[0].organisation
    announce(
        kind=kind,
        key=key,
        recipients=staff_recipients(bodies or _bodies(qualifications)),
        subject=f"{organisation.name}, {_roles(qualifications)}: {what}",
        text=text,
        path=f"/o/{organisation.slug}/qualified/",
        at=at,
        organisation_id=organisation.pk,
    )


def section_submitted(
    own: PartSheet,
    qualifications: Sequence[Qualification],
    section: str,
    version: Version,
    *,
    at: datetime,
) -> None:
    """NT16: a section of the Initial QAD came in; the bodies that read it are told."""
    touched = [q for q in qualifications if own.part.qualification_id in (None, q.pk)]
    asked = [one for one in own.questions if one.question.section == section]
    _tell_bodies(
        touched,
        kind="section_submitted",
        key=f"{version.pk}:{section}",
        what=f"section {section} submitted",
        text=f"Section {section} of the Initial QAD was submitted as version {version.number}.",
        at=at,
        bodies={body for one in asked for body in one.reviewers},
    )


def initial_submitted(qualifications: Sequence[Qualification], *, at: datetime) -> None:
    """NT16: the Initial QAD came in; the six-week clocks run."""
    _tell_bodies(
        qualifications,
        kind="initial_submitted",
        key=f"{qualifications[0].pk}:{at.isoformat()}",
        what="Initial QAD submitted",
        text="The Initial QAD was submitted and can be read. The review clock runs.",
        at=at,
    )
    _receipt(qualifications, "Initial QAD", at)


def changes_submitted(qualification: Qualification, version: Version, *, at: datetime) -> None:
    """NT18: changes after the Initial submission."""
    _tell_bodies(
        [qualification],
        kind="changes_submitted",
        key=str(version.pk),
        what="changes to the Initial QAD",
        text=f"Changes to the Initial QAD were handed in as version {version.number}.",
        at=at,
    )


def final_opened(qualification: Qualification, *, at: datetime) -> None:
    """NT20: the QAD is the Final now; its owner and the bodies are told."""
    organisation = qualification.organisation
    role = MARKET_ROLES[qualification.role].label
    _tell_bodies(
        [qualification],
        kind="final_opened",
        key=str(qualification.pk),
        what="the QAD is now the Final",
        text="What was submitted as Initial stays as you read it. The Final is being written.",
        at=at,
    )
    announce(
        kind="final_opened",
        key=str(qualification.pk),
        recipients=member_recipients(organisation.pk),
        subject=f"{organisation.name}, {role}: your QAD is now the Final",
        text=(
            "The QAD was re-versioned: the Initial stays as it was read, and everything that you"
            " change now belongs to the Final."
        ),
        path=f"/o/{organisation.slug}/qad/",
        at=at,
        organisation_id=organisation.pk,
    )


def final_submitted(qualifications: Sequence[Qualification], *, at: datetime) -> None:
    """NT21: the Final QAD came in and is locked; the four-week clocks run."""
    _tell_bodies(
        qualifications,
        kind="final_submitted",
        key=f"{qualifications[0].pk}:{at.isoformat()}",
        what="Final QAD submitted",
        text="The Final QAD was submitted and is locked. The review clock runs.",
        at=at,
    )
    _receipt(qualifications, "Final QAD", at)


def resubmitted(
    qualifications: Sequence[Qualification], unchanged: Sequence[str] = (), *, at: datetime
) -> None:
    """NT18: what was reopened came in again; the letters of what came unchanged are named."""
    same = f" Nothing changed in {', '.join(unchanged)}; the portal says why." if unchanged else ""
    if qualifications:
        _tell_bodies(
            qualifications,
            kind="final_resubmitted",
            key=f"{qualifications[0].pk}:{at.isoformat()}",
            what="reopened sections submitted",
            text=f"The reopened sections were submitted again and are locked.{same}",
            at=at,
        )


def _receipt(qualifications: Sequence[Qualification], what: str, at: datetime) -> None:
    organisation = qualifications[0].organisation
    announce(
        kind="receipt",
        key=f"{qualifications[0].pk}:{what}:{at.isoformat()}",
        recipients=member_recipients(organisation.pk),
        subject=f"{organisation.name}, {_roles(qualifications)}: {what} received",
        text=f"The portal received your {what}. The bodies have been told.",
        path=f"/o/{organisation.slug}/qad/",
        at=at,
        organisation_id=organisation.pk,
    )
