"""Making the whole invented world: staff, organisations, a pack, reminders, quiet mail."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from multiprocessing import get_context

from django.db import connections

from foundation.audit.models import AuditEvent
from foundation.audit.trail import record
from foundation.clock import moments
from foundation.clock.services import move_to
from foundation.notices.outbox import settle_history
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Duty
from participants.models import Organisation
from qadportal.demo import accounts
from qadportal.demo.corpus import Corpus
from qadportal.demo.corpus import Organisation as Told
from qadportal.demo.play.board import plan_waves
from qadportal.demo.play.cast import Cast
from qadportal.demo.play.drafts import draft_asks
from qadportal.demo.play.exemptions import ask_for_exemptions
from qadportal.demo.play.meetings import plan_meetings
from qadportal.demo.play.organisation import play
from qadportal.demo.play.packs import build_packs
from qadportal.demo.play.reliance import play_reliance
from qadportal.demo.play.reports import play_reports
from qadportal.demo.play.team import share_reading
from qadportal.demo.play.testing import play_testing
from qadportal.demo.play.timetable import draft_timetable
from qadportal.demo.play.wordings import write_wordings
from qadportal.demo.reading import corpus
from qadportal.demo.script.whole import acts_of
from submissions import bank
from submissions.template_types import Template
from waves import tables
from waves.services.sweep import sweep
from waves.timetable import Timetable

OPENING = time(10, 0)  # the demonstration begins at ten in London
STAFF_SINCE = datetime(2024, 11, 18, 9, 0, tzinfo=moments.LONDON)
BEGUN, SEEDED = "demo.begun", "demo.seeded"
QUIET = timedelta(days=3)  # older notices were read and mailed long ago
PR_SET_PDEATHSIG = 1  # of Linux's prctl
SWEEPS = 6  # weeks back in which the sweep rang once each

Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a database holds of the demonstration."""

    organisations: frozenset[str]
    is_begun: bool
    is_seeded: bool

    @property
    def is_foreign(self) -> bool:
        """Whether there are organisations that no seeding made."""
        return bool(self.organisations) and not self.is_begun


def standing() -> Standing:
    """Return how far the demonstration is."""
    with acting_as(PORTAL):
        marks = set(
            AuditEvent.objects.filter(action__in=(BEGUN, SEEDED)).values_list("action", flat=True)
        )
        slugs = frozenset(Organisation.objects.values_list("slug", flat=True))
    return Standing(slugs, BEGUN in marks, SEEDED in marks)


def beginning(told: Corpus) -> datetime:
    """Return the moment at which the demonstration begins."""
    return datetime.combine(told.today, OPENING, moments.LONDON).astimezone(UTC)


def seed(*, only: Iterable[str] = (), jobs: int = 1, say: Say = print) -> int:
    """Make the world, or what of it is missing; return how many organisations were made.

    Each organisation is one transaction, so a second start finds it whole or not at all.
    """
    accounts.require_demonstration()
    told, known = corpus(), standing()
    chosen = set(only) or {each.slug for each in told.organisations}
    missing = [
        each
        for each in told.organisations
        if each.slug in chosen and each.slug not in known.organisations
    ]
    if known.is_seeded and not missing:
        return 0
    now = beginning(told)
    _begin(known, now)
    cast = Cast(accounts.hashed_password(), told.staff)
    cast.open_staff(STAFF_SINCE)
    _play_all(missing, cast, jobs, say)
    plan_waves(cast, now)
    draft_timetable(cast, now)
    play_testing(cast, now)
    play_reliance(cast, now)
    draft_asks(cast, now)
    share_reading(cast, now)
    write_wordings(cast, now)
    _finish(told, now)
    if not only and not known.is_seeded:
        _mark(SEEDED, now)
    return len(missing)


def _begin(known: Standing, now: datetime) -> None:
    """Set the portal's time, unless somebody works in a finished demonstration already."""
    if not known.is_seeded:
        with acting_as(PORTAL):
            move_to(moment=now, set_by_name="the demonstration")
    if not known.is_begun:
        _mark(BEGUN, now)


def _mark(event: str, at: datetime) -> None:
    with moments.at(at), acting_as(PORTAL):
        record(event, actor=PORTAL, at=at)


def _play_all(missing: Sequence[Told], cast: Cast, jobs: int, say: Say) -> None:
    if jobs < 2:
        for own in missing:
            say(_play_one(own, cast))
        return
    _plans()  # read once here, and known to every process
    connections.close_all()  # a connection belongs to one process
    largest_first = sorted(missing, key=lambda own: -len(own.qualification))
    fork = get_context("fork")
    with ProcessPoolExecutor(jobs, mp_context=fork, initializer=_die_with_parent) as pool:
        for line in pool.map(_play_one, largest_first, [cast] * len(missing)):
            say(line)


def _die_with_parent() -> None:
    """Leave no worker behind a seeding that was killed, so that a second start meets nobody."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))


def _play_one(own: Told, cast: Cast) -> str:
    told, (template, timetable) = corpus(), _plans()
    acts = acts_of(own, told, template, timetable)
    play(own, acts, corpus=told, template=template, cast=cast)
    return f"{own.name}: {len(acts)} acts"


def _plans() -> tuple[Template, Timetable]:
    with acting_as(PORTAL):
        return bank.current()[1], tables.current().timetable


def _finish(told: Corpus, now: datetime) -> None:
    """Build the pack, let overdue dates speak as they would have, and quiet the old mail."""
    build_packs(told, duties=(Duty.PAB_SECRETARY,), at=now)
    plan_meetings(now)
    ask_for_exemptions(now)
    play_reports(now)
    for week in reversed(range(1, SWEEPS + 1)):
        with moments.at(now - timedelta(weeks=week)):
            sweep()
    sweep()
    with acting_as(PORTAL):
        settle_history(before=now - QUIET, at=now)


def processors() -> int:
    """Return how many processes the seeding may use: two at most."""
    return min(2, os.cpu_count() or 1)
