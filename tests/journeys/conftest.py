"""A running portal and real browsers: each person of a journey has a window of their own."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, expect, sync_playwright

from foundation.clock.services import move_to
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Person
from tests import factories

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    found = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium")
    assert found, "Chromium is not installed."
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def portal(committed, settings) -> Iterator[str]:
    """Serve the portal from this process on a free port; return its address."""
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    server = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None, server.error
    settings.BASE_URL = f"http://127.0.0.1:{server.port}"
    yield settings.BASE_URL
    server.terminate()


class Window:
    """One person's browser window."""

    def __init__(self, browser: Browser, address: str, person: Person) -> None:
        self.address = address
        self.context = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 1000})
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.sign_in(person)

    def _hear(self, message) -> None:
        # A refusal is an answer: the browser logs its status, which is no fault of the page.
        if message.type == "error" and "the server responded with a status" not in message.text:
            self.said.append(message.text)

    def sign_in(self, person: Person) -> None:
        """Sign in as people do."""
        self.page.goto(f"{self.address}/accounts/login/")
        self.page.get_by_label("E-mail").or_(self.page.get_by_label("Email")).first.fill(
            person.email
        )
        self.page.get_by_label("Password", exact=True).fill(factories.PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("button", name="Sign out").first).to_be_attached()

    def go(self, path: str) -> Page:
        """Open a path of the portal."""
        answer = self.page.goto(self.address + path)
        assert answer.status < 400, f"{path} answered {answer.status}"
        return self.page

    def close(self) -> None:
        """Close the window; a script error or a blocked resource fails the journey."""
        self.context.close()
        assert self.said == []


@pytest.fixture
def window(browser, portal) -> Iterator:
    """Return a function that opens a signed-in window for a person."""
    opened: list[Window] = []

    def open_for(person: Person) -> Window:
        opened.append(Window(browser, portal, person))
        return opened[-1]

    yield open_for
    for each in opened:
        each.close()


@pytest.fixture
def portal_time(portal):
    """Return a function that moves the portal's time, as an administrator of a demonstration."""

    def move(moment: datetime) -> None:
        with acting_as(PORTAL):
            move_to(moment=moment, set_by_name="the journey")

    return move
