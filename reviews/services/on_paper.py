"""Recording where an application on paper stands; its gates and decisions follow as usual (R23)."""

from datetime import date, datetime, time

from django.db import transaction

from foundation.clock.moments import LONDON
from foundation.errors import Invalid, Refused
from foundation.lifecycle import Move
from foundation.tenancy.actor import Actor
from participants import policy
from participants.enums import Entrant, Status
from participants.models import Qualification
from participants.moves import perform
from reviews.enums import Capacity, SignOffState
from reviews.lifecycle.on_paper import CAPABILITY, PaperFacts, next_step
from reviews.models import SignOff
from reviews.notices import on_paper as notices
from reviews.services.holding import Held, hold
from reviews.services.qualifying import qualify_when_complete
from submissions.versions import canonical, digest
from waves.services import clocks

# Which moments of the qualification a step says.
_MOMENTS = {
    Status.INITIAL_SUBMITTED: ("initial_submitted_at",),
    Status.INITIAL_REVIEWED: ("initial_reviewed_at",),
    Status.FINAL_SUBMITTED: ("final_opened_at", "final_submitted_at"),
    Status.CONTENT_AGREED: ("content_agreed_at",),
    Status.SIGNED_OFF: ("signed_off_at",),
}


@transaction.atomic
def record_step(
    *,
    qualification: Qualification,
    on: date | None,
    reference: str,
    signer_name: str = "",
    actor: Actor,
    at: datetime,
) -> Qualification:
    """Record the next step of an application on paper: its day and where the paper is kept.

    The last step is the director's signature, which ``signer_name`` gives (R105). Clocks follow;
    accession, DIP User status and decisions are recorded as for everybody.
    """
    policy.require(actor, CAPABILITY, qualification)
    held = hold(qualification.organisation_id)
    current = held.one(qualification.pk)
    move = next_step(current.status)
    if move is None:
        raise Refused("Nothing of this application is left to record on paper.")
    _refuse_incomplete(move, current, on, reference, signer_name, at)
    moment = at if on == _day(at) else datetime.combine(on, time(12), LONDON)
    moved = perform(
        move,
        subject=current,
        facts=lambda _: PaperFacts(held.organisation.entrant == Entrant.NEW_MHHS_ONLY),
        actor=actor,
        at=at,
        because=reference.strip(),
        **dict.fromkeys(_MOMENTS[Status(move.target)], moment),
    )
    if move.target == Status.SIGNED_OFF:
        _keep_signature(held, moved, reference.strip(), signer_name.strip(), moment, actor)
    clocks.sync(qualification=moved, actor=actor, at=at)
    notices.recorded(move, held.organisation, moved, on, at=at)
    qualify_when_complete(qualification=moved, actor=actor, at=at)
    return moved


def _refuse_incomplete(
    move: Move,
    qualification: Qualification,
    on: date | None,
    reference: str,
    signer_name: str,
    at: datetime,
) -> None:
    problems = {}
    if on is None:
        problems["on"] = "Give the day."
    elif on > _day(at):
        problems["on"] = "The day lies ahead."
    elif (last := _last_moment(qualification)) and on < _day(last):
        problems["on"] = f"The step before it was on {_day(last):%-d %B %Y}."
    if not reference.strip():
        problems["reference"] = "Say where the paper is kept."
    if move.target == Status.SIGNED_OFF and not signer_name.strip():
        problems["signer_name"] = "Name the director who signed."
    if problems:
        raise Invalid(problems)


def _last_moment(qualification: Qualification) -> datetime | None:
    names = [name for step in _MOMENTS.values() for name in step]
    return max(filter(None, (getattr(qualification, name) for name in names)), default=None)


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _keep_signature(
    held: Held,
    signed: Qualification,
    reference: str,
    signer_name: str,
    moment: datetime,
    actor: Actor,
) -> SignOff:
    """Keep that a director signed the paper; who recorded it stands in the statement (R105)."""
    content = canonical(
        {"on_paper": reference, "qualification": str(signed.pk), "signer": signer_name}
    )
    return SignOff.objects.create(
        organisation_id=held.organisation.pk,
        qualification=signed,
        status=SignOffState.SIGNED,
        signer_id=actor.person_id,
        signer_name=signer_name,
        capacity=Capacity.DIRECTOR,
        statement=f"Signed on paper, kept as {reference}. Recorded by {actor.name}, {actor.body}.",
        content=content,
        content_sha256=digest(content),
        signed_at=moment,
    )
