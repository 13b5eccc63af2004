"""The fault drill: worker, scheduler, broker and database are killed in the middle of the work.

Two workers, two schedulers, bells every second. Every duty must be said once: none missed, none
twice, none early; every mail arrives, at most repeated under the same Message-ID.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

from qadportal.devstack import children, valkey
from qadportal.devstack.databases import Databases
from qadportal.devstack.places import REPOSITORY, Places

SETTLED_WITHIN = 180  # seconds after the last fault
VICTIMS = ("worker", "worker", "scheduler", "PostgreSQL", "Valkey")


class Drill:
    """The processes of the drill, and the ways to kill them."""

    def __init__(self, places: Places, servers: Databases) -> None:
        self.places, self.servers = places, servers
        self.chance = random.Random(7)  # noqa: S311 - a drill that can be repeated
        self.kills: dict[str, int] = dict.fromkeys(VICTIMS, 0)
        self.environment = servers.environment | {
            "PORTAL_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "qadportal.settings",
        }
        self.hands: dict[str, children.Child] = {}

    def start(self) -> None:
        """Start two workers and two schedulers."""
        for name in ("worker-1", "worker-2", "scheduler-1", "scheduler-2"):
            self._start_hand(name)

    def stop(self) -> None:
        """End workers and schedulers."""
        children.stop(self.hands.values())

    def strike(self, victim: str) -> None:
        """Kill one victim without warning, and start it anew."""
        self.kills[victim] += 1
        if victim == "PostgreSQL":
            self._replace(0, signal.SIGQUIT, self.servers.cluster.start)  # its immediate shutdown
        elif victim == "Valkey":
            self._replace(1, signal.SIGKILL, self._empty_valkey)
        else:
            name = f"{victim}-{self.chance.choice('12')}"
            os.killpg(self.hands[name].process.pid, signal.SIGKILL)
            self.hands[name].process.wait()
            self._start_hand(name)

    def revive(self) -> None:
        """Start what died of itself, as a supervisor would."""
        for name, hand in list(self.hands.items()):
            if not hand.is_running:
                self._start_hand(name)

    def ask(self, *words: str) -> dict[str, int]:
        """Run a step on the duties and return what it says."""
        command = [sys.executable, "-m", "benchmarks.duties", *words]
        done = subprocess.run(
            command,
            cwd=REPOSITORY,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return json.loads(done.stdout.splitlines()[-1])

    def _start_hand(self, name: str) -> None:
        verb = (
            ["worker", "-c", "2", "--without-gossip", "--without-mingle", "-n", f"{name}@drill"]
            if name.startswith("worker")
            else ["beat", "--pidfile", "", "--schedule", str(self.places.state / name)]
        )
        self.hands[name] = children.start(
            name,
            [sys.executable, "-m", "celery", "-A", "benchmarks.bells", *verb],
            log=self.places.log / f"{name}.log",
            environment=self.environment,
        )

    def _replace(self, place: int, blow: signal.Signals, start) -> None:
        server = self.servers.started[place]
        server.process.send_signal(blow)
        server.process.wait()
        self.servers.started[place] = start()

    def _empty_valkey(self) -> children.Child:
        shutil.rmtree(self.places.state / "valkey")  # its memory is lost altogether
        return valkey.start(self.places)


def faults(servers: Databases, arguments: list[str]) -> int:
    """Read the drill's size (``[--duties N] [--kills N] [--seconds N]``) and run it."""
    parser = argparse.ArgumentParser(prog="./portal bench faults")
    parser.add_argument("--duties", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=28)
    parser.add_argument("--seconds", type=int, default=75)
    chosen = parser.parse_args(arguments)
    return run(servers, duties=chosen.duties, kills=chosen.kills, seconds=chosen.seconds)


def run(servers: Databases, *, duties: int, kills: int, seconds: int) -> int:
    """Drill, print the figures; return 1 when a duty was missed, doubled or early."""
    drill = Drill(servers.cluster.places, servers)
    filled = drill.ask("fill", str(duties), str(seconds))
    print(f"{filled['duties']} duties, {kills} kills to come", flush=True)
    drill.start()
    try:
        began = time.monotonic()
        for number in range(kills):
            time.sleep(max(0.0, began + seconds * (number + 1) / kills - time.monotonic()))
            drill.strike(
                VICTIMS[number % len(VICTIMS)] if number < 5 else drill.chance.choice(VICTIMS)
            )
            drill.revive()
        last = time.monotonic()
        figures = _settle(drill, last)
        print(f"settled {time.monotonic() - last:.0f} s after the last of {kills} kills")
    finally:
        drill.stop()
    for name, figure in {**drill.kills, **figures}.items():
        print(f"{name:28} {figure:8}")
    return int(bool(_faults(figures)))


def _settle(drill: Drill, last: float) -> dict[str, int]:
    while True:
        figures = drill.ask("count")
        is_settled = figures["pending"] == 0 and figures["mails waiting"] == 0
        if is_settled or time.monotonic() > last + SETTLED_WITHIN:
            return figures
        drill.revive()
        time.sleep(2)


def _faults(figures: dict[str, int]) -> list[str]:
    never = ("pending", "early", "fired, not said", "said twice", "mails waiting", "mails lost")
    return [name for name in (*never, "broken links of the trail") if figures[name]]
