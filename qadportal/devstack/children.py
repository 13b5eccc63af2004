"""Child processes: started apart from the keyboard, watched, ended in order."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from qadportal.devstack.places import REPOSITORY, Account, Trouble

GRACE = 15.0  # seconds between the polite signal and KILL
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass
class Child:
    """A running process with its name, its log and the signal that ends it politely."""

    name: str
    process: subprocess.Popen
    log: Path
    ending: signal.Signals

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self.process.poll() is None

    def last_words(self, lines: int = 12) -> str:
        """Return the end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def start(
    name: str,
    command: list[str],
    *,
    log: Path,
    environment: Mapping[str, str],
    account: Account | None = None,
    ending: signal.Signals = signal.SIGTERM,
    folder: Path = REPOSITORY,
) -> Child:
    """Start a process in a session of its own, so that Ctrl-C reaches the supervisor alone."""

    def die_with_parent() -> None:  # even kill -9 of the supervisor leaves nothing behind (Linux)
        if _libc:
            _libc.prctl(_PR_SET_PDEATHSIG, int(ending))

    identity = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_parent,
            **identity,
        )
    return Child(name, process, log, ending)


def stop(children: Iterable[Child], grace: float = GRACE) -> None:
    """End the processes together; KILL the whole session of those that do not go in time."""
    living = [child for child in children if child.is_running]
    for child in living:
        child.process.send_signal(child.ending)
    deadline = time.monotonic() + grace
    for child in living:
        try:
            child.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            _kill_session(child.process)


def _kill_session(process: subprocess.Popen) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def finish(child: Child) -> None:
    """Wait for a child that ends by itself; raise Trouble when it fails."""
    try:
        code = child.process.wait()
    finally:
        stop([child])
    if code:
        raise Trouble(f"{child.name} failed:\n{child.last_words()}\n(all of it: {child.log})")
