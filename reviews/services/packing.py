"""Asking for a decision pack, and building it in the background."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from foundation.audit.trail import record
from foundation.clock.moments import LONDON
from foundation.documents.services import store
from foundation.errors import Invalid, Refused
from foundation.jobs import services as jobs
from foundation.tenancy.actor import Actor
from participants import policy
from participants.models import Qualification
from participants.roles import governs
from reviews.assembly.application import application_of, pack_of
from reviews.assembly.dossier import gather
from reviews.enums import PackState
from reviews.facts import facts_of
from reviews.models import Pack
from reviews.packs.content import Pack as PrintedPack
from reviews.packs.content import Source
from reviews.packs.render import RenderedPack
from submissions import bank
from submissions.services.opening import group_of
from waves import tables
from waves.models import Timetable

PATIENCE = timedelta(minutes=30)  # a pack takes a minute; after this its worker has died
MAX_RECOMMENDATION = 400  # characters: the summary of an application is one page


@transaction.atomic
def ask_for_pack(
    *,
    qualifications: Sequence[Qualification],
    title: str,
    actor: Actor,
    at: datetime,
    enqueue: Callable[[str], object],
    recommendations: Mapping[UUID, str] | None = None,
) -> Pack:
    """Order a pack for one application or a selection; ``enqueue`` gets the pack's id on commit.

    Each application has a recommendation of its own, by the key of its qualification; the trio's
    stands with any of its three.
    """
    policy.require(actor, "pack.build")
    if not qualifications:
        raise Refused("Choose at least one application.")
    said = recommended(qualifications, recommendations or {})
    strangers = [q for q in qualifications if not governs(actor.body, q.role)]
    if strangers:
        raise Refused("An application among these is not governed by your body.")
    one = len({each.organisation_id for each in qualifications}) == 1
    pack = Pack(
        title=title[:200],
        body=actor.body,
        qualifications=[each.pk for each in qualifications],
        status=PackState.BUILDING,
        asked_at=at,
        asked_by_name=actor.name,
        recommendations=said,
    )
    job = jobs.start(
        kind="decision_pack",
        actor=actor,
        at=at,
        subject_id=pack.pk,
        organisation_id=qualifications[0].organisation_id if one else None,
        enqueue=lambda _: enqueue(str(pack.pk)),
    )
    pack.job_id = job.pk
    pack.save(force_insert=True)
    record(
        "pack.asked",
        subject=pack,
        actor=actor,
        at=at,
        qualifications=[str(each.pk) for each in qualifications],
    )
    return pack


def recommended(
    qualifications: Sequence[Qualification], recommendations: Mapping[UUID, str]
) -> dict[str, str]:
    """Return what is recommended, cleaned; a text must belong to an application of the pack."""
    if recommendations.keys() - {each.pk for each in qualifications}:
        raise Invalid({"recommendations": "Recommend only on the applications of this pack."})
    said = {str(key): text.strip() for key, text in recommendations.items() if text.strip()}
    if any(len(text) > MAX_RECOMMENDATION for text in said.values()):
        raise Invalid({"recommendations": f"At most {MAX_RECOMMENDATION} characters each."})
    return said


def content_of(pack: Pack, *, at: datetime) -> PrintedPack:
    """Return what the pack prints, from the rows as they stand now."""
    rows = {
        each.pk: each
        for each in Qualification.objects.filter(pk__in=pack.qualifications).select_related(
            "organisation"
        )
    }
    groups: list[list[Qualification]] = []
    for key in pack.qualifications:
        group = group_of(rows[key])
        if not any(each.pk == key for known in groups for each in known):
            groups.append(group)
    today = at.astimezone(LONDON).date()
    applications = [
        application_of(
            gather(group),
            [facts_of(each.pk) for each in group],
            number=number,
            body=pack.body,
            recommendation=pack.recommended(each.pk for each in group),
            today=today,
        )
        for number, group in enumerate(groups, start=1)
    ]
    return pack_of(
        applications,
        body=pack.body,
        reference=pack.title,
        printed_at=pack.asked_at,
        sealed_by=pack.asked_by_name,
        sources=_sources(),
    )


def _sources() -> list[Source]:
    template = bank.newest()
    timetable = Timetable.objects.get(pk=tables.current().id)
    return [
        Source("T", f"QAD template {template.version}", template.sha256),
        Source("U", f"Timetable {timetable.version}", timetable.sha256),
    ]


@transaction.atomic
def keep(*, pack_id: UUID, rendered: RenderedPack, actor: Actor, at: datetime) -> Pack:
    """Store a rendered pack under its hash and end its job; a second call changes nothing."""
    pack = Pack.objects.select_for_update(no_key=True).get(pk=pack_id)
    if pack.status == PackState.READY:
        return pack
    stored = store(
        name=f"{pack.title.replace('/', '-')}.pdf",  # a slash would end the name
        content=rendered.pdf,
        actor=actor,
        at=at,
        organisation_id=None,
        release=True,
    )
    pack.status, pack.file_id = PackState.READY, stored.pk
    pack.file_sha256 = hashlib.sha256(rendered.pdf).hexdigest()
    pack.seal, pack.manifest, pack.pages = rendered.seal, rendered.manifest, rendered.pages
    pack.save()
    jobs.finish(pack.job_id, at=at, result_file_id=stored.pk)
    record(
        "pack.built",
        subject=pack,
        actor=actor,
        at=at,
        seal=pack.seal,
        pages=pack.pages,
        sha256=pack.file_sha256,
    )
    return pack


def is_being_built(pack: Pack, at: datetime) -> bool:
    """Whether something builds it still; after so long its worker has died without a word."""
    return pack.status == PackState.BUILDING and pack.asked_at > at - PATIENCE


@transaction.atomic
def give_up(*, pack_id: UUID, problem: str, actor: Actor, at: datetime) -> None:
    """Mark a pack that could not be built, with the reason in words."""
    pack = Pack.objects.select_for_update(no_key=True).get(pk=pack_id)
    pack.status, pack.problem = PackState.FAILED, problem
    pack.save(update_fields=["status", "problem"])
    jobs.fail(pack.job_id, at=at, message=problem)
    record("pack.failed", subject=pack, actor=actor, at=at, because=problem)
