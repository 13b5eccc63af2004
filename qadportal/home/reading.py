"""Everything that the home page speaks of, read in a constant number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from foundation.audit import queries as trail
from foundation.audit.models import AuditEvent
from foundation.clock import moments
from foundation.tenancy.actor import Actor
from participants.models import Organisation, Qualification
from reviews import facts as review_facts
from reviews.enums import Side, ThreadState
from reviews.qualified import Facts, ThreadFacts
from submissions import bank, sheet
from submissions.presenters.states import QuestionState, states_of
from submissions.sheet import PartSheet, Sheet
from waves import queries as waves
from waves.dates import Dated
from waves.pages.road import Track, track_of

NEWS = 8  # lines of "since you were last here"


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
    def is_action(self) -> bool:
        """Whether nothing is asked any more, and what was agreed is to be done."""
        return self.thread.status == ThreadState.PLAN_AGREED


@dataclass(frozen=True, slots=True)
class Home:
    """What the home page is made of."""

    organisation: Organisation
    actor: Actor
    sheet: Sheet
    tracks: Sequence[Track]
    duties: Sequence[Duty]
    facts: Sequence[Facts]
    asks: Sequence[Ask]
    events: Sequence[AuditEvent]
    last_here: datetime | None
    now: datetime
    today: date

    def undone(self, part: PartSheet) -> list[QuestionState]:
        """Return the questions of a part that its authors do not call ready yet."""
        by_section = states_of(part, {})
        letters = [section.code for section in bank.of_part(part.part).sections]
        ordered = sorted(by_section, key=letters.index)
        return [
            state
            for letter in ordered
            for state in by_section[letter]
            if state.counts and not state.is_done
        ]

    @property
    def questions(self) -> list[Ask]:
        """What a body waits for: a reply, or a plan."""
        return [ask for ask in self.asks if not ask.is_action]

    @property
    def actions(self) -> list[Ask]:
        """Agreed plans that are to be carried out."""
        return [ask for ask in self.asks if ask.is_action]

    def parts_of(self, qualification: Qualification) -> list[PartSheet]:
        """Return the parts that one qualification's QAD consists of, once it was opened."""
        keys = (None, qualification.pk)
        return [self.sheet.parts[key] for key in keys if key in self.sheet.parts]


def read(organisation: Organisation, actor: Actor, last_here: datetime | None) -> Home:
    """Read the home page of an organisation for one of its people."""
    now, today = moments.now(), moments.today()
    whole = sheet.read(organisation)
    roads = waves.roads_for(whole.qualifications) if whole.qualifications else {}
    tracks = [
        track_of(each, slug=organisation.slug, road=roads[each.pk], today=today)
        for each in whole.qualifications
    ]
    facts = review_facts.of_organisation(organisation.pk)
    return Home(
        organisation=organisation,
        actor=actor,
        sheet=whole,
        tracks=tracks,
        duties=_duties(whole.qualifications, tracks),
        facts=facts,
        asks=_asks(facts),
        events=_events(organisation, actor, last_here),
        last_here=last_here,
        now=now,
        today=today,
    )


def _duties(qualifications: Sequence[Qualification], tracks: Sequence[Track]) -> list[Duty]:
    """The trio has its dates once: they are the same for all three (R14)."""
    found: dict[tuple, Duty] = {}
    for qualification, track in zip(qualifications, tracks, strict=True):
        for line in track.dates:
            if line.is_participants and line.due and line.state in ("running", "overdue"):
                key = (qualification.trio or qualification.pk, line.activity)
                found.setdefault(key, Duty(line, track, qualification))
    return sorted(found.values(), key=lambda duty: (duty.line.due, duty.line.activity))


def _asks(facts: Sequence[Facts]) -> list[Ask]:
    found: dict[object, Ask] = {}
    for each in facts:
        for thread in each.threads:
            if thread.holder == Side.PARTICIPANT and not thread.is_settled:
                found.setdefault(thread.id, Ask(thread, each))
    return sorted(found.values(), key=lambda ask: ask.thread.holder_since)


def _events(
    organisation: Organisation, actor: Actor, last_here: datetime | None
) -> list[AuditEvent]:
    if last_here is None:
        return []
    rows = trail.since(organisation.pk, last_here, but_not_by=actor.person_id)
    return list(rows[:NEWS])
