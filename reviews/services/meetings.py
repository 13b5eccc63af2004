"""Planning the meetings of the BSC PAB and what stands on their agendas (R116, QA&P 10.2)."""

from calendar import THURSDAY, monthcalendar
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from foundation.audit.trail import record
from foundation.clock.moments import LONDON
from foundation.clock.words import day
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.enums import Status
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from participants.moves import lock
from reviews import notices
from reviews.enums import MeetingState, Outcome
from reviews.models import Decision, Meeting, MeetingItem
from submissions.services.opening import group_of

PLAN = "meeting.plan"
MOST_MONTHS = 12
_HOLIDAYS = ((12, 25), (12, 26))  # those that a fourth Thursday can fall on
_WEEKS = (1, 3)  # the second and the fourth Thursday: twice a month


@transaction.atomic
def plan(*, title: str, held_on: date, actor: Actor, at: datetime) -> Meeting:
    """Plan a meeting of the BSC PAB; one a day, on a day that is not over."""
    policy.require(actor, PLAN)
    _refuse_day(title, held_on, at)
    if (
        there := Meeting.objects.filter(held_on=held_on, title=title.strip())
        .exclude(status=MeetingState.CANCELLED)
        .first()
    ):
        return there
    _refuse_taken(held_on)
    kept = Meeting.objects.create(
        title=title.strip(), held_on=held_on, planned_at=at, planned_by_name=actor.name
    )
    record("meeting.planned", subject=kept, actor=actor, at=at, held_on=held_on)
    return kept


@transaction.atomic
def plan_months(*, first: date, months: int, actor: Actor, at: datetime) -> list[Meeting]:
    """Plan two meetings a month, the second and fourth Thursday; days that have one stay so."""
    policy.require(actor, PLAN)
    if not 1 <= months <= MOST_MONTHS:
        raise Invalid({"months": f"From one to {MOST_MONTHS} months."})
    today = at.astimezone(LONDON).date()
    days = [each for each in thursdays(first, months) if each >= today]
    taken = set(
        Meeting.objects.exclude(status=MeetingState.CANCELLED)
        .filter(held_on__in=days)
        .values_list("held_on", flat=True)
    )
    return [
        plan(title=f"BSC PAB, {each:%-d %B %Y}", held_on=each, actor=actor, at=at)
        for each in days
        if each not in taken
    ]


def thursdays(first: date, months: int) -> list[date]:
    """Return the second and fourth Thursdays of months, from the month of a day on.

    A public holiday is left out; the secretary plans another day by hand.
    """
    found = []
    for place in range(months):
        year, month = divmod(first.year * 12 + first.month - 1 + place, 12)
        weeks = [week[THURSDAY] for week in monthcalendar(year, month + 1) if week[THURSDAY]]
        found += [date(year, month + 1, weeks[number]) for number in _WEEKS]
    return [each for each in found if (each.month, each.day) not in _HOLIDAYS]


@transaction.atomic
def change(*, meeting: Meeting, title: str, held_on: date, actor: Actor, at: datetime) -> Meeting:
    """Give a planned meeting another title or day; where the day moved, its applicants are told."""
    held = _planned(meeting, actor)
    if held_on != held.held_on:
        _refuse_taken(held_on)
    _refuse_day(title, held_on, at)
    moved, was = held.held_on != held_on, held.held_on
    held.title, held.held_on = title.strip(), held_on
    held.save(update_fields=["title", "held_on"])
    record("meeting.changed", subject=held, actor=actor, at=at, held_on=held_on, was=was)
    if moved:
        for item in _items(held):
            notices.on_agenda(item, held, at=at, was=was)
    return held


@transaction.atomic
def cancel(*, meeting: Meeting, because: str, actor: Actor, at: datetime) -> Meeting:
    """Cancel a planned meeting; what stood on its agenda waits for another, and is told."""
    held = _planned(meeting, actor)
    if not because.strip():
        raise Invalid({"because": "Say why it does not take place; the applicants read it."})
    for item in _items(held):
        notices.off_agenda(item, held, because, at=at)
        item.delete()
    _end(held, MeetingState.CANCELLED, actor, at, because)
    record("meeting.cancelled", subject=held, actor=actor, at=at, because=because)
    return held


@transaction.atomic
def put(
    *, meeting: Meeting, qualifications: Sequence[Qualification], actor: Actor, at: datetime
) -> list[MeetingItem]:
    """Put signed applications on an agenda, trios whole; from another planned one they move.

    All or none: each that cannot stand there is named. What stands there already stays.
    """
    held = _planned(meeting, actor)
    groups: dict[UUID, Qualification] = {}
    for each in qualifications:
        lock(each.organisation)
        groups |= {one.pk: one for one in group_of(each)}
    reasons = [reason for each in groups.values() if (reason := _unfit(each))]
    if reasons:
        raise Refused(reasons)
    there = set(held.items.values_list("qualification_id", flat=True))
    last = held.items.aggregate(last=Max("position"))["last"] or 0
    fresh = [each for each in groups.values() if each.pk not in there]
    elsewhere = MeetingItem.objects.filter(
        qualification__in=fresh, meeting__status=MeetingState.PLANNED
    )
    elsewhere.delete()
    made = []
    for number, each in enumerate(fresh, start=last + 1):
        item = MeetingItem.objects.create(
            organisation_id=each.organisation_id, meeting=held, qualification=each,
            position=number, put_at=at, put_by_name=actor.name,
        )  # fmt: skip
        notices.on_agenda(item, held, at=at)
        record("application.put_on_agenda", subject=each, actor=actor, at=at,
               meeting=held.pk, held_on=held.held_on)  # fmt: skip
        made.append(item)
    return made


@transaction.atomic
def arrange(
    *,
    meeting: Meeting,
    places: Mapping[UUID, int | None],
    because: str = "",
    actor: Actor,
    at: datetime,
) -> Meeting:
    """Order an agenda by the numbers given; an application without one is taken off, and told.

    ``places`` is by qualification. A trio leaves together. The numbers are closed up again.
    """
    held = _planned(meeting, actor)
    items = _items(held)
    off = [each for each in items if places.get(each.qualification_id, 1) is None]
    leaving = {each.qualification.trio or each.qualification_id for each in off}
    off = [e for e in items if (e.qualification.trio or e.qualification_id) in leaving]
    if off and not because.strip():
        raise Invalid({"because": "Say why it is taken off; the applicant reads it."})
    for item in off:
        notices.off_agenda(item, held, because, at=at)
        record("application.taken_off_agenda", subject=item.qualification, actor=actor, at=at,
               because=because, meeting=held.pk)  # fmt: skip
        item.delete()
    stay = [each for each in items if each not in off]
    stay.sort(key=lambda each: (places.get(each.qualification_id) or each.position, each.position))
    for number, item in enumerate(stay, start=1):
        item.position = number
    MeetingItem.objects.bulk_update(stay, ["position"])
    record("agenda.arranged", subject=held, actor=actor, at=at, items=len(stay))
    return held


@transaction.atomic
def close(*, meeting: Meeting, actor: Actor, at: datetime) -> Meeting:
    """Say that a meeting was held: not before its day, and with a decision on all that it had.

    A deferral is a decision. Nothing is recorded by default: what lacks one is named.
    """
    held = _planned(meeting, actor)
    if held.held_on > at.astimezone(LONDON).date():
        raise Refused(f"The meeting is on {day(held.held_on)}.")
    missing = [
        f"{each.organisation.name}, {MARKET_ROLES[each.qualification.role].label}: no decision of"
        " this meeting is recorded."
        for each in _items(held)
        if not Decision.objects.filter(meeting=held, qualification=each.qualification).exists()
    ]
    if missing:
        raise Refused(missing)
    _end(held, MeetingState.HELD, actor, at)
    record("meeting.held", subject=held, actor=actor, at=at)
    return held


def of_decision(qualification: Qualification, body: str, decided_on: date) -> Meeting | None:
    """Return the meeting that a decision was taken at: of its day, with it on the agenda (R116)."""
    if body != "BSC":
        return None
    rows = Meeting.objects.exclude(status=MeetingState.CANCELLED).filter(held_on=decided_on)
    return rows.filter(items__qualification=qualification).first()


def _planned(meeting: Meeting, actor: Actor) -> Meeting:
    policy.require(actor, PLAN)
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.status != MeetingState.PLANNED:
        raise Refused(f"This meeting is {held.get_status_display().lower()}; nothing moves on it.")
    return held


def _items(meeting: Meeting) -> list[MeetingItem]:
    rows = meeting.items.select_related("organisation", "qualification")
    return list(rows.order_by("position", "pk"))


def _end(meeting: Meeting, status: str, actor: Actor, at: datetime, because: str = "") -> None:
    meeting.status, meeting.because = status, because.strip()
    meeting.ended_at, meeting.ended_by_name = at, actor.name
    meeting.save(update_fields=["status", "because", "ended_at", "ended_by_name"])


def _unfit(qualification: Qualification) -> str:
    """Say why a qualification cannot stand on an agenda of the BSC PAB."""
    role = MARKET_ROLES[qualification.role]
    name = f"{qualification.organisation.name}, {role.label}"
    if "BSC" not in role.deciding_bodies:
        return f"{name}: not decided by the BSC PAB."
    if qualification.status != Status.SIGNED_OFF:
        return f"{name}: not signed."
    decided = Decision.objects.filter(
        qualification=qualification, body="BSC", sign_off__status="SIGNED"
    ).exclude(outcome=Outcome.DEFERRED)
    return f"{name}: decided already." if decided.exists() else ""


def _refuse_day(title: str, held_on: date, at: datetime) -> None:
    problems = {}
    if not title.strip():
        problems["title"] = "Give the meeting a title."
    if held_on < at.astimezone(LONDON).date():
        problems["held_on"] = "This day is over."
    if problems:
        raise Invalid(problems)


def _refuse_taken(held_on: date) -> None:
    there: Iterable[Meeting] = Meeting.objects.filter(held_on=held_on)
    if there.exclude(status=MeetingState.CANCELLED).exists():
        raise Invalid({"held_on": f"There is a meeting on {day(held_on)} already."})
