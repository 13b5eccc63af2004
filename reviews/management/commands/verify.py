"""Say of files whether the portal keeps them as they are: exit 0 when all are known, else 1."""

import hashlib
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from foundation.clock.words import instant
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from reviews.pages.verify import KINDS
from reviews.queries.verifying import Known, clean, known


class Command(BaseCommand):
    help = "Verify papers against what the portal keeps, by file or by SHA-256."

    def add_arguments(self, parser) -> None:
        parser.add_argument("papers", nargs="+", help="files, or hashes of 64 digits")

    def handle(self, *, papers: list[str], **options) -> None:
        unknown = 0
        for paper in papers:
            with acting_as(PORTAL):
                found = known(PORTAL, clean(paper) or _hash(paper))
            for one in found:
                self.stdout.write(f"{paper}: {_said(one)}")
            if not found:
                unknown += 1
                self.stdout.write(f"{paper}: not known")
        if unknown:
            sys.exit(1)


def _hash(path: str) -> str:
    try:
        with Path(path).open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as problem:
        raise CommandError(f"{path} cannot be read: {problem.strerror}.") from problem


def _said(one: Known) -> str:
    of = f" of {one.of}" if one.of else ""
    by = f" by {one.by}" if one.by else ""
    fell = f"; not since {instant(one.fell_at)}: {one.because}" if one.fell_at else "; stands"
    return f"{KINDS[one.kind]}, {one.title}{of}, {instant(one.at)}{by}{fell}"
