"""A planner at the wave board: allocates by keyboard, answers a wish to wait, moves by mouse.

The journey runs in Chromium with nothing but clicks and keys; the rules stand in its way as they
would: no wave before the party relied on, no move before the talk about it.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Organisation, Person
from tests import factories
from tests.journeys import steps
from tests.journeys.test_axe import faults_of
from tests.journeys.window import Window
from tests.waves.board.conftest import NOW, Waves, put_away
from waves.models import Place
from waves.services import scenarios

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def market(portal, portal_time) -> Iterator[Waves]:
    """Three suppliers: Ashlar relies on Birch, Corran stands alone and has no place yet."""
    portal_time(NOW)
    waves = Waves(planner=factories.staff_actor("BSC", "PLANNER"))
    waves.party("Ashlar Metering", "QT_WAVE_3")
    waves.party("Birch Data", "QT_WAVE_3")
    waves.party("Corran Supply", "QT_WAVE_2", given=False)
    waves.relies("Ashlar Metering", on="Birch Data")
    waves.room("QT_WAVE_3", 4, BSC=4, REC=4, DIP=4)
    yield waves
    put_away()


def test_a_planner_allocates_defers_and_reallocates(market, window):
    planner = window(_person(market.planner))
    planner.go("/desk/waves/")
    steps.reads(planner, "Places are never given by order of arrival.", "2 of 4 places")

    _allocated_by_keyboard(planner)
    _deferred(planner, window(_person(market.member("Corran Supply"))))
    _reallocated_by_mouse(planner)
    _tried_in_a_what_if(planner, market)
    _without_script(market, window)


def test_the_pages_of_the_waves_are_accessible_and_fit(market, window):
    with acting_as(market.planner):
        copy = scenarios.make(title="Birch slips", actor=market.planner, at=NOW)
        held = market.fresh("Birch Data")
        said = {"qualification": held, "route": "QT_WAVE_4", "actor": market.planner, "at": NOW}
        scenarios.put(scenario=copy, **said)
    place = f"/desk/waves/places/{market.held['Ashlar Metering'].pk}/"
    pages = [
        "/desk/waves/",
        f"/desk/waves/what-if/{copy.pk}/",
        f"/desk/waves/what-if/{copy.pk}/reviewers/",
        "/desk/waves/capacity/",
        "/desk/waves/criteria/",
        place,
        f"{place}propose/?to=QT_WAVE_2",
        f"{place}judge/",
    ]
    planner = window(_person(market.planner), reduced_motion="reduce")
    with acting_as(PORTAL):
        slug = Organisation.objects.get(name="Ashlar Metering").slug
    member = window(_person(market.member("Ashlar Metering")), reduced_motion="reduce")

    found = [fault for page in pages for fault in faults_of(planner, page)]
    found += faults_of(member, f"/o/{slug}/wave/")

    assert found == []


def _person(actor) -> Person:
    with acting_as(PORTAL):
        return Person.objects.get(pk=actor.person_id)


def _card(window: Window, name: str) -> Locator:
    return window.page.locator("[data-card]", has=window.page.get_by_role("link", name=name))


def _column(window: Window, wave: str) -> Locator:
    return window.page.get_by_role("region", name=wave, exact=True)


def _standing(name: str) -> tuple[str, str]:
    with acting_as(PORTAL):
        place = Place.objects.select_related("qualification").get(
            qualification__organisation__name=name
        )
        return place.status, place.qualification.route


def _allocated_by_keyboard(planner: Window) -> None:
    """The card is picked up with Enter, carried on and dropped: the form does the rest."""
    grip = _card(planner, "Corran Supply").locator("[data-grip]")
    says = planner.page.locator("[data-board-says]")
    grip.focus()
    planner.page.keyboard.press("Enter")
    expect(says).to_contain_text("Picked up Corran Supply, Supplier, in Wave 2.")
    planner.page.keyboard.press("ArrowRight")
    expect(says).to_contain_text("Wave 3. 2 of 4 places, 2 of 4 reviewer-weeks of BSC.")
    planner.page.keyboard.press("Escape")
    expect(says).to_have_text("Cancelled. Nothing moved.")

    _card(planner, "Corran Supply").get_by_role("link", name="Corran Supply").focus()
    planner.page.keyboard.press("m")
    planner.page.keyboard.press("ArrowRight")
    planner.page.keyboard.press("Enter")
    steps.reads(planner, "Wave 2 to Wave 3", "3 of 4")
    expect(planner.page.get_by_label("Wave 3", exact=True)).to_be_checked()
    steps.write(planner, "Reason", "Wave 3 has room.")
    steps.press(planner, "Allocate")
    steps.reads(planner, "The place is allocated.", "Wave 3 has room.")
    assert _standing("Corran Supply") == ("ALLOCATED", "QT_WAVE_3")


def _deferred(planner: Window, member: Window) -> None:
    """The organisation asks for a later wave; the planner grants it."""
    with acting_as(PORTAL):
        slug = Organisation.objects.get(name="Corran Supply").slug
    member.go(f"/o/{slug}/wave/")
    steps.reads(member, "Supplier: Wave 3", "Wave 3 has room.")
    steps.press(member, "Ask for a later wave")
    steps.tick(member, "Wave 4")
    steps.write(member, "Reason", "Our release slips to February.")
    steps.press(member, "Ask for a later wave")
    steps.reads(member, "You keep your wave until then.", "Later wave asked for: Wave 4")

    planner.go("/desk/waves/")
    steps.reads(planner, "Asks for Wave 4")
    _card(planner, "Corran Supply").get_by_role("link", name="Corran Supply").click()
    steps.reads(planner, "Our release slips to February.")
    steps.press(planner, "Grant the later wave")
    steps.tick(planner, "Wave 4")
    steps.write(planner, "Reason", "Agreed by telephone.")
    steps.press(planner, "Grant the later wave")
    steps.reads(planner, "Granted. The organisation is told, and its dates follow.")
    member.page.reload()
    steps.reads(member, "Supplier: Wave 4", "Agreed by telephone.")
    assert _standing("Corran Supply") == ("ALLOCATED", "QT_WAVE_4")


def _reallocated_by_mouse(planner: Window) -> None:
    """Ashlar may not go before Birch; both go to wave 4, each after the talk."""
    planner.go("/desk/waves/")
    _card(planner, "Ashlar Metering").drag_to(_column(planner, "Wave 2"))
    steps.reads(planner, "Propose another wave", "Not in order.", "relies on Birch Data")
    steps.press(planner, "Cancel")

    planner.go("/desk/waves/")
    _card(planner, "Birch Data").drag_to(_column(planner, "Wave 4"))
    _proposed_and_talked(planner)
    steps.press(planner, "Enact the reallocation")
    steps.press(planner, "Enact the reallocation")
    steps.reads(planner, "Ashlar Metering (Supplier) in wave 3 relies on Birch Data")
    assert _standing("Birch Data") == ("ENGAGED", "QT_WAVE_3")

    planner.go("/desk/waves/")
    _card(planner, "Ashlar Metering").drag_to(_column(planner, "Wave 4"))
    _proposed_and_talked(planner)
    steps.press(planner, "Enact the reallocation")
    steps.press(planner, "Enact the reallocation")
    steps.reads(planner, "Moved. The organisation is told, and its dates follow.")

    planner.go("/desk/waves/?state=ENGAGED")
    _card(planner, "Birch Data").get_by_role("link", name="Birch Data").click()
    steps.press(planner, "Enact the reallocation")
    steps.press(planner, "Enact the reallocation")
    steps.reads(planner, "Moved. The organisation is told, and its dates follow.")
    assert _standing("Birch Data") == ("ALLOCATED", "QT_WAVE_4")


def _proposed_and_talked(planner: Window) -> None:
    steps.write(planner, "Reason", "The tests slip by a month.")
    steps.press(planner, "Propose another wave")
    steps.reads(planner, "Proposed. The organisation is told; record the talk next.")
    steps.has_no(planner, "Enact the reallocation")
    steps.press(planner, "Record the talk")
    steps.write(planner, "What was said", "We spoke on 18 November; they agree.")
    steps.press(planner, "Record the talk")
    steps.reads(planner, "The talk is recorded.")


def _tried_in_a_what_if(planner: Window, market: Waves) -> None:
    """A copy is made, a card dropped in it; nothing of it is real."""
    planner.go("/desk/waves/")
    steps.press(planner, "New what-if")
    steps.write(planner, "What if", "Ashlar goes first")
    steps.press(planner, "Make the copy")
    _card(planner, "Ashlar Metering").drag_to(_column(planner, "Wave 3"))
    steps.reads(planner, "Arrives in this what-if", "Reliance broken.", "It cannot be applied yet")
    expect(planner.page.locator(":focus")).to_have_text("Ashlar Metering")
    steps.press(planner, "Discard")
    steps.reads(planner, "Discarded. Nothing of it was real.")
    assert market.route("Ashlar Metering") == "QT_WAVE_4"


def _without_script(market: Waves, window) -> None:
    """Without script each card folds out a button for each wave."""
    plain = window(_person(market.planner), java_script_enabled=False)
    plain.go("/desk/waves/")
    card = plain.page.locator("article", has_text="Corran Supply")
    card.locator("summary").click()
    card.get_by_role("button", name="Wave 3").click()
    steps.reads(plain, "Propose another wave", "Wave 4 to Wave 3")
