"""Printing in a process of its own: a bound on time and memory, and nothing to steal.

A page is laid out from what people wrote. The process that does it starts with an empty
environment (no database, no keys), may take so much memory and so long, and gives everything back
to the system when it ends.
"""

import json
import pickle
import resource
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO

from foundation.errors import Refused
from reviews.packs.content import ConfirmationSheet, Pack, QadPrint
from reviews.packs.render import Progress, RenderedPack
from reviews.packs.road import RoadSheet
from waves.reports.edition import Edition

SECONDS = 120
MEMORY = 2 * 1024**3
_ROOT = Path(__file__).resolve().parents[2]

Printable = Pack | ConfirmationSheet | QadPrint | Edition | RoadSheet


class PrintingFailedError(RuntimeError):
    """The printing process ended without a file; its last words are the message."""


def pack_pdf(pack: Pack, progress: Progress | None = None) -> RenderedPack:
    """Print a decision pack apart from this process."""
    head, pdf = _print_apart(pack, progress)
    return RenderedPack(pdf, head["manifest"], head["seal"], head["pages"])


def sheet_pdf(sheet: ConfirmationSheet | QadPrint | Edition | RoadSheet) -> bytes:
    """Print a Confirmation, a submitted QAD, a report or a road apart from this process."""
    return _print_apart(sheet, None)[1]


def _print_apart(what: Printable, progress: Progress | None) -> tuple[dict, bytes]:
    child = subprocess.Popen(
        [sys.executable, "-m", "reviews.packs.apart"],
        cwd=_ROOT,
        env={"LANG": "C.UTF-8", "HOME": "/nonexistent"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    last_words: list[str] = []
    listener = threading.Thread(target=_listen, args=(child.stderr, progress, last_words))
    limit = threading.Timer(SECONDS, child.kill)
    listener.start()
    limit.start()
    try:
        child.stdin.write(pickle.dumps(what))
        child.stdin.close()
        answer = child.stdout.read()
    except BrokenPipeError:
        answer = b""
    finally:
        code = child.wait()
        limit.cancel()
        listener.join()
    if code or not answer:
        said = " ".join(last_words[-3:]) or f"stopped after at most {SECONDS} seconds"
        raise PrintingFailedError(f"Printing ended with code {code}: {said}")
    line, _, pdf = answer.partition(b"\n")
    head = json.loads(line)
    if head["refused"]:
        raise Refused(head["refused"])
    return head, pdf


def _listen(stream: BinaryIO, progress: Progress | None, last_words: list[str]) -> None:
    """Pass on "page 3 21" as progress; keep anything else as the process's last words."""
    for raw in stream:
        words = raw.decode(errors="replace").split()
        if words[:1] == ["page"] and len(words) == 3:
            if progress is not None:
                progress(int(words[1]), int(words[2]))
        elif words:
            last_words.append(" ".join(words))


def _main() -> None:
    """Read what to print, print it, and write a line of facts and the file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    from django.conf import settings  # noqa: PLC0415 (only the printing process configures)

    from reviews.packs import render  # noqa: PLC0415 (after the settings)

    settings.configure()
    what = pickle.load(sys.stdin.buffer)  # noqa: S301 (written by the process that started this)
    head, pdf = {"refused": []}, b""
    try:
        if isinstance(what, Pack):
            printed = render.pack_pdf(what, _tell)
            pdf = printed.pdf
            head |= {"manifest": printed.manifest, "seal": printed.seal, "pages": printed.pages}
        elif isinstance(what, QadPrint):
            pdf = render.qad_pdf(what)
        elif isinstance(what, Edition):
            pdf = render.report_pdf(what)
        elif isinstance(what, RoadSheet):
            pdf = render.road_pdf(what)
        else:
            pdf = render.confirmation_pdf(what)
    except Refused as refused:
        head["refused"] = list(refused.reasons)
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + pdf)


def _tell(done: int, expected: int) -> None:
    sys.stderr.write(f"page {done} {expected}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    _main()
