"""RP9 and RP10: places in the waves, the wait list, conflicts of order; the spread of requests."""

from participants.enums import REVIEWING_BODIES, Duty
from participants.market_roles import MARKET_ROLES
from participants.roles import roles_in_reach
from waves.board import Board, Seat, short, wave_word
from waves.capacity import WAVES, Load
from waves.enums import PlaceState
from waves.order import Break
from waves.queries.board import board
from waves.reports.shape import PLANNING, Ask, Column, Covers, Kind, Line, Part, Report, Value

_READERS = PLANNING | {Duty.MCC_READER}
_WAITING = (PlaceState.WAITLISTED, PlaceState.OFFERED)


def _waves(ask: Ask) -> list[Line]:
    found = board().loads
    return [Line(_load(found[route])) for route in WAVES if ask.route in ("", route)]


def _load(load: Load) -> dict[str, Value]:
    room = load.room
    cells: dict[str, Value] = {
        "wave": short(load.route),
        "room": room.places,
        "requested": load.requested,
        "indicative": load.indicative,
        "allocated": load.allocated,
        "total": load.places,
        "over": load.over_places,
        "wishing": load.wishing,
        "offered": load.offered,
    }
    for body in REVIEWING_BODIES:
        cells[f"used_{body}"] = load.weeks.get(body, 0)
        cells[f"weeks_{body}"] = room.weeks.get(body)
    return cells


def _places(ask: Ask) -> list[Line]:
    seats = [seat for seat in board().seats if seat.is_in_wave and _is_seen(ask, seat)]
    return [Line(_seat(seat), seat.slug, seat.id) for seat in seats]


def _waiting(ask: Ask) -> list[Line]:
    seats = [seat for seat in board().seats if seat.state in _WAITING and _is_seen(ask, seat)]
    return [Line(_seat(seat), seat.slug, seat.id) for seat in seats]


def _is_seen(ask: Ask, seat: Seat) -> bool:
    """Whether a seat is named to the reader, as on the board, and left by the filters (R7)."""
    return seat.role in roles_in_reach(ask.actor) and ask.takes(seat.role, seat.route)


def _seat(seat: Seat) -> dict[str, Value]:
    return {
        "organisation": seat.organisation,
        "role": MARKET_ROLES[seat.role].short_label,
        "wave": short(seat.route),
        "requested": short(seat.requested) if seat.requested else None,
        "wanted": short(seat.wanted) if seat.wanted else None,
        "state": PlaceState(seat.state).label,
        "until": seat.offer_until,
        "weight": seat.weight,
        "risk": "At risk" if seat.is_at_risk else None,
        "because": seat.because or None,
    }


def _conflicts(ask: Ask) -> list[Line]:
    now = board()
    return [
        Line(_conflict(ask, now, each))
        for each in now.breaks
        if _is_seen(ask, now.seat(each.relying))
    ]


def _conflict(ask: Ask, now: Board, each: Break) -> dict[str, Value]:
    roles = roles_in_reach(ask.actor)
    is_named = all(now.seat(unit).role in roles for unit in each.chain)
    return {
        "relying": now.name(each.relying),
        "relying_wave": _in(each.relying_order),
        "provider": now.name(each.provider) if is_named else "A party of other bodies",
        "provider_wave": _in(each.provider_order),
        "through": "Directly" if each.is_direct else "Through others",
        "sentence": now.break_sentence(each) if is_named else None,
    }


def _in(order: int) -> str:
    return wave_word(order) if order == 0 else wave_word(order).capitalize()


def _requests(ask: Ask) -> list[Line]:
    seats = [seat for seat in board().seats if seat.is_in_wave and ask.takes(seat.role, "")]
    roles = list(MARKET_ROLES)
    rows = [
        _counted(short(route), [s for s in seats if (s.requested or s.route) == route], roles)
        for route in WAVES
    ]
    return [*rows, _counted("All waves", seats, roles)]


def _counted(label: str, seats: list[Seat], roles: list[str]) -> Line:
    counts = {role: sum(seat.role == role for seat in seats) for role in roles}
    return Line({"wave": label, **counts, "total": len(seats)})


_WHO = [Column("organisation", "Organisation", width=28), Column("role", "Market role", width=14)]
_PLACE = [
    *_WHO,
    Column("wave", "Wave held", width=10),
    Column("requested", "Asked for", width=10),
    Column("state", "State", width=20),
]
RP9 = Report(
    code="rp9",
    title="Places in the waves",
    lead="What each wave can take and what stands in it, who waits, and whose order conflicts.",
    duties=_READERS,
    capability="place.read",
    filters=("wave", "role", "body"),
    source="QA&P 9.3.2",
    covers=Covers.NAMES,
    parts=[
        Part(
            key="waves",
            title="Waves",
            rows=_waves,
            note="Places and reviewer-weeks as on the wave board; a wave is never closed by them"
            " (QA&P 9.3.2). The filters of role and body concern the other tables.",
            columns=[
                Column("wave", "Wave", width=10),
                Column("room", "Can take", Kind.NUMBER, 9),
                Column("requested", "Requested", Kind.NUMBER, 10),
                Column("indicative", "Indicative", Kind.NUMBER, 10),
                Column("allocated", "Allocated", Kind.NUMBER, 10),
                Column("total", "In all", Kind.NUMBER, 8),
                Column("over", "Over", Kind.NUMBER, 7),
                Column("wishing", "Wait list", Kind.NUMBER, 9),
                Column("offered", "Offered", Kind.NUMBER, 9),
                *(
                    Column(f"{kind}_{body}", f"{body} weeks {word}", Kind.NUMBER, 9)
                    for body in REVIEWING_BODIES
                    for kind, word in (("used", "taken"), ("weeks", "there"))
                ),
            ],
        ),
        Part(
            key="places",
            title="Places",
            rows=_places,
            link="waves:dates",
            note="By name: places are never given in the order of asking (QA&P 9.3.2).",
            columns=[
                *_PLACE,
                Column("wanted", "Wants", width=10),
                Column("weight", "Reviewer-weeks", Kind.NUMBER, 10),
                Column("risk", "Risk", width=9, states={"At risk": "at_risk"}),
            ],
        ),
        Part(
            key="waiting",
            title="Wait list",
            rows=_waiting,
            link="waves:dates",
            empty="Nobody is on the wait list.",
            columns=[
                *_PLACE,
                Column("wanted", "Waits for", width=10),
                Column("until", "Offer ends", Kind.DATE, 11),
                Column("because", "Reason given", width=36),
            ],
        ),
        Part(
            key="conflicts",
            title="Conflicts of order",
            rows=_conflicts,
            note="Nobody can be in an earlier wave than a party that it relies on (QA&P 9.3.2).",
            empty="Nobody stands before a party that it relies on.",
            columns=[
                Column("relying", "Relies", width=28),
                Column("relying_wave", "Is in", width=9),
                Column("provider", "On", width=28),
                Column("provider_wave", "Which is in", width=9),
                Column("through", "How", width=14),
                Column("sentence", "In words", width=60, on_screen=False),
            ],
        ),
    ],
)
RP10 = Report(
    code="rp10",
    title="Spread of wave requests",
    lead="How many places were asked for in each wave, by market role. Counts only: it names"
    " nobody.",
    duties=_READERS | {Duty.TEST_MANAGER},
    filters=("body",),
    source="QA&P 9.3.2, Appendix C",
    covers=Covers.ALL,
    parts=[
        Part(
            key="requests",
            title="Requests",
            rows=_requests,
            note="Each role of an organisation counts once, in the wave that it asked for.",
            columns=[
                Column("wave", "Asked for", width=12),
                *(
                    Column(code, role.short_label, Kind.NUMBER, 10)
                    for code, role in MARKET_ROLES.items()
                ),
                Column("total", "In all", Kind.NUMBER, 9),
            ],
        )
    ],
)
