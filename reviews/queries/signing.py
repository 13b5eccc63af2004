"""Reading what stands around a signature: who may sign, until when, and what was signed."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from foundation.tenancy.actor import Actor
from participants import policy
from participants.market_roles import MARKET_ROLES
from participants.models import Membership, Qualification
from reviews.enums import LetterState
from reviews.models import Accession, DelegationLetter, ManagementAssertion, SignOff
from reviews.qualified import Facts
from submissions.models import Version
from waves.enums import ObligationState
from waves.models import Obligation

SIGN_BY = "qad_signoff_deadline"
DECIDE_BY = "qualification_decision"


def due(qualification_ids: Iterable[UUID], activity: str, body: str = "") -> dict[UUID, Obligation]:
    """Return the obligation of one activity for each qualification that has it, in one statement.

    A decision has a clock for each body that decides; other activities have no body.
    """
    rows = Obligation.objects.filter(
        qualification_id__in=list(qualification_ids), activity=activity, body=body
    ).exclude(state=ObligationState.CANCELLED)
    return {row.qualification_id: row for row in rows}


def signatories(organisation_id: UUID) -> list[Membership]:
    """Return the active directors and delegates of an organisation, directors first."""
    rows = Membership.objects.filter(
        Q(is_director=True) | Q(is_delegate=True),
        organisation_id=organisation_id,
        is_active=True,
        person__is_active=True,
    )
    return list(rows.select_related("person").order_by("-is_director", Lower("person__name"), "pk"))


def signable_by(actor: Actor, held: Iterable[Qualification | Facts]) -> frozenset[UUID]:
    """Return which qualifications a member may sign once their turn comes (R105-R107).

    A director signs every one; a delegate those of allowed roles with an accepted letter.
    """
    if not policy.may(actor, "qad.sign"):
        return frozenset()
    if "DIRECTOR" in actor.duties:
        return frozenset(each.id for each in held)
    allowed = [each.id for each in held if MARKET_ROLES[each.role].delegate_allowed]
    letters = DelegationLetter.objects.filter(
        qualification_id__in=allowed, delegate_id=actor.person_id, status=LetterState.ACCEPTED
    )
    return frozenset(letters.values_list("qualification_id", flat=True)) if allowed else frozenset()


def letter_for(qualification: Qualification) -> DelegationLetter | None:
    """Return the letter in hand for a qualification, if one is."""
    rows = DelegationLetter.objects.filter(qualification=qualification)
    return rows.exclude(status=LetterState.REVOKED).first()


def versions_by_stage(part_ids: Iterable[UUID]) -> dict[tuple[UUID, str], Version]:
    """Return the newest version of each part at each stage, with its part, in one statement."""
    rows = Version.objects.filter(part_id__in=list(part_ids)).select_related("part")
    rows = rows.order_by("part_id", "stage", "-number").distinct("part_id", "stage")
    return {(row.part_id, row.stage): row for row in rows}


def signatures(qualification: Qualification) -> QuerySet[SignOff]:
    """Return every signature given for a qualification, void ones included, newest first."""
    rows = SignOff.objects.filter(qualification=qualification).select_related("letter")
    return rows.order_by("-signed_at", "pk")


def assertion_of(qualification: Qualification) -> ManagementAssertion | None:
    """Return the Management Assertion of a qualification, if it was made."""
    return ManagementAssertion.objects.filter(qualification=qualification).first()


def accessions(qualification: Qualification) -> QuerySet[Accession]:
    """Return what code bodies recorded of accession."""
    return Accession.objects.filter(qualification=qualification).order_by("body")
