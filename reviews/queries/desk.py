"""Reading what waits at a desk beside its queue, and what other duties find at theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    Window,
)

from foundation.tenancy.actor import Actor
from foundation.tenancy.prepared import Prepared
from participants import queries as people
from participants.enums import ENDED, Status
from participants.models import Person, Qualification
from participants.roles import roles_in_reach
from reviews import queries
from reviews.enums import SETTLED, Side
from reviews.models import DipUserConfirmation
from reviews.queries import packs as queries_packs
from reviews.queries.register import Raised, shown
from submissions.models import Part
from waves.enums import ReportKind
from waves.models import CompletionReport
from waves.queries import owed_to_see
from waves.routes import assured_routes


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request to reopen that waits, with what tells who reads its sections (R89)."""

    id: UUID
    name: str
    slug: str
    role: str
    sections: Sequence[Mapping[str, str]]
    reason: str
    requested_at: datetime
    shared_part: UUID | None
    template: UUID | None
    roles: Sequence[str]


def turns(limit: int) -> tuple[list[Raised], int]:
    """Return what waits longest for a word of the acting body, and how much does in all."""
    found = _TURNS.rows(limit)
    total = found[0]["total"] if found else 0
    return [Raised(**{k: row[k] for k in row if k != "total"}) for row in found], total


def requests() -> list[Asked]:
    """Return the requests to reopen that wait, the longest first."""
    return [Asked(**row) for row in _REQUESTS.rows()]


def _turns(actor: Actor, limit: int) -> QuerySet:
    rows = queries.threads(actor).filter(body=actor.body, holder=Side.BODY)
    rows = rows.exclude(status__in=SETTLED).annotate(total=Window(Count("pk")))
    return shown(rows.order_by("holder_since", "pk"), "total")[:limit]


def _requests(actor: Actor) -> QuerySet:
    own = Part.objects.filter(organisation_id=OuterRef("organisation_id"), qualification=None)
    held = Qualification.objects.filter(organisation_id=OuterRef("organisation_id"))
    rows = queries.waiting_requests(actor).order_by("requested_at", "pk")
    return rows.values(
        *("id", "sections", "reason", "requested_at"),
        name=F("organisation__name"),
        slug=F("organisation__slug"),
        role=F("qualification__role"),
        shared_part=Subquery(own.values("pk")[:1]),
        template=Subquery(own.values("template_id")[:1]),
        roles=ArraySubquery(held.order_by("role").values("role").distinct()),
    )


_TURNS, _REQUESTS = Prepared(_turns), Prepared(_requests)


def reports_to_confirm(actor: Actor) -> QuerySet[CompletionReport]:
    """Return the PIT reports without a word on their sufficiency, while QT lies ahead (R62).

    Each test manager finds those of the routes that its body assures (QA&P 10.5.2).
    """
    rows = CompletionReport.objects.filter(
        kind=ReportKind.PIT, sufficiency_confirmed_at=None,
        qualification__report_received_at=None, qualification__role__in=roles_in_reach(actor),
        qualification__route__in=assured_routes(actor.body),
    )  # fmt: skip
    return rows.select_related("organisation").order_by("received_at", "pk")


def dip_users_to_confirm(actor: Actor) -> QuerySet[Qualification]:
    """Return what was submitted at Final without a word on the DIP User status (R114)."""
    confirmed = DipUserConfirmation.objects.filter(qualification_id=OuterRef("pk"))
    rows = people.qualifications(actor).filter(~Exists(confirmed), final_submitted_at__isnull=False)
    return rows.exclude(status__in=ENDED).order_by("final_submitted_at", "pk")


def tallies(at: datetime) -> Mapping[str, int]:
    """Return what stands at the desks of staff who do not review, in one statement."""
    return _TALLIES.rows(at=at)[0]


def _tallies(actor: Actor, *, at: datetime) -> QuerySet:
    held = people.qualifications(actor)
    work_off = CompletionReport.objects.filter(kind=ReportKind.SIT, work_off_agreed=False)
    wanted = {
        "organisations": people.organisations(actor),
        "held": held.exclude(status=Status.WITHDRAWN),
        "qualified": held.filter(status=Status.QUALIFIED),
        "packs": queries_packs.packs(actor),
        "testing": reports_to_confirm(actor).order_by().values("file_id").distinct(),
        "work_off": work_off.filter(
            qualification__role__in=roles_in_reach(actor),
            qualification__route__in=assured_routes(actor.body),
        ),
        "dip_user": dip_users_to_confirm(actor),
        "overdue": owed_to_see(actor).filter(due_at__lte=at),
        "staff": people.staff(actor.body),
    }
    counted = {key: _Count(_ones(rows)) for key, rows in wanted.items()}
    return Person.objects.filter(pk=actor.person_id).annotate(**counted).values(*wanted)


def _ones(rows: QuerySet) -> QuerySet:
    """The rows without what they hold: only their number is asked for."""
    plain = rows.order_by()
    return plain if plain.query.distinct else plain.annotate(one=Value(1)).values("one")


class _Count(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


_TALLIES = Prepared(_tallies)
