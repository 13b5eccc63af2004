"""Digests: one mail instead of many, in the morning or after a silence; never an empty one.

PostgreSQL alone knows what waits for a digest, so a missed morning is made up at the next bell
and a second bell finds nothing.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from foundation.clock.moments import LONDON
from foundation.notices.delivery import Delivery, decide
from foundation.notices.models import MailState, Notice
from foundation.notices.outbox import Recipient, announce

KIND = "digest"
MORNING = time(7, 30)  # before the day's reminders at eight
ONE_AT_A_TIME = 0x5144_4947  # names the lock in the database


def latest_morning(at: datetime) -> datetime:
    """Return the last digest hour, in London, at or before a moment."""
    local = at.astimezone(LONDON)
    today = datetime.combine(local.date(), MORNING, LONDON)
    if today <= at:
        return today
    return datetime.combine(local.date() - timedelta(days=1), MORNING, LONDON)


def compose(*, at: datetime, is_caught_up: bool = True) -> int:
    """Write the digests that are due and return how many; call it as the portal.

    What waits for the morning goes with the first bell after it. What a silence had gathered goes
    at once, but only when nothing of that silence is still unsaid (``is_caught_up``).
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return 0  # another bell is writing them
    due = Q(mail_state=MailState.DAILY, created_at__lt=latest_morning(at))
    if is_caught_up:
        due |= Q(mail_state=MailState.GATHERED)
    waiting = Notice.objects.filter(due).order_by("email", "created_at", "pk")
    rows = list(waiting.select_for_update())
    ways = decide(rows)
    _mark([row for row in rows if ways[row.pk] is Delivery.PORTAL], MailState.PORTAL_ONLY)
    told = [row for row in rows if ways[row.pk] is not Delivery.PORTAL]
    _mark(told, MailState.DIGESTED)
    people = [list(group) for _, group in groupby(told, key=lambda row: row.email.lower())]
    for group in people:
        _write(group, at)
    return len(people)


def _write(group: Sequence[Notice], at: datetime) -> None:
    """Write the digest of one person as a notice that is mailed only."""
    first = group[0]
    count = len(group)
    announce(
        kind=KIND,
        key=f"{first.pk}:{at.isoformat()}",
        recipients=[Recipient(first.email, first.person_id)],
        subject=first.subject if count == 1 else f"{count} notices: {first.subject}",
        text="\n\n".join(_entry(row) for row in group),
        path="",
        at=at,
    )


def _entry(row: Notice) -> str:
    link = f"\n{settings.BASE_URL}{row.path}" if row.path else ""
    first_words = row.text.partition("\n\n")[0]
    return f"{row.subject}\n{first_words}{link}"


def _mark(rows: Sequence[Notice], state: MailState) -> None:
    keys: list[UUID] = [row.pk for row in rows]
    if keys:
        Notice.objects.filter(pk__in=keys).update(mail_state=state)
