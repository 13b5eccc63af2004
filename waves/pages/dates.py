"""The pages of dates: the road of an organisation, one qualification, one date."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from foundation.ui.blocks import Action, Empty, Fact, Note, Tab
from foundation.ui.pages import Column, Head, Row, Table
from foundation.ui.parts import DateCard, Lines, Link, Quiet, Status, Words
from foundation.ui.road import Road
from participants.access.addresses import address
from participants.models import Organisation, Qualification
from waves.dates import Dated
from waves.obligations import RULES
from waves.pages import cards
from waves.pages.road import Track, lane, road, stage_lanes

COLUMNS = (
    Column(label="Date"),
    Column(label="What"),
    Column(label="Who"),
    Column(label="How it is fixed"),
    Column(label="State"),
    Column(label="Printed, notes"),
)
_UNSEEN_STEPS = ("pit_rttm", "qt_entry_checkpoint_1")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadPage:
    """``waves/road.html``: the road drawn, its dates, and the source's errors kept visible."""

    head: Head
    tabs: Sequence[Tab] = ()
    road: Road | None = None
    table: Table | None = None
    table_title: str = ""
    corrections: Sequence[Words] = ()
    steps: Sequence[Action] = ()
    empty: Empty | None = None
    notes: Sequence[Note] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePage:
    """``waves/date.html``: one date explained, under an address of its own."""

    head: Head
    card: DateCard
    ident: str
    because: str

    @property
    def facts(self) -> list[Fact]:
        """What the card says, line by line."""
        return [
            Fact(label=label, value=said) for label, said in (*self.card.left, *self.card.right)
        ]


def organisation_road(organisation: Organisation, tracks: Sequence[Track]) -> RoadPage:
    """Return the road of all qualifications of an organisation."""
    if not tracks:
        return RoadPage(
            head=Head(title="The road to Qualified"),
            empty=Empty(
                title="No dates yet",
                text="Dates follow from the market role and its route. A code body adds them.",
            ),
        )
    drawn = road(tracks, [lane(track) for track in tracks])
    return RoadPage(
        head=Head(
            title="The road to Qualified", lead=_lead(tracks), actions=_more(organisation, tracks)
        ),
        tabs=_tabs(organisation, tracks, current=None),
        road=drawn,
        corrections=_corrections([line for track in tracks for line in track.dates]),
    )


def qualification_dates(
    organisation: Organisation,
    track: Track,
    others: Sequence[Qualification],
    *,
    may_record: bool = False,
    actions: Sequence[Action] = (),
) -> RoadPage:
    """Return one qualification with every date of the plan."""
    home = reverse("waves:road", args=[organisation.slug])
    return RoadPage(
        head=Head(
            title=f"The road to Qualified: {track.name}, {track.route}",
            lead=_lead([track]),
            crumbs=[Link("The road", home), Link(f"{track.name}, {track.route}")],
            actions=[*actions, *_more(organisation, [track], alone=True)],
        ),
        tabs=_qualification_tabs(organisation, others, track),
        road=road([track], stage_lanes(track)),
        table=table(track),
        table_title="Every date of the plan",
        corrections=_corrections(track.dates),
        steps=_steps(organisation, track) if may_record else (),
    )


def one_date(organisation: Organisation, track: Track, dated: Dated) -> DatePage:
    """Return the page of one date, whose card lists fetch."""
    back = reverse("waves:dates", args=[organisation.slug, dated.qualification_id])
    card = cards.card(dated, route=track.route)
    return DatePage(
        head=Head(
            title=card.question,
            kicker=cards.state(dated, track.today),
            lead=card.what,
            crumbs=[
                Link("The road", reverse("waves:road", args=[organisation.slug])),
                Link(f"{track.name}, {track.route}", back),
                Link(dated.task),
            ],
        ),
        card=card,
        ident=f"why-{dated.activity}-{dated.body}-{str(dated.qualification_id)[-6:]}",
        because=dated.because,
    )


def _more(
    organisation: Organisation, tracks: Sequence[Track], *, alone: bool = False
) -> list[Action]:
    """The other forms of the same dates: compared, on paper, in a calendar."""
    slug, found = organisation.slug, []
    if len(tracks) > 1:
        found.append(Action(text="Portfolio", url=reverse("waves:portfolio", args=[slug])))
    if alone:
        key = tracks[0].dates[0].qualification_id
        sheet = address("reviews:road_sheet", slug, key)
        found.append(Action(text="Print on one sheet", url=sheet))
    found.append(Action(text="Timetable", url=reverse("waves:own_timetable", args=[slug])))
    if tracks[0].own:
        found.append(Action(text="Calendar link", url=reverse("waves:feeds", args=[slug])))
    return found


def table(track: Track) -> Table:
    """Return every date of a qualification as a table."""
    return Table(
        caption=f"All dates of {track.name}, {track.route}",
        columns=COLUMNS,
        rows=[
            Row(
                cells=[
                    cards.link(line, track.slug),
                    line.label,
                    cards.who(line, own=track.own),
                    line.fixed,
                    cards.state(line, track.today),
                    printed(line),
                ],
                marked=track.is_yours(line),
            )
            for line in track.dates
        ],
    )


def printed(line: Dated) -> Words:
    """Return what the plan prints beside a correction, what its last day leaves, and the note."""
    if line.is_corrected:
        said = Status(f"Printed {cards.printed_value(line)}", "at_risk")
        return Lines([said, line.note])
    if line.squeeze:
        return Lines([line.squeeze, line.note]) if line.note else line.squeeze
    return Quiet(line.note) if line.note else ""


def _lead(tracks: Sequence[Track]) -> str:
    lines = [line for track in tracks for line in track.dates if line.due]
    behind = sum(line.state in ("met", "late", "passed", "cancelled") for line in lines)
    yours = [
        line for line in lines if line.is_participants and line.state in ("running", "overdue")
    ]
    own = tracks[0].own
    said = f"{behind} of {len(lines)} dates are behind {'you' if own else 'it'}."
    if not yours:
        return said
    first = min(yours, key=lambda line: line.due)
    task, when = _lower(first.task), cards.when(first)
    if first.state == "overdue":
        return f"{said} Overdue{' and yours' if own else ''}: {task}, due {when}."
    whose = "The next is yours" if own else "Its next step"
    return f"{said} {whose}: {task} by {when}."


def _tabs(organisation: Organisation, tracks: Sequence[Track], current: Track | None) -> list[Tab]:
    return [
        Tab(
            label=f"{track.name}, {track.route}",
            url=reverse("waves:dates", args=[organisation.slug, track.dates[0].qualification_id]),
            current=track is current,
        )
        for track in tracks
    ]


def _qualification_tabs(
    organisation: Organisation, others: Sequence[Qualification], track: Track
) -> list[Tab]:
    own = track.dates[0].qualification_id
    return [
        Tab(
            label=f"{each.get_role_display()}, {each.get_route_display()}",
            url=reverse("waves:dates", args=[organisation.slug, each.pk]),
            current=each.pk == own,
        )
        for each in others
    ]


def _corrections(lines: Sequence[Dated]) -> list[Words]:
    """What the plan prints wrongly, once each, beside what the portal uses."""
    found: dict[str, Words] = {}
    for line in lines:
        if line.is_corrected:
            used = f"The portal uses {cards.when(line)}."
            found.setdefault(
                line.activity,
                f"{line.label}: the plan prints {cards.printed_value(line)}. {line.note} {used}",
            )
    return list(found.values())


def _steps(organisation: Organisation, track: Track) -> list[Action]:
    """Buttons for the steps that the portal does not see for itself."""
    return [
        Action(
            text=f"Record as done: {_lower(RULES[line.activity].task)}",
            url=reverse("waves:record_step", args=[organisation.slug, line.qualification_id]),
            method="post",
            name="activity",
            value=line.activity,
            small=True,
        )
        for line in track.dates
        if line.activity in _UNSEEN_STEPS and line.state in ("running", "overdue")
    ]


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
