"""A proposal to rely on somebody's testing, as its organisation writes it (R44-R56, D.9)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.models import Qualification
from participants.moves import lock, perform
from waves import reliance as rules
from waves.enums import RelianceKind, RelianceStage, RelianceState
from waves.lifecycle import reliance as moves
from waves.models import Reliance, RelianceVersion
from waves.notices import reliance as notices
from waves.services.testing import hold, kept_file, note_event
from waves.timetable import Event

WRITTEN = tuple(name for name in rules.LABELS if name != "kind")


@transaction.atomic
def begin(*, qualification: Qualification, kind: str, actor: Actor, at: datetime) -> Reliance:
    """Begin a proposal; the bodies see nothing of it until it is submitted (R44)."""
    policy.require(actor, moves.WRITE, qualification)
    if kind not in RelianceKind.values:
        raise Invalid({"kind": "Choose which kind of reliance this is."})
    held = hold(qualification)
    row = Reliance.objects.create(
        organisation_id=held.organisation_id,
        qualification=held,
        kind=kind,
        status_since=at,
        created_at=at,
    )
    record("reliance.begun", subject=row, actor=actor, at=at, kind=kind)
    return row


@transaction.atomic
def save(
    *,
    reliance: Reliance,
    said: Mapping[str, Any],
    name: str = "",
    content: bytes = b"",
    actor: Actor,
    at: datetime,
) -> Reliance:
    """Keep what was written so far, complete or not; only a draft can be written."""
    row = lock(reliance)
    policy.require(actor, moves.WRITE, row)
    if row.status not in rules.EDITABLE:
        raise Refused("This version is with the bodies or agreed. Begin a change to write on.")
    if unknown := set(said.get("stages", ())) - set(RelianceStage.values):
        raise Invalid({"stages": f"There is no such testing: {', '.join(sorted(unknown))}."})
    written = {key: said[key] for key in WRITTEN if key in said}
    if "provider_mpid" in written:
        written["provider_mpid"] = written["provider_mpid"].strip().upper()
    for key, value in written.items():
        setattr(row, key, value)
    row.attested_at = (row.attested_at or at) if row.has_agreement else None
    kept = kept_file(name, content, row.qualification, actor, at)
    row.file = kept or row.file
    row.save(update_fields=[*written, "attested_at", "file"])
    record("reliance.saved", subject=row, actor=actor, at=at, fields=sorted(written))
    return row


@transaction.atomic
def submit(*, reliance: Reliance, actor: Actor, at: datetime) -> RelianceVersion:
    """Submit what is written as a version of its own; everything must be said (R49, R50, R52)."""
    row = lock(reliance)
    policy.require(actor, moves.WRITE, row)
    if row.status in rules.EDITABLE and (said := rules.problems(facts_of(row))):
        raise Invalid(said)
    content = rules.content_of(row)
    before = RelianceVersion.objects.filter(reliance=row).order_by("-number").first()
    number = before.number + 1 if before else 1
    row = perform(
        moves.SUBMIT,
        subject=row,
        actor=actor,
        at=at,
        because=row.change_note,
        log={"number": number},
        revision=number,
        scope_agreed=False,
    )
    version = RelianceVersion.objects.create(
        organisation_id=row.organisation_id,
        reliance=row,
        number=number,
        content=content | {"change_note": row.change_note},
        sha256=rules.sha256_of(content),
        submitted_at=at,
        submitted_by_name=actor.name,
    )
    note_event(hold(row.qualification), Event.RELIANCE_PROPOSED, actor, at)
    notices.submitted(row, rules.changed(before.content, content) if before else [], at=at)
    return version


def facts_of(row: Reliance) -> dict[str, Any]:
    """Return what the rules ask a proposal for."""
    return {name: getattr(row, name) for name in rules.LABELS} | {"has_file": bool(row.file_id)}


@transaction.atomic
def change(*, reliance: Reliance, because: str, actor: Actor, at: datetime) -> Reliance:
    """Begin a change: what was agreed no longer holds until the bodies agree again (R52)."""
    reason = _reason(because, "Say what changes; the bodies read it with the new version.")
    return perform(
        moves.CHANGE, subject=reliance, actor=actor, at=at, because=reason, change_note=reason
    )


@transaction.atomic
def withdraw(*, reliance: Reliance, because: str, actor: Actor, at: datetime) -> Reliance:
    """Withdraw a proposal: the organisation runs these tests itself."""
    reason = _reason(because, "Say why; it is kept with the proposal.")
    was_seen = reliance.status != RelianceState.DRAFT
    row = perform(moves.WITHDRAW, subject=reliance, actor=actor, at=at, because=reason)
    if was_seen:
        notices.withdrawn(row, reason, at=at)
    return row


def _reason(text: str, ask: str) -> str:
    if not text.strip():
        raise Invalid({"because": ask})
    return text.strip()
