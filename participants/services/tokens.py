"""Personal API tokens: shown once, kept as a hash, revocable at once."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from foundation.audit.trail import record
from foundation.tenancy.actor import Actor
from participants.models import ApiToken
from participants.services.people import digest


@transaction.atomic
def create_token(*, name: str, actor: Actor, at: datetime) -> tuple[ApiToken, str]:
    """Make a token for the acting person and return it with its secret; run as the portal."""
    secret = f"qad_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        person_id=actor.person_id, name=name, token_hash=digest(secret), created_at=at
    )
    record("token.created", subject=token, actor=actor, at=at)
    return token, secret


@transaction.atomic
def revoke_token(*, token_id: UUID, actor: Actor, at: datetime) -> None:
    """End one of the acting person's tokens."""
    token = ApiToken.objects.get(pk=token_id, person_id=actor.person_id)
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record("token.revoked", subject=token, actor=actor, at=at)
