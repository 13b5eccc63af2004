"""PURE: the market roles of QA&P 7.1, Table 2, read once from their file, and what follows.

Who reviews, who decides and who may sign are derived from the codes that govern a role; none of
it is stored a second time.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

FILE = Path(__file__).resolve().parent.parent / "fixtures" / "market_roles.toml"

BODIES = ("BSC", "REC", "DIP")
CODE_BODIES = ("BSC", "REC")  # these decide; the DIP Manager confirms the DIP User (QA&P 11.3)


@dataclass(frozen=True, slots=True)
class GoverningBody:
    """A body that reviews, with who decides under its code and who hears an appeal."""

    code: str
    label: str
    governs_under: str
    decided_by: str
    appeal_to: str
    appeal_under: str
    source: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A Programme milestone by which a role has to be qualified."""

    code: str
    on: date
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class MarketRole:
    """One of the nine market roles; a Meter Data Retriever is an attribute of an SDS (R16)."""

    code: str
    label: str
    short_label: str
    codes: tuple[str, ...]
    legacy: str
    milestones: Mapping[str, str]
    dip_user_precondition: bool
    source: str
    in_trio: bool = False
    retrieval: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    note: str = ""

    @property
    def bodies(self) -> tuple[str, ...]:
        """The bodies that review the role, in the order BSC, REC, DIP (R7, R13)."""
        return tuple(body for body in BODIES if body in self.codes)

    @property
    def deciding_bodies(self) -> tuple[str, ...]:
        """The code bodies whose decisions the role needs, each on its own (R13, R102)."""
        return tuple(body for body in CODE_BODIES if body in self.codes)

    @property
    def deciders(self) -> tuple[str, ...]:
        """Who takes those decisions, by name: the BSC PAB, the REC Code Manager (R113)."""
        return tuple(GOVERNING_BODIES[body].decided_by for body in self.deciding_bodies)

    @property
    def rec_only(self) -> bool:
        """Whether the REC is the only code body that governs the role."""
        return self.deciding_bodies == ("REC",)

    @property
    def delegate_allowed(self) -> bool:
        """Whether an employee with a letter may sign in a director's stead (R106, footnote 9)."""
        return self.rec_only

    @property
    def standing(self) -> str:
        """Whether all that is said here is stated in the source, or some of it is our reading."""
        return "assumed" if self.assumed else "stated"


def _read_role(table: Mapping[str, Any]) -> MarketRole:
    plain = ("code", "label", "short_label", "legacy", "dip_user_precondition", "source")
    lists = ("retrieval", "also_called", "assumed")
    return MarketRole(
        **{field: table[field] for field in plain},
        **{field: tuple(table.get(field, ())) for field in lists},
        codes=tuple(table["codes"]),
        milestones=MappingProxyType(dict(table["milestone"])),
        in_trio=table.get("trio", False),
        note=table.get("note", ""),
    )


_DATA = tomllib.loads(FILE.read_text(encoding="utf-8"))

SOURCE: str = _DATA["source"]
SIGNATORY: str = _DATA["signature"]["by"]
DELEGATE: str = _DATA["signature"]["delegate"]
GOVERNING_BODIES: Mapping[str, GoverningBody] = MappingProxyType(
    {code: GoverningBody(code=code, **table) for code, table in _DATA["bodies"].items()}
)
MILESTONES: Mapping[str, Milestone] = MappingProxyType(
    {code: Milestone(code=code, **table) for code, table in _DATA["milestones"].items()}
)
MARKET_ROLES: Mapping[str, MarketRole] = MappingProxyType(
    {table["code"]: _read_role(table) for table in _DATA["roles"]}
)
TRIO: tuple[str, ...] = tuple(sorted(code for code, role in MARKET_ROLES.items() if role.in_trio))


def reviewing_bodies(roles: Iterable[str]) -> tuple[str, ...]:
    """Return every body that reviews at least one of the roles, in order (R7)."""
    found = {body for role in roles for body in MARKET_ROLES[role].bodies}
    return tuple(body for body in BODIES if body in found)


def deciding_bodies(roles: Iterable[str]) -> tuple[str, ...]:
    """Return every code body that decides on at least one of the roles, in order (R13)."""
    return tuple(body for body in reviewing_bodies(roles) if body in CODE_BODIES)


def with_trio(roles: Iterable[str]) -> tuple[str, ...]:
    """Return the roles with LDSO, SMRA/ERDA and UMSO completed if any of them is there (R14)."""
    chosen = set(roles)
    if chosen & set(TRIO):
        chosen |= set(TRIO)
    return tuple(code for code in MARKET_ROLES if code in chosen)


def trio_objections(roles: Iterable[str]) -> tuple[str, ...]:
    """Return why the roles cannot stand as they are: the trio qualifies together (R14)."""
    chosen = set(roles)
    missing = [code for code in TRIO if code not in chosen]
    if not missing or len(missing) == len(TRIO):
        return ()
    named = " and ".join(MARKET_ROLES[code].short_label for code in missing)
    return (
        f"LDSO, SMRA / ERDA and UMSO qualify at the same time; add {named} (QA&P 11.3, 11.4.1).",
    )


def milestone_of(role: str, route_kind: str) -> Milestone | None:
    """Return the milestone of a role on a kind of route, or None if the route is not for it."""
    code = MARKET_ROLES[role].milestones.get(route_kind)
    return MILESTONES[code] if code else None


def delegate_objections(role: str) -> tuple[str, ...]:
    """Return why a delegate may not sign for the role; empty where the REC alone governs (R106)."""
    subject = MARKET_ROLES[role]
    if subject.delegate_allowed:
        return ()
    return (
        f"{subject.label} is governed under the BSC, so a company director has to sign; "
        "a delegate may sign only for roles governed under the REC alone "
        "(QA&P 10.2.1, footnote 9).",
    )
