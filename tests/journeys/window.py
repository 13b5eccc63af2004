"""One person's browser window."""

from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from participants.models import Person
from tests import factories

PATIENCE = 15_000  # milliseconds that a page may take on a busy machine
DESK = {"width": 1440, "height": 1000}


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
