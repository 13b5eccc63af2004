"""An organisation is registered, its submission accepted, its contact let in; then the plan moves.

The submission came on paper before anybody had a login. The contact, now master admin, changes
the plan in the browser, where it saves itself, and the body sees what changed.
"""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.journeys import steps
from tests.journeys.test_axe import faults_of
from tests.journeys.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAME, EMAIL = "Orchard Gate", "gwen@orchardgate.example"
HOME = "/o/orchard-gate/pre-qualification/"
FORM = f"{HOME}form/"
PLAN = {
    "When PIT is complete, in words": "By the end of August, eight weeks of it.",
    "Reliance on others' testing": "On nobody.",
    "MPIDs not taken forward": "None.",
    "Readiness of the legacy arrangements": "Registers reconciled in May.",
}


def test_a_paper_submission_lets_the_contact_in_who_then_changes_the_plan(
    window, portal_time, link_mailed_to
):
    portal_time(factories.NOON)
    lead = window(factories.make_staff("BSC", "LEAD", "REVIEWER", "ADMINISTRATOR"))
    admin = _let_in(lead, window, link_mailed_to)

    _writes_itself(admin)
    _waits_for_the_connection(admin)
    _handed_in(admin)
    _returned(lead)
    admin.go(HOME)
    steps.reads(admin, "Returned.", "Which weeks does PIT take?")
    found = [fault for page in (HOME, FORM, f"{HOME}submit/") for fault in faults_of(admin, page)]
    assert found == []


def _let_in(lead: Window, window: Callable[..., Window], mail: Callable[[str], str]) -> Window:
    steps.register(lead, NAME, f"{NAME} Ltd")
    steps.add_mpids(lead, "ORCH")
    steps.add_qualification(lead, "Supplier", "QT Wave 3", ["ORCH"])
    steps.enter_submission(lead, "Gwen Marlow", EMAIL, date(2025, 9, 30))
    steps.invite_first_admin(lead, proposed="Gwen Marlow")
    admin = window()
    steps.come_in(admin, mail(EMAIL), "Gwen Marlow")
    return admin


def _writes_itself(admin: Window) -> None:
    admin.go(HOME)
    steps.press(admin, "Change it")
    steps.write(admin, "PIT approach", "One cycle in the summer.")
    said = admin.page.locator("[data-save-state]")
    expect(said).to_contain_text(re.compile(r"^\s*Saved \d\d:\d\d"))
    admin.page.reload()
    expect(admin.page.get_by_label("PIT approach")).to_have_value("One cycle in the summer.")


def _waits_for_the_connection(admin: Window) -> None:
    """What is typed while the line is down stays on the device, and is saved when it is back."""
    said = admin.page.locator("[data-save-state]")
    admin.context.set_offline(True)
    steps.write(admin, "PIT approach", "Two cycles, the second in August.")
    expect(said).to_contain_text("Not saved since")
    admin.context.set_offline(False)
    expect(said).to_contain_text(re.compile(r"^\s*Saved \d\d:\d\d"))
    admin.page.reload()
    text = "Two cycles, the second in August."
    expect(admin.page.get_by_label("PIT approach")).to_have_value(text)
    admin.said.clear()  # the browser says that it was offline


def _handed_in(admin: Window) -> None:
    steps.press(admin, "Save and check")
    steps.reads(admin, "This is still missing", "Choose the wave that you prefer.")
    steps.has_no(admin, "Hand it in")
    steps.press(admin, "Back to writing")
    steps.write(admin, "Preferred wave", "QT Wave 3")
    steps.give_day(admin, "Target date of migration", date(2026, 9, 1))
    for label, text in PLAN.items():
        steps.write(admin, label, text)
    steps.press(admin, "Save and check")
    steps.press(admin, "Hand it in")
    steps.reads(admin, "Handed in as version 2.", "Received")


def _returned(lead: Window) -> None:
    lead.go(HOME)
    steps.reads(lead, "What changed", "Two cycles, the second in August.")
    steps.press(lead, "Return it")
    steps.press(lead, "Return it")
    steps.reads(lead, "There is a problem")
    steps.write(lead, "What is missing", "Which weeks does PIT take?")
    steps.press(lead, "Return it")
    steps.reads(lead, "Returned. The organisation is told why.")
