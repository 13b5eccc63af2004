"""Decisions: what is ready, what is not yet, recording, and what the participant reads."""

import copy

import pytest
from django.test import Client

from foundation.tenancy.acting import acting_as
from participants.enums import Status
from reviews import facts
from reviews.qualified import before_decision
from reviews.queries import deciding as queries_deciding
from reviews.services import threads
from tests import factories
from tests.reviews import builders as b
from tests.reviews.doors import door, statements, text_of
from tests.reviews.papers import decision_at, make_pack, many_signed, url, who_is, withhold_dip_user

DESK, DECIDED, RECORD, PARTICIPANT = 7, 7, 9, 8


@pytest.fixture(scope="module")
def signed(shared):
    return b.to(b.scene(), Status.SIGNED_OFF)


@pytest.fixture(scope="module")
def ready(shared):
    here = b.to(b.scene(), Status.SIGNED_OFF)
    b.make_ready(here)
    return here


@pytest.fixture(scope="module")
def trio(shared):
    here = b.to(b.scene("LDSO", "NON_SIT_LDSO_M10"), Status.SIGNED_OFF)
    for place in range(3):
        b.make_ready(here, place)
    return here


DESK_URL = "/desk/decisions/"


# --- the lists


@pytest.mark.django_db
def test_each_list_of_the_desk_says_where_an_application_stands(ready, signed):
    client = door(ready.secretary)

    found = text_of(client.get(DESK_URL))
    waiting = text_of(client.get(f"{DESK_URL}?show=not-yet"))
    decided = text_of(client.get(f"{DESK_URL}?show=decided"))

    assert f"{ready.organisation.name} Supplier" in found
    assert f"{signed.organisation.name} Supplier" not in found
    assert "Ready to be decided" in found
    assert f"{signed.organisation.name} Supplier" in waiting
    assert "BSC has not recorded accession" in waiting
    assert "BSC holds it since" in waiting
    assert "Nothing is decided yet." in decided


@pytest.mark.django_db
def test_r113_each_body_has_its_own_list(ready):
    here = copy.copy(ready)
    b.decide(here, "BSC")

    of_bsc = text_of(door(here.secretary).get(DESK_URL))
    done = text_of(door(here.secretary).get(f"{DESK_URL}?show=decided"))
    of_rec = text_of(door(here.decision_maker).get(DESK_URL))

    assert f"{here.organisation.name} Supplier" not in of_bsc
    assert f"{here.organisation.name} Supplier" in done
    assert "PAB 331/04" in done
    assert f"{here.organisation.name} Supplier" in of_rec


@pytest.mark.django_db
def test_a_deferred_application_stays_on_the_list(ready):
    here = copy.copy(ready)
    b.decide(here, "BSC", "DEFERRED")

    found = text_of(door(here.secretary).get(DESK_URL))

    assert f"{here.organisation.name} Supplier" in found
    assert "Deferred on" in found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "is_ready"),
    [
        (lambda here: None, True),
        (withhold_dip_user, False),
        (lambda here: b.raise_thread(here, "DIP", "FINDING"), False),
        (lambda here: b.raise_thread(here, "REC", "OBSERVATION"), False),
        (lambda here: b.raise_thread(here, "BSC", "COMMENT"), True),
        (lambda here: b.decide(here, "REC", "DEFERRED"), True),
    ],
    ids=["nothing", "dip_user", "finding", "observation", "comment", "deferral elsewhere"],
)
def test_the_list_of_the_ready_agrees_with_the_rules_of_r118(ready, change, is_ready):
    here = copy.copy(ready)
    change(here)

    with acting_as(here.secretary):
        listed = queries_deciding.ready(here.secretary).filter(pk=here.ids[0]).exists()
        lacks = before_decision(facts.facts_of(here.ids[0]), "BSC")

    assert (listed, not lacks) == (is_ready, is_ready)


@pytest.mark.django_db
def test_r110_the_list_of_the_ready_asks_for_agreed_work_off_plans_on_sit_routes(shared):
    here = b.scene("SDS", "SIT_M11_READY")
    with acting_as(here.secretary):
        rows = queries_deciding.ready(here.secretary)
        sql = str(rows.query)

    assert "work_off_agreed" in sql


@pytest.mark.django_db
def test_the_lists_are_narrowed_by_role_route_and_name(ready):
    here = copy.copy(ready)
    client, name = door(here.secretary), here.organisation.name

    def has(query):
        return f"{name} Supplier" in text_of(client.get(f"{DESK_URL}?{query}"))

    assert has("role=SUPPLIER")
    assert has("route=QT_WAVE_3")
    assert has(f"q={name[-4:]}")
    assert not has("role=SDS")
    assert not has("route=QT_WAVE_1")
    assert not has("q=Nobody")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("decision_maker", 200), ("BSC", 200), ("DIP", 403), ("admin", 403)],
)
def test_code_bodies_alone_have_the_desk_of_decisions(ready, who, status):
    client = door(who_is(ready, who))

    assert client.get(DESK_URL).status_code == status
    assert client.get(decision_at(ready)).status_code == status


@pytest.mark.django_db
def test_nobody_comes_to_the_desk_without_signing_in(ready):
    assert Client().get(DESK_URL).status_code == 302


@pytest.mark.django_db
def test_r007_what_a_body_does_not_govern_does_not_exist_for_it(shared):
    mem, sds = b.scene("MEM_ADV"), b.scene("SDS")

    assert door(mem.secretary).get(decision_at(mem)).status_code == 404
    assert door(sds.decision_maker).get(decision_at(sds)).status_code == 404


# --- what the participant reads (R122)


@pytest.mark.django_db
def test_r122_each_decision_names_its_own_appeal_and_never_the_programme(ready):
    here = copy.copy(ready)
    b.decide(here, "REC", reasons="The controls are shown.")
    b.decide(here, "BSC", "NOT_APPROVED", reasons="Rejected reads are not reprocessed.")

    said = text_of(door(here.admin).get(url("decisions_of", here)))

    assert "BSC PAB Not approved" in said
    assert "Rejected reads are not reprocessed." in said
    assert "Ofgem BSC Section J 3.7" in said
    assert "REC PAB REC Schedule 9, section 15" in said
    assert "never to the Programme" in said


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["admin", "director", "delegate", "DIP"])
def test_decisions_are_read_by_the_organisation_and_the_bodies(ready, who):
    here = copy.copy(ready)
    b.decide(here, "BSC")
    client = door(who_is(here, who))

    assert "BSC PAB Approved" in text_of(client.get(url("decisions_of", here)))


@pytest.mark.django_db
def test_r001_the_decisions_of_others_do_not_exist(ready):
    stranger = door(factories.member_actor(factories.make_organisation()))

    assert stranger.get(url("decisions_of", ready)).status_code == 404
    assert stranger.get(decision_at(ready)).status_code == 403  # the desk is for staff alone


# --- statements


@pytest.mark.django_db
def test_the_desk_takes_the_same_statements_for_one_application_and_for_many(ready, trio, signed):
    client = door(ready.secretary)
    name = ready.organisation.name
    make_pack(ready)
    make_pack(trio, title="Meeting 10 of 2026", places=(1,))

    one = statements(client, f"{DESK_URL}?q={name.replace(' ', '+')}")

    assert one == DESK
    assert statements(client, DESK_URL) == DESK
    assert statements(client, f"{DESK_URL}?show=not-yet") == DESK


@pytest.mark.django_db
def test_the_desk_shows_fifty_of_three_hundred_in_the_same_statements(ready):
    client = door(ready.secretary)
    many_signed(300)
    url = f"{DESK_URL}?show=not-yet"

    assert statements(client, url) == DESK
    said = text_of(client.get(f"{url}&page=2"))
    assert "51 to 100 of 30" in said
    assert "Not yet (30" in said


@pytest.mark.django_db
def test_a_decision_takes_the_same_statements_however_much_is_open(ready, trio):
    here, three = copy.copy(ready), copy.copy(trio)
    one = statements(door(here.secretary), decision_at(here))
    thread = b.raise_thread(here, "BSC", "FINDING")
    for body in ("BSC", "REC", "DIP") * 3:
        b.raise_thread(here, body, "OBSERVATION")
    with acting_as(here.leads["BSC"]):
        threads.clear(thread=thread, actor=here.leads["BSC"], at=here.tick())
    b.decide(three, "BSC")

    assert [one, statements(door(here.secretary), decision_at(here))] == [RECORD, RECORD]
    assert statements(door(three.secretary), decision_at(three)) == RECORD


@pytest.mark.django_db
def test_decided_and_participant_lists_take_the_same_statements_for_one_and_for_five(ready, trio):
    here, three = copy.copy(ready), copy.copy(trio)
    b.decide(here, "BSC")
    one = [
        statements(door(here.secretary), f"{DESK_URL}?show=decided"),
        statements(door(here.admin), url("decisions_of", here)),
    ]
    for place in range(3):
        b.decide(three, "BSC", place=place)
    five = [
        statements(door(three.secretary), f"{DESK_URL}?show=decided"),
        statements(door(three.admin), url("decisions_of", three)),
    ]

    assert one == five == [DECIDED, PARTICIPANT]
