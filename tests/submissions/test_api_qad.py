"""Parts, sections, submissions, evidence and versions through the API."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from foundation.audit.models import AuditEvent
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from submissions.models import Part
from submissions.versions import canonical, digest, manifest_digest
from tests import factories
from tests.submissions import builders
from tests.submissions.doors import Desk, make_desk, signed_in, statements

PARTS, SECTIONS, VERSIONS, VERSION, LIBRARY = 6, 6, 4, 5, 4


@pytest.fixture
def desk(db):
    return make_desk()


def _hand_in(desk: Desk, what: str, client: Client | None = None):
    url = desk.api(f"qualifications/{desk.qualification.pk}/submit/{what}/")
    return (client or desk.client).post(url, {}, content_type="application/json")


def _upload(client: Client, url: str, method: str = "post", name: str = "a.pdf", more: bytes = b""):
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile(name, builders.PDF + more)})
    return client.generic(method.upper(), url, body, content_type=MULTIPART_CONTENT)


def test_reading_the_parts_opens_the_qad_for_its_owner_and_not_for_a_body(db):
    builders.publish_reference_data()
    organisation = factories.make_organisation()
    qualification = factories.make_qualification(organisation)
    member = factories.make_member(organisation)
    desk = Desk(organisation, qualification, member, signed_in(member.person))
    staff = signed_in(factories.make_staff("BSC"))

    assert staff.get(desk.api("qad/")).json()["count"] == 0
    rows = desk.client.get(desk.api("qad/")).json()["results"]

    assert [row["role"] for row in rows] == [None, "SUPPLIER"]
    assert [row["stage"] for row in rows] == ["INITIAL", "INITIAL"]
    builders.receive_report(qualification)
    staff.get(desk.api("qad/"))
    assert desk.now().status == Status.INITIAL_DRAFT
    rows = desk.client.get(desk.api("qad/?role=SUPPLIER")).json()["results"]
    assert [row["stage"] for row in rows] == ["FINAL"]
    assert desk.now().status == Status.FINAL_DRAFT


def test_parts_that_a_body_does_not_govern_do_not_exist_for_it(desk):
    other = factories.make_qualification(desk.organisation, "MEM_SMART")
    builders.open_qad(desk.organisation, desk.actor)
    part = builders.part_of(desk.organisation, other)
    bsc, rec = (signed_in(factories.make_staff(body)) for body in ("BSC", "REC"))

    assert {row["role"] for row in bsc.get(desk.api("qad/")).json()["results"]} == {
        None,
        "SUPPLIER",
    }
    assert bsc.get(desk.api(f"qad/{part.pk}/")).status_code == 404
    assert rec.get(desk.api(f"qad/{part.pk}/")).json()["role"] == "MEM_SMART"
    assert make_desk().client.get(desk.api("qad/")).status_code == 404


def test_sections_count_answers_for_their_owner_alone(desk):
    builders.answer_everything(desk.organisation, desk.actor, leave=("H03",))
    url = desk.api(f"qad/{desk.role_part.pk}/sections/")

    own = {row["section"]: row for row in desk.client.get(url).json()}
    seen = {row["section"]: row for row in signed_in(factories.make_staff("REC")).get(url).json()}

    assert (own["H"]["asked"], own["H"]["ready"], own["H"]["blank"]) == (8, 7, 1)
    assert seen["H"]["status"] == "OPEN"
    assert "asked" not in seen["H"]


def test_a_section_is_submitted_and_the_version_comes_back(desk):
    part = desk.own_part.pk
    answer = desk.client.post(desk.api(f"qad/{part}/sections/E/submit/"))

    told = answer.json()
    assert answer.status_code == 200
    assert (told["number"], told["is_whole"]) == (1, False)
    assert [entry["section"] for entry in told["manifest"]] == ["E"]
    limited = desk.colleague(is_master_admin=False, is_limited=True)
    assert limited.post(desk.api(f"qad/{part}/sections/E/submit/")).status_code == 403
    assert desk.client.post(desk.api(f"qad/{part}/sections/Z/submit/")).status_code == 409


def test_the_way_from_initial_to_final(desk):
    builders.answer_everything(desk.organisation, desk.actor)
    first = _hand_in(desk, "initial")
    twice = _hand_in(desk, "initial")
    changes = _hand_in(desk, "changes")
    early = _hand_in(desk, "final")
    assert [row["status"] for row in first.json()] == [Status.INITIAL_SUBMITTED]
    assert (twice.status_code, changes.status_code, early.status_code) == (409, 200, 409)
    builders.receive_report(desk.qualification)
    desk.client.get(desk.api("qad/"))
    blank = _hand_in(desk, "final")
    assert blank.status_code == 409
    assert "Final takes no blanks" in blank.json()["reasons"][0]
    builders.answer_everything(desk.organisation, desk.actor)

    final = _hand_in(desk, "final")

    assert [row["status"] for row in final.json()] == [Status.FINAL_SUBMITTED]
    assert _hand_in(desk, "reopened").status_code == 409


def test_who_may_not_submit_is_turned_down(desk):
    director = desk.colleague(is_master_admin=False, is_author=False, is_director=True)
    assert _hand_in(desk, "initial", director).status_code == 403
    assert _hand_in(desk, "initial", signed_in(factories.make_staff("BSC"))).status_code == 404
    assert _hand_in(desk, "initial", make_desk().client).status_code == 404


def test_a_code_body_opens_the_final_on_a_sit_route(db):
    desk = make_desk(route="SIT_M11_READY")
    url = desk.api(f"qualifications/{desk.qualification.pk}/open-final/")

    assert desk.client.post(url).status_code == 403
    assert signed_in(factories.make_staff("DIP")).post(url).status_code == 403
    answer = signed_in(factories.make_staff("REC")).post(url)

    assert (answer.status_code, answer.json()["status"]) == (200, Status.FINAL_DRAFT)


def test_evidence_goes_in_is_cited_replaced_taken_away_and_comes_out(desk):
    url = f"{desk.api_answer('H03')}evidence/"
    added = _upload(desk.client, url, name="LWI-114.pdf")
    piece = added.json()
    assert (added.status_code, piece["title"], piece["version"]) == (201, "LWI-114.pdf", 1)
    assert piece["sha256"] == _sha(builders.PDF)

    cited = desk.client.post(
        f"{desk.api_answer('H04')}evidence/",
        {"evidence": piece["id"]},
        content_type="application/json",
    )
    replaced = _upload(desk.client, f"{url}{piece['id']}/", "put", "LWI-114 v2.pdf", b"2")
    detail = desk.client.get(desk.api(f"evidence/{piece['id']}/")).json()
    gone = desk.client.delete(f"{url}{piece['id']}/")

    assert (cited.status_code, replaced.json()["version"], gone.status_code) == (201, 2, 204)
    assert [row["number"] for row in detail["versions"]] == [1, 2]
    assert {row["question"] for row in detail["uses"]} == {"H03", "H04"}
    assert desk.client.get(url).json()["count"] == 0
    file = desk.client.get(desk.api(f"files/{replaced.json()['file']}/"))
    assert file.content == builders.PDF + b"2"
    assert desk.client.get(desk.api("evidence/?kind=FILE&q=LWI")).json()["count"] == 1


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_reference_needs_tool_identifier_and_day(desk):
    url = f"{desk.api_answer('B06')}evidence/"
    refused = desk.client.post(url, {"tool": "ADO"}, content_type="application/json")
    sent = {"tool": "ADO", "identifier": "48213", "as_of": "2025-09-18"}
    taken = desk.client.post(url, sent, content_type="application/json")

    assert refused.status_code == 422
    assert set(refused.json()["problems"]) == {"identifier", "as_of"}
    assert (taken.status_code, taken.json()["as_of"]) == (201, "2025-09-18")


def test_files_that_are_not_taken_are_told_why(desk, settings):
    url = f"{desk.api_answer('H03')}evidence/"
    kind = _upload(desk.client, url, name="run.exe")
    settings.EVIDENCE_MAX_BYTES = 10
    size = _upload(desk.client, url)

    assert (kind.status_code, size.status_code) == (422, 422)
    assert "not taken" in kind.content.decode()
    assert "larger than" in size.content.decode()


def test_a_body_reads_versions_and_downloads_what_they_cite_and_leaves_a_trace(desk):
    piece = _upload(desk.client, f"{desk.api_answer('H03')}evidence/").json()
    staff = signed_in(factories.make_staff("REC"))
    file = desk.api(f"files/{piece['file']}/")
    assert staff.get(file).status_code == 404
    _hand_in(desk, "initial")
    url = desk.api(f"qad/{desk.role_part.pk}/versions/")

    rows = staff.get(url).json()["results"]
    version = staff.get(f"{url}1/").json()

    assert [row["number"] for row in rows] == [1]
    held = {q["code"]: q for q in version["content"]["H"]["questions"]}["H03"]
    assert [e["sha256"] for e in held["evidence"]] == [piece["sha256"]]
    hashes = [
        {"section": letter, "sha256": digest(canonical(content))}
        for letter, content in version["content"].items()
    ]
    assert manifest_digest(hashes) == version["sha256"]
    assert staff.get(file).content == builders.PDF
    with acting_as(PORTAL):
        assert AuditEvent.objects.filter(action="file.downloaded").count() == 1
    assert staff.get(f"{url}2/").status_code == 404
    assert make_desk().client.get(f"{url}1/").status_code == 404


def test_the_template_in_force_is_there_for_everybody_signed_in(desk):
    told = desk.client.get("/api/v1/qad-template/").json()

    assert told["version"] == "5.0"
    assert sum(len(section["questions"]) for section in told["sections"]) >= 120
    assert Client().get("/api/v1/qad-template/").status_code in (401, 403)


def test_the_description_names_every_address_of_this_floor(desk):
    schema = desk.client.get("/api/v1/schema/").content.decode()

    part = "/organisations/{organisation}/qad/{part}/"
    for tail in ("sections/", "questions/", "answers/{question}/", "versions/{number}/"):
        assert f"{part}{tail}" in schema
    for tail in ("submit/initial/", "submit/final/", "submit/reopened/", "open-final/"):
        assert tail in schema
    assert "/organisations/{organisation}/files/{file}/" in schema


def test_the_statements_do_not_grow(desk):
    _upload(desk.client, f"{desk.api_answer('H03')}evidence/")
    _hand_in(desk, "initial")
    part = desk.role_part.pk
    tails = ("qad/", f"qad/{part}/sections/", f"qad/{part}/versions/", f"qad/{part}/versions/1/")
    urls = [desk.api(tail) for tail in (*tails, "evidence/")]
    few = [statements(desk.client, url)[0] for url in urls]
    for role in ("SDS", "ADS", "UMSDS", "MEM_ADV", "MEM_SMART"):
        factories.make_qualification(desk.organisation, role)
    desk.client.get(desk.api("qad/"))
    builders.answer_everything(desk.organisation, desk.actor)
    with acting_as(PORTAL):
        assert Part.objects.filter(organisation=desk.organisation).count() == 7

    many = [statements(desk.client, url)[0] for url in urls]

    assert few == many == [PARTS, SECTIONS, VERSIONS, VERSION, LIBRARY]
