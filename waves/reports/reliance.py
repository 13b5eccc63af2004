"""RP17: who relies on whom; for the code bodies, the DIP Manager and the Programme alone (R10)."""

from typing import Any

from participants.enums import Duty
from participants.market_roles import MARKET_ROLES
from waves.enums import (
    Extent,
    RelianceKind,
    RelianceOpinionKind,
    RelianceStage,
    RelianceState,
)
from waves.models import Reliance
from waves.queries.reliance import desk
from waves.reliance import IDLE
from waves.reports.shape import PLANNING, Ask, Column, Covers, Line, Part, Report, Value
from waves.routes import ROUTES, reliance_agreed_by

KEPT, BROKEN, FREE = "Kept", "Too early", "Not checked"


def _rows(ask: Ask) -> list[Line]:
    return [
        Line(_cells(each), each.qualification.organisation.slug, each.qualification_id)
        for each in desk(ask.actor)
        if ask.takes(each.qualification.role, each.qualification.route)
    ]


def _cells(each: Reliance) -> dict[str, Value]:
    held = each.qualification
    link = each.linked[0] if each.linked else None
    return {
        "organisation": held.organisation.name,
        "role": MARKET_ROLES[held.role].short_label,
        "route": ROUTES[held.route].short_label,
        "kind": "On behalf" if each.kind == RelianceKind.ON_BEHALF else "Reliance",
        "typed": each.provider_name or ("Own MPIDs" if each.is_own else None),
        "provider": link["organisation"] if link else None,
        "provider_route": ROUTES[link["route"]].short_label if link and link["route"] else None,
        "stages": ", ".join(RelianceStage(stage).label for stage in each.stages) or None,
        "extent": Extent(each.extent).label if each.extent else None,
        "state": RelianceState(each.status).label,
        "since": each.status_since.date(),
        "words": _words(each) or None,
        "missing": ", ".join(_missing(each)) or None,
        "order": order_of(held.route, link, each),
    }


def _words(each: Reliance) -> str:
    said = ((word["body"], RelianceOpinionKind(word["verdict"]).label) for word in each.words)
    return "; ".join(f"{body}: {label.lower()}" for body, label in said)


def _missing(each: Reliance) -> list[str]:
    held = each.qualification
    given = {word["body"] for word in each.words}
    return [body for body in reliance_agreed_by(held.role, held.route) if body not in given]


def order_of(route: str, link: dict[str, Any] | None, each: Reliance) -> str:
    """Return whether the relying party's wave comes no earlier than that of its provider (R33)."""
    binds = each.kind == RelianceKind.RELIANCE and each.status not in IDLE
    if not binds or link is None or not link["route"]:
        return FREE
    early = ROUTES[route].wave_order < ROUTES[link["route"]].wave_order
    return BROKEN if early else KEPT


RP17 = Report(
    code="rp17",
    title="Reliance register",
    lead="Who relies on whom, for which tests, who agreed, and whether the order of waves is kept."
    " No participant reads it.",
    duties=PLANNING | {Duty.TEST_MANAGER},
    capability="reliance.read",
    filters=("route", "role", "body"),
    source="QA&P 9.3.2, 10.4",
    covers=Covers.TESTING,
    parts=[
        Part(
            key="register",
            title="Register",
            rows=_rows,
            link="waves:dates",
            note="Too early: the relying party is in an earlier wave than the party that it relies"
            " on. Not checked: nobody said yet who the party is, or the kind binds no wave.",
            empty="Nobody relies on anybody, with these filters.",
            columns=[
                Column("organisation", "Relying party", width=26),
                Column("role", "Market role", width=12),
                Column("route", "Route", width=9),
                Column("kind", "Kind", width=10),
                Column("typed", "Party named", width=22, on_screen=False),
                Column("provider", "Party in the portal", width=24),
                Column("provider_route", "Its route", width=9),
                Column("stages", "Tests relied on", width=20),
                Column("extent", "Extent", width=8, on_screen=False),
                Column("state", "State", width=14),
                Column("words", "What was said", width=24, on_screen=False),
                Column("missing", "Not yet said by", width=13),
                Column(
                    "order",
                    "Order of waves",
                    width=10,
                    states={KEPT: "check", BROKEN: "octagon", FREE: "dash"},
                ),
            ],
        )
    ],
)
