"""Reliance from draft to agreement: an author writes, a planner links, the bodies agree.

The party relied on is then said to fail, and everybody who relies on it is looked at again.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants.models import Person
from tests import factories
from tests.journeys import steps
from tests.journeys.test_axe import faults_of
from tests.journeys.window import Window
from tests.waves.board.conftest import NOW, put_away
from tests.waves.reliance.conftest import Rely
from waves.models import Reliance

pytestmark = [pytest.mark.browser, pytest.mark.slow]
A, B = "Ashlar Supply", "Birch Supply"
TYPED = "our partner at Birch"


@pytest.fixture
def parties(portal, portal_time) -> Iterator[Rely]:
    """Two Suppliers in wave 3, with the planner and the leads of the bodies."""
    portal_time(NOW)
    made = Rely(planner=factories.staff_actor("BSC", "PLANNER"))
    made.party(A)
    made.party(B)
    yield made
    put_away()


def test_a_proposal_is_written_linked_agreed_and_looked_at_again(parties, window):
    author = window(_person(parties.member(A)))
    planner = window(_person(parties.planner))
    own = f"/o/{parties.held[A].organisation.slug}/reliance/"

    _written(author, own)
    _linked(planner)
    for body in ("BSC", "REC", "DIP"):
        _agreed(window(_person(parties.lead(body))))
    author.go(own)
    steps.follow(author, TYPED)
    steps.reads(author, "Agreed in full", "Testing relied upon", "Waits")
    _looked_at_again(planner)
    author.page.reload()
    steps.reads(author, "To be reviewed", "The code bodies will speak with you")
    for word in (B, "stopped"):
        expect(author.page.locator("body")).not_to_contain_text(word)


def test_the_pages_of_reliance_are_accessible_and_fit(parties, window):
    row = parties.proposed(A, provider_name=TYPED)
    parties.linked(row, B)
    slug = parties.held[A].organisation.slug
    desk = f"/desk/reliance/{row.pk}/"
    party = parties.held[B].pk
    lead = window(_person(parties.lead("BSC")), reduced_motion="reduce")
    staff = [
        "/desk/reliance/",
        "/desk/reliance/net/",
        f"/desk/reliance/touched/?party={party}&what=slips&route=QT_WAVE_4",
        desk,
        *(f"{desk}{act}/" for act in ("opinion", "link", "unlink")),
    ]
    found = [fault for path in staff for fault in faults_of(lead, path)]
    member = window(_person(parties.member(A)), reduced_motion="reduce")
    own = f"/o/{slug}/reliance/"
    paths = (own, f"{own}new/", f"{own}{row.pk}/", f"{own}{row.pk}/write/")
    found += [fault for path in paths for fault in faults_of(member, path)]
    assert found == []


def _person(actor: Actor) -> Person:
    with acting_as(PORTAL):
        return Person.objects.get(pk=actor.person_id)


def _written(author: Window, own: str) -> None:
    """The draft is kept half-way, says what it lacks, and goes to the bodies when it is whole."""
    author.go(own)
    steps.press(author, "Propose reliance")
    steps.tick(author, "Placing reliance on another party's testing")
    steps.press(author, "Begin a draft")
    steps.write(author, "Who does the testing", TYPED)
    steps.press(author, "Keep the draft")
    steps.reads(author, "The draft is kept.", "Still to write", "Choose which testing you rely on.")
    steps.has_no(author, "Submit")
    steps.press(author, "Write on")
    steps.write(author, "Its MPID", "BIRC")
    steps.tick(author, "Qualification Testing", "In full")
    for label in (
        "What the two set-ups have in common",
        "What is bespoke",
        "Hosting",
        "Interfaces",
        "Operational processes",
    ):
        steps.write(author, label, f"{label}: the same on both sides.")
    steps.tick(
        author,
        "The bodies have the results, or will have them from the party that tests",
        "We have an agreement with this party about the testing",
    )
    steps.write(author, "Where the results are", "QT-2207")
    steps.write(author, "Who attests this", "Ada Quill, director")
    steps.press(author, "Keep the draft")
    steps.press(author, "Submit")
    steps.reads(author, "Submitted. The bodies are told.", "Nothing yet")


def _linked(planner: Window) -> None:
    planner.go("/desk/reliance/")
    steps.reads(planner, "Not linked")
    steps.follow(planner, A)
    steps.press(planner, "Say who the party is")
    steps.choose(planner, "Who it is", f"{B}, QT Wave 3")
    steps.press(planner, "Say who the party is")
    steps.reads(planner, "Linked. The order of the waves holds.", f"{B}, Supplier")


def _agreed(lead: Window) -> None:
    lead.go("/desk/reliance/")
    steps.follow(lead, A)
    steps.press(lead, "Give your body's opinion")
    steps.tick(lead, "Agrees in full")
    steps.press(lead, "Give your body's opinion")
    steps.reads(lead, "Recorded. Everybody concerned is told.", "Agrees in full")


def _looked_at_again(planner: Window) -> None:
    """From the picture to the party, to everybody whom it touches, to the flags."""
    planner.go("/desk/reliance/net/")
    planner.page.locator("svg.net a", has_text=B).click()
    steps.reads(planner, "Touched", "No evidence", f"{A} (Supplier) relies on {B} (Supplier)")
    steps.write(planner, "Reason", "Its QT was stopped.")
    steps.press(planner, "Have all of them looked at again")
    steps.reads(planner, "1 flagged. The bodies are told.")
    with acting_as(PORTAL):
        assert Reliance.objects.get().status == "UNDERMINED"
