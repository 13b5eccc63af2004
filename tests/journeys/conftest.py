"""A running portal and real browsers: each person of a journey has a window of their own."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core import mail
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from foundation.clock.services import move_to
from foundation.notices.tasks import send_waiting
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Person
from tests import factories
from tests.submissions import builders

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
PATIENCE = 15_000  # milliseconds that a page may take on a busy machine
DESK = {"width": 1440, "height": 1000}


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys.

    Its event loop runs in this thread for as long as it is open; the tests' own statements are
    sent one at a time all the same, so that Django may be told that this is safe.
    """
    found = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium")
    assert found, "Chromium is not installed."
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def portal(committed, settings) -> Iterator[str]:
    """Serve the portal from this process on a free port, with its reference data; its address."""
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    builders.publish_reference_data()
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

    def __init__(self, browser: Browser, address: str, **options: object) -> None:
        self.address = address
        self.context = browser.new_context(locale="en-GB", **{"viewport": DESK, **options})
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        # A refusal is an answer: the browser logs its status, which is no fault of the page.
        if message.type == "error" and "the server responded with a status" not in message.text:
            self.said.append(message.text)

    def sign_in(self, person: Person) -> None:
        """Sign in as people do."""
        self.page.goto(f"{self.address}/accounts/login/")
        self.page.get_by_label("Work email").fill(person.email)
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
def window(browser, portal) -> Iterator[Callable[..., Window]]:
    """Return a function that opens a window: signed in for a person, else before the door."""
    opened: list[Window] = []

    def open_for(person: Person | None = None, **options: object) -> Window:
        opened.append(Window(browser, portal, **options))
        if person is not None:
            opened[-1].sign_in(person)
        return opened[-1]

    yield open_for
    for each in opened:
        each.close()


@pytest.fixture
def portal_time(portal) -> Callable[[datetime], None]:
    """Return a function that moves the portal's time, as an administrator of a demonstration."""

    def move(moment: datetime) -> None:
        with acting_as(PORTAL):
            move_to(moment=moment, set_by_name="the journey")

    return move


@pytest.fixture
def link_mailed_to(portal) -> Callable[[str], str]:
    """Return a function that lets the mail go out, and finds the link in somebody's newest one."""

    def find(email: str) -> str:
        while send_waiting():
            pass
        newest = next(m for m in reversed(mail.outbox) if m.to == [email])
        return re.search(r"https?://\S+", newest.body)[0].removeprefix(portal)

    return find
