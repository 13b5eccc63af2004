"""Reading decision packs and what may go into one."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, QuerySet

from foundation.jobs.models import Job
from foundation.tenancy.actor import Actor
from participants import queries
from participants.enums import Status
from participants.market_roles import CODE_BODIES
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


def in_pack(actor: Actor, keys: Iterable[UUID]) -> list[Qualification]:
    """Return the qualifications of a pack in its order, as far as the actor may see them."""
    found = {each.pk: each for each in queries.qualifications(actor).filter(pk__in=list(keys))}
    return [found[key] for key in keys if key in found]


def job_of(pack: Pack) -> Job | None:
    """Return the background work that builds a pack."""
    return Job.objects.filter(pk=pack.job_id).first()
