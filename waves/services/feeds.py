"""Private addresses for calendar programs: shown once, kept as a hash, revocable at once."""

import secrets
from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.models import Membership, Organisation
from participants.services.people import digest
from waves.models import CalendarFeed

MOST = 10  # living links of one person


@transaction.atomic
def make_feed(
    *, name: str, about: Organisation | None = None, actor: Actor, at: datetime
) -> tuple[CalendarFeed, str]:
    """Make a link of the acting person, of everything or of one organisation; return its secret."""
    if not name.strip():
        raise Invalid({"name": "Say where you will use it, such as “phone”."})
    if about is not None:
        _may_read(actor, about)
    living = CalendarFeed.objects.filter(person_id=actor.person_id, revoked_at=None)
    if living.count() >= MOST:
        raise Refused(f"You have {MOST} calendar links. Revoke one that you do not need first.")
    secret = _secret()
    feed = CalendarFeed.objects.create(
        person_id=actor.person_id,
        about=about,
        name=name.strip(),
        token_hash=digest(secret),
        created_at=at,
    )
    _record("calendar_feed.created", feed, actor, at)
    return feed, secret


@transaction.atomic
def renew_feed(*, feed: CalendarFeed, actor: Actor, at: datetime) -> tuple[CalendarFeed, str]:
    """Give a link a new address; the old one stops working at once."""
    row = _own(feed, actor)
    if row.revoked_at is not None:
        raise Refused("This link is revoked. Make a new one.")
    secret = _secret()
    row.token_hash, row.last_read_at = digest(secret), None
    row.save(update_fields=["token_hash", "last_read_at"])
    _record("calendar_feed.renewed", row, actor, at)
    return row, secret


@transaction.atomic
def revoke_feed(*, feed: CalendarFeed, actor: Actor, at: datetime) -> CalendarFeed:
    """End a link; a second time changes nothing."""
    row = _own(feed, actor)
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        _record("calendar_feed.revoked", row, actor, at)
    return row


def _may_read(actor: Actor, about: Organisation) -> None:
    if actor.is_participant or actor.is_staff:
        policy.require(actor, "organisation.read", about)
        return
    # Before an organisation is chosen it is the membership that says so.
    places = Membership.objects.filter(person_id=actor.person_id, is_active=True)
    if not places.filter(organisation_id=about.pk).exists():
        raise Denied("You do not belong to this organisation.")


def _own(feed: CalendarFeed, actor: Actor) -> CalendarFeed:
    """Return the link, held for this transaction; only its person may touch it."""
    if feed.person_id != actor.person_id:
        raise Denied("This calendar link belongs to somebody else.")
    return CalendarFeed.objects.select_for_update(no_key=True).get(pk=feed.pk)


def _record(action: str, feed: CalendarFeed, actor: Actor, at: datetime) -> None:
    record(action, subject=feed, organisation_id=actor.organisation_id, actor=actor, at=at)


def _secret() -> str:
    return secrets.token_urlsafe(32)
