"""The canary's rows on the road to Qualification: places, reliance, testing."""

from datetime import datetime, timedelta
from typing import Any

from foundation.documents.models import StoredFile
from foundation.tenancy.actor import PORTAL
from participants.models import Qualification
from waves import models as waves
from waves.services import drafting


def plant(*, qualification: Qualification, stored: StoredFile, word: str, at: datetime) -> None:
    """Give an organisation one row of everything of this floor, straight into the tables."""
    of = {"organisation_id": qualification.organisation_id}
    on = {**of, "qualification": qualification}
    said = {"submitted_at": at, "submitted_by_name": word}
    _joining(of, said, word)
    _testing(of, on, said, stored, word, at)
    _places(of, on, word, at)
    _reliance(of, on, said, word, at)


def _joining(of: dict[str, Any], said: dict[str, Any], word: str) -> None:
    submission = waves.PreQualification.objects.create(
        **of,
        key_contact_name=f"{word} Contact",
        key_contact_email=f"{word}@example.org",
        pit_approach=f"{word} approach",
    )
    waves.PreQualificationVersion.objects.create(
        **of, **said, submission=submission, number=1, content={"said": word}, sha256=word
    )


def _testing(
    of: dict[str, Any],
    on: dict[str, Any],
    said: dict[str, Any],
    stored: StoredFile,
    word: str,
    at: datetime,
) -> None:
    day = at.date()
    waves.Deliverable.objects.create(**on, **said, kind="RTTM", file=stored, note=word)
    waves.TestPlan.objects.create(**on, **said, starts_on=day, ends_on=day, tests=1, reason=word)
    tool = {"reference": word, "title": f"{word} title", "imported_at": at}
    waves.TestCase.objects.create(**on, **tool, stage="QT")
    waves.Defect.objects.create(**on, **tool, stage="QT", severity=3, impact=f"{word} impact")
    waves.TestProgress.objects.create(
        **on, on=day, planned=1, run=1, passed=1, recorded_at=at, recorded_by_name=word
    )
    plan = waves.WorkOff.objects.create(
        **on,
        kind="WORK_OFF",
        stage="QT",
        number=1,
        title=f"{word} work-off",
        plan=f"{word} plan",
        due_on=day + timedelta(days=30),
        proposed_at=at,
        proposed_by_name=word,
    )
    waves.WorkOffAgreement.objects.create(**of, work_off=plan, body="BSC", by_name=word, at=at)
    waves.EntryCheck.objects.create(
        **on, criterion="UIT", note=word, checked_at=at, checked_by_name=word
    )
    waves.Milestone.objects.create(**on, event="dip_onboarded", at=at, by_name=word, note=word)


def _places(of: dict[str, Any], on: dict[str, Any], word: str, at: datetime) -> None:
    place = waves.Place.objects.create(
        **on, status_since=at, requested="QT_WAVE_2", because=f"{word} wish"
    )
    for shared in (True, False):
        waves.PlaceNote.objects.create(
            **of, place=place, kind="REMARK", text=word, at=at, by_name=word, is_shared=shared
        )
    waves.Scenario.objects.create(title="A copy of the board", made_at=at, made_by_name="Ruth")
    drafting.make_draft(title="The next timetable", actor=PORTAL, at=at)
    waves.Dependant.objects.create(
        **on, cause_id=of["organisation_id"], text=f"{word} slipped", raised_at=at
    )


def _reliance(
    of: dict[str, Any], on: dict[str, Any], said: dict[str, Any], word: str, at: datetime
) -> None:
    reliance = waves.Reliance.objects.create(
        **on, kind="RELIANCE", status_since=at, created_at=at, provider_name=f"{word} Provider"
    )
    version = waves.RelianceVersion.objects.create(
        **of, **said, reliance=reliance, number=1, content={"said": word}, sha256=word
    )
    waves.RelianceOpinion.objects.create(
        **of, version=version, body="BSC", verdict="AGREE", note=word, by_name=word, at=at
    )
    waves.RelianceLink.objects.create(
        **of,
        reliance=reliance,
        provider_organisation_id=of["organisation_id"],
        linked_at=at,
        linked_by_name=word,
    )
