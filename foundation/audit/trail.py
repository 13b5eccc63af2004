"""Recording events; always the last write of the transaction that it tells of."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from foundation.audit.models import AuditEvent
from foundation.tenancy.actor import Actor

PORTAL_CHAIN = "portal"


def canonical(payload: Mapping[str, Any]) -> str:
    """Return JSON text that is the same for the same content."""
    return json.dumps(
        payload, sort_keys=True, separators=(",", ":"), default=str, ensure_ascii=False
    )


def record(
    action: str,
    *,
    actor: Actor,
    at: datetime,
    subject: models.Model | None = None,
    organisation_id: UUID | None = None,
    because: str = "",
    **payload: Any,
) -> AuditEvent:
    """Append an event (``noun.past_tense``) to the chain of its organisation, body or the portal.

    ``payload`` must hold no confidential text: ids, names of fields, states, hashes.
    """
    if organisation_id is None and subject is not None:
        organisation_id = getattr(subject, "organisation_id", None)
    if organisation_id:
        chain = f"organisation:{organisation_id}"
    else:
        chain = f"body:{actor.body}" if actor.body else PORTAL_CHAIN
    event = AuditEvent(
        chain=chain,
        organisation_id=organisation_id,
        action=action,
        object_type=subject._meta.model_name if subject is not None else "",
        object_id=str(subject.pk) if subject is not None else "",
        object_label=str(subject)[:200] if subject is not None else "",
        actor_id=actor.person_id,
        actor_name=actor.name,
        actor_kind=actor.kind.value,
        actor_body=actor.body,
        because=because,
        payload=canonical(payload),
        at=at,
    )
    # No RETURNING: the login may write an event that it may not read.
    AuditEvent.objects.bulk_create([event])
    return event
