"""./portal bench: the benchmarks on servers of their own, as durable as in production.

``./portal bench faults`` kills those servers in the middle of the work and counts what was missed.
"""

import signal
import subprocess
import sys

from qadportal.devstack.faults import faults
from qadportal.devstack.places import REPOSITORY, Trouble
from qadportal.devstack.throwaway import throw_away_portal


def bench(arguments: list[str]) -> int:
    """Run `python -m benchmarks ARGS`; return its exit code."""
    if not (REPOSITORY / "benchmarks" / "__main__.py").exists():
        raise Trouble("There are no benchmarks here (benchmarks/__main__.py).")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with throw_away_portal("bench", "bench_portal", is_durable=True) as servers:
        if arguments[:1] == ["faults"]:
            return faults(servers, arguments[1:])
        command = [sys.executable, "-m", "benchmarks", *arguments]
        done = subprocess.run(command, cwd=REPOSITORY, env=servers.environment, check=False)
        return done.returncode
