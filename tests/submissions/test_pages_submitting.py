"""Submitting through the pages: sections, the Initial, changes, the Final, reopened sections."""

import re
from datetime import timedelta

import pytest

from foundation.clock import moments
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Qualification
from submissions.models import Version
from submissions.services import submitting
from tests import factories
from tests.factories import NOON
from tests.submissions import builders
from tests.submissions.doors import make_desk, signed_in, statements

CHECK, VERSIONS, VERSION = 8, 5, 6


@pytest.fixture
def desk(db):
    return make_desk()


@pytest.fixture
def final(desk):
    builders.receive_report(desk.qualification)
    desk.client.get(desk.qad)
    builders.answer_everything(desk.organisation, desk.actor)
    return desk


def _check(desk) -> str:
    return f"{desk.qad}{desk.qualification.pk}/check/"


def _submit(desk, verb: str, **sent):
    return desk.client.post(f"{desk.qad}{desk.qualification.pk}/submit/{verb}/", sent, follow=True)


def _versions(part) -> list[int]:
    with acting_as(PORTAL):
        return list(Version.objects.filter(part=part).values_list("number", flat=True))


def test_r080_a_section_is_submitted_by_itself_with_its_blanks_listed(desk):
    url = f"{desk.qad}{desk.own_part.pk}/E/"
    desk.client.post(desk.address("E01"), {"text": "Named.", "marks": "ready", "revision": "0"})
    page = desk.client.get(url).content.decode()
    assert "3 blanks will go in blank" in page
    assert f'href="{desk.address("E02")}">E02</a>' in page

    first = desk.client.post(f"{url}submit/", follow=True).content.decode()
    second = desk.client.post(f"{url}submit/", follow=True).content.decode()

    assert "Section E was submitted. Version 1 is what reviewers read." in first
    assert "Section E is submitted already" in second
    assert _versions(desk.own_part) == [1]
    assert desk.now().status == Status.INITIAL_PART_SUBMITTED


def test_a_limited_author_submits_no_section_of_others(desk):
    limited = desk.colleague(is_master_admin=False, is_limited=True)
    answer = limited.post(f"{desk.qad}{desk.own_part.pk}/E/submit/")
    assert answer.status_code == 403
    assert _versions(desk.own_part) == []


def test_the_check_page_shows_every_answer_and_names_the_blanks(desk):
    desk.client.post(desk.address("H03"), {"text": "**Found** by people.", "revision": "0"})

    page = desk.client.get(_check(desk)).content.decode()

    assert "<strong>Found</strong> by people." in page
    assert f'href="{desk.address("H04")}">H04</a>' in page
    assert "Check: Initial QAD for Supplier" in page
    assert 'name="seen"' in page


def test_the_initial_is_submitted_once_however_often_one_clicks(desk):
    first = _submit(desk, "initial").content.decode()
    second = _submit(desk, "initial")

    assert "The Initial QAD for Supplier was submitted" in first
    assert "BSC, REC and the DIP Manager have been told." in first
    assert second.status_code == 200
    assert "is submitted already. Nothing was sent twice." in second.content.decode()
    assert desk.now().status == Status.INITIAL_SUBMITTED
    assert _versions(desk.role_part) == [1]
    with acting_as(PORTAL):
        assert Notice.objects.filter(kind="receipt").count() == 1


def test_changes_are_handed_in_and_nothing_new_is_said_to_be_nothing(desk):
    _submit(desk, "initial")
    page = desk.client.get(desk.qad).content.decode()
    assert "Nothing changed since what you submitted." in page
    desk.client.post(desk.address("H03"), {"text": "Later.", "revision": "0"})
    page = desk.client.get(desk.qad).content.decode()
    assert "1 answer changed since what BSC, REC and the DIP Manager are reading." in page
    later = moments.now() + timedelta(minutes=5)

    with moments.at(later):
        first = _submit(desk, "changes").content.decode()
    second = _submit(desk, "changes").content.decode()

    assert "Your changes for Supplier were submitted" in first
    assert "are submitted already" in second
    assert sorted(_versions(desk.role_part)) == [1, 2]


def test_r087_a_final_with_blanks_is_refused_and_nothing_is_sent(desk):
    builders.receive_report(desk.qualification)
    desk.client.get(desk.qad)

    answer = _submit(desk, "final")

    assert answer.status_code == 409
    assert "Final takes no blanks" in answer.content.decode()
    assert desk.now().status == Status.FINAL_DRAFT
    assert _versions(desk.role_part) == []


def test_r088_a_final_is_submitted_locks_and_says_so_twice(final):
    page = final.client.get(_check(final)).content.decode()
    assert "Not yet" not in page
    first = _submit(final, "final").content.decode()
    second = _submit(final, "final").content.decode()

    assert "The Final QAD for Supplier was submitted" in first
    assert "is submitted already" in second
    page = final.client.get(final.qad).content.decode()
    assert "Nothing to submit now" in page
    assert "Locked" in page
    assert final.now().status == Status.FINAL_SUBMITTED


def test_what_was_reopened_is_handed_in_again(final):
    _submit(final, "final")
    part = final.role_part
    with acting_as(PORTAL):
        submitting.reopen_sections(sections=[(part, "H")], actor=PORTAL, at=NOON)
        Qualification.objects.filter(pk=final.qualification.pk).update(status=Status.FINAL_REOPENED)
    page = final.client.get(final.qad).content.decode()
    assert "Reopened for you" in page
    assert "Submit the reopened sections" in page
    saved = final.answer("H03").revision
    final.client.post(
        final.address("H03"), {"text": "Mended.", "marks": "ready", "revision": str(saved)}
    )

    answer = _submit(final, "reopened").content.decode()

    assert "The reopened sections for Supplier were submitted" in answer
    assert final.now().status == Status.FINAL_REVIEW
    again = final.client.post(final.address("H03"), {"text": "More.", "revision": str(saved + 1)})
    assert again.status_code == 409


def test_one_submits_what_one_has_seen(final):
    page = final.client.get(_check(final)).content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1].replace("&quot;", '"')
    tom = signed_in(
        factories.make_member(final.organisation, name="Tom Elsworth", is_master_admin=False).person
    )
    saved = final.answer("H03").revision
    tom.post(final.address("H03"), {"text": "Changed.", "revision": str(saved)})

    answer = _submit(final, "final", seen=seen)

    assert answer.status_code == 409
    said = "H03 changed while you were checking: Tom Elsworth saved it."
    assert said in answer.content.decode()
    assert final.now().status == Status.FINAL_DRAFT


def test_a_limited_author_and_a_director_submit_nothing(desk):
    limited = desk.colleague(is_master_admin=False, is_limited=True)
    director = desk.colleague(is_master_admin=False, is_author=False, is_director=True)
    url = f"{desk.qad}{desk.qualification.pk}/submit/initial/"
    assert limited.post(url).status_code == 403
    assert director.post(url).status_code == 403
    assert desk.now().status == Status.INITIAL_DRAFT


def test_bodies_and_strangers_submit_nothing(desk):
    url = f"{desk.qad}{desk.qualification.pk}/submit/initial/"
    assert signed_in(factories.make_staff("BSC")).post(url).status_code == 404
    assert make_desk().client.post(url).status_code == 404
    assert desk.client.get(url).status_code == 405


def test_the_trio_is_submitted_together(db):
    desk = make_desk("LDSO", "SIT_M10_READY")
    page = _submit(desk, "initial").content.decode()

    assert "The Initial QAD for LDSO, SMRA / ERDA and UMSO was submitted" in page
    with acting_as(PORTAL):
        rows = Qualification.objects.filter(trio=desk.qualification.trio)
        assert set(rows.values_list("status", flat=True)) == {Status.INITIAL_SUBMITTED}


def test_a_version_shows_what_was_submitted_with_its_hash_to_owner_and_body(desk):
    desk.client.post(desk.address("H03"), {"text": "As submitted.", "revision": "0"})
    _submit(desk, "initial")
    desk.client.post(desk.address("H03"), {"text": "A later draft.", "revision": "1"})
    url = f"{desk.qad}{desk.role_part.pk}/versions/1/"
    with acting_as(PORTAL):
        sha256 = Version.objects.get(part__qualification=desk.qualification).sha256

    for client in (desk.client, signed_in(factories.make_staff("REC"))):
        page = client.get(url).content.decode()
        assert "As submitted." in page
        assert "A later draft." not in page
        assert sha256 in page.replace("<wbr>", "")
        assert "What you read has this hash" in page
        assert 'id="H-H03"' in page


def test_what_changed_since_the_version_before_is_marked(desk):
    _submit(desk, "initial")
    desk.client.post(desk.address("H03"), {"text": "Changed.", "revision": "0"})
    with moments.at(moments.now() + timedelta(minutes=5)):
        _submit(desk, "changes")

    page = desk.client.get(f"{desk.qad}{desk.role_part.pk}/versions/2/").content.decode()

    marked = page.split("Changed since the version before")
    assert len(marked) == 3  # the fact that names H03, and the answer itself
    assert "H03" in marked[1]


def test_the_initial_as_submitted_has_an_address_of_its_own(desk):
    url = f"{desk.qad}{desk.qualification.pk}/initial/"
    assert desk.client.get(url).status_code == 404
    _submit(desk, "initial")
    assert desk.client.get(url).headers["Location"].endswith("/versions/1/")


def test_versions_of_roles_that_a_body_does_not_govern_do_not_exist_for_it(desk):
    other = factories.make_qualification(desk.organisation, "MEM_SMART")
    builders.open_qad(desk.organisation, desk.actor)
    builders.submit_initial(other, desk.actor)
    part = builders.part_of(desk.organisation, other)
    bsc, rec = (signed_in(factories.make_staff(body)) for body in ("BSC", "REC"))

    for tail in (f"{part.pk}/versions/", f"{part.pk}/versions/1/", f"{other.pk}/initial/"):
        assert bsc.get(f"{desk.qad}{tail}").status_code == 404
        assert rec.get(f"{desk.qad}{tail}").status_code in (200, 302)
    assert "MEM Smart" not in bsc.get(f"{desk.qad}versions/").content.decode().split("<main")[1]
    assert make_desk().client.get(f"{desk.qad}{part.pk}/versions/1/").status_code == 404


def test_the_statements_do_not_grow_with_answers_and_versions(desk):
    builders.answer_everything(desk.organisation, desk.actor, leave=("H03",))
    _submit(desk, "initial")
    urls = (_check(desk), f"{desk.qad}{desk.role_part.pk}/versions/", _version(desk, 1))
    few = [statements(desk.client, url)[0] for url in urls]
    for number in range(3):
        desk.client.post(desk.address("H03"), {"text": f"{number}", "revision": str(number)})
        with moments.at(moments.now() + timedelta(minutes=5 * number + 5)):
            _submit(desk, "changes")
    assert len(_versions(desk.role_part)) == 4

    urls = (_check(desk), f"{desk.qad}{desk.role_part.pk}/versions/", _version(desk, 4))
    many = [statements(desk.client, url)[0] for url in urls]

    assert few == many == [CHECK, VERSIONS, VERSION]


def _version(desk, number: int) -> str:
    return f"{desk.qad}{desk.role_part.pk}/versions/{number}/"
