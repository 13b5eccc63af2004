"""A market for the tests of reports: organisations in every state of the road, written in bulk."""

from datetime import UTC, date, datetime, time, timedelta

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Organisation, Qualification
from tests.submissions import builders as qads
from waves import models, tables
from waves.burn_up import curve
from waves.enums import PlaceState, PlanState, RelianceKind, RelianceState, TestStage

NOW = datetime(2025, 11, 18, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
WAVES = ("QT_WAVE_1", "QT_WAVE_2", "QT_WAVE_3", "QT_WAVE_4")
ROLES = ("SUPPLIER", "SDS", "MEM_ADV")
STARTS, ENDS, TESTS = date(2025, 10, 1), date(2025, 12, 20), 60


def reference() -> None:
    """Publish the template and the timetable."""
    qads.publish_reference_data()


def crowd(count: int, first: int = 0) -> list[Qualification]:
    """Write so many organisations, each with one role in a wave; return their qualifications."""
    with acting_as(PORTAL):
        places = [_organisation(number) for number in range(first, first + count)]
        Organisation.objects.bulk_create(places)
        held = [_held(place, number) for number, place in enumerate(places, start=first)]
        Qualification.objects.bulk_create(held)
        for number, each in enumerate(held, start=first):
            _road(each, number)
    return held


def _organisation(number: int) -> Organisation:
    return Organisation(
        slug=f"party-{number:04d}", name=f"Party {number:04d}", legal_name=f"Party {number:04d}",
        created_at=NOW, created_by_body="BSC",
    )  # fmt: skip


def _held(place: Organisation, number: int) -> Qualification:
    status = (Status.INITIAL_DRAFT, Status.INITIAL_REVIEWED, Status.QUALIFIED, Status.SIGNED_OFF)
    chosen = Status.WITHDRAWN if number % 11 == 5 else status[number % 4]
    ago = NOW - timedelta(days=20)
    later = chosen in (Status.SIGNED_OFF, Status.QUALIFIED)
    return Qualification(
        organisation=place, role=ROLES[number % 3], route=WAVES[number % 4], status=chosen,
        status_since=ago, created_at=ago,
        initial_submitted_at=ago if number % 4 else None,
        initial_reviewed_at=ago if number % 4 else None,
        signed_off_at=ago if later else None,
        content_agreed_at=ago if later else None,
        qualified_at=NOW - timedelta(days=3) if chosen == Status.QUALIFIED else None,
        happened={"wave_allocated": "2025-09-01T10:00:00+00:00"} if number % 3 else {},
    )  # fmt: skip


def _road(held: Qualification, number: int) -> None:
    own = {"organisation_id": held.organisation_id, "qualification": held}
    models.Place.objects.create(
        **own, status=PlaceState.WAITLISTED if number % 7 == 3 else PlaceState.ALLOCATED,
        status_since=NOW, requested=held.route, is_at_risk=number % 5 == 1,
        wanted="QT_WAVE_1" if number % 7 == 3 else "",
    )  # fmt: skip
    models.TestPlan.objects.create(
        **own, status=PlanState.APPROVED, starts_on=STARTS, ends_on=ENDS, tests=TESTS,
        points=curve(STARTS, ENDS, TESTS), submitted_at=NOW, submitted_by_name="Ada",
    )  # fmt: skip
    for weeks, run in ((4, number % 20), (1, number % 60)):
        models.TestProgress.objects.create(
            **own, stage=TestStage.QT, on=TODAY - timedelta(weeks=weeks), planned=TESTS, run=run,
            passed=run, recorded_at=NOW, recorded_by_name="Ada",
        )  # fmt: skip
    if number % 9 == 0:
        models.Defect.objects.create(
            **own, stage=TestStage.QT, reference="D-1", title="Late", severity=1, imported_at=NOW,
        )  # fmt: skip
    clock(held, TODAY + timedelta(days=number % 40 - 15), "BSC" if number % 2 else "DIP")


def clock(held: Qualification, due: date, body: str) -> models.Obligation:
    """Give a body a clock on a qualification."""
    ends = datetime.combine(due + timedelta(days=1), time(), UTC)
    return models.Obligation.objects.create(
        organisation_id=held.organisation_id, qualification=held, body=body,
        activity="initial_qad_review_complete", label="Review of the Initial QAD", due_on=due,
        due_at=ends, started_on=due - timedelta(days=42), because="Six weeks.",
        timetable_id=tables.current().id,
    )  # fmt: skip


def rely(relying: Qualification, provider: Qualification) -> models.Reliance:
    """Let one party rely on another, as the bodies found."""
    own = {"organisation_id": relying.organisation_id}
    found = models.Reliance.objects.create(
        **own, qualification=relying, kind=RelianceKind.RELIANCE,
        status=RelianceState.AGREED_FULL, status_since=NOW, provider_name="Somebody",
        stages=["QT"], created_at=NOW,
    )  # fmt: skip
    models.RelianceVersion.objects.create(
        **own, reliance=found, number=1, content={}, sha256="0" * 64, submitted_at=NOW,
        submitted_by_name="Ada",
    )  # fmt: skip
    models.RelianceLink.objects.create(
        **own, reliance=found, provider=provider, linked_at=NOW, linked_by_name="Ruth",
        provider_organisation_id=provider.organisation_id,
    )  # fmt: skip
    return found
