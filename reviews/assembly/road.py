"""The road of one qualification as it is printed (RP13), from the dates that its page shows."""

import re
from datetime import date, datetime

from foundation.clock.words import days
from participants import queries as people
from participants.enums import Status
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from reviews.packs.road import RoadBar, RoadLane, RoadSheet, RoadStep
from waves import queries, tables
from waves.dates import Dated
from waves.deadlines import london_date
from waves.pages.road import Track, stage_lanes, track_of

_BEHIND = ("met", "late", "passed", "cancelled")
_UNSAID = ("not_applicable", "no_date")
_IN_BRACKETS = re.compile(r"\s*\([^)]{12,}\)$")  # a long remark at the end of a label
_NAMES = {"Sign and decide": "Sign, decide"}


def road_sheet(qualification: Qualification, *, at: datetime) -> RoadSheet:
    """Return the sheet of a qualification as its dates stand at a moment."""
    organisation, today = qualification.organisation, london_date(at)
    ahead = queries.roads_for([qualification])[qualification.pk]
    track = track_of(qualification, slug=organisation.slug, road=ahead, today=today)
    published = tables.current()
    merged = _merged([line for line in ahead.dates if line.state not in _UNSAID])
    coming = [each for each in merged if each[0].state not in _BEHIND]
    coming.sort(key=lambda each: _planned_on(each[0], track) or date.max)
    gone = [each for each in merged if each[0].state in _BEHIND]
    gone.sort(key=lambda each: each[0].due or date.min)
    first = next((line for line, _ in coming if _planned_on(line, track)), None)
    return RoadSheet(
        applicant=organisation.legal_name,
        short=organisation.name,
        role=MARKET_ROLES[qualification.role].label,
        mpids=tuple(people.mpid_codes([qualification.pk]).get(qualification.pk, ())),
        route=qualification.get_route_display(),
        state=Status(qualification.status).label,
        next=_next(first, track),
        lanes=tuple(_lane(lane, today) for lane in stage_lanes(track)),
        behind=tuple(_done(line, who) for line, who in gone),
        ahead=tuple(_coming(line, who, track, is_next=line is first) for line, who in coming),
        timetable=published.timetable.version,
        authority=published.authority_named,
        today=today,
        printed_at=at,
    )


def _merged(lines: list[Dated]) -> list[tuple[Dated, list[str]]]:
    """Lines of several bodies for one step with one date stand as one."""
    found: dict[tuple, tuple[Dated, list[str]]] = {}
    for line in lines:
        met = london_date(line.met_at) if line.met_at else None
        found.setdefault((line.activity, line.due, line.state, met), (line, []))[1].append(
            line.body
        )
    return [(line, [body for body in bodies if body]) for line, bodies in found.values()]


def _planned_on(line: Dated, track: Track) -> date | None:
    expected = track.expected.get(line.activity)
    return line.due or (expected.due if expected else None) or line.cap


def _done(line: Dated, who: list[str]) -> RoadStep:
    met = london_date(line.met_at) if line.met_at else None
    said = _brief(met) if met else {"passed": "passed", "cancelled": "ended"}.get(line.state, "met")
    return RoadStep(
        step=_step(line, who),
        planned=_brief(line.due) if line.due else "",
        done=f"{said}, late" if line.state == "late" else said,
        why=_why(line),
    )


def _coming(line: Dated, who: list[str], track: Track, *, is_next: bool) -> RoadStep:
    on = _planned_on(line, track)
    gap = (on - track.today).days if on else None
    left = "" if gap is None else days(gap) if gap >= 0 else f"{days(-gap)} overdue"
    expected = line.due is None and on is not None
    return RoadStep(
        step=_step(line, who),
        planned=_brief(on) if on else "open",
        done=left,
        why=f"{_why(line)}; if last days are used" if expected else _why(line),
        is_next=is_next,
    )


def _step(line: Dated, who: list[str]) -> str:
    task = _IN_BRACKETS.sub("", line.task)
    return f"{task} ({', '.join(who)})" if who else task


def _why(line: Dated) -> str:
    if line.is_corrected and line.printed:
        return f"{line.fixed}: the plan prints {line.printed:%d/%m/%Y}"
    return line.fixed


def _next(line: Dated | None, track: Track) -> str:
    if line is None:
        return "Nothing is ahead."
    on = _planned_on(line, track)
    late = "overdue since" if line.state == "overdue" else "by"
    return f"Next: {line.task}, {late} {on:%A} {on.day} {on:%B %Y}."


def _lane(lane, today: date) -> RoadLane:
    bars = [
        RoadBar(
            start=each.start,
            end=each.end,
            done=each.end
            if each.state == "done"
            else today
            if each.state == "running" and each.start <= today
            else None,
        )
        for each in lane.stretches
    ]
    words = [
        (point.on, f"{point.title} {point.on.day} {point.on:%b}")
        for point in lane.milestones
        if point.kind != "cap"
    ]
    return RoadLane(name=_NAMES.get(lane.name, lane.name), bars=tuple(bars), words=tuple(words))


def _brief(value: date) -> str:
    return f"{value.day} {value:%b %Y}"
