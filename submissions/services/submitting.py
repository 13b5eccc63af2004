"""Submitting sections, the Initial QAD, the Final QAD, and what was reopened."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import grants, policy
from participants.enums import Entrant, Status
from participants.models import Organisation, Qualification
from participants.moves import lock, perform
from submissions import notices
from submissions.enums import WRITABLE_SECTIONS, SectionState, Stage
from submissions.lifecycle import (
    RESUBMIT_FINAL,
    SUBMIT_FINAL,
    SUBMIT_INITIAL,
    SUBMIT_SECTION,
    SubmitFacts,
    not_on_paper,
)
from submissions.models import Part, SectionProgress, Version
from submissions.resubmission import (
    MAX_REASON,
    UNCHANGED,
    Untouched,
    question,
    reopened,
    untouched,
)
from submissions.services.freezing import freeze
from submissions.services.opening import group_of
from submissions.sheet import PartSheet, Sheet, read, submit_facts
from waves.services.clocks import sync

_REOPENED = SectionState.REOPENED


@transaction.atomic
def submit_section(*, part: Part, section: str, actor: Actor, at: datetime) -> Version:
    """Submit one section of the Initial QAD, blanks and all; a version is frozen (R80, R81)."""
    organisation = lock(part.organisation)
    policy.require(actor, "answer.write", part)
    grants.require_section(actor, part.qualification_id, section)
    sheet = read(organisation)
    own = sheet.parts[part.qualification_id]
    if own.part.stage != Stage.INITIAL:
        raise Refused("Sections are submitted one by one at the Initial stage only.")
    if section not in own.sections:
        raise Refused(f"This part has no section {section}.")
    version = freeze(own, [section], whole=False, actor=actor, at=at)
    _mark(own, [section], SectionState.SUBMITTED_INITIAL, actor, at)
    for each in _drafting(sheet, own):
        perform(
            SUBMIT_SECTION,
            subject=each,
            facts=lambda _: SubmitFacts(),
            actor=actor,
            at=at,
            log={"section": section, "version": version.number},
        )
    record(
        "section.submitted",
        subject=part,
        actor=actor,
        at=at,
        section=section,
        version=version.number,
        sha256=version.sha256,
    )
    notices.section_submitted(own, sheet.qualifications, section, version, at=at)
    return version


def _drafting(sheet: Sheet, own: PartSheet) -> list[Qualification]:
    """Return the qualifications that a first submitted section moves on (D.1)."""
    return [
        each
        for each in sheet.qualifications
        if each.status == Status.INITIAL_DRAFT and own.part.qualification_id in (None, each.pk)
    ]


@transaction.atomic
def submit_initial(
    *, qualification: Qualification, actor: Actor, at: datetime
) -> list[Qualification]:
    """Submit the whole Initial QAD of a qualification (the trio together); starts the clocks.

    Sections that were submitted before are frozen again as they are now (X31).
    """
    organisation = lock(qualification.organisation)
    policy.require(actor, "qad.submit", qualification)
    group = group_of(qualification)
    sheet = _opened(organisation, group)
    log = _freeze_all(sheet, group, SectionState.SUBMITTED_INITIAL, actor, at)
    moved = []
    for each in group:
        moved.append(
            perform(
                SUBMIT_INITIAL,
                subject=each,
                facts=lambda _: submit_facts(sheet, group),
                actor=actor,
                at=at,
                log=log,
                initial_submitted_at=at,
            )
        )
    for each in moved:
        sync(qualification=each, actor=actor, at=at)
    notices.initial_submitted(moved, at=at)
    return moved


@transaction.atomic
def submit_changes(*, qualification: Qualification, actor: Actor, at: datetime) -> Version:
    """Hand in what changed since the Initial submission; running clocks stay untouched (X31)."""
    organisation = lock(qualification.organisation)
    policy.require(actor, "qad.submit", qualification)
    later = (Status.INITIAL_SUBMITTED, Status.INITIAL_REVIEW, Status.INITIAL_REVIEWED)
    if lock(qualification).status not in later:
        raise Refused("Changes are handed in between the Initial submission and the Final QAD.")
    sheet = read(organisation)
    log = _freeze_all(sheet, [qualification], SectionState.SUBMITTED_INITIAL, actor, at)
    record("initial_qad.changed", subject=qualification, actor=actor, at=at, **log)
    version = Version.objects.filter(part=sheet.of(qualification).part).latest()
    notices.changes_submitted(qualification, version, at=at)
    return version


@transaction.atomic
def submit_final(
    *, qualification: Qualification, actor: Actor, at: datetime
) -> list[Qualification]:
    """Submit the Final QAD: no blanks (R87), the report in (R86); everything locks (R88)."""
    organisation = lock(qualification.organisation)
    policy.require(actor, "qad.submit", qualification)
    group = group_of(qualification)
    sheet = _opened(organisation, group)
    facts = submit_facts(sheet, group)
    moved = [
        perform(
            SUBMIT_FINAL,
            subject=each,
            facts=lambda _: facts,
            actor=actor,
            at=at,
            final_submitted_at=at,
        )
        for each in group
    ]
    log = _freeze_all(sheet, group, SectionState.LOCKED, actor, at)
    for each in moved:
        record("final_qad.frozen", subject=each, actor=actor, at=at, **log)
        sync(qualification=each, actor=actor, at=at)
    notices.final_submitted(moved, at=at)
    return moved


@transaction.atomic
def resubmit_final(
    *, qualification: Qualification, actor: Actor, at: datetime, unchanged_because: str = ""
) -> list[Qualification]:
    """Hand the reopened sections in again; they lock, and the review goes on (D.13).

    Sections in which nothing changed are asked about: ``unchanged_because`` says why they go in
    all the same, for the bodies to read.
    """
    organisation = lock(qualification.organisation)
    policy.require(actor, "qad.submit", qualification)
    if lock(qualification).status != Status.FINAL_REOPENED:
        raise Refused("Nothing of this QAD is reopened.")
    sheet = read(organisation)
    parts = [sheet.of(None), *(sheet.of(each) for each in group_of(qualification))]
    facts = SubmitFacts(blanks=[blank for own in parts for blank in own.blanks()])
    same = untouched(parts)
    because = _require_reason(same, unchanged_because)
    log = {}
    for own in parts:
        if letters := reopened(own):
            version = freeze(own, letters, whole=True, actor=actor, at=at)
            _mark(own, letters, SectionState.LOCKED, actor, at)
            log[str(own.part.pk)] = version.sha256
            _tell_unchanged(own, same, version, because, actor, at)
    moved = [
        perform(RESUBMIT_FINAL, subject=each, facts=lambda _: facts, actor=actor, at=at, log=log)
        for each in sheet.qualifications
        if each.status == Status.FINAL_REOPENED and not _still_reopened(each)
    ]
    notices.resubmitted(moved, [each.section for each in same], at=at)
    return moved


def _require_reason(same: Sequence[Untouched], because: str) -> str:
    if not same:
        return ""
    if len(because) > MAX_REASON:
        raise Invalid({"unchanged_because": f"Say it in at most {MAX_REASON} characters."})
    if not because.strip():
        raise Refused(
            f"{question(same)} Say why; the reviewers read it.",
            detail={"unchanged": [{"part": str(e.part_id), "section": e.section} for e in same]},
        )
    return because.strip()


def _tell_unchanged(
    own: PartSheet,
    same: Sequence[Untouched],
    version: Version,
    because: str,
    actor: Actor,
    at: datetime,
) -> None:
    letters = [each.section for each in same if each.part_id == own.part.pk]
    if letters:
        record(
            UNCHANGED,
            subject=own.part,
            actor=actor,
            at=at,
            because=because,
            sections=letters,
            version=version.number,
        )


def _still_reopened(qualification: Qualification) -> bool:
    rows = SectionProgress.objects.filter(
        organisation_id=qualification.organisation_id, status=SectionState.REOPENED
    )
    own = rows.filter(part__qualification=qualification) | rows.filter(part__qualification=None)
    return own.exists()


@transaction.atomic
def reopen_sections(*, sections: Sequence[tuple[Part, str]], actor: Actor, at: datetime) -> None:
    """Open named sections of locked parts for writing; the right is asked where it is granted."""
    for part, letter in sections:
        row = SectionProgress.objects.select_for_update(no_key=True).get(part=part, section=letter)
        if row.status != SectionState.LOCKED:
            raise Refused(f"Section {letter} is not locked.")
        row.status, row.since = SectionState.REOPENED, at
        row.save(update_fields=["status", "since"])
        record("section.reopened", subject=part, actor=actor, at=at, section=letter)


def _opened(organisation: Organisation, group: Sequence[Qualification]) -> Sheet:
    """Read a QAD that can be handed in; Refused on paper (R23), and before its first opening."""
    if said := not_on_paper(SubmitFacts(is_paper=organisation.entrant == Entrant.NEW_MHHS_ONLY)):
        raise Refused(said)
    sheet = read(organisation)
    if not {None, *(each.pk for each in group)} <= sheet.parts.keys():
        raise Refused("This QAD has not been opened yet. Open it and read it before you submit.")
    return sheet


def _freeze_all(
    sheet: Sheet, group: Sequence[Qualification], state: str, actor: Actor, at: datetime
) -> dict[str, str]:
    """Freeze the organisation part and the group's parts, but for what is locked already.

    Where another qualification took the organisation part to Final, its sections stay as that one
    has them: an Initial submission hands in what they hold, and leaves what is reopened alone.
    """
    log = {}
    for one in (None, *group):
        own = sheet.of(one)
        ahead = state == SectionState.SUBMITTED_INITIAL and own.part.stage == Stage.FINAL
        open_now = [each for each in WRITABLE_SECTIONS if not (ahead and each == _REOPENED)]
        letters = [s for s, row in own.sections.items() if row.status in open_now]
        version = freeze(own, letters, whole=True, actor=actor, at=at)
        if not ahead:
            _mark(own, letters, state, actor, at)
        log[str(own.part.pk)] = version.sha256
    return log


def _mark(own: PartSheet, letters: Sequence[str], state: str, actor: Actor, at: datetime) -> None:
    SectionProgress.objects.filter(part=own.part, section__in=letters).update(
        status=state, since=at, submitted_at=at, submitted_by_name=actor.name
    )
