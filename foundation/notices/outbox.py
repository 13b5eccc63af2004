"""Writing notices in the transaction of their event, and sending each once after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import F

from foundation.clock import moments
from foundation.notices.delivery import Delivery, decide
from foundation.notices.models import MailState, Notice

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 6


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a notice goes to; ``person_id`` is empty before an account exists."""

    email: str
    person_id: UUID | None = None


def announce(
    *,
    kind: str,
    key: str,
    recipients: Iterable[Recipient],
    subject: str,
    text: str,
    path: str,
    at: datetime,
    organisation_id: UUID | None = None,
    mail_state: MailState = MailState.NEW,
) -> int:
    """Write one notice to each recipient and return how many; a repeated ``key`` adds none.

    ``mail_state`` is PORTAL_ONLY for what is never mailed, GATHERED for what is said long after
    its moment and goes into one digest.
    """
    notices = [
        Notice(
            dedupe_key=f"{kind}:{key}:{recipient.email.lower()}"[:200],
            person_id=recipient.person_id,
            email=recipient.email,
            organisation_id=organisation_id,
            kind=kind,
            subject=subject[:200],
            text=text,
            path=path,
            created_at=at,
            mail_state=mail_state,
        )
        for recipient in {r.email.lower(): r for r in recipients}.values()
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return len(notices)


def claim(limit: int = 50) -> list[Notice]:
    """Take up to ``limit`` notices for sending, under a lease; nobody else gets them meanwhile.

    What its person wants in the daily digest, or is relieved of, is set aside and not returned.

    Mail follows the database's true time, not the demonstration's.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select clock_timestamp()")
            true_now = cursor.fetchone()[0]
        free = Notice.objects.filter(mail_state=MailState.NEW) | Notice.objects.filter(
            mail_state=MailState.SENDING, claimed_until__lt=true_now
        )
        rows = list(free.order_by("created_at").select_for_update(skip_locked=True)[:limit])
        ways = decide(rows)
        by_way = {way: [row for row in rows if ways[row.pk] is way] for way in Delivery}
        _set_aside(by_way[Delivery.DAILY], MailState.DAILY)
        _set_aside(by_way[Delivery.PORTAL], MailState.PORTAL_ONLY)
        Notice.objects.filter(pk__in=[row.pk for row in by_way[Delivery.NOW]]).update(
            mail_state=MailState.SENDING, claimed_until=true_now + LEASE, attempts=F("attempts") + 1
        )
    return by_way[Delivery.NOW]


def _set_aside(rows: Sequence[Notice], state: MailState) -> None:
    if rows:
        Notice.objects.filter(pk__in=[row.pk for row in rows]).update(mail_state=state)


def deliver(notice: Notice) -> bool:
    """Send one claimed notice and mark it; return whether it went out.

    A stop between sending and marking repeats the mail under the same Message-ID, never loses it.
    """
    domain = settings.BASE_URL.partition("://")[2].partition(":")[0]
    link = f"\n\n{settings.BASE_URL}{notice.path}\n" if notice.path else "\n"
    message = EmailMessage(
        subject=" ".join(notice.subject.split()),  # a header is one line
        body=notice.text + link,
        to=[notice.email],
        headers={"Message-ID": f"<{notice.pk}@{domain}>"},
    )
    try:
        message.send()
    except OSError as problem:  # the mail server is away or refuses: wait, or give up at last
        dead = notice.attempts + 1 >= MAX_ATTEMPTS
        Notice.objects.filter(pk=notice.pk).update(
            mail_state=MailState.DEAD if dead else MailState.SENDING,
            last_error=str(problem)[:300],
        )
        return False
    Notice.objects.filter(pk=notice.pk).update(mail_state=MailState.SENT, sent_at=moments.now())
    return True


def settle_history(*, before: datetime, at: datetime) -> int:
    """Take notices from before a moment as read and mailed long ago; return how many.

    For data that enters with its history, such as a demonstration or a migration: nobody wants
    the mail of a whole year at once.
    """
    old = Notice.objects.filter(created_at__lt=before)
    settled = old.filter(mail_state=MailState.NEW).update(mail_state=MailState.PORTAL_ONLY)
    old.filter(read_at=None).update(read_at=at)
    return settled
