"""Reading a body's desk: what waits to be read, whose turn it is, by when.

The flags are worked out in the database, so that lists of thousands are narrowed, ordered and
counted there; a page then reads its fifty rows and their parts, in one statement each.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    JSONField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    Window,
)
from django.db.models.functions import JSONObject, Lower

from foundation.tenancy.actor import Actor
from participants import queries as people
from participants.enums import Status
from participants.models import Person, Qualification
from participants.roles import governed_roles, roles_in_reach
from reviews import queries, queries_packs
from reviews.enums import SETTLED, SETTLED_OR_PLANNED, ApprovalState, Side, ThreadState
from reviews.models import (
    Approval,
    BodyReview,
    DipUserConfirmation,
    ReopenRequest,
    Thread,
)
from reviews.qualified.facts import ENDED
from submissions.enums import Stage
from submissions.models import Part, Version
from waves.enums import ReportKind
from waves.models import CompletionReport, Obligation
from waves.queries import OPEN, owed_to_see

INITIAL = (Status.INITIAL_SUBMITTED, Status.INITIAL_REVIEW)
FINAL = (Status.FINAL_SUBMITTED, Status.FINAL_REVIEW)
REVIEW_CLOCKS = ("initial_qad_review_complete", "final_qad_review_complete")
VIEWS = ("risk", "waiting", "plans", "all")


def queue(actor: Actor) -> QuerySet[Qualification]:
    """Return everything that a body reviews, the most pressing clock first."""
    rows = people.qualifications(actor).filter(role__in=governed_roles(actor.body))
    rows = rows.exclude(status=Status.WITHDRAWN)
    return rows.order_by(
        Subquery(_clock(actor.body).values("due_at")[:1]).asc(nulls_last=True),
        *(Lower("organisation__name"), "role", "created_at", "pk"),
    )


def in_view(view: str, body: str) -> Q:
    """Return what narrows the queue of a body to one of its views.

    ``risk``: submitted, or reopened, and not done by this body. ``waiting``: of these, whose turn
    is the participant's. ``plans``: an action plan is proposed to the body. On the rows of a page
    the same is read from their parts.
    """
    proposed = _threads(body).filter(status=ThreadState.PLAN_PROPOSED)
    return {
        "risk": lambda: _to_read(body),
        "waiting": lambda: _to_read(body) & _waits(body),
        "plans": lambda: Q(Exists(proposed)),
        "all": Q,
    }[view]()


def fitting(wanted: Mapping[str, str], body: str) -> Q:
    """Return what narrows the queue by role, route, stage and holder, as far as they are chosen."""
    found = Q(**{field: wanted[field] for field in ("role", "route") if wanted.get(field)})
    if wanted.get("stage"):
        found &= Q(final_opened_at__isnull=wanted["stage"] == Stage.INITIAL)
    if wanted.get("holder"):
        waits = in_view("waiting", body)
        found &= waits if wanted["holder"] == Side.PARTICIPANT else ~waits
    return found


def counts(rows: QuerySet[Qualification], body: str, view: str, fits: Q) -> dict[str, int]:
    """Return how many each view holds, and ``shown``: the present one as filtered."""
    grouped = rows.order_by().annotate(
        to_read=_flag(_to_read(body)),
        their_turn=_flag(_waits(body)),
        has_plans=_flag(in_view("plans", body)),
        fits=_flag(fits & Q(pk__isnull=False)),
    )
    found = dict.fromkeys((*VIEWS, "shown"), 0)
    flags = ("to_read", "their_turn", "has_plans", "fits")
    for to_read, theirs, plans, fit, count in grouped.values_list(*flags).annotate(Count("pk")):
        held = dict(zip(VIEWS, (to_read, to_read and theirs, plans, True), strict=True))
        held["shown"] = held[view] and fit
        for key in (key for key, on in held.items() if on):
            found[key] += count
    return found


def with_clocks(rows: QuerySet[Qualification], body: str) -> QuerySet[Qualification]:
    """Return rows of the queue with the body's clock, all bodies' reviews, and the roles held."""
    held = Qualification.objects.filter(organisation_id=OuterRef("organisation_id"))
    reviews = BodyReview.objects.filter(qualification_id=OuterRef("pk"))
    return rows.annotate(
        clock=_many(
            _clock(body)[:1], activity="activity", state="state", started_on="started_on",
            due_on="due_on", spans="spans", binds="reason__binds",
        ),
        reviews=_many(
            reviews, body="body", stage="stage", started_at="started_at",
            completed_at="completed_at",
        ),
        held=_many(held.exclude(status=Status.WITHDRAWN), role="role", route="route"),
    )  # fmt: skip


def parts(rows: Iterable[Qualification]) -> dict[tuple[UUID, UUID | None], Mapping[str, Any]]:
    """Return the parts behind rows of the queue: versions, opinions, open threads."""
    held = list(rows)
    own = {"part_id": OuterRef("pk")}
    versions = Version.objects.filter(**own).order_by("-number")
    talk = Thread.objects.filter(**own).exclude(status__in=SETTLED_OR_PLANNED).order_by()
    found = Part.objects.filter(organisation_id__in={each.organisation_id for each in held})
    found = found.filter(Q(qualification=None) | Q(qualification_id__in=[e.pk for e in held]))
    found = found.annotate(
        submitted=_many(versions, number="number", at="submitted_at", changed="changed"),
        newest=_many(versions[:1], sha256="sha256", sections=_sections()),
        opinions=_many(
            Approval.objects.filter(**own), body="body", status="status", at="at",
            covers="covers_sha256", number="version__number",
        ),
        talk=_many(
            talk.values("body", "holder").annotate(
                since=Min("holder_since"),
                plans=Count("pk", filter=Q(status=ThreadState.PLAN_PROPOSED)),
            ),
            body="body", holder="holder", since="since", plans="plans",
        ),
    )  # fmt: skip
    columns = ("pk", "organisation_id", "qualification_id", "template_id", "submitted")
    return {
        (row["organisation_id"], row["qualification_id"]): row
        for row in found.values(*columns, "newest", "opinions", "talk")
    }


def turns(actor: Actor, limit: int) -> list[Thread]:
    """Return what the body has to say a word on, the longest waiting first; ``total`` on each."""
    rows = queries.threads(actor).filter(body=actor.body, holder=Side.BODY)
    rows = rows.exclude(status__in=SETTLED).annotate(total=Window(Count("pk")))
    return list(rows.order_by("holder_since", "pk")[:limit])


def requests(actor: Actor) -> list[ReopenRequest]:
    """Return the requests to reopen that wait, with what tells who reads their sections (R89)."""
    own = Part.objects.filter(organisation_id=OuterRef("organisation_id"), qualification=None)
    held = Qualification.objects.filter(organisation_id=OuterRef("organisation_id"))
    rows = queries.waiting_requests(actor).annotate(
        shared_part=Subquery(own.values("pk")[:1]),
        template=Subquery(own.values("template_id")[:1]),
        roles=ArraySubquery(held.order_by("role").values("role").distinct()),
    )
    return list(rows.order_by("requested_at", "pk"))


def reports_to_confirm(actor: Actor) -> QuerySet[CompletionReport]:
    """Return the PIT reports without a word on their sufficiency, while QT lies ahead (R62)."""
    rows = CompletionReport.objects.filter(
        kind=ReportKind.PIT, sufficiency_confirmed_at=None,
        qualification__report_received_at=None, qualification__role__in=roles_in_reach(actor),
    )  # fmt: skip
    return rows.select_related("organisation").order_by("received_at", "pk")


def dip_users_to_confirm(actor: Actor) -> QuerySet[Qualification]:
    """Return what was submitted at Final without a word on the DIP User status (R114)."""
    confirmed = DipUserConfirmation.objects.filter(qualification_id=OuterRef("pk"))
    rows = people.qualifications(actor).filter(~Exists(confirmed), final_submitted_at__isnull=False)
    return rows.exclude(status__in=ENDED).order_by("final_submitted_at", "pk")


def tallies(actor: Actor, at: datetime) -> dict[str, int]:
    """Return what stands at the desks of staff who do not review, in one statement."""
    held = people.qualifications(actor)
    work_off = CompletionReport.objects.filter(kind=ReportKind.SIT, work_off_agreed=False)
    wanted = {
        "organisations": people.organisations(actor),
        "held": held.exclude(status=Status.WITHDRAWN),
        "qualified": held.filter(status=Status.QUALIFIED),
        "packs": queries_packs.packs(actor),
        "testing": reports_to_confirm(actor).order_by().values("file_id").distinct(),
        "work_off": work_off.filter(qualification__role__in=roles_in_reach(actor)),
        "dip_user": dip_users_to_confirm(actor),
        "overdue": owed_to_see(actor).filter(due_at__lte=at),
        "staff": people.staff(actor.body),
    }
    counted = {key: _Count(_ones(rows)) for key, rows in wanted.items()}
    return Person.objects.filter(pk=actor.person_id).annotate(**counted).values(*wanted).get()


def _ones(rows: QuerySet) -> QuerySet:
    """The rows without what they hold: only their number is asked for."""
    plain = rows.order_by()
    return plain if plain.query.distinct else plain.annotate(one=Value(1)).values("one")


class _Count(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


class Windowed:
    """Rows that each carry the number of them all (``total``): a page and its count at once."""

    ordered = True

    def __init__(self, rows: QuerySet, page: str | None, size: int = 50) -> None:
        number = int(page) if page and page.isdecimal() and len(page) < 9 else 1
        self._rows, self._start = rows, max(0, number - 1) * size
        self._found = list(rows[self._start : self._start + size])
        if self._start and not self._found:  # past the end: how many there are is asked again
            self._start, self._found = 0, list(rows[:size])

    def count(self) -> int:
        """Return how many there are."""
        return self._found[0].total if self._found else 0

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, place: slice) -> list | QuerySet:
        return self._found if place.start == self._start else self._rows[place]


class Counted:
    """Rows whose number is known already, so that a page of them is one statement."""

    ordered = True

    def __init__(self, rows: QuerySet, total: int) -> None:
        self._rows, self._total = rows, total

    def count(self) -> int:
        """Return how many there are, without asking again."""
        return self._total

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, place: slice) -> QuerySet:
        return self._rows[place]


def _flag(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _many(rows: QuerySet, **columns: Any) -> ArraySubquery:
    return ArraySubquery(rows.values(json=JSONObject(**columns)))


def _sections() -> Func:
    """The letters of the sections that a version holds."""
    return Func(
        F("manifest"),
        template="jsonb_path_query_array(%(expressions)s, '$[*].section')",
        output_field=JSONField(),
    )


def _clock(body: str) -> QuerySet[Obligation]:
    rows = Obligation.objects.filter(qualification_id=OuterRef("pk"), body=body, state__in=OPEN)
    return rows.filter(activity__in=REVIEW_CLOCKS).order_by("due_at")


def _of_either_part(under: str = "part__") -> Q:
    """What hangs on the part of a qualification, or on its organisation's own part."""
    own = Q((f"{under}qualification_id", OuterRef("pk")))
    return Q(organisation_id=OuterRef("organisation_id")) & (
        own | Q((f"{under}qualification__isnull", True))
    )


def _threads(body: str) -> QuerySet[Thread]:
    return Thread.objects.filter(_of_either_part(), body=body)


def _to_read(body: str) -> Q:
    """Submitted and not done by the body, or reopened (D.1, R100, R101)."""
    done = BodyReview.objects.filter(
        qualification_id=OuterRef("pk"), body=body, completed_at__isnull=False
    )
    standing = Approval.objects.filter(
        part_id=OuterRef("pk"), body=body, status=ApprovalState.APPROVED, covers_sha256=_newest()
    )
    bare = Part.objects.filter(~Exists(standing), _of_either_part(""))
    read = Q(Exists(done.filter(stage=Stage.FINAL))) & ~Q(Exists(bare))
    return (
        Q(status=Status.FINAL_REOPENED)
        | (Q(status__in=INITIAL) & ~Q(Exists(done.filter(stage=Stage.INITIAL))))
        | (Q(status__in=FINAL) & ~read)
    )


def _waits(body: str) -> Q:
    """Reopened, asked for more, or at Final every open thread of the body is the participant's.

    An Initial QAD is read to its end whatever was asked meanwhile; a Final waits for the replies
    (R100).
    """
    asked = Approval.objects.filter(
        _of_either_part(), body=body, status=ApprovalState.FURTHER_SUBMISSION,
        covers_sha256=_newest(),
    )  # fmt: skip
    open_threads = _threads(body).exclude(status__in=SETTLED_OR_PLANNED)
    theirs = open_threads.filter(holder=Side.PARTICIPANT)
    ours = open_threads.filter(holder=Side.BODY)
    return (
        Q(status=Status.FINAL_REOPENED)
        | Q(Exists(asked))
        | (Q(status__in=FINAL) & Q(Exists(theirs)) & ~Q(Exists(ours)))
    )  # fmt: skip


def _newest() -> Subquery:
    """The hash of the newest version of the part that an opinion is of."""
    rows = Version.objects.filter(part_id=OuterRef("part_id")).order_by("-number")
    return Subquery(rows.values("sha256")[:1])
