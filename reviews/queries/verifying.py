"""What the portal knows of a SHA-256: papers, signatures, versions, evidence, in reach only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from foundation import searching
from foundation.documents.models import StoredFile
from foundation.jobs.models import Job
from foundation.tenancy.actor import Actor
from participants.enums import REVIEWING_BODIES
from participants.roles import holds
from reviews import queries
from reviews.enums import PackState, SignOffState
from reviews.models import DelegationLetter, Pack, SignOff
from reviews.queries.packs import packs
from submissions.models import FrozenSection, Version

MOST = 20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SHEETS = ("confirmation", "confirmation_void")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One thing that a hash stands for; ``fell_at`` and ``because`` say why it holds no more."""

    kind: str
    title: str
    of: str
    slug: str
    at: datetime
    by: str = ""
    subject_id: UUID | None = None
    fell_at: datetime | None = None
    because: str = ""


def clean(text: str) -> str:
    """Return a SHA-256 as the portal writes it, or "" where the text is none."""
    wanted = "".join(text.split()).lower()
    return wanted if _SHA256.fullmatch(wanted) else ""


def known(actor: Actor, sha256: str) -> list[Known]:
    """Return what a hash stands for among what the actor may read; nothing says that more exists.

    The same statements are asked whether anything is found or not.
    """
    if actor.is_staff and not _reads(actor):
        return []
    files = list(StoredFile.objects.filter(sha256=sha256)[:MOST])
    found = [
        *_packs(actor, sha256),
        *_signatures(actor, sha256, files),
        *_letters(actor, files),
        *_versions(actor, sha256),
        *(_submitted(actor, sha256) if actor.is_staff else _own(files)),
    ]
    return found[:MOST]


def _reads(actor: Actor) -> bool:
    if holds(actor, "pack.read"):
        return True
    return actor.body in REVIEWING_BODIES and holds(actor, "qad.read")


def _packs(actor: Actor, sha256: str) -> Iterator[Known]:
    rows = Pack.objects.all() if actor.is_system else packs(actor)
    if actor.is_participant or not (actor.is_system or holds(actor, "pack.read")):
        return
    ready = rows.filter(status=PackState.READY)
    for pack in [*ready.filter(file_sha256=sha256), *ready.filter(seal=sha256)]:
        later = ready.filter(qualifications=pack.qualifications, asked_at__gt=pack.asked_at)
        newer = later.order_by("-asked_at").values_list("asked_at", flat=True).first()
        yield Known(
            kind="pack" if pack.file_sha256 == sha256 else "seal",
            title=pack.title,
            of="",
            slug="",
            at=pack.asked_at,
            by=pack.asked_by_name,
            subject_id=pack.pk,
            fell_at=newer,
            because="A later pack holds the same applications." if newer else "",
        )


def _signatures(actor: Actor, sha256: str, files: list[StoredFile]) -> Iterator[Known]:
    rows = queries.sign_offs(actor)
    for row in rows.filter(content_sha256=sha256):
        yield _signature("signature", row)
    printed = Job.objects.filter(kind__in=_SHEETS, result_file_id__in=[one.pk for one in files])
    for row in rows.filter(pk__in=list(printed.values_list("subject_id", flat=True))):
        yield _signature("sheet", row)


def _signature(kind: str, row: SignOff) -> Known:
    is_void = row.status == SignOffState.VOID
    return Known(
        kind=kind,
        title=row.qualification.get_role_display(),
        of=row.organisation.name,
        slug=row.organisation.slug,
        at=row.signed_at,
        by=row.signer_name,
        subject_id=row.qualification_id,
        fell_at=row.voided_at if is_void else None,
        because=row.void_because if is_void else "",
    )


def _letters(actor: Actor, files: list[StoredFile]) -> Iterator[Known]:
    rows = DelegationLetter.objects.select_related("organisation", "qualification")
    if actor.is_staff:
        roles = queries.governed_roles(actor.body)
        rows = rows.filter(qualification__role__in=roles)
    for row in rows.filter(file_id__in=[one.pk for one in files]):
        yield Known(
            kind="letter",
            title=f"{row.qualification.get_role_display()}, for {row.delegate_name}",
            of=row.organisation.name,
            slug=row.organisation.slug,
            at=row.signed_at or row.drafted_at,
            by=row.director_name,
            subject_id=row.pk,
            fell_at=row.revoked_at,
            because="The letter is revoked." if row.revoked_at else "",
        )


def _versions(actor: Actor, sha256: str) -> Iterator[Known]:
    rows = Version.objects.filter(sha256=sha256, part__in=_parts(actor))
    for row in rows.select_related("part__organisation", "part__qualification")[:MOST]:
        held = row.part.qualification
        later = Version.objects.filter(part=row.part, number__gt=row.number).order_by("number")
        newer = later.values_list("submitted_at", flat=True).first()
        yield Known(
            kind="version",
            title=f"Version {row.number}, {held.get_role_display() if held else 'organisation'}",
            of=row.part.organisation.name,
            slug=row.part.organisation.slug,
            at=row.submitted_at,
            by=row.submitted_by_name,
            subject_id=row.part_id,
            fell_at=newer,
            because="A later version was submitted." if newer else "",
        )


def _submitted(actor: Actor, sha256: str) -> Iterator[Known]:
    """Evidence as bodies know it: by the sections that cite it."""
    rows = FrozenSection.objects.filter(searching.has(f'"{sha256}"'), content__contains=sha256)
    rows = rows.filter(part__in=_parts(actor)).select_related("part__organisation")
    for row in rows.order_by("-frozen_at", "pk")[:MOST]:
        yield Known(
            kind="evidence",
            title=f"Cited in section {row.section}",
            of=row.part.organisation.name,
            slug=row.part.organisation.slug,
            at=row.frozen_at,
            subject_id=row.part_id,
        )


def _own(files: list[StoredFile]) -> Iterator[Known]:
    """A file as its own organisation knows it, or the portal itself: by its name."""
    for row in files:
        yield Known(
            kind="file", title=row.name, of="", slug="", at=row.stored_at, by=row.stored_by_name
        )


def _parts(actor: Actor) -> QuerySet:
    return queries.parts(actor).order_by().values("pk")
