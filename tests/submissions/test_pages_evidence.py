"""Evidence through the pages: adding, citing, replacing, taking away, and who may download."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from foundation.audit.models import AuditEvent
from foundation.documents.models import ScanState, StoredFile
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from submissions.models import Evidence, EvidenceUse
from submissions.services import evidence as services
from tests import factories
from tests.factories import NOON
from tests.submissions import builders
from tests.submissions.doors import make_desk, question, signed_in, statements

PDF = builders.PDF
LIBRARY, DETAIL, CHOICE = 7, 7, 7


@pytest.fixture
def desk(db):
    return make_desk()


def _upload(name: str = "LWI-114 v3.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _add(desk, code: str = "H03", name: str = "LWI-114 v3.pdf", content: bytes = PDF) -> Evidence:
    part = desk.part_for(question(code))
    with acting_as(desk.actor):
        return services.add_file(
            part=part, question_code=code, name=name, content=content, actor=desk.actor, at=NOON
        )


def _cited(code: str) -> list[str]:
    with acting_as(PORTAL):
        rows = EvidenceUse.objects.filter(question=code).select_related("evidence")
        return [use.evidence.title for use in rows.order_by("added_at", "pk")]


def test_a_file_is_added_and_stands_under_the_answer_with_its_hash(desk):
    url = desk.address("H03")

    answer = desk.client.post(f"{url}evidence/file/", {"file": _upload(), "title": ""})

    assert answer.headers["Location"] == f"{url}#evidence"
    page = desk.client.get(url).content.decode()
    digest = hashlib.sha256(PDF).hexdigest()
    assert "LWI-114 v3.pdf is now evidence for H03" in page
    assert f"SHA-256 {digest[:4]} {digest[4:8]} {digest[8:12]}" in page
    assert "Not scanned" in page


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (lambda: _upload("setup.exe"), "files of this kind are not taken"),
        (lambda: _upload("page.pdf", b"<html>"), "its content is not PDF"),
        (lambda: None, "Choose a file."),
    ],
)
def test_a_file_that_is_not_taken_is_refused_with_what_was_typed(desk, file, said):
    sent = {"title": "Procedure & rota"} | ({"file": given} if (given := file()) else {})

    answer = desk.client.post(f"{desk.address('H03')}evidence/file/", sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'value="Procedure &amp; rota"' in page
    assert _cited("H03") == []


def test_a_file_over_the_limit_is_refused_before_it_is_read(desk, settings):
    settings.EVIDENCE_MAX_BYTES = 10
    answer = desk.client.post(f"{desk.address('H03')}evidence/file/", {"file": _upload()})
    assert answer.status_code == 422
    assert "is larger than" in answer.content.decode()


def test_a_reference_points_to_what_stays_elsewhere(desk):
    url = f"{desk.address('B06')}evidence/reference/"
    sent = {
        "tool": "ADO",
        "identifier": "48213",
        "title": "Loss of flow",
        "link": "http://x.example",
    }

    refused = desk.client.post(url, sent)
    day = {"as_of_0": "18", "as_of_1": "9", "as_of_2": "2025"}
    ahead = desk.client.post(url, sent | day | {"link": "", "as_of_2": "2030"})
    taken = desk.client.post(url, sent | day | {"link": "https://x.example/48213"})

    assert refused.status_code == 422
    assert ahead.status_code == 422
    assert "give a day that has come" in ahead.content.decode()
    assert taken.status_code == 302
    page = desk.client.get(desk.address("B06")).content.decode()
    assert "ADO 48213: Loss of flow" in page
    assert "As of Thu 18 Sep 2025" in page
    assert 'href="https://x.example/48213"' in page


def test_the_same_file_twice_under_one_question_is_refused(desk):
    url = desk.address("H03")
    desk.client.post(f"{url}evidence/file/", {"file": _upload("plan.pdf")})

    again = desk.client.post(f"{url}evidence/file/", {"file": _upload("plan-copy.pdf")})
    elsewhere = desk.client.post(f"{desk.address('H01')}evidence/file/", {"file": _upload()})
    with acting_as(PORTAL):
        piece = EvidenceUse.objects.get(question="H03").evidence
    replaced = desk.client.post(f"{url}evidence/{piece.pk}/replace/", {"file": _upload("x.pdf")})

    assert (again.status_code, elsewhere.status_code, replaced.status_code) == (422, 302, 422)
    assert "plan-copy.pdf is evidence for H03 already" in again.content.decode()
    assert "x.pdf is what version 1 has, byte for byte" in replaced.content.decode()
    assert _cited("H03") == ["plan.pdf"]


def test_several_pieces_of_the_library_are_cited_at_once(desk):
    first, second = _add(desk, "H01", "one.pdf"), _add(desk, "H01", "two.pdf", PDF + b"2")
    url = f"{desk.address('H03')}evidence/library/"

    nothing = desk.client.post(url, {})
    answer = desk.client.post(url, {"evidence": [str(first.pk), str(second.pk)]})
    rest = desk.client.get(url).content.decode()

    assert nothing.status_code == 422
    assert "Choose at least one piece of evidence." in nothing.content.decode()
    assert answer.status_code == 302
    assert _cited("H03") == ["one.pdf", "two.pdf"]
    assert "Nothing else is in the library." in rest
    assert desk.client.post(url, {"evidence": "no-id"}).status_code == 404


def test_a_replaced_file_keeps_its_earlier_version(desk):
    piece = _add(desk)
    url = f"{desk.address('H03')}evidence/{piece.pk}/replace/"

    assert desk.client.get(url).status_code == 200
    answer = desk.client.post(url, {"file": _upload("LWI-114 v4.pdf", PDF + b"4")})

    assert answer.status_code == 302
    detail = desk.client.get(f"/o/{desk.slug}/evidence/{piece.pk}/").content.decode()
    assert "Version 2" in detail
    assert "Version 1" in detail
    assert "LWI-114 v3.pdf" in detail
    assert "H03 Fault handling" in detail


def test_a_title_that_was_typed_stays_when_the_file_is_replaced(desk):
    url = desk.address("H03")
    named = {"file": _upload("plan.pdf"), "title": "The restart plan"}
    desk.client.post(f"{url}evidence/file/", named)
    with acting_as(PORTAL):
        piece = EvidenceUse.objects.get(question="H03").evidence

    desk.client.post(
        f"{url}evidence/{piece.pk}/replace/", {"file": _upload("plan v2.pdf", PDF + b"2")}
    )

    assert _cited("H03") == ["The restart plan"]


def test_what_was_typed_beside_a_file_that_is_refused_is_kept(desk):
    sent = {"file": _upload("plan.exe", b"MZ\x90\x00"), "title": "The restart plan"}
    answer = desk.client.post(f"{desk.address('H03')}evidence/file/", sent)

    assert answer.status_code == 422
    assert 'value="The restart plan"' in answer.content.decode()


def test_a_piece_taken_away_can_be_put_back(desk):
    piece = _add(desk)
    url = desk.address("H03")

    answer = desk.client.post(f"{url}evidence/{piece.pk}/remove/", follow=True)
    page = answer.content.decode()
    assert _cited("H03") == []
    assert "LWI-114 v3.pdf was taken away from H03." in page
    assert "Put it back" in page
    desk.client.post(f"{url}evidence/library/", {"evidence": str(piece.pk)})

    assert _cited("H03") == ["LWI-114 v3.pdf"]


def test_evidence_of_another_organisation_cannot_be_cited_or_seen(desk):
    stranger = make_desk()
    piece = _add(stranger)

    cited = desk.client.post(f"{desk.address('H03')}evidence/library/", {"evidence": str(piece.pk)})

    assert cited.status_code == 404
    assert desk.client.get(f"/o/{desk.slug}/evidence/{piece.pk}/").status_code == 404
    assert desk.client.get(f"/o/{stranger.slug}/evidence/{piece.pk}/").status_code == 404
    assert _cited("H03") == ["LWI-114 v3.pdf"]  # the stranger's own
    crossed = desk.client.get(f"/o/{desk.slug}/files/{piece.file_id}/")
    assert crossed.status_code == 404


def test_who_only_reads_adds_no_evidence(desk):
    director = desk.colleague(is_master_admin=False, is_author=False, is_director=True)
    url = desk.address("H03")
    assert director.get(f"{url}evidence/file/").status_code == 403
    assert director.post(f"{url}evidence/file/", {"file": _upload()}).status_code == 403
    assert "Add a file" not in director.get(url).content.decode()


def test_a_file_comes_out_as_it_went_in_and_as_an_attachment(desk):
    piece = _add(desk)

    answer = desk.client.get(f"/o/{desk.slug}/files/{piece.file_id}/")

    assert answer.content == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_body_downloads_only_what_was_submitted_and_leaves_a_trace(desk):
    piece = _add(desk)
    url = f"/o/{desk.slug}/files/{piece.file_id}/"
    staff = signed_in(factories.make_staff("BSC"))
    assert staff.get(url).status_code == 404
    builders.submit_initial(desk.qualification, desk.actor)

    answer = staff.get(url)

    assert answer.content == PDF
    with acting_as(PORTAL):
        events = AuditEvent.objects.filter(action="file.downloaded")
        assert [(e.object_id, e.actor_body) for e in events] == [(str(piece.file_id), "BSC")]
    desk.client.get(url)
    with acting_as(PORTAL):
        assert AuditEvent.objects.filter(action="file.downloaded").count() == 1


def test_a_body_does_not_get_the_evidence_of_a_role_that_it_does_not_govern(desk):
    other = factories.make_qualification(desk.organisation, "MEM_SMART")
    builders.open_qad(desk.organisation, desk.actor)
    part = builders.part_of(desk.organisation, other)
    with acting_as(desk.actor):
        piece = services.add_file(
            part=part,
            question_code="H03",
            name="mem.pdf",
            content=PDF + b"mem",
            actor=desk.actor,
            at=NOON,
        )
    builders.submit_initial(other, desk.actor)
    url = f"/o/{desk.slug}/files/{piece.file_id}/"

    assert signed_in(factories.make_staff("REC")).get(url).status_code == 200
    assert signed_in(factories.make_staff("BSC")).get(url).status_code == 404


@pytest.mark.parametrize(
    ("state", "own", "body"),
    [(ScanState.BLOCKED, 409, 409), (ScanState.PENDING, 200, 409), (ScanState.CLEAN, 200, 200)],
)
def test_what_the_scanner_says_decides_who_may_open_a_file(desk, state, own, body):
    piece = _add(desk)
    builders.submit_initial(desk.qualification, desk.actor)
    with acting_as(PORTAL):
        StoredFile.objects.filter(pk=piece.file_id).update(scan_state=state)
    url = f"/o/{desk.slug}/files/{piece.file_id}/"

    assert desk.client.get(url).status_code == own
    assert signed_in(factories.make_staff("BSC")).get(url).status_code == body


def test_the_library_is_the_owners_alone(desk):
    piece = _add(desk)
    staff = signed_in(factories.make_staff("BSC"))
    assert staff.get(f"/o/{desk.slug}/evidence/").status_code == 404
    assert staff.get(f"/o/{desk.slug}/evidence/{piece.pk}/").status_code == 404


def test_the_library_is_searched_filtered_and_paged(desk):
    for number in range(52):
        _add(desk, "H01", f"file {number:02}.pdf", PDF + str(number).encode())
    url = f"/o/{desk.slug}/evidence/"

    first = desk.client.get(url).content.decode()
    second = desk.client.get(f"{url}?page=2").content.decode()
    one = desk.client.get(f"{url}?q=file 07").content.decode()
    none = desk.client.get(f"{url}?kind=REFERENCE").content.decode()

    assert "1 to 50 of 52" in first
    assert "51 to 52 of 52" in second
    assert "file 07.pdf" in one
    assert "file 08.pdf" not in one
    assert "Nothing found" in none


def test_the_statements_do_not_grow_with_the_evidence(desk):
    piece = _add(desk)
    library, detail = f"/o/{desk.slug}/evidence/", f"/o/{desk.slug}/evidence/{piece.pk}/"
    choice = f"{desk.address('H04')}evidence/library/"
    few = [statements(desk.client, url)[0] for url in (library, detail, choice)]
    for number in range(60):
        _add(desk, "H01", f"file {number:02}.pdf", PDF + str(number).encode())
    for code in ("H04", "H05", "J02"):
        part = desk.part_for(question(code))
        with acting_as(desk.actor):
            services.cite(part=part, question_code=code, evidence=piece, actor=desk.actor, at=NOON)

    many = [statements(desk.client, url)[0] for url in (library, detail, choice)]

    assert few == many == [LIBRARY, DETAIL, CHOICE]
