"""Writing a Pre-Qualification Submission and handing it in, version by version (R27-R32)."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from foundation.audit.trail import canonical, record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants import queries as people
from participants.enums import Entrant, Status
from participants.market_roles import deciding_bodies
from participants.models import Organisation, Qualification
from participants.moves import lock
from waves.capacity import WAVES
from waves.deadlines import london_date
from waves.enums import PlaceNoteKind, PlaceState, PreQualificationState
from waves.models import Place, PreQualification, PreQualificationVersion
from waves.notices import joining as notices
from waves.pre_qualification import FIELDS, content_of, misfits, objections
from waves.services import milestones, places
from waves.timetable import Event

_OVER = (Status.WITHDRAWN, Status.NOT_APPROVED)


@transaction.atomic
def save(
    *,
    organisation: Organisation,
    said: Mapping[str, Any],
    revision: int,
    actor: Actor,
    at: datetime,
) -> PreQualification:
    """Save some fields of the submission; what was handed in stays as it was (R31).

    Refused with both texts (``detail``) when somebody saved since ``revision``; saving the same
    words again is no new revision.
    """
    policy.require(actor, "pre_qualification.write", organisation)
    lock(organisation)  # two first saves make one submission
    submission = of(organisation) or PreQualification(organisation=organisation)
    require_wave_road(organisation)
    write(submission, said, revision=revision)
    return _keep(submission, said, actor, at)


@transaction.atomic
def submit(
    *, organisation: Organisation, revision: int, actor: Actor, at: datetime
) -> PreQualificationVersion:
    """Hand the submission in as it stands; Invalid by field where something is missing (R29)."""
    policy.require(actor, "pre_qualification.write", organisation)
    lock(organisation)
    submission = of(organisation)
    if submission is None:
        raise Refused("Nothing has been written yet.")
    if submission.revision != revision:
        raise Refused("Somebody changed it while you read it. Read it again, then hand it in.")
    require_wave_road(organisation)
    content = content_of(submission)
    is_existing = organisation.entrant == Entrant.EXISTING
    if missing := objections(content, is_existing=is_existing):
        raise Invalid(missing)
    version = freeze(submission, actor=actor, at=at)
    if version is None:
        raise Refused("Nothing has changed since the last version was handed in.")
    submission.state = PreQualificationState.RECEIVED
    submission.submitted_by_name = actor.name
    submission.received_on = submission.received_on or london_date(at)
    submission.save(update_fields=["state", "submitted_by_name", "received_on"])
    _wish(submission, actor, at)
    mark_submitted(_held(organisation), actor=actor, at=at)
    notices.submitted(
        submission,
        version.number,
        staff=people.staff_recipients(code_bodies(organisation)),
        members=people.member_recipients(organisation.pk),
        at=at,
    )
    record(
        "pre_qualification.submitted",
        subject=submission,
        actor=actor,
        at=at,
        version=version.number,
        sha256=version.sha256,
    )
    return version


def freeze(
    submission: PreQualification, *, actor: Actor, at: datetime
) -> PreQualificationVersion | None:
    """Keep the submission as it stands for good; None where the last version says the same."""
    content = content_of(submission)
    last = submission.versions.order_by("-number").first()
    if last is not None and last.content == content:
        return None
    return PreQualificationVersion.objects.create(
        organisation_id=submission.organisation_id,
        submission=submission,
        number=last.number + 1 if last else 1,
        content=content,
        sha256=hashlib.sha256(canonical(content).encode()).hexdigest(),
        submitted_at=at,
        submitted_by_name=actor.name,
    )


def write(submission: PreQualification, said: Mapping[str, Any], *, revision: int | None) -> None:
    """Put words into the row without saving it, where nobody else did so since ``revision``."""
    if unknown := said.keys() - set(FIELDS):
        raise TypeError(f"Not part of a Pre-Qualification Submission: {', '.join(unknown)}")
    if problems := misfits(said):
        raise Invalid(problems)
    changed = {name: value for name, value in said.items() if getattr(submission, name) != value}
    if changed and revision is not None and submission.revision != revision:
        raise Refused(
            "Somebody changed the submission while you wrote. Nothing is lost: choose what stays.",
            detail={"revision": submission.revision, "theirs": content_of(submission)},
        )
    for name, value in changed.items():
        setattr(submission, name, value)
    submission.revision += bool(changed)


def mark_submitted(
    held: Iterable[Qualification],
    *,
    actor: Actor,
    at: datetime,
    on: datetime | None = None,
) -> None:
    """Let the dates of qualifications in waves know that the submission came; the first counts."""
    done = set()
    for each in held:
        unit = each.trio or each.pk
        if each.route not in WAVES or unit in done or Event.PQS_SUBMITTED in each.happened:
            continue
        done.add(unit)
        event = str(Event.PQS_SUBMITTED)
        milestones.record_milestone(
            qualification=each, event=event, actor=actor, at=at, happened_at=on
        )


def carry_over(
    *,
    organisation: Organisation,
    held: Iterable[Qualification],
    actor: Actor,
    at: datetime,
) -> None:
    """Let qualifications that came into a wave later know of a submission that came before."""
    found = PreQualification.objects.filter(organisation_id=organisation.pk).first()
    if found and found.received_on:
        mark_submitted(held, actor=actor, at=at, on=on_the_day(found.received_on))


def of(organisation: Organisation) -> PreQualification | None:
    """Return the submission of an organisation, locked, where there is one."""
    rows = PreQualification.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("organisation").filter(organisation_id=organisation.pk).first()


def code_bodies(organisation: Organisation) -> tuple[str, ...]:
    """Return the code bodies that know of an organisation: by its roles, or as its maker (R7)."""
    held = Qualification.objects.filter(organisation_id=organisation.pk)
    return deciding_bodies(held.values_list("role", flat=True)) or (organisation.created_by_body,)


def require_wave_road(organisation: Organisation) -> None:
    """Refused for who is on other roads alone: those have no such submission (R27)."""
    routes = {each.route for each in _held(organisation)}
    if routes and not routes & set(WAVES):
        raise Refused(
            "Only organisations of the waves make a Pre-Qualification Submission (QA&P 4.2)."
        )


def on_the_day(received: date | None) -> datetime | None:
    """Return the noon of a day on which a submission came on paper."""
    return datetime.fromisoformat(f"{received.isoformat()}T12:00+00:00") if received else None


def _keep(
    submission: PreQualification, said: Mapping[str, Any], actor: Actor, at: datetime
) -> PreQualification:
    if not submission._state.adding:
        before = PreQualification.objects.values_list("revision", flat=True).get(pk=submission.pk)
        if before == submission.revision:
            return submission
    submission.save()
    record(
        "pre_qualification.saved",
        subject=submission,
        actor=actor,
        at=at,
        fields=sorted(said),
        revision=submission.revision,
    )
    return submission


def _held(organisation: Organisation) -> list[Qualification]:
    rows = Qualification.objects.filter(organisation_id=organisation.pk).exclude(status__in=_OVER)
    return list(rows.order_by("pk"))


def _wish(submission: PreQualification, actor: Actor, at: datetime) -> None:
    """Bring the wishes on the wave board in line, where nothing is indicated yet (R32, D.8)."""
    rows = Place.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    asked = rows.filter(
        organisation_id=submission.organisation_id, status=PlaceState.REQUESTED
    ).select_related("qualification")
    for place in asked:
        wish = submission.preferences.get(place.qualification.role) or submission.preferred_route
        if wish == place.requested:
            continue
        place.requested = wish
        place.save(update_fields=["requested"])
        places.note(
            [place],
            PlaceNoteKind.REQUEST,
            "As the Pre-Qualification Submission says.",
            actor=actor,
            at=at,
            to_route=wish,
        )
        record("place.wished", subject=place, actor=actor, at=at, requested=wish)
