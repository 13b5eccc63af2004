"""The timetable in force: the newest published row, parsed once and kept by its id."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from foundation.errors import Refused
from waves import models
from waves.timetable import Timetable
from waves.timetable_file import parse

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
FIRST_TABLE = FIXTURES / "timetable_v1.csv"
FIRST_HEADER = FIXTURES / "timetable_v1.toml"


@dataclass(frozen=True, slots=True)
class Published:
    """A published timetable: the id of its row, what it says, and who stands behind it."""

    id: UUID
    timetable: Timetable
    by: str = ""
    because: str = ""
    authority_named: str = ""

    @property
    def authority(self) -> dict[str, str]:
        """Which version this is, who published it, why and on whose authority, as plain words."""
        said = {
            "version": self.timetable.version,
            "by": self.by,
            "because": self.because,
            "authority": self.authority_named,
        }
        return {name: value for name, value in said.items() if value}


def current() -> Published:
    """Return the timetable in force; Refused while none is published."""
    newest = models.Timetable.objects.order_by("-published_at", "-pk").values_list("pk", flat=True)
    row_id = newest.first()
    if row_id is None:
        raise Refused("No timetable is published yet. Load the reference data first.")
    return of(row_id)


def is_published() -> bool:
    """Return whether there is a timetable at all."""
    return models.Timetable.objects.exists()


def of(row_id: UUID) -> Published:
    """Return one published timetable, whether or not it is still in force."""
    return _read(row_id)


def from_files() -> Timetable:
    """Return the first timetable as it stands in the fixtures, without a database."""
    return parse(FIRST_TABLE.read_text(encoding="utf-8"), FIRST_HEADER.read_text(encoding="utf-8"))


@lru_cache(maxsize=16)  # rows never change, so an id always means the same text
def _read(row_id: UUID) -> Published:
    names = ("csv", "header", "published_by_name", "reason", "authority")
    table, header, *named = models.Timetable.objects.values_list(*names).get(pk=row_id)
    return Published(row_id, parse(table, header), *named)
