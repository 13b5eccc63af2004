"""Opening the QAD: parts on first opening, the Final exactly once (R83-R86, X4, X5)."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from foundation.audit.models import AuditEvent
from foundation.errors import Denied, Refused
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Qualification
from submissions.enums import SectionState, Stage
from submissions.models import Part, SectionProgress, Version
from submissions.services import opening
from tests import factories
from tests.factories import NOON
from tests.submissions import builders


@pytest.fixture
def qad(db):
    """An organisation with one wave Supplier, and its master admin."""
    builders.publish_reference_data()
    organisation = factories.make_organisation()
    qualification = factories.make_qualification(organisation)
    return organisation, qualification, factories.member_actor(organisation)


def _row(qualification: Qualification) -> Qualification:
    with acting_as(PORTAL):
        return Qualification.objects.get(pk=qualification.pk)


def test_r020_one_qad_has_an_organisation_part_and_one_part_a_qualification(qad):
    organisation, _, actor = qad
    factories.make_qualification(organisation, "MEM_SMART", "QT_WAVE_4")

    builders.open_qad(organisation, actor)
    builders.open_qad(organisation, actor)

    with acting_as(PORTAL):
        parts = Part.objects.filter(organisation=organisation)
        roles = sorted(p.qualification.role if p.qualification else "" for p in parts)
    assert roles == ["", "MEM_SMART", "SUPPLIER"]


def test_r023_an_mhhs_only_entrant_has_no_qad_online(db):
    builders.publish_reference_data()
    organisation = factories.make_organisation(entrant="NEW_MHHS_ONLY")
    factories.make_qualification(organisation)
    with pytest.raises(Refused, match="on paper"):
        builders.open_qad(organisation, factories.member_actor(organisation))


def test_r083_upload_alone_leaves_initial_and_the_next_opening_makes_it_final(qad):
    organisation, qualification, actor = qad
    builders.open_qad(organisation, actor)
    builders.receive_report(qualification)
    assert _row(qualification).status == Status.INITIAL_DRAFT

    first = builders.open_qad(organisation, actor)
    second = builders.open_qad(organisation, actor)

    assert [each.pk for each in first] == [qualification.pk]
    assert second == []
    assert _row(qualification).status == Status.FINAL_DRAFT
    with acting_as(PORTAL):
        assert set(Part.objects.values_list("stage", flat=True)) == {Stage.FINAL}
        states = set(SectionProgress.objects.values_list("status", flat=True))
        opened = AuditEvent.objects.filter(action="final_qad.opened").count()
    assert states == {SectionState.OPEN_FINAL}
    assert opened == 1


def test_r084_the_initial_version_stays_as_it_was_read(qad):
    organisation, qualification, actor = qad
    builders.open_qad(organisation, actor)
    builders.answer_everything(organisation, actor)
    builders.submit_initial(qualification, actor)
    with acting_as(PORTAL):
        before = list(Version.objects.order_by("pk").values_list("pk", "sha256", "stage"))
    builders.receive_report(qualification)
    builders.open_qad(organisation, actor)
    with acting_as(PORTAL):
        after = list(Version.objects.order_by("pk").values_list("pk", "sha256", "stage"))
    assert after == before


def test_r084_a_reviewer_cannot_open_the_qad_as_its_owner(qad):
    organisation, qualification, actor = qad
    builders.open_qad(organisation, actor)
    builders.receive_report(qualification)
    reviewer = factories.staff_actor("BSC")
    with acting_as(reviewer), pytest.raises(Denied):
        opening.open_final(
            qualification=qualification, actor=factories_reviewer_without_lead(reviewer), at=NOON
        )
    assert _row(qualification).status == Status.INITIAL_DRAFT


def factories_reviewer_without_lead(actor):
    """The same reviewer without the lead's duty."""
    from dataclasses import replace

    return replace(actor, duties=frozenset({"REVIEWER"}))


def test_r085_on_a_sit_route_a_code_body_opens_the_final_before_the_report(db):
    builders.publish_reference_data()
    organisation = factories.make_organisation()
    qualification = factories.make_qualification(organisation, "SUPPLIER", "SIT_M10_READY")
    lead = factories.staff_actor("BSC")
    with acting_as(lead):
        opening.open_final(qualification=qualification, actor=lead, at=NOON)
    assert _row(qualification).status == Status.FINAL_DRAFT


def test_r086_on_a_wave_route_nobody_opens_the_final_without_the_report(qad):
    _, qualification, _ = qad
    lead = factories.staff_actor("BSC")
    with acting_as(lead), pytest.raises(Refused, match="has not been uploaded"):
        opening.open_final(qualification=qualification, actor=lead, at=NOON)


def test_r014_the_trio_goes_to_final_together(db):
    builders.publish_reference_data()
    organisation = factories.make_organisation()
    qualification = factories.make_qualification(organisation, "LDSO", "NON_SIT_LDSO_M10")
    actor = factories.member_actor(organisation)
    builders.open_qad(organisation, actor)
    with acting_as(PORTAL):
        Qualification.objects.filter(pk=qualification.pk).update(report_received_at=NOON)
    assert builders.open_qad(organisation, actor) == []

    builders.receive_report(qualification)

    assert len(builders.open_qad(organisation, actor)) == 3


def test_x05_organisation_sections_go_to_final_with_the_first_track(qad):
    organisation, qualification, actor = qad
    later = factories.make_qualification(organisation, "MEM_SMART", "QT_WAVE_4")
    builders.to_final_draft(organisation, qualification, actor)
    assert builders.part_of(organisation).stage == Stage.FINAL
    assert builders.part_of(organisation, later).stage == Stage.INITIAL


@pytest.mark.parametrize("attempt", range(5))
def test_r083_two_simultaneous_openings_make_one_final(committed, attempt):
    builders.publish_reference_data()
    organisation = factories.make_organisation()
    qualification = factories.make_qualification(organisation)
    actors = [factories.member_actor(organisation) for _ in range(4)]
    builders.open_qad(organisation, actors[0])
    builders.receive_report(qualification)
    gate = threading.Barrier(len(actors))
    made: list[int] = []

    def open_it(actor) -> None:
        gate.wait()
        try:
            made.append(len(builders.open_qad(organisation, actor, NOON + timedelta(seconds=1))))
        finally:
            connection.close()

    threads = [threading.Thread(target=open_it, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(made) == [0, 0, 0, 1]
    with acting_as(PORTAL):
        assert AuditEvent.objects.filter(action="final_qad.opened").count() == 1


@pytest.mark.parametrize(
    ("day", "opens"),
    [(datetime(2025, 4, 6, 12, tzinfo=UTC), 0), (datetime(2025, 4, 7, 12, tzinfo=UTC), 1)],
)
def test_x04_a_reviewed_sit_party_opens_its_final_with_the_window(db, day, opens):
    builders.publish_reference_data()
    organisation = factories.make_organisation()
    qualification = factories.make_qualification(organisation, "SUPPLIER", "SIT_M10_READY")
    actor = factories.member_actor(organisation)
    builders.open_qad(organisation, actor, datetime(2025, 1, 6, tzinfo=UTC))
    with acting_as(PORTAL):
        Qualification.objects.filter(pk=qualification.pk).update(status=Status.INITIAL_REVIEWED)
    assert len(builders.open_qad(organisation, actor, day)) == opens


def test_r020_a_later_qualification_can_answer_what_an_earlier_one_was_not_asked(db):
    builders.publish_reference_data()
    organisation = factories.make_organisation()
    first = factories.make_qualification(organisation, "SUPPLIER", "SIT_M11_READY")
    actor, lead = factories.member_actor(organisation), factories.staff_actor("BSC")
    builders.open_qad(organisation, actor)
    with acting_as(lead):
        opening.open_final(qualification=first, actor=lead, at=NOON)
    builders.answer_everything(organisation, actor, leave=("D02", "D03", "D05", "D10"))
    builders.submit_final(first, actor)
    later = factories.make_qualification(organisation, "MEM_SMART", "QT_WAVE_4")

    builders.to_final_draft(organisation, later, actor)
    builders.answer_everything(organisation, actor)
    builders.submit_final(later, actor)

    assert _row(later).status == Status.FINAL_SUBMITTED
