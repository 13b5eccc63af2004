"""Duties for the fault drill: half of them a backlog of two days, half falling due meanwhile."""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 - all of these need Django
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from foundation.audit.models import AuditEvent  # noqa: E402
from foundation.audit.verify import walk  # noqa: E402
from foundation.clock import moments  # noqa: E402
from foundation.notices.models import MailState, Notice  # noqa: E402
from foundation.tenancy.acting import acting_as  # noqa: E402
from foundation.tenancy.actor import PORTAL  # noqa: E402
from waves.models import Obligation, Reminder  # noqa: E402
from waves.services import clocks  # noqa: E402
from waves.services.sweep import sweep  # noqa: E402

BACKLOG = timedelta(days=2)
DRILL = "DUE_1"  # the kind of every reminder of the drill


def fill(wanted: int, seconds: int) -> dict[str, int]:
    """Leave ``wanted`` reminders pending: a backlog, and those due within so many seconds."""
    call_command("generate_market", organisations=wanted // 2, comments=0)
    _give_clocks()
    sweep()  # says what is due already
    now = _true_now()
    with acting_as(PORTAL):
        Notice.objects.update(mail_state=MailState.PORTAL_ONLY)
        Reminder.objects.filter(kind=DRILL).update(state="DROPPED", kind="DUE_7")
        Reminder.objects.filter(state="PENDING").update(state="DROPPED")
        running = Obligation.objects.filter(state="RUNNING", body="").order_by("pk")
        keys = list(running.values_list("pk", flat=True)[:wanted])
        ahead = now + timedelta(days=30)
        Obligation.objects.filter(pk__in=keys).update(due_at=ahead, due_on=ahead.date())
        one_each = Reminder.objects.filter(obligation__in=keys).order_by("obligation", "pk")
        rows = list(one_each.distinct("obligation"))
        for number, row in enumerate(rows):
            row.state, row.kind, row.fired_at = "PENDING", DRILL, None
            row.fire_at = _moment(now, number, len(rows), seconds)
        Reminder.objects.bulk_update(rows, ["state", "kind", "fire_at", "fired_at"], 500)
    return {"duties": len(rows)}


def count() -> dict[str, int]:
    """Return what became of the duties, and what was mailed."""
    with acting_as(PORTAL):
        rows = Reminder.objects.filter(kind=DRILL)
        fired = list(rows.filter(state="FIRED").values_list("obligation", "fire_at", "fired_at"))
        events = AuditEvent.objects.filter(
            action="reminder.sent", payload__contains=f'"{DRILL}"'
        ).values_list("object_id", flat=True)
        said = Counter(events)
        unsent = (MailState.NEW, MailState.SENDING, MailState.GATHERED)
        waiting = Notice.objects.filter(mail_state__in=unsent).count()
        sent = {str(key) for key in _keys_of(Notice.objects.filter(mail_state=MailState.SENT))}
        digests = Counter(Notice.objects.filter(kind="digest").values_list("email", flat=True))
        broken = len(walk().breaks)
    delivered = Counter(_message_ids())
    return {
        "pending": _pending(),
        "fired": len(fired),
        "early": sum(done < due for _, due, done in fired),
        "fired, not said": len({str(key) for key, _, _ in fired} - set(said)),
        "said twice": sum(times > 1 for times in said.values()),
        "broken links of the trail": broken,
        "mails waiting": waiting,
        "mails sent": len(sent),
        "mails lost": len(sent - set(delivered)),
        "mails repeated": sum(times - 1 for times in delivered.values()),
        "digests": sum(digests.values()),
        "people with a digest": len(digests),
    }


def _give_clocks() -> None:
    given = 1
    while given:
        with acting_as(PORTAL):
            given = clocks.sync_unplanned(actor=PORTAL, at=moments.now())


def _moment(now: datetime, number: int, of: int, seconds: int) -> datetime:
    if number % 2:
        return now - BACKLOG + timedelta(seconds=number)
    return now + timedelta(seconds=5 + seconds * number / of)


def _keys_of(rows) -> list:
    return rows.values_list("pk", flat=True)


def _pending() -> int:
    with acting_as(PORTAL):
        due = Reminder.objects.filter(kind=DRILL, state="PENDING", fire_at__lte=_true_now())
        return due.count()


def _message_ids() -> Iterator[str]:
    for path in Path(settings.EMAIL_FILE_PATH).glob("*"):
        yield from re.findall(r"^Message-ID: <([^@]+)@", path.read_text(), re.MULTILINE)


def _true_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]


if __name__ == "__main__":
    done = fill(int(sys.argv[2]), int(sys.argv[3])) if sys.argv[1] == "fill" else count()
    print(json.dumps(done))
