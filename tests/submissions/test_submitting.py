"""Submitting: sections with blanks at Initial, everything at Final, and what locks (R79-R96)."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection

from foundation.audit.verify import walk
from foundation.documents.models import StoredFile
from foundation.errors import Denied, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Qualification
from submissions import queries
from submissions.content import Content
from submissions.enums import SectionState
from submissions.models import FrozenSection, SectionProgress, Version
from submissions.services import answering, submitting
from submissions.versions import digest, manifest_digest
from tests import factories
from tests.factories import NOON
from tests.submissions import builders


@pytest.fixture
def qad(db):
    """An opened QAD of a wave Supplier, and its master admin."""
    builders.publish_reference_data()
    organisation = factories.make_organisation()
    qualification = factories.make_qualification(organisation)
    actor = factories.member_actor(organisation)
    builders.open_qad(organisation, actor)
    return organisation, qualification, actor


@pytest.fixture
def final(qad):
    """The same QAD as a Final draft in which every question is answered."""
    organisation, qualification, actor = qad
    builders.receive_report(qualification)
    builders.open_qad(organisation, actor)
    builders.answer_everything(organisation, actor)
    return qad


def _status(qualification: Qualification) -> str:
    with acting_as(PORTAL):
        return Qualification.objects.get(pk=qualification.pk).status


def _states(part) -> set[str]:
    with acting_as(PORTAL):
        return set(SectionProgress.objects.filter(part=part).values_list("status", flat=True))


def test_r080_a_section_with_blanks_is_submitted_at_initial(qad):
    organisation, qualification, actor = qad
    part = builders.part_of(organisation, qualification)
    with acting_as(actor):
        version = submitting.submit_section(part=part, section="H", actor=actor, at=NOON)
        content = queries.frozen(version, "H")["H"]
    assert [q["answer"] for q in content["questions"]] == [None] * len(content["questions"])
    assert _status(qualification) == Status.INITIAL_PART_SUBMITTED


def test_r081_a_section_stays_open_at_initial_and_each_submission_is_a_version(qad):
    organisation, qualification, actor = qad
    part = builders.part_of(organisation, qualification)
    with acting_as(actor):
        first = submitting.submit_section(part=part, section="H", actor=actor, at=NOON)
        same = submitting.submit_section(part=part, section="H", actor=actor, at=NOON)
        answering.save_answer(
            part=part,
            question_code="H03",
            sent=Content(text="Now"),
            revision=0,
            actor=actor,
            at=NOON,
        )
        second = submitting.submit_section(part=part, section="H", actor=actor, at=NOON)
    assert (same.pk, second.number, second.changed) == (first.pk, first.number + 1, ["H03"])


def test_r080_the_whole_initial_is_submitted_with_blanks_and_tells_the_bodies(qad):
    organisation, qualification, actor = qad
    for body in ("BSC", "REC", "DIP"):
        factories.make_staff(body, name=f"{body} reader")
    builders.submit_initial(qualification, actor)
    assert _status(qualification) == Status.INITIAL_SUBMITTED
    assert _states(builders.part_of(organisation)) == {SectionState.SUBMITTED_INITIAL}
    with acting_as(PORTAL):
        told = Notice.objects.filter(kind="initial_submitted").count()
    assert told == 3


def test_x31_the_first_whole_submission_starts_the_clock_once(qad):
    organisation, qualification, actor = qad
    builders.submit_initial(qualification, actor)
    with pytest.raises(Refused):
        builders.submit_initial(qualification, actor, NOON + timedelta(days=3))
    with acting_as(actor):
        submitting.submit_changes(
            qualification=qualification, actor=actor, at=NOON + timedelta(days=3)
        )
    with acting_as(PORTAL):
        assert Qualification.objects.get(pk=qualification.pk).initial_submitted_at == NOON


def test_r087_one_blank_relevant_answer_blocks_the_final(final):
    organisation, qualification, actor = final
    part = builders.part_of(organisation, qualification)
    with acting_as(actor):
        answer = queries.answers([part.pk])[part.pk]["H03"]
        answering.save_answer(
            part=part,
            question_code="H03",
            sent=Content(),
            revision=answer.revision,
            actor=actor,
            at=NOON,
        )
    with pytest.raises(Refused, match="1 required answer is blank: H03"):
        builders.submit_final(qualification, actor)
    assert _status(qualification) == Status.FINAL_DRAFT


def test_r087_an_irrelevant_blank_does_not_block_the_final(final):
    _, qualification, actor = final
    builders.submit_final(qualification, actor)
    assert _status(qualification) == Status.FINAL_SUBMITTED


def test_r096_final_only_questions_are_no_gap_at_initial(qad):
    organisation, qualification, actor = qad
    builders.answer_everything(organisation, actor)
    part = builders.part_of(organisation, qualification)
    with acting_as(actor):
        answered = set(queries.answers([part.pk])[part.pk])
    assert "D01" not in answered
    builders.submit_initial(qualification, actor)
    assert _status(qualification) == Status.INITIAL_SUBMITTED


def test_r088_a_submitted_final_is_locked_and_takes_no_edit(final):
    organisation, qualification, actor = final
    builders.submit_final(qualification, actor)
    part = builders.part_of(organisation, qualification)
    assert _states(part) == {SectionState.LOCKED}
    assert _states(builders.part_of(organisation)) == {SectionState.LOCKED}
    with acting_as(actor), pytest.raises(Refused, match="locked"):
        answering.save_answer(
            part=part,
            question_code="H03",
            sent=Content(text="late"),
            revision=1,
            actor=actor,
            at=NOON,
        )


def test_r088_only_named_sections_reopen_and_lock_again_on_resubmission(final):
    organisation, qualification, actor = final
    builders.submit_final(qualification, actor)
    part = builders.part_of(organisation, qualification)
    with acting_as(PORTAL):
        submitting.reopen_sections(sections=[(part, "H")], actor=PORTAL, at=NOON)
        Qualification.objects.filter(pk=qualification.pk).update(status=Status.FINAL_REOPENED)
        qualification.refresh_from_db()
    with acting_as(actor):
        seen = queries.answers([part.pk])[part.pk]["H03"].revision
        answering.save_answer(
            part=part,
            question_code="H03",
            sent=Content(text="Changed"),
            revision=seen,
            actor=actor,
            at=NOON,
        )
        with pytest.raises(Refused):
            answering.save_answer(
                part=part,
                question_code="J04",
                sent=Content(text="x"),
                revision=1,
                actor=actor,
                at=NOON,
            )
    with acting_as(actor):
        submitting.resubmit_final(qualification=qualification, actor=actor, at=NOON)
    assert (_status(qualification), _states(part)) == (Status.FINAL_REVIEW, {SectionState.LOCKED})
    with acting_as(PORTAL):
        assert Version.objects.filter(part=part).latest().changed == ["H03"]


def test_r086_a_wave_party_without_the_report_cannot_submit_the_final(final):
    _, qualification, actor = final
    with acting_as(PORTAL):
        Qualification.objects.filter(pk=qualification.pk).update(report_received_at=None)
        qualification.refresh_from_db()
    with pytest.raises(Refused, match="QT Test Completion Report"):
        builders.submit_final(qualification, actor)


def test_r085_a_sit_m10_party_submits_its_final_without_the_report(db):
    builders.publish_reference_data()
    organisation = factories.make_organisation()
    qualification = factories.make_qualification(organisation, "SUPPLIER", "SIT_M10_READY")
    actor, lead = factories.member_actor(organisation), factories.staff_actor("BSC")
    builders.open_qad(organisation, actor)
    with acting_as(lead):
        builders.opening.open_final(qualification=qualification, actor=lead, at=NOON)
    builders.answer_everything(organisation, actor, leave=("D02", "D03", "D05", "D10"))
    builders.submit_final(qualification, actor)
    assert _status(qualification) == Status.FINAL_SUBMITTED


def test_r092_dates_are_soft_an_early_and_a_late_submission_are_taken(qad):
    _, qualification, actor = qad
    builders.submit_initial(qualification, actor, NOON + timedelta(days=400))
    assert _status(qualification) == Status.INITIAL_SUBMITTED


def test_r014_the_trio_is_submitted_together(db):
    builders.publish_reference_data()
    organisation = factories.make_organisation()
    qualification = factories.make_qualification(organisation, "UMSO", "NON_SIT_LDSO_M10")
    actor = factories.member_actor(organisation)
    builders.open_qad(organisation, actor)
    moved = builders.submit_initial(qualification, actor)
    assert sorted(each.role for each in moved) == ["LDSO", "SMRA_ERDA", "UMSO"]


def test_r019_roles_of_one_organisation_are_submitted_at_different_times(qad):
    organisation, qualification, actor = qad
    later = factories.make_qualification(organisation, "MEM_SMART", "QT_WAVE_4")
    builders.open_qad(organisation, actor)
    builders.submit_initial(qualification, actor)
    assert _status(later) == Status.INITIAL_DRAFT


def test_a_version_is_its_content_and_its_hashes_verify(final):
    organisation, qualification, actor = final
    builders.submit_final(qualification, actor)
    part = builders.part_of(organisation, qualification)
    with acting_as(PORTAL):
        version = Version.objects.filter(part=part).latest()
        rows = {str(row.pk): row for row in FrozenSection.objects.filter(part=part)}
    assert version.sha256 == manifest_digest(version.manifest)
    for entry in version.manifest:
        row = rows[entry["frozen"]]
        assert digest(row.content) == row.sha256 == entry["sha256"]
        assert json.loads(row.content)["section"] == entry["section"]


def test_files_open_to_the_bodies_only_when_a_version_cites_them(final):
    _, qualification, actor = final
    with acting_as(PORTAL):
        assert StoredFile.objects.filter(released_at=None).exists()
    builders.submit_final(qualification, actor)
    with acting_as(PORTAL):
        assert not StoredFile.objects.filter(released_at=None).exists()


def test_a_director_cannot_submit(final):
    organisation, qualification, _ = final
    director = factories.member_actor(
        organisation, is_master_admin=False, is_author=False, is_director=True
    )
    with pytest.raises(Denied):
        builders.submit_final(qualification, director)


def test_every_submission_leaves_whole_chains(final):
    _, qualification, actor = final
    builders.submit_final(qualification, actor)
    with acting_as(PORTAL):
        assert walk().breaks == ()


def test_a_double_submit_makes_one_transition(committed):
    builders.publish_reference_data()
    organisation = factories.make_organisation()
    qualification = factories.make_qualification(organisation)
    actors = [factories.member_actor(organisation) for _ in range(3)]
    builders.open_qad(organisation, actors[0])
    gate = threading.Barrier(3)
    outcome: list[str] = []

    def submit(actor) -> None:
        gate.wait()
        try:
            builders.submit_initial(qualification, actor)
            outcome.append("done")
        except Refused:
            outcome.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=submit, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome) == ["done", "refused", "refused"]
