"""A participant subscribes to the dates: a calendar program reads them, until the link is ended."""

import urllib.error
import urllib.request
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from tests import factories
from tests.journeys import steps
from waves.services import clocks

pytestmark = pytest.mark.browser
NOW = datetime(2025, 11, 18, 10, 0, tzinfo=UTC)


def _read(address: str) -> dict[str, date]:
    """Return the whole days of a calendar by what they are called."""
    with urllib.request.urlopen(address, timeout=20) as answer:
        parsed = Calendar.from_ical(answer.read())
    return {str(each["SUMMARY"]): each["DTSTART"].dt for each in parsed.walk("VEVENT")}


def test_a_participant_subscribes_and_ends_the_subscription(portal, portal_time, window):
    portal_time(NOW)
    organisation = factories.make_organisation("Larkspur Energy")
    held = factories.make_qualification(organisation, "SUPPLIER", "QT_WAVE_3")
    with acting_as(PORTAL):
        clocks.sync(qualification=held, actor=PORTAL, at=NOW)
    member = window(factories.make_member(organisation).person)

    member.go(f"/o/{organisation.slug}/road/")
    steps.press(member, "Calendar link")
    member.page.get_by_label("Where will you use it?").fill("phone")
    steps.press(member, "Make a link")
    address = member.page.get_by_label("Link for phone").input_value()
    found = _read(address)

    assert found["Larkspur Energy, Supplier: Submit the Final QAD"] == date(2026, 5, 22)
    assert all("Larkspur Energy" in title for title in found)

    steps.press(member, "I have kept it")
    member.page.get_by_role("link", name="phone").click()
    steps.press(member, "Revoke it")
    steps.reads(member, "“phone” is revoked.")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        _read(address)
