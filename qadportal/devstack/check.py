"""./portal test: the static checks, then all tests on servers of their own."""

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

from qadportal.devstack.environment import as_owner
from qadportal.devstack.install import BROWSERS, MAC_BROWSER
from qadportal.devstack.places import REPOSITORY
from qadportal.devstack.testdb import TEMPLATE
from qadportal.devstack.throwaway import throw_away_portal

PLAIN_STATIC_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"


def check(arguments: list[str]) -> int:
    """Run everything, or only pytest when it is given arguments; return 0 when all passed."""
    began = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are stopped too
    failed = [] if arguments else _failures(STATIC_CHECKS, dict(os.environ))
    with throw_away_portal("test", TEMPLATE, is_durable=False) as servers:
        environment = servers.environment | _for_tests()
        if not arguments:
            failed += _failures(DJANGO_CHECKS, environment)
            failed += _failures(OWNER_CHECKS, as_owner(environment))
        failed += _failures({"pytest": _pytest(arguments)}, environment)
    seconds = time.monotonic() - began
    print(
        f"portal: FAILED after {seconds:.0f} s: {', '.join(failed)}"
        if failed
        else f"portal: everything passed in {seconds:.0f} s",
        flush=True,
    )
    return 1 if failed else 0


def _script(name: str, *arguments: str) -> list[str]:
    """Return the command for an installed script, which also works after the folder was moved."""
    return [sys.executable, str(Path(sysconfig.get_path("scripts")) / name), *arguments]


def _python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


STATIC_CHECKS = {
    "ruff check": _python("-m", "ruff", "check", "--quiet", "."),
    "ruff format": _python("-m", "ruff", "format", "--check", "--quiet", "."),
    "lint-imports": _script("lint-imports", "--no-cache"),
}
DJANGO_CHECKS = {"manage.py check": _python("manage.py", "check", "--fail-level", "WARNING")}
OWNER_CHECKS = {
    "makemigrations --check": _python("manage.py", "makemigrations", "--check", "--dry-run")
}


def _pytest(arguments: list[str]) -> list[str]:
    """Return pytest's command: in parallel for everything, in one process for a chosen few."""
    workers = os.environ.get("PORTAL_TEST_WORKERS", "1" if arguments else "2")
    parallel = ["-n", workers] if workers != "1" and "-n" not in arguments else []
    return _python("-m", "pytest", *parallel, *arguments)


def _for_tests() -> dict[str, str]:
    """Return what the tests' environment has beside the portal's."""
    browser = os.environ.get("PORTAL_CHROMIUM")
    browser = browser or next(filter(None, map(shutil.which, BROWSERS)), MAC_BROWSER)
    return {
        "PORTAL_CHROMIUM": browser,
        # Pages ask for files that collectstatic never saw: names without hashes in tests.
        "PORTAL_STATIC_STORAGE": PLAIN_STATIC_FILES,
        # Playwright's loop runs in the thread of the test, which also uses the ORM.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }


def _failures(commands: dict[str, list[str]], environment: dict[str, str]) -> list[str]:
    """Run each command, all of them; return the names of those that failed."""
    environment = environment | {"PYTHONPATH": str(REPOSITORY)}
    failed = []
    for name, command in commands.items():
        began = time.monotonic()
        print(f"portal: {name}", flush=True)
        code = subprocess.run(command, cwd=REPOSITORY, env=environment, check=False).returncode
        if code:
            failed.append(name)
            print(f"portal: {name} failed ({time.monotonic() - began:.1f} s)", flush=True)
    return failed
