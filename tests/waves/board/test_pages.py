"""The board and its pages by a browser's door: who sees what, and in how many statements."""

import pytest
from django.test import Client

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Organisation, Qualification
from tests import factories
from tests.reviews.doors import door, text_of
from tests.statements import statements
from tests.waves.board.conftest import NOW
from waves.models import Dependant, Place, Scenario, WaveCapacity
from waves.services import board as giving
from waves.services import scenarios, waiting

MOST_OF_A_BOARD, MOST_OF_ONE = 10, 12
MANY = 300


def many(count: int = MANY, role: str = "SUPPLIER") -> list[Qualification]:
    """Add parties with places in bulk; nothing else of them matters here."""
    with acting_as(PORTAL):
        made = Organisation.objects.bulk_create(
            Organisation(
                slug=f"many-{number}",
                name=f"Many {number:03}",
                legal_name=f"Many {number:03} Ltd",
                created_at=NOW,
                created_by_body="BSC",
            )
            for number in range(count)
        )
        held = Qualification.objects.bulk_create(
            Qualification(
                organisation=each,
                role=role,
                route=f"QT_WAVE_{number % 4 + 1}",
                status_since=NOW,
                created_at=NOW,
            )
            for number, each in enumerate(made)
        )
        Place.objects.bulk_create(
            Place(
                organisation_id=each.organisation_id,
                qualification=each,
                status="ALLOCATED",
                status_since=NOW,
                requested=each.route,
            )
            for each in held
        )
        return held


def counted(client: Client, url: str) -> int:
    client.get(url)  # what a process reads once is read now
    answer, taken = statements(client.get, url)
    assert answer.status_code == 200, url
    return len(taken)


@pytest.fixture
def planner(waves) -> Client:
    return door(waves.planner)


def scenario(waves, *puts: tuple[str, str]) -> Scenario:
    with acting_as(waves.planner):
        made = scenarios.make(title="Two go", actor=waves.planner, at=NOW)
        for name, route in puts:
            made = scenarios.put(
                scenario=made,
                qualification=waves.held[name],
                route=route,
                actor=waves.planner,
                at=NOW,
            )
        return made


def place_url(waves, name: str, tail: str = "") -> str:
    return f"/desk/waves/places/{waves.held[name].pk}/{tail}"


# --- statements


def test_the_board_takes_as_many_statements_for_300_cards_as_for_one(waves, planner):
    waves.party("Ashlar", "QT_WAVE_2")
    waves.party("Birch", "QT_WAVE_2")
    waves.relies("Ashlar", on="Birch")
    waves.room("QT_WAVE_2", 3, BSC=9)
    made = scenario(waves, ("Ashlar", "QT_WAVE_3"))
    urls = ("/desk/waves/", f"/desk/waves/what-if/{made.pk}/", "/desk/waves/capacity/")
    few = [counted(planner, url) for url in urls]

    many()

    assert [counted(planner, url) for url in urls] == few
    assert max(few) <= MOST_OF_A_BOARD
    assert text_of(planner.get("/desk/waves/")).count("Many ") >= MANY


def test_lists_and_a_place_take_as_many_statements_whatever_the_number(waves, planner):
    waves.party("Ashlar", "QT_WAVE_3")
    waves.does(
        waiting.ask_earlier,
        "Ashlar",
        by=waves.member("Ashlar"),
        route="QT_WAVE_2",
        because="Ready.",
    )
    urls = ("/desk/waves/waiting/", place_url(waves, "Ashlar"))
    few = [counted(planner, url) for url in urls]

    rows = many()
    with acting_as(PORTAL):
        Place.objects.filter(qualification__in=rows).update(status="WAITLISTED", wanted="QT_WAVE_1")
    assert [counted(planner, url) for url in urls] == few
    assert few[0] <= 8 and few[1] <= MOST_OF_ONE


# --- who sees what


def test_r1_a_member_has_no_board(waves):
    waves.party("Ashlar")
    member = door(waves.member("Ashlar"))

    for url in (
        "/desk/waves/",
        "/desk/waves/waiting/",
        "/desk/waves/capacity/",
        "/desk/waves/criteria/",
    ):
        assert member.get(url).status_code == 403
    assert member.get(place_url(waves, "Ashlar")).status_code == 403


def test_r7_a_planner_sees_the_cards_of_roles_that_its_body_governs_and_counts_all(waves):
    waves.party("Ashlar", "QT_WAVE_2", "SDS")
    waves.party("Birch", "QT_WAVE_2", "MEM_ADV", given=False)
    rec = door(factories.staff_actor("REC", "PLANNER"))

    page = text_of(rec.get("/desk/waves/"))

    assert "Birch" in page and "Ashlar" not in page
    assert "2 places" in page
    assert rec.get(place_url(waves, "Ashlar")).status_code == 404


def test_a_reader_sees_the_board_and_no_way_to_change_it(waves):
    waves.party("Ashlar", "QT_WAVE_2")
    reader = door(factories.staff_actor("MHHSP", "MCC_READER"))

    page = reader.get("/desk/waves/")

    assert page.status_code == 200
    assert b"data-card" not in page.content and b"New what-if" not in page.content
    assert reader.get("/desk/waves/what-if/new/").status_code == 403


def test_filters_narrow_the_cards_and_not_the_counts(waves, planner):
    waves.party("Ashlar", "QT_WAVE_2", "SDS")
    waves.party("Birch", "QT_WAVE_2")

    page = text_of(planner.get("/desk/waves/?role=SDS&state=ALLOCATED"))

    assert "Ashlar" in page and "Birch" not in page
    assert "2 places" in page
    assert "Ashlar" not in text_of(planner.get("/desk/waves/?risk=1"))
    assert planner.get("/desk/waves/?role=NOBODY&state=%00").status_code == 200


def test_r33_a_broken_reliance_is_said_above_the_board_to_those_who_may_know(waves, planner):
    waves.party("Birch", "QT_WAVE_3")
    waves.party("Ashlar", "QT_WAVE_2")
    waves.relies("Ashlar", on="Birch")

    said = "Ashlar (Supplier) in wave 2 relies on Birch (Supplier), in wave 3"
    assert said in text_of(planner.get("/desk/waves/"))
    assert said in text_of(planner.get(place_url(waves, "Ashlar")))


def test_r10_an_organisation_reads_its_own_place_and_nothing_of_the_other(waves):
    waves.party("Birch", "QT_WAVE_2")
    waves.party("Ashlar", "QT_WAVE_3")
    waves.relies("Ashlar", on="Birch")
    with acting_as(PORTAL):
        slug = Organisation.objects.get(name="Ashlar").slug
    member = door(waves.member("Ashlar"))

    page = text_of(member.get(f"/o/{slug}/wave/"))

    assert "Supplier: Wave 3" in page and "Birch" not in page
    with acting_as(PORTAL):
        other = Organisation.objects.get(name="Birch").slug
    assert member.get(f"/o/{other}/wave/").status_code == 404
    assert member.get(f"/o/{slug}/wave/{waves.held['Birch'].pk}/earlier/").status_code == 404


def test_remarks_for_the_bodies_stay_with_them(waves, planner):
    waves.party("Ashlar")
    with acting_as(PORTAL):
        slug = Organisation.objects.get(name="Ashlar").slug
    planner.post(place_url(waves, "Ashlar", "remark/"), {"text": "Talk with them first."})
    planner.post(
        place_url(waves, "Ashlar", "remark/"), {"text": "We met on Monday.", "is_shared": "on"}
    )

    page = text_of(door(waves.member("Ashlar")).get(f"/o/{slug}/wave/"))

    assert "We met on Monday." in page and "Talk with them first." not in page
    assert "Talk with them first." in text_of(planner.get(place_url(waves, "Ashlar")))


# --- acts


def test_a_dropped_card_begins_the_act_that_fits(waves, planner):
    waves.party("Ashlar", "QT_WAVE_2")
    waves.party("Birch", "QT_WAVE_2", given=False)

    for name, slug in (("Ashlar", "propose"), ("Birch", "allocate")):
        put = f"{waves.held[name].pk}:QT_WAVE_3"
        answer = planner.get("/desk/waves/move/", {"put": put})
        assert answer.url == place_url(waves, name, f"{slug}/?to=QT_WAVE_3")
        form = planner.get(answer.url)
        assert b'value="QT_WAVE_3"' in form.content and b"checked" in form.content
    assert planner.get("/desk/waves/move/", {"put": "x"}).status_code == 404


def test_without_a_chosen_card_no_wave_is_chosen(waves, planner):
    waves.party("Birch", "QT_WAVE_2", given=False)

    assert b"checked" not in planner.get(place_url(waves, "Birch", "allocate/")).content


def test_the_form_says_what_a_move_would_change_before_it_is_made(waves, planner):
    waves.room("QT_WAVE_3", 0, BSC=0)
    waves.party("Birch", "QT_WAVE_4")
    waves.party("Ashlar", "QT_WAVE_4")
    waves.relies("Ashlar", on="Birch")

    page = text_of(planner.get(place_url(waves, "Ashlar", "propose/?to=QT_WAVE_3")))

    assert "Wave 4 to Wave 3" in page and "1 of 0" in page and "BSC by 1 weeks" in page
    assert "Fri 24 Jul 2026 to Fri 22 May 2026" in page
    assert "Not in order." in page


def test_r36_a_refused_act_keeps_what_was_typed_or_says_why(waves, planner):
    waves.party("Ashlar", "QT_WAVE_2")
    url = place_url(waves, "Ashlar", "propose/")

    blank = planner.post(url, {"route": "QT_WAVE_3", "because": ""})
    done = planner.post(url, {"route": "QT_WAVE_3", "because": "Wave 2 is over."})
    refused = planner.post(place_url(waves, "Ashlar", "enact/"))

    assert (blank.status_code, done.status_code, refused.status_code) == (422, 302, 409)
    assert "No talk with Ashlar is recorded" in text_of(refused)


def test_every_open_act_shows_its_form(waves, planner):
    waves.party("Ashlar", "QT_WAVE_4", given=False)
    for slug in ("indicate", "allocate", "weigh", "remark"):
        assert planner.get(place_url(waves, "Ashlar", f"{slug}/")).status_code == 200
    assert planner.get(place_url(waves, "Ashlar", "nonsense/")).status_code == 404


def test_r39_an_organisation_asks_and_answers_on_its_own_page(waves, planner):
    waves.party("Ashlar", "QT_WAVE_3")
    with acting_as(PORTAL):
        slug = Organisation.objects.get(name="Ashlar").slug
    member = door(waves.member("Ashlar"))
    own = f"/o/{slug}/wave/{waves.held['Ashlar'].pk}"

    assert member.get(f"{own}/earlier/").status_code == 200
    asked = member.post(f"{own}/earlier/", {"route": "QT_WAVE_2", "because": "Ready."})
    assert (asked.status_code, asked.url) == (302, f"/o/{slug}/wave/")
    offered = {"until_0": "1", "until_1": "12", "until_2": "2025", "because": "Room came free."}
    assert planner.post(place_url(waves, "Ashlar", "offer/"), offered).status_code == 302
    assert "Answer by the end of Mon 1 Dec 2025" in text_of(member.get(f"/o/{slug}/wave/"))
    assert member.post(f"{own}/accept/").status_code == 302
    assert waves.route("Ashlar") == "QT_WAVE_2"
    assert member.post(f"{own}/accept/").status_code == 409


def test_r42_the_page_of_wave_4_shows_what_follows(waves):
    waves.party("Ashlar", "QT_WAVE_4")
    with acting_as(PORTAL):
        slug = Organisation.objects.get(name="Ashlar").slug

    page = text_of(door(waves.member("Ashlar")).get(f"/o/{slug}/wave/"))

    assert "There is no wave after wave 4." in page and "Annex 4" in page
    assert "Ask for a later wave" in page


def test_capacity_is_changed_on_its_page(waves, planner):
    said = {"places": "12", "BSC": "30", "REC": "20", "DIP": "10", "note": "Two lent."}

    assert planner.post("/desk/waves/capacity/QT_WAVE_2/", said).status_code == 302
    with acting_as(PORTAL):
        row = WaveCapacity.objects.get()
        assert (row.places, row.reviewer_weeks) == (12, {"BSC": 30, "REC": 20, "DIP": 10})
    assert "Two lent." in text_of(planner.get("/desk/waves/capacity/"))
    assert planner.post("/desk/waves/capacity/QT_WAVE_2/", {"places": "-1"}).status_code == 422
    assert planner.get("/desk/waves/capacity/SIT_M11_READY/").status_code == 404


# --- what-if


def test_a_what_if_by_form_and_by_dropped_cards(waves, planner):
    waves.party("Birch", "QT_WAVE_3", given=False)
    waves.party("Ashlar", "QT_WAVE_3", given=False)
    waves.relies("Ashlar", on="Birch")
    made = planner.post("/desk/waves/what-if/new/", {"title": "Birch slips"})
    put = f"{waves.held['Birch'].pk}:QT_WAVE_4"
    moved = planner.post(f"{made.url}put/", {"put": put, "revision": "1"})

    page = text_of(planner.get(made.url))
    assert moved.url == f"{made.url}#c-{waves.held['Birch'].pk}"
    assert "What-if: Birch slips" in page and "Arrives in this what-if" in page
    assert "Reliance broken." in page and "Move both" in page
    assert "It cannot be applied yet" in page and "Dates that would move" in page

    both = f"{waves.held['Ashlar'].pk}:QT_WAVE_4"
    planner.post(f"{made.url}put-many/", {"puts": both, "revision": "2"})
    assert "It cannot be applied yet" not in text_of(planner.get(made.url))
    done = planner.post(f"{made.url}apply/", {"because": "Agreed."})
    assert done.url == "/desk/waves/"
    assert (waves.route("Ashlar"), waves.route("Birch")) == ("QT_WAVE_4", "QT_WAVE_4")
    assert planner.get(made.url).status_code == 404


def test_a_stale_revision_of_a_what_if_is_refused(waves, planner):
    waves.party("Ashlar", "QT_WAVE_3", given=False)
    made = scenario(waves, ("Ashlar", "QT_WAVE_4"))
    put = f"{waves.held['Ashlar'].pk}:QT_WAVE_2"

    answer = planner.post(f"/desk/waves/what-if/{made.pk}/put/", {"put": put, "revision": "1"})

    assert answer.status_code == 409


def test_the_assistant_on_its_page_says_what_it_could_not_give(waves, planner):
    waves.party("Birch", "QT_WAVE_3")
    waves.party("Ashlar", "QT_WAVE_2", given=False)
    waves.relies("Ashlar", on="Birch")
    made = scenario(waves)
    url = f"/desk/waves/what-if/{made.pk}/"

    assert planner.get(f"{url}assistant/").status_code == 200
    assert planner.post(f"{url}assistant/", {"is_hard": ""}).status_code == 302
    page = text_of(planner.get(url))
    assert "What the assistant could not give" in page and "1 of 1 seated" in page


def test_fewer_reviewers_and_a_cap_show_their_load(waves, planner):
    waves.room("QT_WAVE_2", 5, BSC=10, REC=10, DIP=10)
    waves.party("Ashlar", "QT_WAVE_2")
    url = f"/desk/waves/what-if/{scenario(waves).pk}/"

    fewer = {"body": "BSC", "reviewers": "1", "weeks_each": "10", "routes": ["QT_WAVE_2"]}
    assert planner.post(f"{url}reviewers/", fewer).status_code == 302
    assert planner.post(f"{url}cap/", {"route": "QT_WAVE_2", "places": "0"}).status_code == 302

    assert "Wave 2 by 1 weeks of BSC, 1 place" in text_of(planner.get(url))
    assert planner.post(f"{url}discard/").status_code == 302


def test_r34_a_flag_is_settled_on_its_page(waves, planner):
    waves.party("Birch", "QT_WAVE_4")
    waves.party("Ashlar", "QT_WAVE_4")
    waves.relies("Ashlar", on="Birch")
    waves.does(giving.to_enduring, "Birch", because="Agreed.")
    with acting_as(PORTAL):
        flag = Dependant.objects.get()
    assert "To look at again" in text_of(planner.get(place_url(waves, "Ashlar")))

    done = planner.post(f"/desk/waves/flags/{flag.pk}/", {"note": "It tests alone."})

    assert done.status_code == 302
    assert "To look at again" not in text_of(planner.get(place_url(waves, "Ashlar")))


def test_a_place_that_has_no_row_yet_is_on_the_board_and_can_be_given(waves, planner):
    organisation = factories.make_organisation("Gorse")
    held = factories.make_qualification(organisation, "SUPPLIER", "QT_WAVE_2")
    waves.held["Gorse"] = held

    assert "Gorse" in text_of(planner.get("/desk/waves/"))
    assert "Requested" in text_of(planner.get(place_url(waves, "Gorse")))
    done = planner.post(place_url(waves, "Gorse", "allocate/"), {"route": "QT_WAVE_2"})
    assert done.status_code == 302
    assert waves.place("Gorse").status == "ALLOCATED"
