"""Playing the wave board: places given, asked for and offered; capacity, and one what-if."""

from datetime import datetime, timedelta

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import Actor
from participants.enums import Duty
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from qadportal.demo.play.cast import Cast
from qadportal.demo.play.scene import Scene
from qadportal.demo.script.acts import Act
from waves.models import Place, Scenario, WaveCapacity
from waves.place_acts import DESK, OWN
from waves.services import board, place_acts, rooms, scenarios

# Wave -> places, reviewer-weeks of BSC, REC and DIP; wave 2 is over, so that there is work to do.
ROOMS = {
    "QT_WAVE_1": (12, (26, 24, 30)),
    "QT_WAVE_2": (7, (18, 12, 22)),
    "QT_WAVE_3": (8, (20, 18, 20)),
    "QT_WAVE_4": (12, (24, 20, 28)),
}
WEIGHTS = {"SUPPLIER": 4, "LDSO": 1, "SDS": 3}
TITLE = "One REC reviewer leaves in April"
MOVED = (("stannage-supply", "MEM_SMART", "QT_WAVE_4"), ("penhallow", "SUPPLIER", "QT_WAVE_4"))


def give_place(scene: Scene, act: Act) -> None:
    """A planner allocates or indicates the wave that the qualification is on."""
    told = scene.told(act.about)
    with scene.acting(planner_of(scene.cast, told.role), act.at) as actor:
        row = scene.row(act.about)
        if DESK[act.data["how"]].is_open(*_standing(row)):  # not where a move gave it
            service = board.indicate if act.data["how"] == "indicate" else board.allocate
            service(qualification=row, route=row.route, actor=actor, at=act.at)
        weight = WEIGHTS.get(told.role, 2)
        board.weigh(qualification=row, weight=weight, actor=actor, at=act.at)


def _standing(row: Qualification) -> tuple[str, str]:
    return Place.objects.values_list("status", flat=True).get(qualification=row), row.route


def plan_place(scene: Scene, act: Act) -> None:
    """Somebody asks, offers, judges or proposes something about a place."""
    how, told = act.data["how"], scene.told(act.about)
    own = OWN.get(how)
    who = scene.admin if own else planner_of(scene.cast, told.role)
    with scene.acting(who, act.at) as actor:
        place_acts.do(
            own or DESK[how],
            qualification=scene.row(act.about),
            said=act.data["said"],
            actor=actor,
            at=act.at,
        )


def planner_of(cast: Cast, role: str) -> Actor:
    """The BSC's planner, or the REC's where the BSC does not govern the role."""
    body = "BSC" if "BSC" in MARKET_ROLES[role].bodies else "REC"
    return cast.having(body, Duty.PLANNER)


def plan_waves(cast: Cast, now: datetime) -> None:
    """Say what the waves can take, and keep one what-if open."""
    at = now - timedelta(minutes=20)
    with moments.at(at), acting_as(cast.having("BSC", Duty.PLANNER)) as actor:
        said = set(WaveCapacity.objects.values_list("route", flat=True))
        for route, (places, weeks) in ROOMS.items():
            if route not in said:
                rooms.set_capacity(
                    route=route,
                    places=places,
                    reviewer_weeks=dict(zip(("BSC", "REC", "DIP"), weeks, strict=True)),
                    note="As the bodies planned it in October.",
                    actor=actor,
                    at=at,
                )
    with moments.at(at), acting_as(cast.lead("REC")) as actor:
        if not Scenario.objects.filter(title=TITLE).exists():
            _what_if(actor, at)


def _what_if(actor: Actor, at: datetime) -> None:
    copy = scenarios.make(title=TITLE, actor=actor, at=at)
    copy = scenarios.lose_reviewers(
        scenario=copy,
        body="REC",
        reviewers=1,
        weeks_each=10,
        routes=("QT_WAVE_3", "QT_WAVE_4"),
        actor=actor,
        at=at,
    )
    for slug, role, route in MOVED:
        held = Qualification.objects.filter(organisation__slug=slug, role=role).first()
        if held:
            copy = scenarios.put(scenario=copy, qualification=held, route=route, actor=actor, at=at)
