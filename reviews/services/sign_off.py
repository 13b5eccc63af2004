"""Signing what was shown, by the right person, over its hash (R105-R111, D.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.enums import Status
from participants.market_roles import delegate_objections
from participants.models import Qualification
from participants.moves import perform
from participants.queries import mpid_codes
from reviews import facts, notices, statement
from reviews.enums import SETTLED, Capacity, LetterState, PlanState, SignOffState, ThreadKind
from reviews.lifecycle import SIGN_OFF, Missing
from reviews.models import ActionPlan, DelegationLetter, ManagementAssertion, SignOff, Thread
from reviews.qualified import ORGANISATION, ROLE, before_signature
from reviews.services.holding import hold
from submissions import queries
from submissions.models import Part, Version
from submissions.versions import canonical, digest
from waves.models import CompletionReport
from waves.services import clocks


@dataclass(frozen=True, slots=True)
class SigningContent:
    """Exactly what a signature covers: plain data, its canonical text and the hash of it."""

    data: dict[str, Any]
    text: str
    sha256: str

    @property
    def statement(self) -> str:
        """The words that are confirmed."""
        return self.data["statement"]["text"]

    @property
    def short(self) -> str:
        """The hash as people compare it: first sixteen and last four signs."""
        groups = [self.sha256[at : at + 4] for at in range(0, 16, 4)]
        return f"{' '.join(groups)} … {self.sha256[-4:]}"


def content_to_sign(
    qualification: Qualification, capacity: str = Capacity.DIRECTOR
) -> SigningContent:
    """Return what a signature covers now; the same whenever nothing of it changed.

    Versions carry every answer and every evidence hash through their manifests.
    """
    organisation = qualification.organisation
    data = {
        "what": "MHHS Qualification Assessment Document, Applicant's Confirmation",
        "statement": {
            "version": statement.VERSION,
            "text": statement.statement(
                company=organisation.legal_name, role=qualification.role, capacity=capacity
            ),
        },
        "qualification": {
            "id": str(qualification.pk),
            "organisation": organisation.legal_name,
            "company_number": organisation.company_number,
            "role": qualification.role,
            "route": qualification.route,
            "mpids": mpid_codes([qualification.pk]).get(qualification.pk, []),
        },
        "parts": _parts(qualification),
        "open_items": _open_items(qualification),
        "assertions": _assertions(qualification),
        "reports": _reports(qualification),
    }
    text = canonical(data)
    return SigningContent(data, text, digest(text))


def objections(qualification: Qualification) -> list[str]:
    """Return every reason why nobody can sign yet, each with its holder (R100, R110, R119)."""
    known = facts.of_qualification(qualification)
    lacks = [f"{each.what} Held by {each.holder_label}." for each in before_signature(known)]
    return [*SIGN_OFF.objections(qualification.status, Missing()), *lacks]


def capacity_of(actor: Actor, qualification: Qualification) -> str:
    """Return in which capacity the actor may sign; Denied where it may not at all (R106, R108)."""
    policy.require(actor, "qad.sign", qualification)
    if "DIRECTOR" in actor.duties:
        return Capacity.DIRECTOR
    against = delegate_objections(qualification.role)
    if against:
        raise Denied(" ".join(against))
    return Capacity.DELEGATE


@transaction.atomic
def sign(*, qualification: Qualification, seen_sha256: str, actor: Actor, at: datetime) -> SignOff:
    """Sign a qualification's QAD: exactly the content whose hash the signer was shown.

    The hash is computed again under the lock; where it differs nothing is signed.
    """
    capacity = capacity_of(actor, qualification)
    held = hold(qualification.organisation_id)
    current = held.one(qualification.pk)
    letter = _letter(current, actor) if capacity == Capacity.DELEGATE else None
    reasons = objections(current)
    if reasons:
        raise Refused(reasons)
    content = content_to_sign(current, capacity)
    if content.sha256 != seen_sha256:
        raise Refused("This was changed since you opened it. Read it again before you sign.")
    signed = SignOff.objects.create(
        organisation_id=current.organisation_id,
        qualification=current,
        status=SignOffState.SIGNED,
        signer_id=actor.person_id,
        signer_name=actor.name,
        capacity=capacity,
        letter=letter,
        statement=content.statement,
        content=content.text,
        content_sha256=content.sha256,
        signed_at=at,
    )
    moved = perform(
        SIGN_OFF, subject=current, facts=lambda _: Missing(), actor=actor, at=at,
        signed_off_at=at, log={"sha256": content.sha256, "capacity": capacity},
    )  # fmt: skip
    clocks.sync(qualification=moved, actor=actor, at=at)
    notices.signed(signed, held.organisation, moved, at=at)
    return signed


@transaction.atomic
def decline(*, qualification: Qualification, reason: str, actor: Actor, at: datetime) -> None:
    """Decline to sign, with a reason that the admins and the bodies read; nothing else changes."""
    capacity_of(actor, qualification)
    if not reason.strip():
        raise Invalid({"reason": "Say what would have to change before you sign."})
    held = hold(qualification.organisation_id)
    current = held.one(qualification.pk)
    if current.status != Status.CONTENT_AGREED:
        raise Refused("There is nothing to sign now.")
    notices.signature_declined(held.organisation, current, actor.name, reason, at=at)
    record("sign_off.declined", subject=current, actor=actor, at=at, because=reason)


def is_intact(signed: SignOff) -> bool:
    """Return whether a stored signature still matches the content it was given for."""
    return digest(signed.content) == signed.content_sha256


def _letter(qualification: Qualification, actor: Actor) -> DelegationLetter:
    """R107: a letter for this QAD and this person, signed by a director and accepted."""
    letter = DelegationLetter.objects.filter(
        qualification=qualification, delegate_id=actor.person_id, status=LetterState.ACCEPTED
    ).first()
    if letter is None:
        raise Refused(
            "There is no letter of delegated authority for you and this role that the REC Code"
            " Manager has accepted."
        )
    return letter


def _parts(qualification: Qualification) -> list[dict[str, Any]]:
    rows = Part.objects.filter(organisation_id=qualification.organisation_id)
    own = {part.qualification_id: part for part in rows}
    wanted = [(ORGANISATION, own.get(None)), (ROLE, own.get(qualification.pk))]
    newest = queries.latest_versions(part.pk for _, part in wanted if part)
    return [
        {"part": scope, **_version(newest[part.pk])}
        for scope, part in wanted
        if part and part.pk in newest
    ]


def _version(version: Version) -> dict[str, Any]:
    return {
        "version": version.number,
        "stage": version.stage,
        "sha256": version.sha256,
        "sections": [
            {"section": entry["section"], "sha256": entry["sha256"]} for entry in version.manifest
        ],
    }


def _open_items(qualification: Qualification) -> list[dict[str, Any]]:
    """Return the findings and observations that stay open under an agreed plan (X18)."""
    rows = Thread.objects.filter(organisation_id=qualification.organisation_id)
    threads = list(
        rows.filter(part__qualification_id=qualification.pk) | rows.filter(part__qualification=None)
    )
    wanted = [t for t in threads if t.kind != ThreadKind.COMMENT and t.status not in SETTLED]
    plans = _plans(wanted)
    return [
        {
            "reference": thread.reference,
            "body": thread.body,
            "kind": thread.kind,
            "severity": thread.severity,
            "question": thread.question,
            "subject": thread.subject,
            "plan": plans.get(thread.pk),
        }
        for thread in sorted(wanted, key=lambda each: (each.kind, each.number))
    ]


def _plans(threads: Sequence[Thread]) -> dict[Any, dict[str, Any]]:
    rows = ActionPlan.objects.filter(
        thread__in=threads, status__in=(PlanState.AGREED, PlanState.DONE)
    )
    return {
        plan.thread_id: {
            "number": plan.number,
            "text": plan.text,
            "owner": plan.owner_name,
            "due_on": plan.due_on.isoformat(),
        }
        for plan in rows.order_by("number")
    }


def _assertions(qualification: Qualification) -> list[dict[str, Any]]:
    return [
        {
            "mpids_remaining": row.mpids_remaining,
            "complete_by": row.complete_by.isoformat(),
            "text": row.text,
        }
        for row in ManagementAssertion.objects.filter(qualification=qualification)
    ]


def _reports(qualification: Qualification) -> list[dict[str, Any]]:
    rows = CompletionReport.objects.filter(qualification=qualification).select_related("file")
    return [
        {"kind": row.kind, "sha256": row.file.sha256, "work_off_agreed": row.work_off_agreed}
        for row in rows.order_by("received_at", "pk")
    ]
