"""Timing one address: CPU milliseconds of the process, statements, bytes."""

import gzip
import statistics
import time
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True, slots=True)
class Reading:
    """What one address cost over several requests."""

    name: str
    status: int
    cpu_ms: float
    p95_ms: float
    statements: int
    size: int
    packed: int


def read(name: str, client: Client, address: str, *, times: int = 30, data=None) -> Reading:
    """Ask an address several times and return its median cost; ``data`` makes it a POST."""

    def ask():
        return (
            client.post(address, data() if callable(data) else data)
            if data
            else client.get(address)
        )

    for _ in range(3):
        response = ask()
    with CaptureQueriesContext(connection) as captured:
        response = ask()
    counted = [
        q["sql"] for q in captured if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT"))
    ]
    spent = []
    for _ in range(times):
        before = time.process_time()
        ask()
        spent.append((time.process_time() - before) * 1000)
    spent.sort()
    body = response.content
    return Reading(
        name=name,
        status=response.status_code,
        cpu_ms=statistics.median(spent),
        p95_ms=spent[int(len(spent) * 0.95) - 1],
        statements=len(counted),
        size=len(body),
        packed=len(gzip.compress(body, 4)),
    )
