"""Walking over every address of the portal, with somebody's or nobody's keys in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from foundation.ids import new_id

_KWARG = re.compile(r"<(?:(?P<kind>[a-z_]+):)?(?P<name>[a-z_0-9]+)>")
# What stands in an address beside the keys of rows; the same for everybody.
PLAIN = {
    "section": "H",
    "question": "H03",
    "number": "1",
    "activity": "final_qad_window",
    "verb": "initial",
    "act": "reply",
    "name": "index",
    "route": "QT_WAVE_2",
    "thing": "deliverable",
    "criterion": "UIT",
    "gate": "qt_entry",
    "code": "rp7",
    "format": "xlsx",
    "release": "v1",
}
# Addresses that belong to nobody: signing in, health, the gallery of components, static help.
OPEN = re.compile(r"^(accounts/|healthz|readyz|gallery/|invitations/|calendar/)")


@dataclass(frozen=True)
class Address:
    """One route of the URLconf, with the names that it takes."""

    route: str
    name: str
    kwargs: tuple[tuple[str, str], ...]

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/")

    @property
    def is_open(self) -> bool:
        return bool(OPEN.match(self.route))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for _, name in self.kwargs)

    @property
    def row_keys(self) -> tuple[str, ...]:
        """The names that stand for rows of an organisation."""
        plain = (*PLAIN, "kind", "organisation")
        return tuple(name for _, name in self.kwargs if name not in plain)

    def url(self, keys: Mapping[str, Any], organisation: str = "") -> str:
        """Return the address with these keys in it."""

        def value(match: re.Match) -> str:
            name = match["name"]
            if name == "organisation" and organisation:
                return organisation
            if match["kind"] == "str" and name == "token":
                return str(keys["secret"])
            if name == "kind":
                return "comment" if "raise/" in self.route else "csv"
            if name in PLAIN:
                return PLAIN[name]
            return str(keys[name])

        return "/" + _KWARG.sub(value, self.route)


def addresses() -> list[Address]:
    """Return every address; those of the sign-in library only where they take no key."""
    return [each for each in _walk(get_resolver(), "") if "(?P" not in each.route]


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            found = tuple((m["kind"] or "str", m["name"]) for m in _KWARG.finditer(route))
            yield Address(route, entry.name or route, found)
        else:
            yield from _walk(entry, route)


class Random(dict):
    """Keys of nothing: a fresh identifier for every name."""

    def __missing__(self, name: str) -> str:
        if name == "organisation":
            return "no-such-place"
        if name == "secret":
            return "x" * 43
        return str(new_id())
