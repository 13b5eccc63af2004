"""Public identifiers: UUID version 7, ordered by time and not guessable."""

from uuid import UUID

import uuid6


def new_id() -> UUID:
    """Return a fresh identifier."""
    return UUID(bytes=uuid6.uuid7().bytes)
