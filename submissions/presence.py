"""Who else is on a question now: colleagues alone, kept in the cache for a minute, never stored."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.cache import cache

from foundation.tenancy.actor import Actor

BEAT = 30  # seconds between two signs of life of an open page
GONE = timedelta(seconds=75)  # two missed signs, and somebody is not there any more


def others_here(*, part_id: UUID, question: str, actor: Actor, at: datetime) -> list[str]:
    """Note that the actor is on a question, and return the names of who else is.

    The key holds the organisation, so that nobody of another one is ever named. Two signs at the
    same instant may lose one of them; the next sign brings it back.
    """
    key = f"presence:{actor.organisation_id}:{part_id}:{question}"
    held = {
        person: (name, seen)
        for person, (name, seen) in cache.get(key, {}).items()
        if timedelta(0) <= at - seen < GONE and person != actor.person_id
    }
    cache.set(key, held | {actor.person_id: (actor.name, at)}, GONE.total_seconds())
    return sorted(name for name, _ in held.values())
