"""PURE: the routes to MHHS Qualification (QA&P 4.2, 9), read once from their file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from participants.market_roles import MARKET_ROLES, MILESTONES

FILE = Path(__file__).resolve().parent.parent / "fixtures" / "routes.toml"

KINDS = ("SIT", "LDSO", "WAVE")
TEMPLATE_GROUPS = ("ALL", "SIT", "QT", "LDSO", "WV")  # what a question may be limited to


@dataclass(frozen=True, slots=True)
class Route:
    """One column of Appendix C, with who tests and agrees along it."""

    code: str
    label: str
    short_label: str
    kind: str
    wave: int | None
    wave_order: int
    pit_reviewed_by: str
    external_test: str
    external_test_by: str
    pqs_required: bool
    reliance_channel: str
    reliance_with_mhhsp: bool
    earliest_migration: date | None
    final_before_report: bool
    pit_submissions: str
    roles: tuple[str, ...]
    roles_of_new_entrants: tuple[str, ...]
    template_groups: tuple[str, ...]
    source: str
    assumed: tuple[str, ...] = ()

    @property
    def is_wave(self) -> bool:
        """Whether the route is one of the four Qualification Waves."""
        return self.kind == "WAVE"

    @property
    def standing(self) -> str:
        """Whether all that is said here is stated in the source, or some of it is our reading."""
        return "assumed" if self.assumed else "stated"

    def carries(self, group: str) -> bool:
        """Return whether questions of a route group (ALL, SIT, QT, LDSO, WV) are asked here."""
        return group == "ALL" or group in self.template_groups


_GROUPED = ("open_to", "open_to_new_entrants", "template_groups", "assumed")
_OPTIONAL = ("wave", "earliest_migration")


def _read_route(table: Mapping[str, Any], groups: Mapping[str, list[str]]) -> Route:
    def members(field: str) -> tuple[str, ...]:
        chosen = {role for group in table.get(field, ()) for role in groups[group]}
        return tuple(role for role in MARKET_ROLES if role in chosen)

    return Route(
        **{field: value for field, value in table.items() if field not in (*_GROUPED, *_OPTIONAL)},
        **{field: table.get(field) for field in _OPTIONAL},
        roles=members("open_to"),
        roles_of_new_entrants=members("open_to_new_entrants"),
        template_groups=("ALL", *table["template_groups"]),
        assumed=tuple(table.get("assumed", ())),
    )


_DATA = tomllib.loads(FILE.read_text(encoding="utf-8"))

SOURCE: str = _DATA["source"]
ROUTES: Mapping[str, Route] = MappingProxyType(
    {table["code"]: _read_route(table, _DATA["roles"]) for table in _DATA["routes"]}
)


def route_objections(role: str, route: str, new_entrant: bool) -> tuple[str, ...]:
    """Return why a role may not take a route; empty if it may (R18, QA&P 4.2, 9).

    ``new_entrant`` is a business that enters the market after M10.
    """
    subject, road = MARKET_ROLES[role], ROUTES[route]
    if role in road.roles or (new_entrant and role in road.roles_of_new_entrants):
        return ()
    if not subject.in_trio:
        return (
            f"The {road.short_label} route is for LDSO, SMRA / ERDA and UMSO only; "
            f"{subject.label} takes SIT or a wave (QA&P 4.2, 9.2).",
        )
    m10 = f"M10 ({MILESTONES['M10'].on:%d/%m/%Y})"
    if road.is_wave:
        return (
            f"{subject.short_label} takes a wave only if the business enters the market after "
            f"{m10}; an existing one takes SIT M10 or Non-SIT LDSO (QA&P 4.2, 9.3.1).",
        )
    return (
        f"{subject.short_label} has to be qualified by {m10}; the {road.short_label} route is for "
        "Suppliers and Supplier Agents only (QA&P 4.2; Appendix B, Pathway 1).",
    )


def open_routes(role: str, new_entrant: bool) -> tuple[Route, ...]:
    """Return the routes that a role may take (R18)."""
    return tuple(
        road for code, road in ROUTES.items() if not route_objections(role, code, new_entrant)
    )


def assurance_objection(body: str, route: str) -> str | None:
    """Return why a body's test managers do not assure the tests of a route; None if they do.

    The Programme assures SIT and the Non-SIT LDSOs, Elexon's QT test managers the waves
    (QA&P 4.2 Table 1, 10.5.2, 10.7). The portal itself has no body.
    """
    road = ROUTES[route]
    if not body or (body == "MHHSP") != road.is_wave:
        return None
    if road.is_wave:
        return "In the waves Elexon's QT test manager reviews this (QA&P 10.5.2, 10.7)."
    where = "On a SIT route" if road.kind == "SIT" else "For a Non-SIT LDSO"
    return f"{where} the MHHS Programme reviews this (QA&P 9.1.2, 10.5.2)."


def assured_routes(body: str) -> tuple[str, ...]:
    """Return the routes whose tests the test managers of a body assure."""
    return tuple(code for code in ROUTES if assurance_objection(body, code) is None)


def reliance_agreed_by(role: str, route: str) -> tuple[str, ...]:
    """Return all who must agree to reliance: the bodies, off the waves MHHSP too (R47, 10.4)."""
    programme = ("MHHSP",) if ROUTES[route].reliance_with_mhhsp else ()
    return (*MARKET_ROLES[role].bodies, *programme)
