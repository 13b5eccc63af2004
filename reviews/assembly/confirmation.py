"""The Applicant's Confirmation of one signature, as it is printed (RP3)."""

import json
from typing import Any

from participants.enums import Body
from participants.market_roles import MARKET_ROLES
from participants.models import Organisation, Qualification
from reviews.enums import Capacity, SignOffState
from reviews.models import SignOff
from reviews.packs.content import ConfirmationSheet
from submissions import queries
from submissions.models import Version
from submissions.versions import canonical, digest

IDENTITY = "electronically in the portal, with the password asked again"


def reference_of(signed: SignOff) -> str:
    """Return how people call a signature: AC-2026- and the end of its id."""
    return f"AC-{signed.signed_at:%Y}-{signed.pk.hex[-6:].upper()}"


def record_hash(signed: SignOff) -> str:
    """Return the hash over the record of a signature: who, as what, when, over which content."""
    return digest(
        canonical(
            {
                "id": str(signed.pk),
                "signer": str(signed.signer_id),
                "name": signed.signer_name,
                "capacity": signed.capacity,
                "signed_at": signed.signed_at.isoformat(),
                "content_sha256": signed.content_sha256,
            }
        )
    )


def confirmation_of(
    signed: SignOff, qualification: Qualification, organisation: Organisation
) -> ConfirmationSheet:
    """Return the sheet of a signature, from what was signed and nothing later."""
    content = json.loads(signed.content)
    about = content["qualification"]
    company = f"company {about['company_number']}" if about["company_number"] else ""
    return ConfirmationSheet(
        record=reference_of(signed),
        applicant=about["organisation"],
        short=organisation.name[:40],
        company=company,
        role=MARKET_ROLES[about["role"]].label,
        mpids=tuple(about["mpids"]),
        document=_document(content, qualification),
        statements=(signed.statement, *_acknowledged(content)),
        name=signed.signer_name,
        capacity=_capacity(signed),
        signed_at=signed.signed_at,
        identity=IDENTITY,
        content_hash=signed.content_sha256,
        record_hash=record_hash(signed),
        not_covered=_not_covered(content),
        voided=_voided(signed),
    )


def _document(content: dict[str, Any], qualification: Qualification) -> str:
    versions = _versions(content, qualification)
    named = [
        f"{part['part']} part, {part['stage'].capitalize()} version {part['version']}"
        for part in content["parts"]
    ]
    asked = [
        question
        for sections in queries.all_frozen(versions).values()
        for section in sections.values()
        for question in section["questions"]
        if question["applies"] and (question["answer"] or question["evidence"])
    ]
    evidence = sum(len(question["evidence"]) for question in asked)
    return f"QAD, {'; '.join(named)}; {len(asked)} answers, {evidence} evidence items"


def _versions(content: dict[str, Any], qualification: Qualification) -> list[Version]:
    hashes = {part["sha256"] for part in content["parts"]}
    rows = Version.objects.filter(
        organisation_id=qualification.organisation_id,
        part__qualification_id=qualification.pk,
        sha256__in=hashes,
    ) | Version.objects.filter(
        organisation_id=qualification.organisation_id,
        part__qualification=None,
        sha256__in=hashes,
    )
    newest = {row.sha256: row for row in rows.order_by("number")}
    return list(newest.values())


def _acknowledged(content: dict[str, Any]) -> list[str]:
    planned = [item for item in content["open_items"] if item["plan"]]
    if not planned:
        return []
    named = ", ".join(f"{item['reference']} ({Body(item['body']).label})" for item in planned)
    return [f"The agreed action plans of {named} are part of what is confirmed."]


def _capacity(signed: SignOff) -> str:
    if signed.capacity == Capacity.DELEGATE and signed.letter is not None:
        return f"{signed.get_capacity_display()} of {signed.letter.director_name}"
    return signed.get_capacity_display()


def _not_covered(content: dict[str, Any]) -> str:
    remaining = [code for row in content["assertions"] for code in row["mpids_remaining"]]
    return f"{', '.join(remaining)}, under the Management Assertion" if remaining else ""


def _voided(signed: SignOff) -> str:
    if signed.status != SignOffState.VOID or signed.voided_at is None:
        return ""
    return f"Void since {signed.voided_at:%-d %B %Y}. {signed.void_because}"
