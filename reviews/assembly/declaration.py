"""Sections C and G of a pack: what was asserted, and who signed what."""

import json

from participants.market_roles import MARKET_ROLES
from reviews.assembly.dossier import Dossier
from reviews.enums import Capacity, SignOffState
from reviews.models import SignOff
from reviews.packs.sections import (
    Assertion,
    Commitments,
    Declaration,
    Line,
    Mark,
    MpidRow,
    Reliance,
    Signature,
    Weight,
)


def commitments_of(dossier: Dossier) -> Commitments:
    """Return section C: reliance as answered, Management Assertions, the MPIDs covered."""
    reliances = tuple(_reliances(dossier))
    assertions = tuple(
        Assertion(
            text=row.text,
            signed=(
                f"{row.made_by_name}, {row.made_at:%-d %B %Y}; remaining MPIDs"
                f" {', '.join(row.mpids_remaining)} by {row.complete_by:%-d %B %Y}"
            ),
        )
        for row in dossier.assertions
    )
    remaining = {code for row in dossier.assertions for code in row.mpids_remaining}
    mpids = tuple(
        [MpidRow(code, "Covered", "Tested on this route", "None") for code in dossier.codes]
        + [
            MpidRow(code, "Not covered", "To be tested", "Management Assertion")
            for code in sorted(remaining)
        ]
    )
    said = (
        "Reliance is placed as below." if reliances else "No reliance is placed on others’ testing."
    )
    return Commitments(lead=said, reliances=reliances, assertions=assertions, mpids=mpids)


def _reliances(dossier: Dossier):
    for paper in dossier.papers:
        asked = {q["code"]: q for q in paper.content.get("C", {}).get("questions", ())}
        extent = (
            ((asked.get("C01") or {}).get("answer") or {}).get("value", {}).get("choice", "none")
        )
        if extent in ("", "none"):
            continue
        rows = ((asked.get("C02") or {}).get("answer") or {}).get("value", {}).get("rows", ())
        said = ((asked.get("C05") or {}).get("answer") or {}).get("text", "")
        yield Reliance(
            code="C01",
            title=f"{paper.label}: {extent} reliance",
            kind="Placing Reliance",
            text=said or "See the answers of section C.",
            facts=tuple(Line("On", ", ".join(str(v) for v in row.values() if v)) for row in rows),
        )


def signature_of(dossier: Dossier) -> SignOff | None:
    """Return the signature in force over the first qualification, or else the last one."""
    first = dossier.group[0].pk
    own = [row for row in dossier.sign_offs if row.qualification_id == first]
    in_force = [row for row in own if row.status == SignOffState.SIGNED]
    return (in_force or own or [None])[-1]


def declaration_of(dossier: Dossier, *, stands: bool) -> Declaration:
    """Return section G."""
    signed = signature_of(dossier)
    if signed is None:
        return Declaration(lead="The QAD has not been signed.")
    others = tuple(
        Line(
            MARKET_ROLES[next(q for q in dossier.group if q.pk == row.qualification_id).role].label,
            f"{row.signer_name}, {row.get_capacity_display().lower()}, {row.signed_at:%-d %B %Y},"
            f" {row.content_sha256[:16]}",
        )
        for row in dossier.sign_offs
        if row.status == SignOffState.SIGNED and row.qualification_id != signed.qualification_id
    )
    return Declaration(
        lead="The signature covers the hash of exactly what the signatory was shown.",
        statements=tuple(line for line in signed.statement.split("\n") if line.strip()),
        signature=_signature(dossier, signed, stands),
        others=others,
    )


def _signature(dossier: Dossier, signed: SignOff, stands: bool) -> Signature:
    letter = next((row for row in dossier.letters if row.pk == signed.letter_id), None)
    content = json.loads(signed.content)
    covers = (
        Mark("Covers the content", Weight.DONE)
        if stands
        else Mark("No longer covers it", Weight.STOP)
    )
    return Signature(
        name=signed.signer_name,
        capacity=signed.get_capacity_display(),
        covers=f"{dossier.roles}, MPIDs {', '.join(dossier.codes)}",
        signed_at=signed.signed_at,
        content=_content_words(content),
        content_hash=signed.content_sha256,
        still_covers=covers,
        identity="Signed in to the portal, and asked for the password again before signing",
        delegation=(
            f"Letter of delegated authority by {letter.director_name}, accepted by"
            f" {letter.accepted_by_name}"
            if letter and signed.capacity == Capacity.DELEGATE
            else ""
        ),
    )


def _content_words(content: dict) -> str:
    said = [
        f"the {part['part']} part, {part['stage'].capitalize()} version {part['version']}"
        for part in content["parts"]
    ]
    return f"QAD: {'; '.join(said)}"
