"""Whether the testing relied upon has passed: found by staff's acts, said without a name (R48)."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from foundation.tenancy.actor import Actor
from participants.enums import Status
from participants.models import Qualification
from waves.enums import RelianceKind, RelianceStage
from waves.models import Milestone, Reliance, RelianceLink
from waves.reliance import IDLE, PIT_STAGES
from waves.reliance_evidence import PIT_PASSED, TESTS_PASSED, passed
from waves.services.milestones import record_milestone, undo_milestone

_PIT = frozenset(PIT_STAGES)
_TESTS = frozenset(RelianceStage) - _PIT
SAID = "The testing relied upon has passed."
NO_LONGER = "The testing relied upon does not stand as passed."


@transaction.atomic
def after_a_gate(*, provider: Qualification, actor: Actor, at: datetime) -> None:
    """A gate of a party was confirmed or taken back: settle everybody who relies on it directly."""
    same = Qualification.objects.filter(organisation_id=provider.organisation_id)
    group = same.filter(trio=provider.trio) if provider.trio else same.filter(pk=provider.pk)
    rows = RelianceLink.objects.filter(provider__in=group, ended_at=None)
    settle(set(rows.values_list("reliance__qualification_id", flat=True)), actor=actor, at=at)


@transaction.atomic
def settle(qualification_ids: Iterable[UUID], *, actor: Actor, at: datetime) -> None:
    """Bring what is recorded in line with what is so; for staff, who may read the links."""
    for held in Qualification.objects.filter(pk__in=set(qualification_ids)).order_by("pk"):
        rows = Reliance.objects.filter(qualification=held, kind=RelianceKind.RELIANCE)
        asked = list(rows.exclude(status__in=IDLE).prefetch_related("links__provider"))
        for event, of in ((PIT_PASSED, _PIT), (TESTS_PASSED, _TESTS)):
            relied = [each for each in asked if of & set(each.stages)]
            should = bool(relied) and all(_stands(each, of) for each in relied)
            _bring(held, event, should, actor, at)


def _stands(row: Reliance, of: frozenset[str]) -> bool:
    """Whether the party that a proposal relies on is known, and has passed what is relied on."""
    providers = [each.provider for each in row.links.all() if each.ended_at is None]
    return any(each and _has_passed(each, of & set(row.stages)) for each in providers)


def _has_passed(provider: Qualification, stages: Collection[str]) -> bool:
    return provider.status == Status.QUALIFIED or passed(stages, provider.happened)


def _bring(held: Qualification, event: str, should: bool, actor: Actor, at: datetime) -> None:
    held.refresh_from_db(fields=["happened"])
    if should == (event in held.happened):
        return
    if should:
        record_milestone(qualification=held, event=event, actor=actor, at=at, note=SAID)
        return
    rows = Milestone.objects.filter(qualification=held, event=event, undone_at=None)
    if row := rows.first():
        undo_milestone(milestone=row, because=NO_LONGER, actor=actor, at=at)
