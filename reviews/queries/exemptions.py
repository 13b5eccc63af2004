"""Reading exemptions, and what the further section of the QAD says of one."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from foundation.tenancy.actor import Actor
from participants.models import Mpid, Qualification
from participants.roles import governed_roles
from reviews.enums import BREACHED, EXEMPTION_OVER, ExemptionKind, ExemptionState
from reviews.models import Exemption
from submissions import queries
from submissions.models import Part

SECTIONS = {ExemptionKind.UMS: "Q", ExemptionKind.SMART: "S"}
SHOWS = {
    "running": ~Q(status__in=(*EXEMPTION_OVER, *BREACHED, ExemptionState.APPROVED)),
    "force": Q(status=ExemptionState.APPROVED),
    "breaches": Q(status__in=BREACHED),
    "over": Q(status__in=EXEMPTION_OVER),
}


def exemptions(actor: Actor, organisation_id: UUID | None = None) -> QuerySet[Exemption]:
    """Return the exemptions that the actor may read, those longest in their state first."""
    rows = Exemption.objects.select_related("organisation", "qualification")
    if organisation_id:
        rows = rows.filter(organisation_id=organisation_id)
    if actor.is_staff:
        rows = rows.filter(qualification__role__in=governed_roles(actor.body))
    return rows.order_by("status_since", "pk")


def to_ask(qualification: Qualification) -> list[tuple[str, str]]:
    """Return (kind, MPID) of what could still be asked for."""
    codes = Mpid.objects.filter(qualifications=qualification).order_by("code")
    live = set(
        Exemption.objects.filter(organisation_id=qualification.organisation_id)
        .exclude(status__in=EXEMPTION_OVER)
        .values_list("kind", "mpid")
    )
    every = [(kind, one.code) for one in codes for kind in ExemptionKind.values]
    return [pair for pair in every if pair not in live]


def section_missing(exemption: Exemption) -> tuple[str, ...]:
    """Return in words what the further section lacks in the newest Final QAD (R124, R128)."""
    letter = SECTIONS[exemption.kind]
    part = Part.objects.filter(qualification_id=exemption.qualification_id).first()
    version = queries.latest_of_stage([part.pk], "FINAL").get(part.pk) if part else None
    if version is None:
        return (f"Section {letter} of the Final QAD is not submitted.",)
    asked = queries.frozen(version, letter).get(letter, {}).get("questions", ())
    return tuple(_missing(letter, exemption.mpid, [each for each in asked if each["applies"]]))


def _missing(letter: str, mpid: str, asked: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    first = next((each for each in asked if each["code"] == f"{letter}01"), None)
    said = ((first or {}).get("answer") or {}).get("value") or {}
    if said.get("choice") != "sought":
        yield f"{letter}01 of the Final QAD does not ask for it."
        return
    if mpid not in {row.get("mpid") for row in said.get("rows", ())}:
        yield f"{letter}01 does not name {mpid}."
    blank = [each["code"] for each in asked if each["answer"] is None and not each["evidence"]]
    if blank:
        yield f"Left blank: {', '.join(blank)}."
