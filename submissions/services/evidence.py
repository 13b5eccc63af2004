"""Evidence: files with versions, references into the test tool, and where they are cited (R74)."""

from datetime import date, datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.clock.moments import LONDON
from foundation.documents.models import StoredFile
from foundation.documents.services import store
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import grants
from participants.moves import lock
from submissions import bank
from submissions.enums import EvidenceKind
from submissions.models import Evidence, EvidenceUse, EvidenceVersion, Part
from submissions.services.answering import Place, place_to_write


@transaction.atomic
def add_file(
    *,
    part: Part,
    question_code: str,
    name: str,
    content: bytes,
    actor: Actor,
    at: datetime,
    title: str = "",
) -> Evidence:
    """Attach a file to an answer: its type is told by content, its bytes never change."""
    place = place_to_write(part=part, question_code=question_code, actor=actor)
    _taken(place, "file")
    stored = store(
        name=name, content=content, actor=actor, at=at, organisation_id=part.organisation_id
    )
    _refuse_twice(place, stored)
    evidence = Evidence.objects.create(
        organisation_id=part.organisation_id,
        kind=EvidenceKind.FILE,
        title=(title or stored.name)[:200],
        file=stored,
        added_at=at,
        added_by_name=actor.name,
    )
    _keep_version(evidence, actor, at)
    _cite(place, evidence, at)
    record(
        "evidence.added",
        subject=evidence,
        actor=actor,
        at=at,
        question=question_code,
        sha256=stored.sha256,
    )
    return evidence


@transaction.atomic
def add_reference(
    *,
    part: Part,
    question_code: str,
    title: str,
    tool: str,
    identifier: str,
    as_of: date | None,
    actor: Actor,
    at: datetime,
    link: str = "",
) -> Evidence:
    """Point to evidence that stays where it is: the tool, its identifier, and as of when."""
    place = place_to_write(part=part, question_code=question_code, actor=actor)
    _taken(place, "reference")
    missing = {
        field: f"{question_code}: {said}"
        for field, value, said in (
            ("tool", tool, "name the tool that holds the evidence."),
            ("identifier", identifier, "give the identifier by which it is found there."),
            ("as_of", as_of, "give the date as of which it holds, such as 18 2 2026."),
        )
        if not value
    }
    if link and not link.startswith("https://"):
        missing["link"] = f"{question_code}: give a link that starts with https://."
    if as_of and as_of > at.astimezone(LONDON).date():
        missing["as_of"] = f"{question_code}: give a day that has come; this one is still ahead."
    if missing:
        raise Invalid(missing)
    evidence = Evidence.objects.create(
        organisation_id=part.organisation_id,
        kind=EvidenceKind.REFERENCE,
        title=(title or f"{tool} {identifier}")[:200],
        tool=tool,
        identifier=identifier,
        link=link,
        as_of=as_of,
        added_at=at,
        added_by_name=actor.name,
    )
    _keep_version(evidence, actor, at)
    _cite(place, evidence, at)
    record("evidence.added", subject=evidence, actor=actor, at=at, question=question_code)
    return evidence


@transaction.atomic
def replace_file(
    *,
    part: Part,
    question_code: str,
    evidence: Evidence,
    name: str,
    content: bytes,
    actor: Actor,
    at: datetime,
) -> Evidence:
    """Put a new version in place of a file; earlier versions stay, and so do frozen ones."""
    place_to_write(part=part, question_code=question_code, actor=actor)
    evidence = lock(evidence)
    _refuse_beyond_limits(evidence, actor)
    if evidence.kind != EvidenceKind.FILE:
        raise Refused("A reference has no file to replace.")
    stored = store(
        name=name, content=content, actor=actor, at=at, organisation_id=part.organisation_id
    )
    if evidence.file and evidence.file.sha256 == stored.sha256:
        raise Invalid({"file": f"{name} is what version {evidence.version} has, byte for byte."})
    if evidence.file is None or evidence.title == evidence.file.name[:200]:
        evidence.title = stored.name[:200]  # a title that somebody typed stays
    evidence.file = stored
    evidence.version += 1
    evidence.save(update_fields=["file", "title", "version"])
    _keep_version(evidence, actor, at)
    record(
        "evidence.replaced",
        subject=evidence,
        actor=actor,
        at=at,
        question=question_code,
        version=evidence.version,
        sha256=stored.sha256,
    )
    return evidence


@transaction.atomic
def cite(
    *, part: Part, question_code: str, evidence: Evidence, actor: Actor, at: datetime
) -> EvidenceUse:
    """Cite a piece from the library in one more answer."""
    place = place_to_write(part=part, question_code=question_code, actor=actor)
    use = _cite(place, evidence, at)
    record("evidence.cited", subject=evidence, actor=actor, at=at, question=question_code)
    return use


@transaction.atomic
def uncite(
    *, part: Part, question_code: str, evidence: Evidence, actor: Actor, at: datetime
) -> None:
    """Take a piece away from an answer; it stays in the library and in frozen versions."""
    place_to_write(part=part, question_code=question_code, actor=actor)
    gone, _ = EvidenceUse.objects.filter(
        part=part, question=question_code, evidence=evidence
    ).delete()
    if gone:
        record("evidence.uncited", subject=evidence, actor=actor, at=at, question=question_code)


def _refuse_beyond_limits(evidence: Evidence, actor: Actor) -> None:
    """Refuse a limited author what would change an answer of a section that is not theirs (R5)."""
    allowed = grants.writable_sections(actor)
    if allowed is None:
        return
    uses = EvidenceUse.objects.filter(evidence=evidence).select_related("part")
    cited = {
        (use.part.qualification_id, bank.of_part(use.part).question(use.question).section)
        for use in uses
    }
    if beyond := sorted({section for held, section in cited - set(allowed)}):
        raise Refused(
            f"This file is also cited in {', '.join(f'section {each}' for each in beyond)}, which"
            " you may not write. Attach the new one as a file of its own."
        )


def _taken(place: Place, kind: str) -> None:
    if kind not in place.question.evidence:
        wanted = "files" if "file" in place.question.evidence else "references"
        raise Invalid({kind: f"{place.question.code} takes {wanted} as evidence."})


def _refuse_twice(place: Place, stored: StoredFile) -> None:
    code = place.question.code
    cited = EvidenceUse.objects.filter(part=place.part, question=code)
    if cited.filter(evidence__file__sha256=stored.sha256).exists():
        raise Invalid({"file": f"{stored.name} is evidence for {code} already, byte for byte."})


def _cite(place: Place, evidence: Evidence, at: datetime) -> EvidenceUse:
    use, _ = EvidenceUse.objects.get_or_create(
        organisation_id=place.part.organisation_id,
        part=place.part,
        question=place.question.code,
        evidence=evidence,
        defaults={"added_at": at},
    )
    return use


def _keep_version(evidence: Evidence, actor: Actor, at: datetime) -> None:
    EvidenceVersion.objects.create(
        organisation_id=evidence.organisation_id,
        evidence=evidence,
        number=evidence.version,
        file_id=evidence.file_id,
        content={
            "title": evidence.title,
            "tool": evidence.tool,
            "identifier": evidence.identifier,
            "link": evidence.link,
            "as_of": evidence.as_of.isoformat() if evidence.as_of else None,
        },
        added_at=at,
        added_by_name=actor.name,
    )
