"""What a decision stands on beside the QAD: DIP User status, accession, assertions."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.lifecycle import Move
from foundation.tenancy.actor import Actor
from participants import policy
from participants.enums import ENDED, Status
from participants.market_roles import MARKET_ROLES, milestone_of
from participants.models import Qualification
from participants.moves import perform
from reviews import notices
from reviews.lifecycle import CONFIRM_DIP_USER, WITHHOLD_DIP_USER
from reviews.models import Accession, DipUserConfirmation, ManagementAssertion
from reviews.services.holding import hold
from reviews.services.qualifying import qualify_when_complete
from waves.routes import ROUTES


@transaction.atomic
def confirm_dip_user(
    *, qualification: Qualification, actor: Actor, at: datetime, note: str = ""
) -> DipUserConfirmation:
    """Confirm the DIP User status for the DIP Manager, before any decision (R114)."""
    return _say_dip_user(CONFIRM_DIP_USER, qualification, note.strip(), actor, at)


@transaction.atomic
def withhold_dip_user(
    *, qualification: Qualification, note: str, actor: Actor, at: datetime
) -> DipUserConfirmation:
    """Say for the DIP Manager that the status is not confirmed, and what is missing (R114)."""
    if not note.strip():
        raise Invalid({"note": "Say what is missing before you can confirm."})
    return _say_dip_user(WITHHOLD_DIP_USER, qualification, note.strip(), actor, at)


def _say_dip_user(
    move: Move, qualification: Qualification, note: str, actor: Actor, at: datetime
) -> DipUserConfirmation:
    policy.require(actor, move.capability, qualification)
    held = hold(qualification.organisation_id)
    current = held.one(qualification.pk)
    _refuse_closed(current)
    row = DipUserConfirmation.objects.filter(qualification=current).first()
    said = {"note": note, "by_name": actor.name}
    if row is not None:
        row = perform(move, subject=row, actor=actor, at=at, because=note, **said)
        row.at = at  # a column called as perform's own word is
        row.save(update_fields=["at"])
    else:
        row = DipUserConfirmation.objects.create(
            organisation_id=current.organisation_id, qualification=current, status=move.target,
            at=at, **said,
        )  # fmt: skip
        record(move.event, subject=row, actor=actor, at=at, because=note, after=move.target)
    notices.dip_user_said(row, held.organisation, current, at=at)
    qualify_when_complete(qualification=current, actor=actor, at=at)
    return row


@transaction.atomic
def record_accession(
    *, qualification: Qualification, actor: Actor, at: datetime, note: str = ""
) -> Accession:
    """Record for a code body that the organisation acceded and is a Qualified Party (R118)."""
    policy.require(actor, "accession.record", qualification)
    held = hold(qualification.organisation_id)
    current = held.one(qualification.pk)
    _refuse_closed(current)
    if actor.body not in MARKET_ROLES[current.role].deciding_bodies:
        raise Refused("Accession is recorded by the code bodies that govern the role.")
    if Accession.objects.filter(qualification=current, body=actor.body).exists():
        raise Refused(f"{actor.body} has recorded this already.")
    row = Accession.objects.create(
        organisation_id=current.organisation_id, qualification=current, body=actor.body,
        note=note.strip(), at=at, by_name=actor.name,
    )  # fmt: skip
    record("accession.recorded", subject=row, actor=actor, at=at, body=actor.body)
    qualify_when_complete(qualification=current, actor=actor, at=at)
    return row


@transaction.atomic
def make_assertion(
    *,
    qualification: Qualification,
    mpids_remaining: Iterable[str],
    complete_by: date | None,
    text: str,
    actor: Actor,
    at: datetime,
) -> ManagementAssertion:
    """Assert that the remaining MPIDs of a split role complete before the milestone (R119)."""
    policy.require(actor, "assertion.make", qualification)
    held = hold(qualification.organisation_id)
    current = held.one(qualification.pk)
    _refuse_closed(current)
    if not current.mpids_split:
        raise Refused("All MPIDs of this role go together; there is nothing to assert.")
    if current.status == Status.SIGNED_OFF:
        raise Refused("This is signed. The assertion is part of what was signed.")
    codes = [code.strip().upper() for code in mpids_remaining if code.strip()]
    _refuse_incomplete(current, codes, complete_by, text)
    row, made = ManagementAssertion.objects.update_or_create(
        qualification=current,
        defaults={
            "organisation_id": current.organisation_id,
            "mpids_remaining": codes,
            "complete_by": complete_by,
            "text": text.strip(),
            "made_at": at,
            "made_by_name": actor.name,
        },
    )
    notices.assertion_made(row, held.organisation, current, at=at)
    record(
        "assertion.made" if made else "assertion.renewed", subject=row, actor=actor, at=at,
        mpids=codes, complete_by=complete_by,
    )  # fmt: skip
    return row


def _refuse_closed(qualification: Qualification) -> None:
    if qualification.status in ENDED:
        raise Refused("This qualification has ended; nothing of it changes now.")


def _refuse_incomplete(
    qualification: Qualification, codes: list[str], complete_by: date | None, text: str
) -> None:
    problems = {}
    if not codes:
        problems["mpids_remaining"] = "Name the MPIDs that still have to qualify."
    if any(len(code) != 4 or not code.isalnum() for code in codes):
        problems["mpids_remaining"] = "An MPID has four letters or digits."
    if not text.strip():
        problems["text"] = "Say how the remaining MPIDs will complete."
    milestone = milestone_of(qualification.role, ROUTES[qualification.route].kind)
    if complete_by is None:
        problems["complete_by"] = "Give the day by which they complete."
    elif milestone is not None and complete_by >= milestone.on:
        problems["complete_by"] = (
            f"They have to complete before {milestone.code}, {milestone.on:%-d %B %Y}"
            f" ({milestone.source})."
        )
    if problems:
        raise Invalid(problems)
