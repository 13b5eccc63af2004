"""The portfolio: one row a qualification, on one shared axis of time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from foundation.clock.words import day
from foundation.ui.blocks import Action, Empty
from foundation.ui.pages import Head
from foundation.ui.parts import DateLink, Link, Status, Words
from foundation.ui.road import Lane, Road
from participants.models import Organisation, Qualification
from participants.pages.statuses import qualification_status
from waves.dates import Dated
from waves.pages import cards
from waves.pages.road import Track, lane, span


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioRow:
    """One qualification: how it stands, what comes next, who holds it, and its road in small."""

    name: str
    url: str
    route: str
    state: Status
    road: Road
    next: Words = "Nothing is awaited"
    date: DateLink | None = None
    left: Words = ""
    who: Words = ""
    yours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioPage:
    """``waves/portfolio.html``: the axis above, a row a qualification beneath."""

    head: Head
    axis: Road | None = None
    rows: Sequence[PortfolioRow] = ()
    empty: Empty | None = None


def portfolio_page(
    organisation: Organisation, held: Sequence[tuple[Qualification, Track]], *, own: bool
) -> PortfolioPage:
    """Return all qualifications of an organisation, the next date first."""
    home = reverse("waves:road", args=[organisation.slug])
    head = Head(
        title="All your roles" if own else f"All roles of {organisation.name}",
        lead=_lead(held),
        crumbs=[Link("The road", home), Link("Portfolio")],
        actions=[Action(text="Calendar link", url=reverse("waves:feeds", args=[organisation.slug]))]
        if own
        else [],
    )
    if not held:
        empty = Empty(
            title="No roles yet",
            text="A code body adds each market role with the route on which it qualifies.",
        )
        return PortfolioPage(head=head, empty=empty)
    lanes = [_bare(lane(track)) for _, track in held]
    today = held[0][1].today
    first, last = span(lanes, today)
    axis = _small([], first, last, today)
    rows = [
        _row(each, track, _small([small], first, last, today))
        for (each, track), small in zip(held, lanes, strict=True)
    ]
    order = sorted(range(len(rows)), key=lambda at: _order(held[at][1]))
    return PortfolioPage(head=head, axis=axis, rows=[rows[at] for at in order])


def _row(qualification: Qualification, track: Track, small: Road) -> PortfolioRow:
    line = next_line(track)
    shared = {
        "name": track.name,
        "route": track.route,
        "url": reverse("waves:dates", args=[track.slug, qualification.pk]),
        "state": qualification_status(qualification.status),
        "road": small,
    }
    if line is None:
        return PortfolioRow(**shared)
    return PortfolioRow(
        **shared,
        next=line.task,
        date=cards.link(line, track.slug),
        left=cards.state(line, track.today)
        if line.state == "overdue"
        else cards.left(line, track.today),
        who=cards.who(line, own=track.own),
        yours=track.is_yours(line),
    )


def next_line(track: Track) -> Dated | None:
    """Return the date that presses most: overdue first, then the nearest that somebody holds."""
    lines = [line for line in track.dates if line.due and line.state in ("running", "overdue")]
    return min(
        lines, key=lambda line: (line.due, not track.is_yours(line), line.body), default=None
    )


def _order(track: Track) -> tuple[date, str]:
    line = next_line(track)
    return (line.due if line else date.max, track.name)


def _bare(drawn: Lane) -> Lane:
    """A lane without words, for a row that has them beside it."""
    return replace(
        drawn,
        name="",
        note="",
        stretches=[replace(each, label="") for each in drawn.stretches],
        milestones=[replace(each, title="", note="") for each in drawn.milestones],
    )


def _small(lanes: Sequence[Lane], first: date, last: date, today: date) -> Road:
    return Road(first=first, last=last, today=today, lanes=lanes, today_label="Today")


def _lead(held: Sequence[tuple[Qualification, Track]]) -> str:
    if not held:
        return ""
    tracks = [track for _, track in held]
    lines = [(track, line) for track in tracks if (line := next_line(track))]
    late = sum(line.state == "overdue" for _, line in lines)
    yours = [(line.due, track, line) for track, line in lines if track.is_yours(line)]
    said = [f"{len(held)} {'role' if len(held) == 1 else 'roles'}."]
    if late:
        said.append(f"{late} overdue.")
    if yours:
        due, track, line = min(yours, key=lambda each: each[0])
        late_yours = line.state == "overdue"
        word, by = ("Overdue and yours", "due") if late_yours else ("Next of yours", "by")
        said.append(f"{word}: {track.name}, {_lower(line.task)}, {by} {day(due)}.")
    return " ".join(said)


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
