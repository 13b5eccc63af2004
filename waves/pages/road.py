"""The road: lanes of a qualification or of several, and the same dates as rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.clock.words import short_day
from foundation.ui.parts import Lines, Status, Strong
from foundation.ui.road import DateRow, Lane, Milestone, Road, Stretch
from participants.models import Qualification
from waves.dates import Dated
from waves.deadlines import Due, london_date
from waves.pages import cards
from waves.queries import RoadAhead

NOTE = (
    "Reviews and decisions that have not begun are drawn as if each step ended on its last day."
    " All dates are indicative (QA&P v5.0, Appendix C)."
)
_LIVE = ("running", "overdue", "ahead", "paused")
_MARGIN = timedelta(days=21)
LONGEST = timedelta(days=540)
_STAGES = (
    ("Initial QAD", "Submit, review", "initial"),
    ("Testing", "PIT, then QT", "testing"),
    ("DIP", "Onboard for QT", "dip"),
    ("Final QAD", "Submit, review", "final"),
    ("Sign and decide", "Director, PAB, CM", "decide"),
    ("After", "", "after"),
)
_BRIEF = {
    "pqs_deadline": "Pre-Qualification",
    "wave_allocation_indicative": "Wave indicated",
    "wave_allocation_final": "Wave allocated",
    "pit_approach_plan_deadline": "PIT plan",
    "pit_approach_plan_clarification": "PIT plan discussed",
    "pit_approach_plan_final": "Final PIT plan",
    "pit_rttm": "PIT RTTM",
}


def brief_day(value: date) -> str:
    """Return "6 Mar 2026"."""
    return f"{value.day} {value:%b %Y}"


@dataclass(frozen=True, slots=True)
class Track:
    """One qualification with its dates, ready to be drawn."""

    name: str
    route: str
    slug: str
    dates: Sequence[Dated]
    expected: Mapping[str, Due]
    today: date
    own: bool = False
    body: str = ""

    def is_yours(self, line: Dated) -> bool:
        """Whether a date waits for the reader: for the body, or for the organisation itself."""
        waits = line.body == self.body if self.body else line.is_participants
        return waits and line.state in ("running", "overdue")

    def first(self, activity: str) -> Dated | None:
        """The line of an activity; of several bodies the one that is not done yet."""
        lines = [line for line in self.dates if line.activity == activity]
        open_lines = [line for line in lines if line.state not in ("met", "late")]
        return next(iter(open_lines or lines), None)

    def window(self, activity: str, label: str) -> list[Stretch]:
        """The stretch of a printed window, up to the day on which it was met."""
        line = self.first(activity)
        if line is None or line.window_start is None or line.window_end is None:
            return []
        done = line.met_at is not None
        end = london_date(line.met_at) if line.met_at else line.window_end
        state = "done" if done else "ahead" if line.window_start > self.today else "running"
        start = min(line.window_start, end)
        return [Stretch(start=start, end=end, label=label, state=state)]

    def clock(self, activity: str, label: str) -> list[Stretch]:
        """The stretch of a counted period: as it runs, or as it is expected."""
        line, ahead = self.first(activity), self.expected.get(activity)
        if line and line.started_on and line.due:
            end = london_date(line.met_at) if line.met_at else line.due
            state = "done" if line.met_at else "running"
            return [Stretch(start=line.started_on, end=end, label=label, state=state, daily=True)]
        if ahead and ahead.started_on and ahead.due:
            start = ahead.started_on
            return [Stretch(start=start, end=ahead.due, label=label, state="ahead", daily=True)]
        return []

    def point(
        self, activity: str, title: str, side: str = "middle", kind: str = "date"
    ) -> list[Milestone]:
        """The point of a date: done, yours to do, or only a date (``kind`` gate: a square)."""
        line, ahead = self.first(activity), self.expected.get(activity)
        on = line and (london_date(line.met_at) if line.met_at else line.due)
        on = on or (ahead.due if ahead else None)
        if line is None or on is None or line.state in ("not_applicable", "no_date"):
            return []
        kind = "done" if line.met_at else "yours" if self.is_yours(line) else kind
        note = short_day(on)
        if line.met_at and line.due and line.due != on:
            note = f"{note}, due {line.due.day} {line.due:%b}"
        return [Milestone(on=on, kind=kind, title=title, note=note, side=side)]

    def cap(self, activity: str) -> list[Milestone]:
        """The flag of a cap that another day than the due day stands at."""
        line, ahead = self.first(activity), self.expected.get(activity)
        cap = line.cap if line else None
        due = (line.due if line else None) or (ahead.due if ahead else None)
        if line is None or line.met_at or cap is None or due is None or cap <= due:
            return []
        return [Milestone(on=cap, kind="cap", title=f"cap {cap.day} {cap:%b}", above=True)]


def lane(track: Track) -> Lane:
    """One qualification in one lane."""
    return Lane(
        name=track.name,
        note=track.route,
        stretches=[
            *track.window("initial_qad_window", "Initial QAD"),
            *track.clock("initial_qad_review_complete", "Review"),
            *track.window("qt_execution_window", "Qualification Testing"),
            *track.clock("final_qad_review_complete", "Review"),
            *track.clock("qualification_decision", "Decision"),
        ],
        milestones=[
            *track.point("initial_qad_window", "Initial"),
            *track.point("final_qad_window", "Final", "start"),
            *track.point("qad_signoff_deadline", "Sign", "start"),
        ],
    )


def stage_lanes(track: Track) -> list[Lane]:
    """One qualification in a lane a stage."""
    pieces = {
        "initial": (
            [
                *track.window("initial_qad_window", "Window"),
                *track.clock("initial_qad_review_complete", "Review clock"),
            ],
            [
                *track.point("initial_qad_window", "Initial QAD", "end"),
                *track.point("initial_qad_review_complete", "Reviewed", "start"),
                *track.cap("initial_qad_review_complete"),
            ],
        ),
        "testing": (
            track.window("qt_execution_window", "Qualification Testing"),
            [
                *track.point("qt_entry_checkpoint_1", "Checkpoint 1", "end"),
                *track.point("qt_entry_checkpoint_2", "Checkpoint 2", "start"),
                *track.point("qt_entry_confirmation", "QT entry", kind="gate"),
                *track.point("qt_execution_window", "QT ends", "end"),
            ],
        ),
        "dip": (track.window("dip_onboarding_window_qt", "Onboarding for QT"), []),
        "final": (
            [
                *track.window("final_qad_window", "Window"),
                *track.clock("final_qad_review_complete", "Review clock"),
            ],
            [
                *track.point("final_qad_window", "Final QAD", "end"),
                *track.point("final_qad_review_complete", "Reviewed", "start"),
                *track.cap("final_qad_review_complete"),
            ],
        ),
        "decide": (
            track.clock("qualification_decision", "Decision"),
            [
                *track.point("qad_signoff_deadline", "Sign-off", "end"),
                *track.point("qualification_decision", "Decisions", "start"),
                *track.cap("qualification_decision"),
            ],
        ),
        "after": ([], track.point("earliest_migration", "Earliest migration", "end")),
    }
    found = []
    for name, note, key in _STAGES:
        stretches, milestones = pieces[key]
        if stretches or milestones:
            found.append(Lane(name=name, note=note, stretches=stretches, milestones=milestones))
    return found


def road(tracks: Sequence[Track], lanes: Sequence[Lane], *, show_table: bool = True) -> Road:
    """The road of some qualifications, with the dates that lie ahead."""
    today = tracks[0].today
    first, last = span(lanes, today)
    return Road(
        first=first,
        last=last,
        today=today,
        lanes=lanes,
        rows=_rows(tracks),
        before=_before(tracks[0], first) if len(tracks) == 1 else (),
        before_label=f"Before {first:%B %Y}",
        note=NOTE,
        show_table=show_table,
        show_narrow=show_table,
        today_label=f"Today, {today.day} {today:%B}",
    )


def span(lanes: Sequence[Lane], today: date) -> tuple[date, date]:
    """Return the first and last day that lanes are drawn over."""
    days = sorted(_days(lanes)) or [today]
    first = max(min(days[0], today), today - LONGEST) - _MARGIN
    last = min(max(days[-1], today), today + LONGEST) + 2 * _MARGIN  # room for the last words
    return first, last


def _rows(tracks: Sequence[Track]) -> list[DateRow]:
    """The dates ahead of all tracks, the next first."""
    found = [
        (line.due, at, line.activity, line.body, line)
        for at, track in enumerate(tracks)
        for line in track.dates
        if line.state in _LIVE and line.due
    ]
    return [
        _row(tracks[at], line, named=len(tracks) > 1)
        for _, at, *_, line in sorted(found, key=lambda row: row[:4])
    ]


def _row(track: Track, line: Dated, *, named: bool) -> DateRow:
    yours = track.is_yours(line)
    who = cards.who(line, own=track.own)
    return DateRow(
        date=cards.link(line, track.slug),
        what=Strong(line.task) if yours else line.task,
        who=Lines([who, f"{track.name}, {track.route}"]) if named else who,
        fixed=line.fixed,
        left=cards.left(line, track.today),
        state="yours" if yours else "date",
        lane=f"{track.name}, {track.route}",
        yours=yours,
    )


def _before(track: Track, first: date) -> list[Status]:
    """The steps that were taken before the drawing begins."""
    done = [
        (london_date(line.met_at) if line.met_at else line.due, line.label, line.activity)
        for line in track.dates
        if line.state in ("met", "late") and (line.met_at or line.due)
    ]
    return [
        Status(f"{_BRIEF.get(activity, label)} {brief_day(on)}", "met")
        for on, label, activity in sorted(done)
        if on < first
    ]


def _days(lanes: Sequence[Lane]) -> Iterable[date]:
    for each in lanes:
        for stretch in each.stretches:
            yield stretch.start
            yield stretch.end
        for point in each.milestones:
            yield point.on


def track_of(
    qualification: Qualification,
    *,
    slug: str,
    road: RoadAhead,
    today: date,
    own: bool = False,
    body: str = "",
) -> Track:
    """Return a qualification ready to be drawn: ``own`` for its people, ``body`` for staff."""
    return Track(
        name=qualification.get_role_display(),
        route=qualification.get_route_display(),
        slug=slug,
        dates=road.dates,
        expected=road.expected,
        today=today,
        own=own,
        body=body,
    )
