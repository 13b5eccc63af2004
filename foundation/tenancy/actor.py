"""PURE: who acts. Every service, task and page works for exactly one Actor."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

NOBODY = UUID(int=0)


class ActorKind(StrEnum):
    """The classes of actor; each has a PostgreSQL role of its own."""

    PARTICIPANT = "participant"  # a person of one organisation
    REVIEWER = "reviewer"  # staff of a body
    SYSTEM = "system"  # the portal itself: sweep, tasks, set-up
    GATE = "gate"  # a signed-in person before an organisation is chosen


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or the portal) acting for one organisation, one body, or the portal.

    ``duties`` holds what a staff account is named for, or the flags of a membership.
    """

    kind: ActorKind
    person_id: UUID
    name: str
    organisation_id: UUID | None = None
    body: str = ""
    duties: frozenset[str] = frozenset()

    @property
    def is_participant(self) -> bool:
        return self.kind is ActorKind.PARTICIPANT

    @property
    def is_staff(self) -> bool:
        return self.kind is ActorKind.REVIEWER

    @property
    def is_system(self) -> bool:
        return self.kind is ActorKind.SYSTEM


PORTAL = Actor(kind=ActorKind.SYSTEM, person_id=NOBODY, name="the portal")


def portal_after(actor: Actor) -> Actor:
    """Return the portal as it carries out what follows from somebody's act."""
    return Actor(kind=ActorKind.SYSTEM, person_id=NOBODY, name=f"the portal, after {actor.name}")
