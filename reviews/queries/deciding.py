"""Reading what a body decides: what is ready, what is not yet, what was decided.

The lists narrow in the database, so that a page of fifty costs the same among thousands; on each
row ``reviews.qualified`` has the last word.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from foundation.tenancy.actor import Actor
from participants.enums import Status
from participants.market_roles import CODE_BODIES, MARKET_ROLES
from participants.models import Qualification
from participants.roles import governed_roles
from reviews import queries
from reviews.enums import (
    SETTLED_OR_PLANNED,
    DipUserState,
    Outcome,
    PackState,
    SignOffState,
    ThreadKind,
)
from reviews.models import (
    Accession,
    Decision,
    DipUserConfirmation,
    ManagementAssertion,
    Pack,
    Thread,
)
from waves.enums import ReportKind
from waves.models import CompletionReport
from waves.routes import ROUTES

# From the Final submission on a decision comes in sight.
ON_THE_WAY = (
    Status.FINAL_SUBMITTED,
    Status.FINAL_REVIEW,
    Status.FINAL_REOPENED,
    Status.CONTENT_AGREED,
    Status.SIGNED_OFF,
)
_REPORT_FOLLOWS = tuple(code for code, route in ROUTES.items() if route.final_before_report)


def to_decide(actor: Actor) -> QuerySet[Qualification]:
    """Return what the actor's body has still to decide, from the Final submission on."""
    body = body_of(actor)
    roles = [role for role in MARKET_ROLES if body in MARKET_ROLES[role].deciding_bodies]
    rows = Qualification.objects.filter(role__in=roles, status__in=ON_THE_WAY)
    return rows.filter(~Exists(_taken(body))).select_related("organisation")


def body_of(actor: Actor) -> str:
    """Return the code body that the actor decides for, or nothing."""
    return actor.body if actor.is_staff and actor.body in CODE_BODIES else ""


def ready(actor: Actor) -> QuerySet[Qualification]:
    """Return what can be approved now, the longest signed first."""
    return to_decide(actor).filter(can_be_decided(body_of(actor))).order_by("signed_off_at", "pk")


def not_yet(actor: Actor) -> QuerySet[Qualification]:
    """Return what lacks something, the furthest on first."""
    rows = to_decide(actor).filter(~can_be_decided(body_of(actor)))
    return rows.order_by("signed_off_at", "content_agreed_at", "final_submitted_at", "pk")


def decided(actor: Actor, *, role: str = "", route: str = "", text: str = "") -> QuerySet[Decision]:
    """Return what the actor's body decided, newest first; ``text`` is a part of a name."""
    wanted = {
        "qualification__role": role,
        "qualification__route": route,
        "organisation__name__icontains": text,
    }
    rows = queries.decisions(actor).filter(body=actor.body)
    return rows.filter(**{field: value for field, value in wanted.items() if value})


def _taken(body: str) -> QuerySet[Decision]:
    rows = Decision.objects.filter(
        qualification_id=OuterRef("pk"), body=body, sign_off__status=SignOffState.SIGNED
    )
    return rows.exclude(outcome=Outcome.DEFERRED)


def can_be_decided(body: str) -> Q:
    """Return D.7 as far as rows say it (R99, R114).

    Signed, acceded, confirmed as DIP User, and nothing raised without a plan.
    """
    own = {"qualification_id": OuterRef("pk")}
    dual = [role for role in MARKET_ROLES if len(MARKET_ROLES[role].deciding_bodies) > 1]
    others = [each for each in CODE_BODIES if each != body]
    return (
        Q(status=Status.SIGNED_OFF)
        & Q(Exists(Accession.objects.filter(**own, body=body)))
        & Q(Exists(DipUserConfirmation.objects.filter(**own, status=DipUserState.CONFIRMED)))
        & (Q(mpids_split=False) | Q(Exists(ManagementAssertion.objects.filter(**own))))
        & (~Q(route__in=_REPORT_FOLLOWS) | Q(Exists(_agreed_report())))
        & ~Q(Exists(_bare(body, "DIP")))
        & (~Q(role__in=dual) | ~Q(Exists(_bare(*others))))
    )


def _agreed_report() -> QuerySet[CompletionReport]:
    """The newest report of the tests, where its work-off plans are agreed (R85, R110)."""
    rows = CompletionReport.objects.filter(
        qualification_id=OuterRef("qualification_id"), kind__in=(ReportKind.QT, ReportKind.SIT)
    )
    newest = rows.order_by("-received_at").values("pk")[:1]
    return CompletionReport.objects.filter(
        qualification_id=OuterRef("pk"), pk=Subquery(newest), work_off_agreed=True
    )


def _bare(*bodies: str) -> QuerySet[Thread]:
    """Findings and observations of some bodies on either part without an agreed plan."""
    rows = Thread.objects.filter(organisation_id=OuterRef("organisation_id"), body__in=bodies)
    rows = rows.exclude(kind=ThreadKind.COMMENT).exclude(status__in=SETTLED_OR_PLANNED)
    return rows.filter(
        Q(part__qualification_id=OuterRef("pk")) | Q(part__qualification__isnull=True)
    )


def decision_page(actor: Actor) -> QuerySet[Qualification]:
    """Return the qualifications whose decisions the actor's body may read."""
    rows = Qualification.objects.filter(role__in=governed_roles(actor.body))
    return rows.select_related("organisation")


def packs_with(body: str, keys: Iterable[UUID]) -> list[Pack]:
    """Return the finished packs of a body that hold any of these qualifications, newest first."""
    rows = Pack.objects.filter(
        body=body, status=PackState.READY, qualifications__overlap=list(keys)
    )
    return list(rows.order_by("-asked_at", "pk"))


def decisions_on(qualification: Qualification) -> QuerySet[Decision]:
    """Return every decision on a qualification, by body, newest first."""
    rows = Decision.objects.filter(qualification=qualification).select_related("pack", "sign_off")
    return rows.order_by("body", "-sequence")
