"""./portal up: everything started in order, watched, and stopped in the opposite order."""

import errno
import http.client
import os
import signal
import socket
import sys
import time
from urllib.parse import urlsplit

from qadportal.devstack import children, databases, steps
from qadportal.devstack.environment import as_owner
from qadportal.devstack.places import Places, Trouble, places

READY_WITHIN = 60.0
PATIENCE_AFTER_A_KILL = 5.0  # seconds in which the processes of a killed portal give up the port


class Stopped(BaseException):
    """Somebody asked the portal to stop."""


def up() -> int:
    """Run the portal until Ctrl-C (0) or until one of its processes dies (1)."""
    began = time.monotonic()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _ask_to_stop)
    here, apps = places(), []
    host, port = os.environ.get("PORTAL_HOST", "127.0.0.1"), os.environ.get("PORTAL_PORT", "8000")
    try:
        with databases.alone(here, "up") as lock:
            was_killed = databases.who_runs(here)["verb"] != "?"
            check_port(host, port, PATIENCE_AFTER_A_KILL if was_killed else 0)
            with databases.running(here, "up", lock) as servers:
                try:
                    _prepare(here, servers.environment)
                    servers.declare_ready()
                    apps += _start_apps(here, servers.environment, f"{host}:{port}")
                    _wait_until_ready(servers.environment["PORTAL_BASE_URL"], host, port, apps)
                    _greet(here, servers.environment, time.monotonic() - began)
                    _watch([*servers.started, *apps])
                finally:
                    _be_deaf()
                    children.stop(apps)
    except Stopped:
        _say("stopped.")
        return 0
    return 0


def check_port(host: str, port: str, patience: float = 0) -> None:
    """Raise Trouble when the port is taken: a stranger there could answer in our place."""
    deadline = time.monotonic() + patience
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, int(port)))
                return
            except OSError as problem:
                if time.monotonic() < deadline and problem.errno == errno.EADDRINUSE:
                    time.sleep(0.2)
                    continue
                reason = problem.strerror.lower()
        raise Trouble(f"Port {port} cannot be used ({reason}): try PORTAL_PORT=8001 ./portal up.")


def _prepare(here: Places, environment: dict[str, str]) -> None:
    _say("bringing the database up to date")
    static = steps.begin(here, environment, "static")
    try:
        children.finish(steps.begin(here, as_owner(environment), "migrate"))
        if environment["PORTAL_DEMO"] == "1":
            _say("loading reference and demonstration data (the first time takes a while)")
            wanted = ("reference", "demonstration", "accounts")
        else:
            wanted = ("reference",)
        children.finish(steps.begin(here, environment, *wanted))
        children.finish(static)
        steps.remember(here, environment)
    finally:
        children.stop([static])


def _start_apps(here: Places, environment: dict[str, str], bind: str) -> list[children.Child]:
    """Start web, worker and scheduler."""
    python, celery = sys.executable, ["-m", "celery", "-A", "qadportal"]
    commands = {
        "web": ["-m", "gunicorn", "-c", "python:qadportal.gunicorn_conf", "qadportal.wsgi"],
        "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"]
        + ["--without-gossip", "--without-mingle"],
        "scheduler": [*celery, "beat", "--loglevel", "INFO", "--pidfile", ""]
        + ["--schedule", str(here.state / "beat-schedule")],
    }
    environment = environment | {"PORTAL_BIND": bind}
    return [
        children.start(
            name, [python, *command], log=here.log / f"{name}.log", environment=environment
        )
        for name, command in commands.items()
    ]


def _wait_until_ready(address: str, host: str, port: str, apps: list[children.Child]) -> None:
    deadline, answer = time.monotonic() + READY_WITHIN, "no answer"
    while time.monotonic() < deadline:
        _raise_if_one_died(apps)
        answer = _health(urlsplit(address).netloc, host, port)
        if answer == "200 OK":
            return
        if answer.startswith("4"):  # it serves, and will not change its mind
            break
        time.sleep(0.1)
    raise Trouble(f"The portal does not become ready: /healthz says '{answer}'.")


def _health(name: str, host: str, port: str) -> str:
    client = http.client.HTTPConnection(host, int(port), timeout=5)
    try:
        client.request("GET", "/healthz", headers={"Host": name})
        response = client.getresponse()
        return f"{response.status} {response.reason}"
    except OSError as problem:
        return str(problem)
    finally:
        client.close()


def _greet(here: Places, environment: dict[str, str], seconds: float) -> None:
    accounts = steps.accounts_file(here)
    if environment["PORTAL_DEMO"] == "1" and accounts.exists():
        print(f"\n{accounts.read_text().rstrip()}\n")
    _say(f"ready after {seconds:.1f} s at {environment['PORTAL_BASE_URL']}")
    _say(f"logs in {here.log}; mails in {environment['PORTAL_MAIL_DIR']}; Ctrl-C stops everything")


def _watch(everything: list[children.Child]) -> None:
    while True:
        _raise_if_one_died(everything)
        time.sleep(0.25)


def _raise_if_one_died(apps: list[children.Child]) -> None:
    for child in apps:
        if not child.is_running:
            raise Trouble(
                f"{child.name} has ended (exit code {child.process.returncode}), so the rest is"
                f" stopped:\n{child.last_words()}\n(all of it: {child.log})"
            )


def _ask_to_stop(number, frame) -> None:
    _be_deaf()  # a second Ctrl-C must not interrupt the stopping
    raise Stopped


def _be_deaf() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _say(text: str) -> None:
    print(f"portal: {text}", flush=True)
