"""What a body has to read and decide, by clock risk: a constant number of statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from foundation.tenancy.actor import Actor
from participants.enums import Status
from participants.market_roles import MARKET_ROLES
from reviews import facts, queries
from reviews.enums import ReopenState, Side
from reviews.models import ReopenRequest, Thread
from reviews.qualified import Facts
from submissions.models import Version
from waves.models import Obligation
from waves.queries import Owed, owed, owed_to_see

READING = ("initial_qad_review_complete", "final_qad_review_complete")
DECIDING = ("qualification_decision",)
NEAR = 7  # days at which a clock is at risk


@dataclass(frozen=True, slots=True)
class Item:
    """One QAD that waits for the body: its clock, and everything known of it.

    The trio is one item, since it is read and decided together (R14).
    """

    owed: Owed
    facts: Facts
    mates: tuple[Owed, ...]
    changed: int

    @property
    def is_trio(self) -> bool:
        return bool(self.mates)

    def days_left(self, today: date) -> int:
        """The days to the date; negative once it has passed."""
        return self.owed.days_left(today)

    def waits_for_participant(self, body: str) -> bool:
        """Whether everything the body asked is with the participant (its clock is shown on)."""
        held = self.facts.open_threads(body)
        return bool(held) and all(each.holder == Side.PARTICIPANT for each in held)


def rows(actor: Actor, activities: Sequence[str]) -> QuerySet[Obligation]:
    """Return the running duties of the actor's body of some kinds, the most pressing first."""
    return owed_to_see(actor, mine=True).filter(activity__in=activities)


def items(held: Iterable[Obligation], now: datetime) -> list[Item]:
    """Return a page of duties with what is known of their qualifications, in three statements."""
    duties = [owed(row, now) for row in held]
    known = _known(duties)
    changed = _changed({each.organisation_id for each in duties})
    grouped: dict[object, list[Owed]] = {}
    for each in duties:
        trio = known[each.qualification_id].trio
        grouped.setdefault((each.activity, trio or each.qualification_id), []).append(each)
    return [
        Item(
            owed=group[0],
            facts=known[group[0].qualification_id],
            mates=tuple(group[1:]),
            changed=sum(changed.get(each.qualification_id, 0) for each in group)
            + changed.get(group[0].organisation_id, 0),
        )
        for group in grouped.values()
    ]


def _known(duties: Sequence[Owed]) -> Mapping[UUID, Facts]:
    found = facts.of_organisations({each.organisation_id for each in duties})
    return {each.id: each for held in found.values() for each in held}


def _changed(organisation_ids: set[UUID]) -> dict[UUID, int]:
    """Return how many answers the newest version of each part changed.

    The organisation's own part is found under its id, a role part under its qualification's.
    """
    newest = Version.objects.filter(organisation_id__in=organisation_ids)
    versions = newest.order_by("part_id", "-number").distinct("part_id")
    found = {}
    for _, organisation_id, codes, of in versions.values_list(
        "part_id", "organisation_id", "changed", "part__qualification_id"
    ):
        found[of or organisation_id] = len(codes)
    return found


@dataclass(frozen=True, slots=True)
class Beside:
    """What waits for the body and is on no clock."""

    threads: list[Thread]
    requests: list[ReopenRequest]


def beside(actor: Actor, limit: int = 8) -> Beside:
    """Return threads whose turn is the body's, and requests to reopen, oldest first."""
    own = queries.open_threads(actor).filter(body=actor.body, holder=Side.BODY)
    waiting = queries.reopen_requests(actor).filter(status=ReopenState.REQUESTED)
    return Beside(
        threads=list(own.order_by("holder_since", "pk")[:limit]),
        requests=list(waiting.order_by("requested_at", "pk")[:limit]),
    )


def of_desk(actor: Actor) -> tuple[str, ...]:
    """Return which duties the actor's queue is made of: reading for reviewers, deciding too."""
    reads = bool({"REVIEWER", "LEAD"} & actor.duties)
    decides = bool({"LEAD", "PAB_SECRETARY", "DECISION_MAKER"} & actor.duties)
    return (*(READING if reads else ()), *(DECIDING if decides else ()))


def part_of(item: Item) -> UUID | None:
    """Return the role part that an item leads to."""
    part = item.facts.parts.get("role")
    return part.id if part else None


def role_words(item: Item) -> str:
    """Return the market role, or that it is the trio."""
    if item.is_trio:
        return "LDSO trio"
    return MARKET_ROLES[item.facts.role].short_label


def is_final(item: Item) -> bool:
    """Return whether the Final is read."""
    return item.owed.activity != READING[0]


def reopened(item: Item) -> bool:
    """Return whether reopened sections are awaited."""
    return item.facts.status == Status.FINAL_REOPENED
