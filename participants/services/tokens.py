"""Personal API tokens: shown once, kept as a hash, revocable at once."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants.models import ApiToken
from participants.services.people import digest

MOST = 20  # living tokens of one person
LIFETIMES = (30, 90, 365)  # days


@transaction.atomic
def create_token(*, name: str, days: int = 90, actor: Actor, at: datetime) -> tuple[ApiToken, str]:
    """Make a token for the acting person and return it with its secret, which is not kept."""
    if not name.strip():
        raise Invalid({"name": "Say what the token is for."})
    if days not in LIFETIMES:
        raise Invalid({"days": "Choose one of the terms that are offered."})
    living = ApiToken.objects.filter(person_id=actor.person_id, revoked_at=None)
    if living.exclude(expires_at__lte=at).count() >= MOST:
        raise Refused(f"You have {MOST} tokens. Revoke one that you do not need first.")
    secret = f"qad_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        person_id=actor.person_id,
        name=name.strip(),
        token_hash=digest(secret),
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    record("token.created", subject=token, actor=actor, at=at, expires_at=token.expires_at)
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken, actor: Actor, at: datetime) -> ApiToken:
    """End one of the acting person's tokens; a second time changes nothing."""
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        record("token.revoked", subject=token, actor=actor, at=at)
    return token
