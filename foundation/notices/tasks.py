"""The outbox's hands."""

from celery import shared_task

from foundation.notices import outbox
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL


@shared_task
def send_due(limit: int = 50) -> int:
    """Send what waits in the outbox; each notice in a transaction of its own."""
    return send_waiting(limit)


def send_waiting(limit: int = 50) -> int:
    """Claim, send, mark; return how many went out."""
    with acting_as(PORTAL):
        claimed = outbox.claim(limit)
    sent = 0
    for notice in claimed:
        with acting_as(PORTAL):
            sent += outbox.deliver(notice)
    return sent
