"""./portal up as a person uses it: ready, refused twice, stopped, started again, wounded."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from qadportal.devstack.places import REPOSITORY, throw_away_places
from qadportal.devstack.throwaway import OUTSIDE

PATIENCE = 90.0


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    with throw_away_places() as made, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        inherited = {name: value for name, value in os.environ.items() if name not in OUTSIDE}
        for name in ("PORTAL_BASE_URL", "PORTAL_STATIC_STORAGE", "PORTAL_ALLOWED_HOSTS"):
            inherited.pop(name, None)
        port = str(probe.getsockname()[1])
        probe.close()
        own = {"PORTAL_STATE": str(made.state), "PORTAL_PORT": port, "PORTAL_DEMO": "0"}
        yield inherited | own | {"PORTAL_WEB_WORKERS": "1"}


def up(environment: dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "qadportal.devstack", "up"],
        cwd=REPOSITORY,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def until_ready(portal: subprocess.Popen) -> None:
    for line in portal.stdout:
        if "ready after" in line:
            return
    pytest.fail("the portal ended before it was ready")


def processes_of(state: str) -> list[str]:
    """Return the command lines of the processes that work with this state folder."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            surroundings = (folder / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if state in command or f"PORTAL_STATE={state}\0" in surroundings:
            found.append(f"{folder.name} {command}")
    return found


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_portal_starts_stops_and_starts_again_and_dies_as_a_whole(
    environment: dict[str, str],
) -> None:
    state, port = environment["PORTAL_STATE"], environment["PORTAL_PORT"]
    first = up(environment)
    until_ready(first)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
        assert answer.status == 200
    second = up(environment)
    assert second.wait(PATIENCE) == 1
    assert f"already running: ./portal up, pid {first.pid}" in second.stdout.read()
    first.send_signal(signal.SIGINT)
    assert first.wait(PATIENCE) == 0
    assert processes_of(state) == []

    again = up(environment)
    until_ready(again)
    worker = next(line for line in processes_of(state) if "celery -A qadportal worker" in line)
    os.kill(int(worker.split()[0]), signal.SIGKILL)
    assert again.wait(PATIENCE) == 1
    assert "worker has ended (exit code -9), so the rest is stopped" in again.stdout.read()
    assert processes_of(state) == []

    third = up(environment)
    until_ready(third)
    third.kill()
    third.wait()
    deadline = time.monotonic() + 20
    while (left := processes_of(state)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert left == [], "kill -9 of the supervisor leaves nothing behind"
