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
from playwright.sync_api import Browser, expect, sync_playwright

from foundation.clock.services import move_to
from foundation.notices.tasks import send_waiting
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Person
from tests.journeys.window import PATIENCE, Window
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


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
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


@pytest.fixture
def window(chromium, portal) -> Iterator[Callable[..., Window]]:
    """Return a function that opens a window: signed in for a person, else before the door."""
    opened: list[Window] = []

    def open_for(person: Person | None = None, **options: object) -> Window:
        opened.append(Window(chromium, portal, **options))
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
