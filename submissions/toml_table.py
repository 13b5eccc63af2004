"""PURE: reads one table of a TOML file field by field and remembers everything wrong with it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any


class TomlTable:
    """A table whose fields are asked for by name; what nobody asked for is reported at the end."""

    def __init__(self, table: Mapping[str, Any], place: str, problems: list[str]) -> None:
        self.table, self.place, self.problems = table, place, problems
        self.asked: set[str] = set()

    def refuse(self, field: str, message: str) -> None:
        """Note that a field cannot be used, and why."""
        self.problems.append(f"{self.place}, field “{field}”: {message}")

    def text(self, field: str, default: str | None = None) -> str:
        """Return a text; without a default it has to be there and not be blank."""
        value = self._take(field, "" if default is None else default)
        if not isinstance(value, str):
            self.refuse(field, "has to be text in quotes.")
            return default or ""
        if default is None and not value.strip():
            self.refuse(field, "is missing." if field not in self.table else "is empty.")
        return value

    def word(self, field: str, words: Collection[str], default: str | None = None) -> str:
        """Return one of the words; without a default it has to be there."""
        value = self.text(field, default)
        if value and value not in words:
            self.refuse(field, f"“{value}” is not one of {', '.join(words)}.")
        return value

    def flag(self, field: str, default: bool) -> bool:
        """Return true or false."""
        value = self._take(field, default)
        if not isinstance(value, bool):
            self.refuse(field, "has to be true or false.")
            return default
        return value

    def count(self, field: str) -> int | None:
        """Return a whole number above nought, or None where the field is absent."""
        value = self._take(field, None)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            self.refuse(field, "has to be a whole number.")
            return None
        if value is not None and value < 1:
            self.refuse(field, "has to be at least 1.")
        return value

    def day(self, field: str) -> date:
        """Return a day, which has to be there."""
        value = self._take(field, None)
        if type(value) is not date:
            self.refuse(field, "is missing." if value is None else "has to be a day: 2025-06-26.")
            return date.min
        return value

    def texts(
        self, field: str, words: Collection[str] | None = None, default: Iterable[str] = ()
    ) -> tuple[str, ...]:
        """Return a list of texts, each one of the words if words are given, none twice."""
        value = self._take(field, list(default))
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.refuse(field, "has to be a list of texts.")
            return ()
        for item in dict.fromkeys(value):
            if value.count(item) > 1:
                self.refuse(field, f"“{item}” is given twice.")
            if words is not None and item not in words:
                self.refuse(field, f"“{item}” is not one of {', '.join(words)}.")
        return tuple(value)

    def tables(self, field: str, singular: str, name_field: str) -> list["TomlTable"]:
        """Return the tables of a list; a message names each by a field of its own."""
        value = self._take(field, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(field, "has to be a list of tables.")
            return []
        named = enumerate(value, start=1)
        return [
            TomlTable(
                item, f"{self.place}, {singular} {item.get(name_field) or number}", self.problems
            )
            for number, item in named
        ]

    def report_unknown(self) -> None:
        """Note every field that nobody has asked for."""
        for field in self.table:
            if field not in self.asked:
                self.refuse(field, "is not a known field.")

    def _take(self, field: str, default: Any) -> Any:
        self.asked.add(field)
        return self.table.get(field, default)
