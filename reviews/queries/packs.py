"""Reading decision packs and what may go into one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from foundation.jobs.models import Job
from foundation.tenancy.actor import Actor
from participants import queries
from participants.enums import Status
from participants.market_roles import CODE_BODIES, MARKET_ROLES
from participants.models import Qualification
from reviews.models import Pack

# From the Final submission on there is something for a board to read.
READABLE = (
    Status.FINAL_SUBMITTED,
    Status.FINAL_REVIEW,
    Status.CONTENT_AGREED,
    Status.SIGNED_OFF,
    Status.NOT_APPROVED,
    Status.QUALIFIED,
)

# What a secretary orders a pack for comes first, what is decided last.
_DECIDED_NEXT = {
    Status.SIGNED_OFF: 0,
    Status.CONTENT_AGREED: 1,
    Status.FINAL_REVIEW: 2,
    Status.FINAL_SUBMITTED: 3,
}


def packs(actor: Actor) -> QuerySet[Pack]:
    """Return the packs of the actor's body, newest first; only code bodies have any."""
    body = actor.body if actor.is_staff and actor.body in CODE_BODIES else ""
    return Pack.objects.filter(body=body).order_by("-asked_at", "pk")


def applications(actor: Actor) -> QuerySet[Qualification]:
    """Return the qualifications that a pack may hold, signed ones first."""
    rows = queries.qualifications(actor).filter(status__in=READABLE)
    return rows.order_by(
        F("signed_off_at").desc(nulls_last=True), "organisation__name", "role", "pk"
    )


@dataclass(frozen=True, slots=True)
class Offered:
    """An application that a pack may hold: a qualification, or the trio that goes together."""

    qualifications: Sequence[Qualification]

    @property
    def key(self) -> UUID:
        """The qualification that stands for the application."""
        return self.qualifications[0].pk

    def is_among(self, keys: Iterable[str]) -> bool:
        """Whether one of its qualifications is named."""
        return any(str(each.pk) in keys for each in self.qualifications)

    @property
    def name(self) -> str:
        """Who applies, and for what."""
        is_one = len(self.qualifications) == 1
        known = [MARKET_ROLES[each.role] for each in self.qualifications]
        roles = [role.label if is_one else role.short_label for role in known]
        listed = f"{', '.join(roles[:-1])} and {roles[-1]}" if len(roles) > 1 else roles[0]
        return f"{self.qualifications[0].organisation.name}, {listed}"

    @property
    def states(self) -> list[str]:
        """Where it stands, in words; of a trio each state once."""
        return list(dict.fromkeys(each.get_status_display() for each in self.qualifications))


def offered(actor: Actor) -> list[Offered]:
    """Return the applications that a pack may hold, each once, signed ones first."""
    groups: dict[UUID, list[Qualification]] = {}
    for each in applications(actor):
        groups.setdefault(each.trio or each.pk, []).append(each)
    found = [Offered(sorted(each, key=_place_of_role)) for each in groups.values()]
    return sorted(
        found, key=lambda each: min(_DECIDED_NEXT.get(q.status, 9) for q in each.qualifications)
    )


def _place_of_role(qualification: Qualification) -> int:
    return list(MARKET_ROLES).index(qualification.role)


def in_pack(actor: Actor, keys: Iterable[UUID]) -> list[Qualification]:
    """Return the qualifications of a pack in its order, as far as the actor may see them."""
    found = {each.pk: each for each in queries.qualifications(actor).filter(pk__in=list(keys))}
    return [found[key] for key in keys if key in found]


def job_of(pack: Pack) -> Job | None:
    """Return the background work that builds a pack."""
    return Job.objects.filter(pk=pack.job_id).first()
