"""The API of decisions, packs and "qualified yet?"."""

import copy

import pytest

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from reviews.models import Pack
from tests import factories
from tests.reviews import builders as b
from tests.reviews.calls import api, get, held, post, put, raised, results
from tests.reviews.doors import door, statements
from tests.reviews.papers import make_pack, many_signed, who_is

STANDINGS, DECISIONS, LETTERS = 6, 5, 5


@pytest.fixture(scope="module")
def mem(shared):
    return b.to(b.scene("MEM_ADV"), Status.CONTENT_AGREED)


@pytest.fixture(scope="module")
def ready(shared):
    here = b.to(b.scene(), Status.SIGNED_OFF)
    b.make_ready(here)
    return here


# --- decisions (R113, R118, R122)


def decision(**changes):
    values = {"outcome": "APPROVED", "decided_on": "2025-11-19", "minute_reference": "333/03"}
    return values | changes


@pytest.mark.django_db
def test_r122_a_recorded_decision_carries_conditions_and_its_appeal(ready):
    here = copy.copy(ready)
    conditions = [{"text": "Watch it.", "due_on": "2026-09-30", "severity": "LOW",
                   "question": "H03"}]  # fmt: skip

    answer = post(here.secretary, held(here, "decisions/"), **decision(conditions=conditions))
    twice = post(here.secretary, held(here, "decisions/"), **decision(conditions=conditions))

    row = answer.json()
    assert (answer.status_code, twice.json()["id"]) == (201, row["id"])
    assert row["conditions"] == [
        {"text": "Watch it.", "due_on": "2026-09-30", "reference": "F-1"},
    ]  # fmt: skip
    assert row["appeal"] == {"to": "Ofgem", "under": "BSC Section J 3.7"}
    assert results(here.admin, api(here, "decisions/"))[0]["decided_by"] == "BSC PAB"
    everywhere = results(
        here.decision_maker, f"/api/v1/decisions/?organisation={here.organisation.slug}"
    )
    assert [each["body"] for each in everywhere] == ["BSC"]


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["BSC", "REC", "DIP", "admin", "director"])
def test_r113_nobody_else_records_a_decision(ready, who):
    here = copy.copy(ready)
    actor = who_is(here, who)

    assert post(actor, held(here, "decisions/"), **decision()).status_code == 403


@pytest.mark.django_db
def test_r114_an_approval_that_lacks_something_is_refused_with_every_reason(ready):
    here = copy.copy(ready)
    put(here.leads["DIP"], held(here, "dip-user/"), confirmed=False, note="Ended.")
    raised(here, "REC")

    answer = post(here.secretary, held(here, "decisions/"), **decision())

    assert answer.status_code == 409
    assert len(answer.json()["reasons"]) == 2
    assert "DIP User status: Ended." in " ".join(answer.json()["reasons"])


@pytest.mark.django_db
def test_a_decision_names_only_a_pack_of_its_body_that_holds_the_application(ready, mem):
    here = copy.copy(ready)
    url = held(here, "decisions/")
    strange = [make_pack(here, "REC"), make_pack(mem, "BSC", title="Another")]

    refused = [post(here.secretary, url, **decision(pack=str(each.pk))) for each in strange]
    taken = post(here.secretary, url, **decision(pack=str(make_pack(here).pk)))

    assert [answer.status_code for answer in refused] == [422, 422]
    assert taken.status_code == 201
    assert taken.json()["pack"]


@pytest.mark.django_db
def test_nothing_of_a_decision_has_a_default(ready):
    here = copy.copy(ready)

    empty = post(here.secretary, held(here, "decisions/"))
    no_minute = post(here.secretary, held(here, "decisions/"), **decision(minute_reference=""))

    assert {"outcome", "decided_on"} <= set(empty.json()["problems"])
    assert no_minute.json()["problems"] == {
        "minute_reference": ["Give the reference of the PAB minute."]
    }


# --- packs


@pytest.mark.django_db
def test_a_pack_is_ordered_watched_and_read_by_its_own_body(ready):
    here = copy.copy(ready)
    own = {"qualification": str(here.ids[0]), "text": "Approve."}
    wanted = {
        "title": "Meeting 9 of 2026",
        "qualifications": [str(here.ids[0])],
        "recommendations": [own],
    }

    denied = post(here.leads["DIP"], "/api/v1/packs/", **wanted)
    unknown = post(here.secretary, "/api/v1/packs/", title="x",
                   qualifications=["00000000-0000-0000-0000-000000000000"])  # fmt: skip
    ordered = post(here.secretary, "/api/v1/packs/", **wanted)
    url = f"/api/v1/packs/{ordered.json()['id']}/"

    assert (denied.status_code, unknown.status_code) == (403, 422)
    assert (ordered.status_code, ordered.json()["status"]) == (201, "BUILDING")
    assert ordered.json()["recommendations"] == [own]
    assert post(here.secretary, "/api/v1/packs/", **wanted).json()["id"] == ordered.json()["id"]
    assert get(here.leads["BSC"], url).json()["total"] == 0
    assert get(here.secretary, f"{url}file/").status_code == 404
    assert post(here.secretary, f"{url}again/").json()["id"] == ordered.json()["id"]
    assert get(here.decision_maker, url).status_code == 404
    assert get(here.admin, url).status_code == 403
    listed = results(here.secretary, f"/api/v1/packs/?qualification={here.ids[0]}")
    assert [row["title"] for row in listed] == ["Meeting 9 of 2026"]
    with acting_as(PORTAL):
        assert Pack.objects.filter(pk=ordered.json()["id"], body="BSC").exists()


# --- qualified yet?


@pytest.mark.django_db
def test_r118_the_standing_names_every_missing_thing_and_its_holder(ready):
    here = copy.copy(ready)

    before = get(here.admin, held(here, "qualified/")).json()
    b.decide(here, "BSC")
    b.decide(here, "REC")
    after = get(here.admin, held(here, "qualified/")).json()

    assert [each["number"] for each in before["criteria"]] == [1, 2, 3, 4]
    assert [(each["key"], each["holder_label"]) for each in before["missing"]] == [
        ("decision", "BSC PAB"),
        ("decision", "REC Code Manager"),
    ]
    assert [band["body"] for band in before["matrix"]] == ["BSC", "REC", "DIP", ""]
    assert (before["decisions_taken"], before["decisions_needed"]) == (0, 2)
    assert (before["is_qualified"], after["is_qualified"], after["missing"]) == (False, True, [])


@pytest.mark.django_db
def test_standings_of_an_organisation_and_of_a_body(ready, mem):
    own = results(ready.admin, api(ready, "qualified/"))
    of_rec = results(ready.leads["REC"], "/api/v1/qualified/?role=MEM_ADV")
    of_bsc = results(ready.leads["BSC"], "/api/v1/qualified/?role=MEM_ADV")

    assert [row["qualification"] for row in own] == [str(ready.ids[0])]
    assert str(mem.ids[0]) in {row["qualification"] for row in of_rec}
    assert of_bsc == []
    programme = factories.staff_actor("MHHSP", "MCC_READER")
    assert get(programme, "/api/v1/qualified/").status_code == 403


@pytest.mark.django_db
def test_standings_take_the_same_statements_for_one_and_for_three(ready, shared):
    trio = b.scene("LDSO", "NON_SIT_LDSO_M10")

    counted = {statements(door(each.admin), api(each, "qualified/")) for each in (ready, trio)}
    staff = statements(door(ready.leads["REC"]), "/api/v1/qualified/")

    assert (counted, staff) == ({STANDINGS}, STANDINGS - 1)
    many_signed(300)
    assert statements(door(ready.leads["REC"]), "/api/v1/qualified/") == STANDINGS - 1


@pytest.mark.django_db
def test_decisions_and_letters_take_the_same_statements_for_one_and_for_two(ready):
    here = copy.copy(ready)
    client = door(here.admin)
    b.decide(here, "BSC")
    one = statements(client, api(here, "decisions/"))
    b.decide(here, "REC")

    assert [one, statements(client, api(here, "decisions/"))] == [DECISIONS, DECISIONS]
    assert statements(client, api(here, "letters/")) == LETTERS
