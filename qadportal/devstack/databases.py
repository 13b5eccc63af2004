"""The embedded servers under one lock: one command starts and stops them, others join it."""

import fcntl
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO

from qadportal.devstack import children, postgres, valkey
from qadportal.devstack.environment import (
    Addresses,
    database_addresses,
    portal_environment,
    redis_addresses,
    wants_embedded_database,
)
from qadportal.devstack.places import Places, Trouble

JOIN_WITHIN = 600.0  # seconds; the first start may be loading a whole demonstration
SAY_AFTER = 3.0
NOBODY = {"verb": "?", "pid": "unknown", "ready": False}


@dataclass
class Databases:
    """The servers that a command works with."""

    environment: dict[str, str]
    cluster: postgres.Cluster | None
    started: list[children.Child] = field(default_factory=list)  # in order of starting
    lock: TextIO | None = None  # None: a guest on the servers of another command

    def declare_ready(self) -> None:
        """Let guests in: the tables and the reference data are there."""
        if self.lock:
            _write(self.lock, who_holds(self.lock) | {"ready": True})


@contextmanager
def alone(places: Places, verb: str) -> Iterator[TextIO]:
    """Take the lock of this portal for one command; raise Trouble when another one has it."""
    deadline = time.monotonic() + JOIN_WITHIN
    while True:
        with _lock(places, "lock", fcntl.LOCK_EX) as lock:
            if lock:
                yield lock
                return
        holder = who_runs(places)
        # A management command may end soon; a running portal does not.
        if holder["verb"] != "manage" or time.monotonic() > deadline:
            raise Trouble(f"already running: ./portal {holder['verb']}, pid {holder['pid']}.")
        time.sleep(0.2)


@contextmanager
def own_or_join(places: Places, verb: str) -> Iterator[Databases]:
    """Start the servers, or use those of a command that already has them."""
    began, has_said = time.monotonic(), False
    while time.monotonic() < began + JOIN_WITHIN:
        with _lock(places, "lock", fcntl.LOCK_EX) as lock:
            if lock:
                with running(places, verb, lock) as databases:
                    yield databases
                    _wait_for_guests(places)
                return
        with _lock(places, "guests", fcntl.LOCK_SH) as guest:
            if guest and who_runs(places)["ready"] and _answer(places):
                cluster = _cluster(places)
                yield Databases(_environment(places, cluster), cluster)
                return
        if not has_said and time.monotonic() > began + SAY_AFTER:
            has_said = True
            print(f"portal: waiting for ./portal {who_runs(places)['verb']}", file=sys.stderr)
        time.sleep(0.2)
    raise Trouble(f"The servers of another command (pid {who_runs(places)['pid']}) do not answer.")


def who_runs(places: Places) -> dict:
    """Return the verb and pid of the command that holds the servers (or that died with them)."""
    try:
        with (places.state / "lock").open() as lock:
            return who_holds(lock)
    except OSError:
        return NOBODY


def who_holds(lock: TextIO) -> dict:
    """Return what the holder of the lock wrote into it."""
    lock.seek(0)
    try:
        return json.loads(lock.read())
    except ValueError:  # empty, or caught in the middle of writing
        return NOBODY


@contextmanager
def running(
    places: Places, verb: str, lock: TextIO, *, is_durable: bool = True
) -> Iterator[Databases]:
    """Start the servers under a lock that the caller holds; stop them afterwards."""
    _write(lock, {"verb": verb, "pid": os.getpid(), "ready": False})
    cluster = _cluster(places, is_durable)
    started: list[children.Child] = []
    try:
        if cluster:
            cluster.make()
            started.append(cluster.start())
        if not os.environ.get("REDIS_URL"):
            started.append(valkey.start(places))
        yield Databases(_environment(places, cluster), cluster, started, lock)
    finally:
        for child in reversed(started):
            children.stop([child])
        lock.truncate(0)


@contextmanager
def _lock(places: Places, name: str, kind: int) -> Iterator[TextIO | None]:
    """Yield the locked file, or None when another process holds it."""
    with (places.state / name).open("a+") as file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield file  # closing it gives the lock back, however this process ends


def _write(lock: TextIO, content: dict) -> None:
    lock.truncate(0)
    lock.write(json.dumps(content))
    lock.flush()


def _wait_for_guests(places: Places) -> None:
    with (places.state / "guests").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)


def _cluster(places: Places, is_durable: bool = True) -> postgres.Cluster | None:
    if not wants_embedded_database():
        return None
    return postgres.Cluster(places, postgres.find_binaries(places.account), is_durable)


def _answer(places: Places) -> bool:
    cluster = _cluster(places)
    has_broker = bool(os.environ.get("REDIS_URL")) or valkey.answers(places.valkey_socket)
    return has_broker and (cluster is None or cluster.answers())


def _environment(places: Places, cluster: postgres.Cluster | None) -> dict[str, str]:
    addresses = Addresses(*database_addresses(places, cluster), *redis_addresses(places))
    return portal_environment(places, addresses)
