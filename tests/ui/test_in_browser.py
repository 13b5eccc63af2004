"""In a real browser, under the portal's own content rules: no violation, no lost word.

Pages are drawn here and handed to the browser without a server, so no database is needed.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Page, Route, expect, sync_playwright

from foundation.ui import gallery
from foundation.ui.record import render

pytestmark = pytest.mark.browser

DIST = Path(__file__).parents[2] / "static" / "dist"
SITE = "http://portal.test"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WINDOWS = {
    "light": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
}


class Site:
    """Answers the browser: sample pages, built files, and whatever a save is to meet."""

    def __init__(self) -> None:
        self.save: dict = {
            "status": 200,
            "body": json.dumps({"revision": 15, "saved_at": "10:42:07"}),
        }
        self.saved: list[str] = []

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE).split("?")[0]
        if path.startswith("/static/"):
            return route.fulfill(path=DIST / path.removeprefix("/static/"))
        if path == "/gallery/save/":
            self.saved.append(route.request.post_data or "")
            return route.fulfill(content_type="text/html", **self.save)
        if path == "/gallery/preview/":
            return route.fulfill(body=render("## Contained"), content_type="text/html")
        return route.fulfill(body=_page(path), headers=_headers())


def _page(path: str) -> str:
    request = RequestFactory().get(path)
    name = path.strip("/").removeprefix("gallery").strip("/")
    if not name:
        return render_to_string("gallery/index.html", gallery.context(), request)
    return render_to_string(gallery.PAGES[name].template, gallery.sample(name), request)


def _headers() -> dict[str, str]:
    rules = django_settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    policy = "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())
    return {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}


@pytest.fixture(scope="module")
def drive() -> Iterator[Callable]:
    """Run a function with a page in a thread of its own, where the browser's loop lives."""
    assert (DIST / "portal.css").exists(), "Build the front end first: node frontend/build.mjs"
    found = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium")
    with ThreadPoolExecutor(1) as thread:
        playwright = thread.submit(sync_playwright().start).result()
        browser = thread.submit(
            lambda: playwright.chromium.launch(executable_path=found, args=FLAGS)
        ).result()

        def run(
            act: Callable[[Page, Site], None], window: str = "light", **options: object
        ) -> None:
            def inside() -> None:
                context = browser.new_context(**WINDOWS[window], **options)
                page, site, faults = context.new_page(), Site(), []
                page.route("**/*", site.answer)
                page.on("pageerror", lambda error: faults.append(str(error)))
                page.on(
                    "console",
                    lambda said: faults.append(said.text) if "Content" in said.text else 0,
                )
                act(page, site)
                context.close()
                assert faults == []

            thread.submit(inside).result()

        yield run
        thread.submit(browser.close).result()
        thread.submit(playwright.stop).result()


LOOKED_AT = [
    *(("light", name) for name in ["", *gallery.PAGES]),
    *(("dark", name) for name in ("", "question", "queue", "matrix")),
    *(("phone", name) for name in ("home", "task-list", "question", "queue", "matrix", "form")),
]


@pytest.mark.parametrize(("window", "name"), LOOKED_AT)
def test_a_page_is_accessible_and_fits_its_window(drive, name, window):
    def act(page: Page, site: Site) -> None:
        page.goto(f"{SITE}/gallery/{name}")
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    drive(act, window)


def _write(page: Page, words: str) -> None:
    page.goto(f"{SITE}/gallery/question")
    area = page.locator("[data-editor]")
    area.focus()
    area.press("Control+End")
    area.press_sequentially(words)


def test_an_answer_saves_itself_and_takes_the_new_revision(drive):
    def act(page: Page, site: Site) -> None:
        _write(page, " And more.")
        expect(page.locator("[data-save-state]")).to_have_text("Saving soon")
        expect(page.locator("[data-save-state]")).to_have_text("Saved 10:42:07", timeout=4000)
        assert "And more." in site.saved[-1]
        assert page.locator("[name=revision]").input_value() == "15"
        assert page.evaluate("localStorage.length") == 0

    drive(act)


def test_what_could_not_be_saved_is_said_and_kept_on_the_device(drive):
    def act(page: Page, site: Site) -> None:
        site.save = {"status": 503, "body": ""}
        _write(page, " Not lost.")
        page.keyboard.press("Control+s")
        expect(page.locator("[data-save-state]")).to_contain_text("Not saved since")
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(f"{SITE}/gallery/question")
        page.get_by_role("button", name="Bring them back").click()
        assert page.locator("[data-editor]").input_value().endswith(" Not lost.")

    drive(act)


def test_a_save_that_failed_is_tried_again(drive):
    def act(page: Page, site: Site) -> None:
        site.save = {"status": 503, "body": ""}
        _write(page, " Later.")
        page.keyboard.press("Control+s")
        expect(page.locator("[data-save-state]")).to_contain_text("Not saved since")
        site.save = {"status": 200, "body": json.dumps({"revision": 16, "saved_at": "10:43:00"})}
        expect(page.locator("[data-save-state]")).to_have_text("Saved 10:43:00", timeout=8000)

    drive(act)


def test_a_conflict_shows_both_texts_and_keeps_the_readers_words(drive):
    def act(page: Page, site: Site) -> None:
        merge = render_to_string("components/merge.html", {"merge": gallery.context()["merge"]})
        site.save = {"status": 409, "body": merge}
        _write(page, " Mine.")
        page.keyboard.press("Control+s")
        expect(page.locator("#merge table")).to_be_visible()
        expect(page.locator("[data-save-state]")).to_contain_text("Nothing is lost")
        assert page.locator("[data-editor]").input_value().endswith(" Mine.")
        assert page.locator("#merge :checked").count() == 0

    drive(act)


def test_leaving_with_unsaved_words_asks_first(drive):
    def act(page: Page, site: Site) -> None:
        site.save = {"status": 503, "body": ""}
        _write(page, " Unsaved.")
        page.keyboard.press("Control+s")
        expect(page.locator("[data-save-state]")).to_contain_text("Not saved")
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.goto(f"{SITE}/gallery/home")
        assert asked == ["beforeunload"]

    drive(act)


def test_the_preview_is_asked_for_and_drawn(drive):
    def act(page: Page, site: Site) -> None:
        page.goto(f"{SITE}/gallery/question")
        page.get_by_role("tab", name="Preview").click()
        expect(page.locator("#pane-preview h3")).to_have_text("Contained")
        expect(page.locator("[data-editor]")).to_be_hidden()

    drive(act)


def test_a_date_opens_its_card_by_press_hover_and_focus_and_closes_by_escape(drive):
    def act(page: Page, site: Site) -> None:
        page.goto(f"{SITE}/gallery/task-list")
        date, card = page.locator("button.date").first, page.locator(".card-date:popover-open")
        date.click()
        expect(card).to_be_visible()
        page.keyboard.press("Escape")
        expect(card).to_have_count(0)
        page.mouse.move(1, 1)
        date.hover()
        expect(card).to_be_visible()
        page.mouse.move(1, 1)
        expect(card).to_have_count(0)
        page.keyboard.press("Tab")
        date.focus()
        expect(card).to_be_visible()

    drive(act)


def test_the_queue_is_walked_by_keys_and_a_verdict_is_only_reached(drive):
    def act(page: Page, site: Site) -> None:
        page.goto(f"{SITE}/gallery/queue")
        page.keyboard.press("j")
        page.keyboard.press("j")
        expect(page.get_by_role("link", name="Oxmere Networks")).to_be_focused()
        page.keyboard.press("k")
        expect(page.get_by_role("link", name="Penhallow Power", exact=True)).to_be_focused()
        page.goto(f"{SITE}/gallery/review")
        page.keyboard.press("a")
        expect(page.get_by_role("button", name="Accept")).to_be_focused()
        assert page.url == f"{SITE}/gallery/review"

    drive(act)


def test_without_script_menu_card_and_editor_still_work(drive):
    def act(page: Page, site: Site) -> None:
        page.goto(f"{SITE}/gallery/home")
        expect(page.locator("#rail")).to_be_hidden()
        page.get_by_role("button", name="Menu").click()
        expect(page.locator("#rail")).to_be_visible()
        page.get_by_role("button", name="Close").first.click()
        page.locator("button.date").first.click()
        expect(page.locator(".card-date:popover-open")).to_be_visible()
        page.goto(f"{SITE}/gallery/question")
        expect(page.locator("[data-editor]")).to_be_visible()
        expect(page.get_by_role("tablist")).to_be_hidden()

    drive(act, "phone", java_script_enabled=False)
