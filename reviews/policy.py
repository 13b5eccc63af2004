"""Who may judge what: reasons in words, or Denied; beside the capabilities of participants."""

from collections.abc import Collection, Iterable
from uuid import UUID

from foundation.errors import Denied
from foundation.tenancy.actor import Actor
from participants import grants, policy
from participants.enums import Status
from participants.market_roles import MARKET_ROLES, reviewing_bodies
from participants.models import Qualification
from reviews.models import Thread
from submissions import bank
from submissions.models import Part


def require_raiser(actor: Actor, capability: str, thread: Thread) -> None:
    """Raise Denied unless the actor is of the body that raised the thread (R99, D.4).

    For the participant, somebody who may write the section that the thread hangs on (R5).
    """
    policy.require(actor, capability, thread)
    if actor.is_staff and actor.body != thread.body:
        raise Denied(f"Only {thread.body}, which raised {thread.reference}, may do this.")
    if actor.is_participant:
        grants.require_section(actor, *place_of(thread))


def place_of(thread: Thread) -> tuple[UUID | None, str]:
    """Return the qualification (None: the organisation) and the section that a thread hangs on."""
    section = bank.of_part(thread.part).question(thread.question).section
    return thread.part.qualification_id, section


def is_within(thread: Thread, reach: Collection[tuple[UUID | None, str]] | None) -> bool:
    """Return whether a limited author's writing reaches a thread; None reaches everything."""
    return reach is None or place_of(thread) in reach


def require_reader(
    actor: Actor, capability: str, part: Part, question: str, readers: Collection[str]
) -> None:
    """Raise Denied unless the actor's body reads a question (R98, QA&P 10.2.1)."""
    policy.require(actor, capability, part)
    if actor.is_staff and actor.body not in readers:
        raise Denied(f"{question} is not read by {actor.body} here.")


def require_part(actor: Actor, capability: str, part: Part, held: Iterable[Qualification]) -> None:
    """Raise Denied unless the actor's body has to do with a part (R101)."""
    policy.require(actor, capability, part)
    if actor.is_staff and actor.body not in bodies_of(part, held):
        raise Denied(f"{actor.body} governs no role that this part belongs to.")


def bodies_of(part: Part, held: Iterable[Qualification]) -> tuple[str, ...]:
    """Return the bodies that approve a part: of its role, or of all roles sought (R101)."""
    return reviewing_bodies(each.role for each in touched_by(part, held))


def touched_by(part: Part, held: Iterable[Qualification]) -> list[Qualification]:
    """Return the qualifications that rest on a part: its own, or all for the organisation's."""
    return [
        each
        for each in held
        if part.qualification_id in (None, each.pk) and each.status != Status.WITHDRAWN
    ]


def governed_by(body: str, held: Iterable[Qualification]) -> list[Qualification]:
    """Return those of the qualifications that a body reviews."""
    return [each for each in held if body in MARKET_ROLES[each.role].bodies]
