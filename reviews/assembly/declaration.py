"""Sections C and G of a pack: what was asserted, and who signed what."""

import json
from collections.abc import Sequence

from foundation.clock.moments import LONDON
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from reviews.assembly.dossier import Dossier
from reviews.assembly.exemptions import exemptions_held, exemptions_of
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
from reviews.qualified.facts import Facts


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
    return Commitments(
        lead=said,
        reliances=reliances,
        exemptions=(*exemptions_of(dossier), *exemptions_held(dossier)),
        assertions=assertions,
        mpids=mpids,
    )


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


def signature_of(dossier: Dossier, qualification: Qualification) -> SignOff | None:
    """Return the signature in force over a qualification, or else the last one."""
    own = [row for row in dossier.sign_offs if row.qualification_id == qualification.pk]
    in_force = [row for row in own if row.status == SignOffState.SIGNED]
    return (in_force or own or [None])[-1]


def declaration_of(dossier: Dossier, facts: Sequence[Facts]) -> Declaration:
    """Return section G: the first role's signature in full, those of the other roles in a line."""
    first, *others = dossier.group
    stands = {each.id: each.signature_stands for each in facts}
    lines = tuple(
        Line(
            MARKET_ROLES[each.role].label, _in_a_line(signature_of(dossier, each), stands[each.pk])
        )
        for each in others
    )
    signed = signature_of(dossier, first)
    if signed is None:
        lead = "The QAD has not been signed"
        lead += f" for {MARKET_ROLES[first.role].label}." if others else "."
        return Declaration(lead=lead, others=lines)
    return Declaration(
        lead="The signature covers the hash of exactly what the signatory was shown.",
        statements=tuple(line for line in signed.statement.split("\n") if line.strip()),
        signature=_signature(dossier, signed, first, stands[first.pk]),
        others=lines,
    )


def _in_a_line(signed: SignOff | None, stands: bool) -> str:
    if signed is None:
        return "Not signed"
    said = (
        f"{signed.signer_name}, {signed.get_capacity_display().lower()},"
        f" {signed.signed_at.astimezone(LONDON):%-d %B %Y}, {signed.content_sha256[:16]}"
    )
    return said if stands else f"{said}. It no longer covers the content"


def _signature(
    dossier: Dossier, signed: SignOff, qualification: Qualification, stands: bool
) -> Signature:
    letter = next((row for row in dossier.letters if row.pk == signed.letter_id), None)
    content = json.loads(signed.content)
    covers = (
        Mark("Covers the content", Weight.DONE)
        if stands
        else Mark("No longer covers it", Weight.STOP)
    )
    codes = dossier.mpids.get(qualification.pk, ())
    noun = "MPID" if len(codes) == 1 else "MPIDs"
    return Signature(
        name=signed.signer_name,
        capacity=signed.get_capacity_display(),
        covers=f"{MARKET_ROLES[qualification.role].label}, {noun} {', '.join(codes)}",
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
