"""Run the measurements: ``./portal bench [--organisations N] [--json FILE]``."""

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import django


def main() -> int:
    """Fill the database, measure floor and pages, print a table; 1 when a page failed."""
    parser = argparse.ArgumentParser(prog="./portal bench")
    parser.add_argument("--organisations", type=int, default=300)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qadportal.settings")
    os.environ["PORTAL_DEMO"] = "1"
    django.setup()

    from benchmarks import pages  # noqa: PLC0415 - needs Django

    readings = pages.run(organisations=chosen.organisations, times=chosen.times)
    print(f"{'address':34} {'CPU ms':>8} {'p95':>7} {'floor':>6} {'SQL':>4} {'kB':>6} {'gz':>5}")
    for reading, floor in readings:
        ratio = f"{reading.cpu_ms / floor.cpu_ms:.1f}x" if floor else ""
        print(
            f"{reading.name:34} {reading.cpu_ms:8.2f} {reading.p95_ms:7.2f} {ratio:>6}"
            f" {reading.statements:4d} {reading.size / 1000:6.1f} {reading.packed / 1000:5.1f}"
            f"{'' if reading.status == 200 else f'  answered {reading.status}'}"
        )
    if chosen.json:
        chosen.json.write_text(json.dumps([asdict(r) for r, _ in readings], indent=1))
    return int(any(reading.status >= 400 for reading, _ in readings))


if __name__ == "__main__":
    sys.exit(main())
