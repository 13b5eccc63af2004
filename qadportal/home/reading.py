"""Everything that the home page speaks of, read in a constant number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from foundation.clock import moments
from foundation.tenancy.actor import Actor
from participants import grants
from participants.market_roles import MARKET_ROLES
from participants.models import Organisation, Qualification
from qadportal.home import statements
from reviews import facts as review_facts
from reviews.enums import Side, ThreadState
from reviews.qualified import Facts, ThreadFacts
from reviews.queries import signing
from submissions import bank
from submissions.facts import asked, choices_in, facts_of
from submissions.models import Part
from submissions.presenters.states import QuestionState, states_of
from submissions.sheet import PartSheet
from waves import tables
from waves.dates import Dated, dates_of
from waves.deadlines import london_date
from waves.forecast import forecast
from waves.happenings import as_events, instants
from waves.pages.road import Track, track_of
from waves.queries import RoadAhead

# What a limited author may write, as (qualification or None, section); None is everything.
Reach = frozenset[tuple[UUID | None, str]]


@dataclass(frozen=True, slots=True)
class Duty:
    """A date that the organisation itself holds, with the qualification that it is of."""

    line: Dated
    track: Track
    qualification: Qualification

    @property
    def is_open(self) -> bool:
        """Whether it can be acted on today: its window has begun, or it has none."""
        start = self.line.window_start
        return start is None or start <= self.track.today


@dataclass(frozen=True, slots=True)
class Ask:
    """A thread that waits for the organisation, with where it hangs."""

    thread: ThreadFacts
    facts: Facts

    @property
    def part_key(self) -> UUID | None:
        """The qualification whose part it hangs on; None for the organisation's."""
        return None if self.thread.scope == "organisation" else self.facts.id

    @property
    def is_action(self) -> bool:
        """Whether nothing is asked any more, and what was agreed is to be done."""
        return self.thread.status == ThreadState.PLAN_AGREED


@dataclass(frozen=True, slots=True)
class Clock:
    """A dated duty as the road looks at it."""

    activity: str
    body: str
    state: str
    due_on: date
    due_at: datetime
    met_at: datetime | None
    reason: Mapping[str, Any] = field(default_factory=dict)
    spans: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A test completion report as the road looks at it."""

    kind: str
    received_at: datetime
    sufficiency_confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as far as it has to be known to tell how far it is."""

    text: str
    value: Mapping[str, Any]
    is_not_applicable: bool
    not_applicable_reason: str
    is_ready: bool
    come_back: bool
    updated_by_name: str


@dataclass(frozen=True, slots=True)
class Written:
    """A part, and the questions of it that its authors do not call ready yet, in order."""

    sheet: PartSheet
    undone: Sequence[QuestionState]

    @property
    def part(self) -> Part:
        return self.sheet.part


@dataclass(frozen=True, slots=True)
class Home:
    """What the home page is made of."""

    slug: str
    qualifications: Sequence[Qualification]
    parts: Mapping[UUID | None, Written]
    tracks: Sequence[Track]
    duties: Sequence[Duty]
    facts: Sequence[Facts]
    asks: Sequence[Ask]
    news: Sequence[Mapping[str, Any]]
    last_here: datetime | None
    now: datetime
    today: date
    reach: Reach | None = None
    signable: frozenset[UUID] = frozenset()  # what the reader may sign once its turn comes
    without_signatory: frozenset[UUID] = frozenset()  # what nobody here is named to sign (R105)

    @property
    def sections(self) -> list[str]:
        """The letters of the sections that a limited author writes."""
        return sorted({letter for _, letter in self.reach or ()})

    @property
    def questions(self) -> list[Ask]:
        """What a body waits for: a reply, or a plan."""
        return [ask for ask in self.asks if not ask.is_action]

    @property
    def actions(self) -> list[Ask]:
        """Agreed plans that are to be carried out."""
        return [ask for ask in self.asks if ask.is_action]

    def parts_of(self, qualification: Qualification) -> list[Written]:
        """Return the parts that one qualification's QAD consists of, once it was opened."""
        keys = (None, qualification.pk)
        return [self.parts[key] for key in keys if key in self.parts]


def read(actor: Actor, slug: str, last_here: datetime | None) -> Home:
    """Read the home page of the acting organisation for one of its people."""
    now, today = moments.now(), moments.today()
    rows = statements.HELD.rows()
    held = [statements.made(Qualification, row) for row in rows]
    tracks = [
        track_of(one, slug=slug, road=_road(one, row, now), today=today)
        for one, row in zip(held, rows, strict=True)
    ]
    facts = review_facts.of_organisation(actor.organisation_id)
    reach = grants.writable_sections(actor)
    parts = _parts(held, reach)
    return Home(
        slug=slug,
        qualifications=held,
        parts=parts,
        tracks=tracks,
        duties=_duties(held, tracks),
        facts=facts,
        asks=_asks(facts, parts, reach),
        news=statements.NEWS.rows(since=last_here) if last_here else (),
        last_here=last_here,
        now=now,
        today=today,
        reach=reach,
        signable=signing.signable_by(actor, held),
        without_signatory=frozenset(row["id"] for row in rows if not _has_signatory(row)),
    )


def _has_signatory(row: Mapping[str, Any]) -> bool:
    by_delegate = MARKET_ROLES[row["role"]].delegate_allowed and row["has_delegate"]
    return bool(row["has_director"] or by_delegate)


def _road(one: Qualification, row: Mapping[str, Any], now: datetime) -> RoadAhead:
    published = tables.of(row["timetable"]) if row["timetable"] else tables.current()
    reports = [
        Report(each["kind"], *_moments(each, "received_at", "sufficiency_confirmed_at"))
        for each in row["ahead"]["reports"]
    ]
    events = as_events(instants(one, reports))
    clocks = [_clock(each) for each in row["ahead"]["clocks"]]
    dates = dates_of(one, events=events, obligations=clocks, published=published, now=now)
    expected = forecast(published.timetable, one.route, events, london_date(now))
    return RoadAhead(dates=dates, expected=expected)


def _clock(found: Mapping[str, Any]) -> Clock:
    due_at, met_at = _moments(found, "due_at", "met_at")
    same = {name: found[name] for name in ("activity", "body", "state", "spans")}
    due_on = date.fromisoformat(found["due_on"])
    return Clock(**same, due_on=due_on, due_at=due_at, met_at=met_at)


def _moments(found: Mapping[str, Any], *names: str) -> list[datetime | None]:
    return [datetime.fromisoformat(found[name]) if found[name] else None for name in names]


def _parts(held: Sequence[Qualification], reach: Reach | None) -> dict[UUID | None, Written]:
    by_key = {each.pk: each for each in held}
    found = {}
    for row in statements.PARTS.rows():
        part = statements.made(Part, row)
        part.organisation = statements.made(Organisation, row, statements.PLACE)
        part.qualification = by_key.get(part.qualification_id)
        sheet = _sheet(part, held, row["written"])
        found[part.qualification_id] = Written(sheet, _undone(sheet, reach))
    return found


def _sheet(part: Part, held: Sequence[Qualification], written: Mapping[str, Any]) -> PartSheet:
    answers = {
        each["question"]: Given(**{name: each[name] for name in Given.__slots__})
        for each in written["answers"]
    }
    chosen = choices_in({code: answer.value for code, answer in answers.items()})
    return PartSheet(
        part=part,
        questions=asked(part, facts_of(part, part.organisation, held, chosen)),
        answers=answers,
        evidence={each["question"]: range(each["pieces"]) for each in written["evidence"]},
        sections={},
    )


def _undone(sheet: PartSheet, reach: Reach | None) -> list[QuestionState]:
    by_section, key = states_of(sheet, {}), sheet.part.qualification_id
    sections = [section.code for section in bank.of_part(sheet.part).sections]
    letters = [letter for letter in sections if reach is None or (key, letter) in reach]
    return [
        state
        for letter in letters
        for state in by_section.get(letter, ())
        if state.counts and not state.is_done
    ]


def _duties(qualifications: Sequence[Qualification], tracks: Sequence[Track]) -> list[Duty]:
    """The trio has its dates once: they are the same for all three (R14)."""
    found: dict[tuple, Duty] = {}
    for qualification, track in zip(qualifications, tracks, strict=True):
        for line in track.dates:
            if line.is_participants and line.due and line.state in ("running", "overdue"):
                key = (qualification.trio or qualification.pk, line.activity)
                found.setdefault(key, Duty(line, track, qualification))
    return sorted(found.values(), key=lambda duty: (duty.line.due, duty.line.activity))


def _asks(
    facts: Sequence[Facts], parts: Mapping[UUID | None, Written], reach: Reach | None
) -> list[Ask]:
    found: dict[object, Ask] = {}
    for each in facts:
        for thread in each.threads:
            if thread.holder == Side.PARTICIPANT and not thread.is_settled:
                ask = Ask(thread, each)
                if reach is None or _place(ask, parts) in reach:
                    found.setdefault(thread.id, ask)
    return sorted(found.values(), key=lambda ask: ask.thread.holder_since)


def _place(ask: Ask, parts: Mapping[UUID | None, Written]) -> tuple[UUID | None, str] | None:
    written = parts.get(ask.part_key)
    if written is None:
        return None
    return ask.part_key, bank.of_part(written.part).question(ask.thread.question).section
