"""What people are told of testing (NT11, NT12, NT14, NT15); each organisation of its own."""

from collections.abc import Iterable
from datetime import date, datetime

from foundation.notices.outbox import Recipient, announce
from participants import queries as people
from participants.enums import Body, Duty
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from waves.because import long_day
from waves.models import Deliverable, TestPlan, WorkOff
from waves.routes import ROUTES


def handed_in(row: Deliverable, *, at: datetime) -> None:
    """Tell the test managers that a PIT artefact arrived (NT11)."""
    what = f"{row.get_kind_display()} received"
    _tell(row.qualification, what, f"{what} from {row.submitted_by_name}.", testers=True, at=at)


def judged(row: Deliverable, *, at: datetime) -> None:
    """Tell the organisation what came of an artefact (NT11)."""
    what = f"{row.get_kind_display()}: {row.get_status_display().lower()}"
    _tell(row.qualification, what, f"{what}. {row.review_note}", members=True, at=at)


def proposed(row: WorkOff, *, at: datetime) -> None:
    """Tell the test managers that a plan waits for their review (R75)."""
    what = f"{row} waits for your review"
    _tell(row.qualification, what, f"{what}: {row.title}.", testers=True, at=at)


def reviewed(row: WorkOff, *, at: datetime) -> None:
    """Tell the leads of the bodies that a reviewed plan waits for their agreement (R75)."""
    what = f"{row} waits for agreement"
    text = f"{what}: {row.title}, by {long_day(row.due_on)}. {row.review_note}"
    _tell(row.qualification, what, text, leads=True, at=at)


def sent_back(row: WorkOff, *, at: datetime) -> None:
    """Tell the organisation that a plan needs more."""
    what = f"{row} needs more"
    _tell(row.qualification, what, f"{what}. {row.review_note}", members=True, at=at)


def agreed(row: WorkOff, *, at: datetime) -> None:
    """Tell everybody that a deferral, a plan or an exception is agreed (NT12)."""
    what = f"{row} agreed, due by {long_day(row.due_on)}"
    text = f"{what}: {row.title}."
    _tell(row.qualification, what, text, members=True, testers=True, leads=True, at=at)


def due(row: WorkOff, left: int, *, at: datetime) -> None:
    """Tell everybody that an agreed item comes due, or is overdue (NT12)."""
    day = long_day(row.due_on)
    what = f"{row} due by {day}" if left >= 0 else f"{row} overdue since {day}"
    _tell(
        row.qualification,
        what,
        f"{what}: {row.title}.",
        members=True,
        testers=True,
        leads=left < 0,
        key=due_key(row, left),
        at=at,
    )


def due_key(row: WorkOff, left: int) -> str:
    """Return what makes this word on an item be said once; a new date is a new word."""
    return f"{row.pk}:{row.due_on}:{'due' if left >= 0 else 'overdue'}"


def finished(row: WorkOff, *, at: datetime) -> None:
    """Tell the organisation that an item is done."""
    what = f"{row} done"
    _tell(row.qualification, what, f"{what}: {row.evidence}", members=True, at=at)


def entry(
    held: Qualification, *, refused: Iterable[str] = (), note: str = "", at: datetime
) -> None:
    """Say that entry into QT is confirmed, or refused and why (NT14)."""
    reasons = [*refused]
    what = "QT entry is not confirmed" if reasons else "QT entry confirmed"
    text = " ".join([f"{what}.", *reasons, note]).strip()
    _tell(held, what, text, members=True, testers=True, bodies=(Body.DIP,), at=at)


def passed(held: Qualification, what: str, note: str, *, at: datetime) -> None:
    """Say that a party passed PIT exit, QT exit or SIT exit."""
    text = f"{what}. {note}".strip()
    _tell(held, what, text, members=True, testers=True, leads=True, at=at)


def plan_in(row: TestPlan, *, at: datetime) -> None:
    """Tell test managers and leads that a QT Test Plan waits for agreement."""
    what = f"{row} waits for agreement"
    _tell(row.qualification, what, f"{what}. {row.reason}", testers=True, leads=True, at=at)


def plan_back(row: TestPlan, *, at: datetime) -> None:
    """Tell the organisation that its plan needs more."""
    what = f"{row} needs more"
    _tell(row.qualification, what, f"{what}. {row.review_note}", members=True, at=at)


def plan_agreed(row: TestPlan, *, at: datetime) -> None:
    """Say that a plan is the baseline (NT15)."""
    word = "re-baselined" if row.baseline > 1 else "approved"
    what = f"QT Test Plan {word}"
    text = f"{what}: {row.tests} tests, {long_day(row.starts_on)} to {long_day(row.ends_on)}."
    _tell(
        row.qualification,
        what,
        f"{text} {row.reason}",
        members=True,
        leads=True,
        bodies=(Body.MHHSP,),
        at=at,
    )


def slipping(held: Qualification, behind: int, on: date, *, at: datetime) -> None:
    """Say that testing is behind its plan; once a week (NT15, R72)."""
    what = f"QT is {behind} tests behind its plan"
    week = on.isocalendar()
    _tell(
        held,
        what,
        f"{what} on {long_day(on)}. Nothing changes by this; the plan can be baselined anew.",
        members=True,
        leads=True,
        bodies=(Body.MHHSP,),
        key=f"{held.pk}:slip:{week.year}-{week.week}",
        at=at,
    )


def _tell(
    held: Qualification,
    headline: str,
    text: str,
    *,
    at: datetime,
    members: bool = False,
    testers: bool = False,
    leads: bool = False,
    bodies: Iterable[str] = (),
    key: str = "",
) -> None:
    role = MARKET_ROLES[held.role]
    audience: list[Recipient] = []
    if members:
        audience += people.member_recipients(held.organisation_id)
    if testers:
        of = [*role.bodies, *((Body.MHHSP,) if ROUTES[held.route].reliance_with_mhhsp else ())]
        audience += people.staff_recipients(of, (Duty.TEST_MANAGER,))
    if leads:
        audience += people.staff_recipients(role.bodies, (Duty.LEAD,))
    if bodies:
        audience += people.staff_recipients(tuple(bodies), (Duty.LEAD, Duty.TEST_MANAGER))
    announce(
        kind="testing",
        key=key or f"{held.pk}:{headline}:{at.isoformat()}"[:150],
        recipients=audience,
        subject=f"{held.organisation.name}: {role.short_label}: {headline}",
        text=f"{role.short_label}: {text.strip()}",
        path=f"/o/{held.organisation.slug}/testing/{held.pk}/",
        at=at,
        organisation_id=held.organisation_id,
    )
