"""Write the header of a timetable, the TOML file beside its table. Pure: values in, text out."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from waves.timetable import Cell, Timetable
from waves.timetable_file import cell_row

_TOP = ("version", "title", "source", "document")
_NUMBERS, _BARE = ("period",), ("start", "end", "cap", "floor", "printed")
_EVERY = ("activity_key", "activity_label", "routes", "kind")


def write_header(timetable: Timetable) -> str:
    """Return the header as ``timetable_file.parse`` reads it; comments are not kept."""
    lines = [f"{name} = {_text(getattr(timetable, name))}" for name in _TOP]
    lines += [f"issued = {timetable.issued.isoformat()}", f"note = {_text(timetable.note)}"]
    for code, label in timetable.routes.items():
        lines += ["", "[[route]]", f"code = {_text(code)}", f"label = {_text(label)}"]
    late = timetable.late
    lines += ["", "[late]", f"clause = {_text(late.clause)}", f"standing = {_text(late.standing)}"]
    lines += [f"note = {_text(late.note)}"]
    for cell, routes in _grouped(timetable.beyond):
        lines += ["", "[[beyond]]", *_entry(cell, routes)]
    return "\n".join(lines) + "\n"


def renamed(header: str, **names: str) -> str:
    """Return the header with some of its first fields (version, source) changed, else as it was."""
    for name, value in names.items():
        line = f"{name} = {_text(value)}"
        header = re.sub(
            rf"^{name}[ \t]*=.*$", lambda _, line=line: line, header, count=1, flags=re.MULTILINE
        )
    if any(tomllib.loads(header).get(name) != value for name, value in names.items()):
        raise ValueError("The header does not hold these names on lines of their own.")
    return header


def _grouped(beyond: Mapping[tuple[str, str], Cell]) -> list[tuple[Cell, list[str]]]:
    """Cells that say the same for several routes are written once."""
    found: dict[Cell, list[str]] = {}
    for cell in beyond.values():
        found.setdefault(replace(cell, route=""), []).append(cell.route)
    return list(found.items())


def _entry(cell: Cell, routes: list[str]) -> Iterator[str]:
    row = cell_row(cell)
    values = {"routes": f"[{', '.join(_text(route) for route in routes)}]"}
    for column, value in row.items():
        if value and column != "route":
            plain = column in _NUMBERS or column in _BARE
            values[column] = value if plain else _text(value)
    for column in (*_EVERY, *(name for name in values if name not in _EVERY)):
        yield f"{column} = {values[column]}"


def _text(value: object) -> str:
    """A basic string of TOML; JSON writes the same, but for one letter that both must escape."""
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
