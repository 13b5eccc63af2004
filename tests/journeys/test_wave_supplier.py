"""A Supplier of a wave, from its registration to MHHS Qualified, with everybody who has a part."""

from datetime import UTC, date, datetime

import pytest

from tests import factories
from tests.journeys import steps

pytestmark = pytest.mark.browser

REGISTERED = datetime(2025, 10, 1, 9, 0, tzinfo=UTC)
SLUG = "larkspur-energy"


def test_a_wave_supplier_from_first_login_to_mhhs_qualified(window, portal_time, link_mailed_to):
    portal_time(REGISTERED)
    bsc = window(factories.make_staff("BSC", name="Ruth Adeyemi"))

    steps.register(bsc, "Larkspur Energy", "Larkspur Energy Ltd")
    steps.add_mpids(bsc, "LARK LKSP")
    steps.add_qualification(bsc, "Supplier", "QT Wave 3", ["LARK", "LKSP"])
    steps.enter_submission(bsc, "Priya Nadarajan", "priya@larkspur.example", date(2025, 9, 30))
    steps.invite_first_admin(bsc, proposed="Priya Nadarajan")

    priya = window()
    steps.come_in(priya, link_mailed_to("priya@larkspur.example"), "Priya Nadarajan")
    steps.invite(priya, "Tom Ellery", "tom@larkspur.example", standing="Author")
    steps.invite(priya, "Margaret Iwu", "margaret@larkspur.example", standing="Company director")
    tom, margaret = window(), window()
    steps.come_in(tom, link_mailed_to("tom@larkspur.example"), "Tom Ellery")
    steps.come_in(margaret, link_mailed_to("margaret@larkspur.example"), "Margaret Iwu")
    1/0
