"""The same acts by program: places, capacity and what-ifs."""

import pytest
from django.utils import timezone

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Organisation, Person
from tests.api.conftest import Api


@pytest.fixture
def planner(waves) -> Api:
    return program(waves.planner)


def program(actor) -> Api:
    with acting_as(PORTAL):
        person = Person.objects.get(pk=actor.person_id)
    with moments.at(timezone.now()):  # the gate asks the database's clock whether a token lives
        return Api(person)


def held(waves, name: str, tail: str = "place/") -> str:
    with acting_as(PORTAL):
        slug = Organisation.objects.get(pk=waves.held[name].organisation_id).slug
    return f"organisations/{slug}/qualifications/{waves.held[name].pk}/{tail}"


def test_r32_a_place_is_read_and_given(waves, planner):
    waves.party("Ashlar", "QT_WAVE_2", given=False)

    given = planner(
        "post", held(waves, "Ashlar", "place/allocate/"), {"route": "QT_WAVE_3", "because": "Room."}
    )
    read = planner.get(held(waves, "Ashlar")).json()

    assert given.status_code == 200
    assert (read["state"], read["route"], read["wanted"]) == ("ALLOCATED", "QT_WAVE_3", "")
    assert [line["to_route"] for line in read["ledger"]] == ["QT_WAVE_3"]


@pytest.mark.parametrize(
    ("act", "said", "status"),
    [
        ("propose", {"route": "QT_WAVE_3"}, 422),
        ("propose", {"route": "QT_WAVE_3", "because": "Over.", "until": "2025-12-01"}, 422),
        ("propose", {"route": "SIT_M11_READY", "because": "Over."}, 422),
        ("enact", {}, 409),
        ("earlier", {"route": "QT_WAVE_1", "because": "Over."}, 404),
        ("nonsense", {}, 404),
    ],
)
def test_what_cannot_be_taken_is_said_and_changes_nothing(waves, planner, act, said, status):
    waves.party("Ashlar", "QT_WAVE_2")

    answer = planner("post", held(waves, "Ashlar", f"place/{act}/"), said)

    assert answer.status_code == status
    assert (waves.place("Ashlar").status, waves.route("Ashlar")) == ("ALLOCATED", "QT_WAVE_2")


def test_r39_an_organisation_asks_and_sees_its_own_lines_only(waves, planner):
    waves.party("Ashlar", "QT_WAVE_3")
    planner("post", held(waves, "Ashlar", "place/remark/"), {"text": "For us alone."})
    own = program(waves.member("Ashlar"))

    asked = own(
        "post",
        held(waves, "Ashlar", "place/earlier/"),
        {"route": "QT_WAVE_2", "because": "We are ready."},
    )
    read = own.get(held(waves, "Ashlar")).json()

    assert asked.json()[0]["state"] == "WAITLISTED"
    assert "For us alone." not in str(read)
    assert own("post", held(waves, "Ashlar", "place/offer/"), {}).status_code == 404
    assert own.get("waves/board/").status_code == 403


def test_the_board_in_figures_and_its_capacity(waves, planner):
    waves.party("Birch", "QT_WAVE_3")
    waves.party("Ashlar", "QT_WAVE_2")
    waves.relies("Ashlar", on="Birch")
    room = {"places": 1, "reviewer_weeks": {"BSC": 9}}

    assert planner("put", "waves/capacity/QT_WAVE_2/", room).status_code == 200
    board = planner.get("waves/board/").json()

    second = board["waves"][1]
    assert (second["allocated"], second["room_places"], second["weeks"]["BSC"]) == (1, 1, 1)
    assert "Ashlar (Supplier) in wave 2 relies on Birch" in board["broken"][0]
    assert planner("put", "waves/capacity/SIT_M11_READY/", room).status_code == 422


def test_a_what_if_from_beginning_to_end(waves, planner):
    waves.party("Ashlar", "QT_WAVE_2", given=False)
    made = planner("post", "waves/what-ifs/", {"title": "Ashlar slips"}).json()
    at = f"waves/what-ifs/{made['id']}/"
    put = {"qualification": str(waves.held["Ashlar"].pk), "route": "QT_WAVE_3", "revision": 1}

    assert planner("post", f"{at}put/", put).status_code == 200
    assert planner("post", f"{at}put/", put).status_code == 409  # somebody changed it meanwhile
    shown = planner.get(at).json()
    assert (shown["hindrances"], shown["after"][2]["requested"]) == ([], 1)
    assert [each["id"] for each in planner.get("waves/what-ifs/").json()["results"]] == [made["id"]]
    assert planner("post", f"{at}assistant/", {}).status_code == 200
    applied = planner("post", f"{at}apply/", {"because": "Agreed."})
    assert applied.json()["state"] == "APPLIED"
    assert waves.place("Ashlar").status == "ALLOCATED"
    assert planner.get(at).status_code == 404
