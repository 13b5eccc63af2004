"""What people do at their windows, named as they would say it; every step is a click or a key."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests import factories
from tests.journeys.window import Window

# --- hands and eyes


def _body(window: Window) -> Locator:
    return window.page.locator(".main")


def press(window: Window, name: str, *, within: Locator | None = None) -> None:
    """Press the button, or follow the link, of this name."""
    where = within or _body(window)
    button = where.get_by_role("button", name=name, exact=True)
    link = where.get_by_role("link", name=name, exact=True)
    button.or_(link).first.click()


def turn_to(window: Window, line: str) -> None:
    """Follow a line of the rail."""
    rail = window.page.get_by_role("navigation", name="Main")
    rail.get_by_role("link", name=re.compile(rf"^{re.escape(line)}( \d+)?$")).first.click()


def write(window: Window, label: str, text: str) -> None:
    """Write into the field of this label."""
    _body(window).get_by_label(label, exact=True).fill(text)


def tick(window: Window, *labels: str) -> None:
    """Tick or choose what bears these labels."""
    for label in labels:
        _body(window).get_by_label(label, exact=True).check()


def choose(window: Window, label: str, option: str) -> None:
    """Choose from a list that folds out."""
    _body(window).get_by_label(label, exact=True).select_option(label=option)


def give_day(window: Window, legend: str, on: date) -> None:
    """Give a date in its three boxes."""
    group = _body(window).get_by_role("group", name=legend, exact=True)
    for label, part in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        group.get_by_label(label).fill(str(part))


def reads(window: Window, *texts: str) -> None:
    """See these words on the page."""
    for text in texts:
        expect(_body(window)).to_contain_text(text)


def does_not_read(window: Window, *texts: str) -> None:
    """See none of these words on the page."""
    for text in texts:
        expect(_body(window)).not_to_contain_text(text)


# --- a body registers an organisation


def register(window: Window, name: str, legal_name: str) -> None:
    """Register an organisation that is in the market today."""
    turn_to(window, "Organisations")
    press(window, "New organisation")
    write(window, "Name", name)
    write(window, "Legal name", legal_name)
    write(window, "Company number", "08812207")
    tick(window, "Programme Participant", "Existing participant", "It is a BSC Party")
    press(window, "Register it")
    reads(window, f"{name} is registered.")


def add_mpids(window: Window, codes: str) -> None:
    """Give the organisation on the page its MPIDs."""
    press(window, "Add MPIDs")
    write(window, "MPIDs", codes)
    press(window, "Add them")
    reads(window, f"Added {', '.join(codes.split())}.")


def add_qualification(window: Window, role: str, route: str, mpids: Iterable[str]) -> None:
    """Open a qualification for the organisation on the page."""
    press(window, "Add a qualification")
    choose(window, "Market role", role)
    choose(window, "Route", route)
    tick(window, *mpids)
    press(window, "Add it")
    reads(window, "Added: ", role, route)


def enter_submission(window: Window, contact: str, email: str, received: date) -> None:
    """Enter the Pre-Qualification Submission and accept it."""
    turn_to(window, "Pre-qualification")
    press(window, "Enter the submission")
    give_day(window, "Received on", received)
    write(window, "Key contact", contact)
    write(window, "E-mail of the key contact", email)
    press(window, "Save")
    reads(window, "Received")
    press(window, "Accept it")
    reads(window, "Accepted. You can invite the first master admin now.")


def invite_first_admin(window: Window, proposed: str) -> None:
    """Invite whom the submission names as key contact."""
    expect(window.page.get_by_label("Name", exact=True)).to_have_value(proposed)
    press(window, "Invite")
    reads(window, f"{proposed} is invited.")


# --- coming in


def come_in(window: Window, link: str, name: str) -> None:
    """Open the link of an invitation, choose a password, and stand at home."""
    window.go(link)
    expect(window.page.get_by_label("Your name")).to_have_value(name)
    window.page.get_by_label("A password of your choice").fill(factories.PASSWORD)
    window.page.get_by_role("button", name="Open my account").click()
    reads(window, "Welcome. You are now part of")


def invite(window: Window, name: str, email: str, *, standing: str) -> None:
    """Invite a colleague who is here for one thing."""
    turn_to(window, "People")
    press(window, "Invite somebody")
    write(window, "Name", name)
    write(window, "Work email", email)
    body = _body(window)
    for each in body.get_by_role("checkbox").all():
        each.uncheck()
    body.get_by_label(re.compile(f"^{standing}")).check()
    press(window, "Send the invitation")
    reads(window, f"The invitation to {email} is on its way.")
