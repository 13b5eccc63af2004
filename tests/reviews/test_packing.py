"""The decision pack as it is put together from rows: what it holds, what it leaves out."""

import io
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pikepdf
import pytest

from foundation.documents.models import StoredFile
from foundation.documents.services import read
from foundation.errors import Denied, Invalid, Refused
from foundation.jobs import services as jobs
from foundation.jobs.models import Job, JobState
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.market_roles import MARKET_ROLES
from reviews import tasks
from reviews.assembly.exemptions import exemptions_of
from reviews.enums import PackState
from reviews.models import Pack, SignOff
from reviews.packs.manifest import seal_of
from reviews.services import packing, sign_off
from tests import factories
from tests.factories import NOON
from tests.reviews.applications import Case
from waves.models import PreQualification


def _text(pdf: bytes, tmp_path) -> str:
    import subprocess

    path = tmp_path / "pack.pdf"
    path.write_bytes(pdf)
    return subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout


def _bytes(pack: Pack) -> bytes:
    with acting_as(PORTAL):
        return read(StoredFile.objects.get(pk=pack.file_id))


def test_a_signed_application_becomes_a_sealed_pack(db, tmp_path):
    case = Case()
    case.to_final_submitted()
    case.finding_with_plan()
    for body, actor in case.staff.items():
        case.read(body, actor, NOON + timedelta(days=3))

    pack = case.pack()

    assert pack.status == PackState.READY, pack.problem
    pdf = _bytes(pack)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == pack.pages
    assert seal_of(pack.manifest) == pack.seal
    said = " ".join(_text(pdf, tmp_path).split())
    for expected in (
        "Larkspur Energy Ltd",
        "Approve.",
        "Restoration takes longer than promised",
        "Vary the contract.",
        "Tom Elsworth",
        "H03",
        "As we planned it",
    ):
        assert expected in said, expected
    with acting_as(PORTAL):
        assert Job.objects.get(pk=pack.job_id).state == JobState.DONE


def test_the_signature_in_a_pack_names_signer_and_hash(db, tmp_path):
    case = Case("MEM_SMART")
    case.to_signed()
    said = _text(_bytes(case.pack("REC")), tmp_path)
    assert "Margaret Iwu" in said
    assert "Company director" in said


def test_each_application_of_a_pack_prints_its_own_recommendation(db):
    case = Case()
    case.to_final_submitted()
    other = factories.make_qualification(case.organisation, "SDS", "QT_WAVE_3")
    with acting_as(PORTAL):
        pack = Pack(
            title="Two",
            body="BSC",
            qualifications=[case.qualification.pk, other.pk],
            asked_at=NOON,
            asked_by_name="Helen Prior",
            recommendations={str(case.qualification.pk): "Approve.", str(other.pk): "Defer."},
        )
        printed = packing.content_of(pack, at=NOON)
    said = [each.summary.motion.recommendation for each in printed.applications]
    assert said == ["Approve.", "Defer."]


def test_a_pack_of_before_keeps_its_one_recommendation():
    one, other = uuid4(), uuid4()
    assert Pack(recommendation="Approve all.").recommended([one]) == "Approve all."
    mixed = Pack(recommendations={str(one): "Approve."})
    assert mixed.recommended([other, one]) == "Approve."  # the trio's stands with any of its roles
    assert mixed.recommended([other]) == ""


def test_a_recommendation_belongs_to_an_application_of_its_pack(db):
    case = Case()
    with acting_as(case.staff["BSC"]), pytest.raises(Invalid, match="applications of this pack"):
        packing.ask_for_pack(
            qualifications=[case.qualification],
            title="x",
            recommendations={uuid4(): "Approve."},
            actor=case.staff["BSC"],
            at=NOON,
            enqueue=lambda _: None,
        )


def test_an_unforeseen_error_ends_a_pack_in_words_and_is_raised(db):
    case = Case()
    with acting_as(case.staff["BSC"]) as actor:
        ordered = packing.ask_for_pack(
            qualifications=[case.qualification],
            title="Broken",
            actor=actor,
            at=NOON,
            enqueue=lambda _: None,
        )
    with acting_as(PORTAL):  # content that nothing foresees: an application that is not there
        Pack.objects.filter(pk=ordered.pk).update(qualifications=[uuid4()])
    with pytest.raises(KeyError):
        tasks.build(ordered.pk)
    with acting_as(PORTAL):
        pack = Pack.objects.get(pk=ordered.pk)
        assert (pack.status, pack.problem) == (PackState.FAILED, tasks.UNFORESEEN)
        assert Job.objects.get(pk=pack.job_id).state == JobState.FAILED


def test_an_unforeseen_error_ends_a_sheet_in_words_and_is_raised(db):
    with acting_as(PORTAL):
        job = jobs.start(
            kind="confirmation", actor=PORTAL, at=NOON, enqueue=lambda _: None, subject_id=uuid4()
        )
    with pytest.raises(SignOff.DoesNotExist):
        tasks.printed(job.pk)
    with acting_as(PORTAL):
        job.refresh_from_db()
    assert (job.state, job.message) == (JobState.FAILED, tasks.UNFORESEEN)


def test_a_pack_whose_worker_died_can_be_ordered_again():
    pack = Pack(status=PackState.BUILDING, asked_at=NOON)
    assert packing.is_being_built(pack, NOON + timedelta(minutes=29))
    assert not packing.is_being_built(pack, NOON + timedelta(minutes=31))


def test_r014_the_trio_is_one_application_of_a_pack(db):
    case = Case("LDSO", "NON_SIT_LDSO_M10")
    case.to_final_submitted()
    trio = case.group()
    with acting_as(PORTAL):
        pack = Pack(
            title="Trio",
            body="BSC",
            qualifications=[q.pk for q in trio],
            asked_at=NOON,
            asked_by_name="Helen Prior",
        )
        printed = packing.content_of(pack, at=NOON)
    assert len(printed.applications) == 1
    rows = [row.part for row in printed.applications[0].summary.matrix]
    assert len(rows) == 5
    assert rows[0] == "Organisation"
    assert rows[-1] == "Decision"


def test_r030_legacy_readiness_stays_out_of_the_pack(db, tmp_path):
    case = Case()
    case.to_final_submitted()
    with acting_as(PORTAL):
        PreQualification.objects.create(
            organisation=case.organisation,
            key_contact_name="Ada",
            key_contact_email="a@b.example",
            legacy_readiness="LEGACY-READINESS-ANSWER",
        )
    assert "LEGACY-READINESS-ANSWER" not in _text(_bytes(case.pack()), tmp_path)


def test_the_same_content_is_printed_to_the_same_bytes(db):
    case = Case("MEM_SMART")
    case.to_final_submitted()
    with acting_as(PORTAL):
        pack = Pack(
            title="Twice",
            body="REC",
            qualifications=[case.qualification.pk],
            asked_at=NOON,
            asked_by_name="Owen Pryce",
        )
        first = packing.content_of(pack, at=NOON)
        second = packing.content_of(pack, at=NOON)
    assert first == second


def test_a_reviewer_without_the_duty_orders_no_pack(db):
    case = Case()
    reader = factories.staff_actor("BSC", "REVIEWER")
    with acting_as(reader), pytest.raises(Denied):
        packing.ask_for_pack(
            qualifications=[case.qualification],
            title="x",
            actor=reader,
            at=NOON,
            enqueue=lambda _: None,
        )


def test_r007_a_body_orders_no_pack_on_a_role_it_does_not_govern(db):
    case = Case("MEM_SMART")
    with acting_as(case.staff["BSC"]), pytest.raises(Refused, match="not governed"):
        packing.ask_for_pack(
            qualifications=[case.qualification],
            title="x",
            actor=case.staff["BSC"],
            at=NOON,
            enqueue=lambda _: None,
        )


def _printed(case: Case, body: str = "BSC"):
    wanted = [each.pk for each in case.group()]
    with acting_as(PORTAL):
        pack = Pack(
            title="Meeting",
            body=body,
            qualifications=wanted,
            asked_at=NOON,
            asked_by_name="Helen Prior",
        )
        return packing.content_of(pack, at=NOON)


def test_r014_the_trio_is_asked_in_one_question_and_fits_on_one_page(db):
    case = Case("LDSO", "NON_SIT_LDSO_M10")
    case.to_final_submitted()
    motion = _printed(case).applications[0].summary.motion
    (question,) = motion.questions
    assert question.startswith("Is Larkspur Energy Ltd MHHS Qualified under the Balancing and")
    for role in ("LDSO", "SMRA_ERDA", "UMSO"):
        assert MARKET_ROLES[role].label in question
    assert "more; the sections behind name them." in motion.why_not_today
    assert case.pack().status == PackState.READY  # a summary of two pages is refused


def test_r014_what_the_roles_of_a_trio_answer_alike_is_printed_once(db):
    case = Case("LDSO", "NON_SIT_LDSO_M10")
    case.to_final_submitted()
    answers = _printed(case).applications[0].answers
    whole = [
        (section.letter, answer.code, answer.text, answer.value, answer.table, answer.evidence)
        for section in answers.sections
        for answer in section.answers
        if section.role and not answer.same_as
    ]
    again = [answer for s in answers.sections for answer in s.answers if answer.same_as]
    assert again
    assert len(set(whole)) == len(whole)
    assert f"{len(again)} that say the same" in answers.lead


def test_each_role_of_the_trio_shows_its_own_signature(db):
    case = Case("LDSO", "NON_SIT_LDSO_M10")
    case.to_final_submitted()
    for body, actor in case.staff.items():
        case.read(body, actor, NOON + timedelta(days=3))
    first = case.group()[0]
    with acting_as(case.director):
        content = sign_off.content_to_sign(first)
        sign_off.sign(qualification=first, seen_sha256=content.sha256, actor=case.director, at=NOON)
    declaration = _printed(case).applications[0].declaration
    assert declaration.signature.covers.startswith(MARKET_ROLES[first.role].label)
    assert declaration.signature.still_covers.word == "Covers the content"
    assert [line.text for line in declaration.others] == ["Not signed", "Not signed"]


def test_an_exemption_that_is_asked_for_stands_in_section_c():
    def question(code, choice="", answered=True):
        answer = {"value": {"choice": choice, "rows": [{"mpid": "LARK"}]}} if answered else None
        return {
            "code": code,
            "title": f"Title of {code}",
            "applies": True,
            "answer": answer,
            "evidence": [],
        }

    content = {
        "Q": {"questions": [question("Q01", "not_sought")]},
        "S": {
            "questions": [
                question("S01", "sought"),
                question("S02"),
                question("S03", answered=False),
            ]
        },
    }
    dossier = SimpleNamespace(papers=[SimpleNamespace(content=content)])
    (found,) = exemptions_of(dossier)
    assert (found.code, found.title) == ("S01", "From the requirements for the smart segment")
    assert "LARK" in found.meta
    assert [each.state.word for each in found.tests] == ["Answered", "Left blank"]
