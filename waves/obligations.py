"""PURE: which dated duties the portal keeps for a qualification, whose they are, when they begin.

The timetable says when each activity is due. Here stands which of them become obligations with
reminders: what the participant submits, what each body reviews and decides, and the steps of
testing that still lie ahead.
"""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from waves.deadlines import Due, Events, resolve
from waves.timetable import Event, Timetable


class Holder(StrEnum):
    """Who carries an obligation; bodies carry one each."""

    PARTICIPANT = "participant"
    REVIEWERS = "reviewers"
    DECIDERS = "deciders"
    TESTERS = "testers"


@dataclass(frozen=True, slots=True)
class ObligationRule:
    """One activity that becomes an obligation: ``task`` says what to do.

    ``when_ahead`` marks a step that is taken on only while its date lies ahead.
    """

    activity: str
    task: str
    holder: Holder = Holder.PARTICIPANT
    when_ahead: bool = False


RULES = {
    rule.activity: rule
    for rule in (
        ObligationRule("initial_qad_window", "Submit the Initial QAD"),
        ObligationRule("initial_qad_review_complete", "Review the Initial QAD", Holder.REVIEWERS),
        ObligationRule("pit_rttm", "Submit the PIT traceability matrix", when_ahead=True),
        ObligationRule("qt_entry_checkpoint_1", "Meet QT entry checkpoint 1", when_ahead=True),
        ObligationRule(
            "qt_entry_checkpoint_2", "Upload the PIT Completion Report", when_ahead=True
        ),
        ObligationRule(
            "qt_entry_checkpoint_2_second", "Upload the second PIT report", when_ahead=True
        ),
        ObligationRule("pit_sufficiency", "Confirm that PIT is sufficient", Holder.TESTERS),
        ObligationRule(
            "qt_execution_window",
            "Finish Qualification Testing and upload its report",
            when_ahead=True,
        ),
        ObligationRule("final_qad_window", "Submit the Final QAD"),
        ObligationRule("final_qad_review_complete", "Review the Final QAD", Holder.REVIEWERS),
        ObligationRule("qad_signoff_deadline", "Sign off the QAD"),
        ObligationRule("qualification_decision", "Decide on the qualification", Holder.DECIDERS),
    )
}
# What comes next leaves these behind: they were done, or no longer matter.
_BEFORE_PIT_ENDS = ("pit_rttm", "qt_entry_checkpoint_1")
_BEFORE_QT_ENDS = (*_BEFORE_PIT_ENDS, "pit_sufficiency")
_BEFORE_FINAL_OPENS = ("initial_qad_window", "initial_qad_review_complete")

# The events that the portal sees for itself; the others are recorded by people.
WITNESSED = frozenset(
    {
        Event.INITIAL_SUBMITTED,
        Event.INITIAL_REVIEWED,
        Event.FINAL_SUBMITTED,
        Event.FINAL_REVIEWED,
        Event.COMMENTS_CONFIRMED,
        Event.SIGNED_OFF,
        Event.DECIDED,
        Event.PIT_REPORT_RECEIVED,
        Event.SECOND_PIT_REPORT_RECEIVED,
        Event.PIT_CONFIRMED,
        Event.QT_COMPLETED,
    }
)


@dataclass(frozen=True, slots=True)
class Holders:
    """The bodies that share the work on one qualification."""

    reviewers: tuple[str, ...]
    deciders: tuple[str, ...]
    testers: tuple[str, ...]

    def of(self, holder: Holder) -> tuple[str, ...]:
        """The bodies that carry an obligation each; "" is the participant."""
        return {
            Holder.PARTICIPANT: ("",),
            Holder.REVIEWERS: self.reviewers,
            Holder.DECIDERS: self.deciders,
            Holder.TESTERS: self.testers,
        }[holder]


@dataclass(frozen=True, slots=True)
class Wanted:
    """An obligation that ought to stand, with the date that the timetable gives it."""

    rule: ObligationRule
    body: str
    due: Due

    @property
    def key(self) -> tuple[str, str]:
        """How the obligation is found again."""
        return self.rule.activity, self.body


def wanted(
    dues: Iterable[Due],
    *,
    holders: Holders,
    today: date,
    held: Collection[tuple[str, str]] = (),
    happened: Container[Event] = (),
    final_is_open: bool = False,
) -> Iterator[Wanted]:
    """Yield every obligation that ought to stand on a day.

    ``held`` names those that run already: a step keeps running after its date has passed. A
    body's duty begins with what it answers, so a review or decision is nobody's duty before.
    """
    over = set(_BEFORE_FINAL_OPENS if final_is_open else ())
    over.update(_BEFORE_PIT_ENDS if Event.PIT_REPORT_RECEIVED in happened else ())
    over.update(_BEFORE_QT_ENDS if Event.QT_COMPLETED in happened else ())
    for due in dues:
        rule = RULES.get(due.key)
        if rule is None or due.due is None or due.key in over:
            continue
        if rule.holder is not Holder.PARTICIPANT and due.started_on is None:
            continue
        for body in holders.of(rule.holder):
            is_ahead = due.due >= today or (due.key, body) in held or due.met_on is not None
            if is_ahead or not rule.when_ahead:
                yield Wanted(rule, body, due)


def wishes(
    timetable: Timetable,
    route: str,
    events: Events,
    *,
    holders: Holders,
    today: date,
    held: Collection[tuple[str, str]],
    happened: Container[Event],
    final_is_open: bool,
    ended: bool,
) -> list[Wanted]:
    """Return what ought to stand by a timetable; of what has ended, only what was done."""
    cells = (*timetable.of_route(route), *timetable.beyond_route(route))
    found = wanted(
        [resolve(cell, events, timetable=timetable) for cell in cells if cell.key in RULES],
        holders=holders,
        today=today,
        held=held,
        happened=happened,
        final_is_open=final_is_open,
    )
    return [wish for wish in found if not ended or wish.due.met_on is not None]


def begins_anew(wish: Wanted, met_at: datetime | None, happened: Mapping[Event, datetime]) -> bool:
    """Return whether something done has to be done again: undone since, or begun after it."""
    if not wish.body and wish.due.met_by in WITNESSED:
        return happened.get(wish.due.met_by) != met_at
    began = happened.get(wish.due.starts_on) if wish.due.starts_on else None
    return began is not None and met_at is not None and met_at < began
