"""Whose turn it is, as conditions that the database narrows by and counts."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from participants.enums import Status
from reviews.enums import SETTLED_OR_PLANNED, ApprovalState, Side, ThreadState
from reviews.models import Approval, BodyReview, Thread
from submissions.enums import Stage
from submissions.models import Part, Version

INITIAL = (Status.INITIAL_SUBMITTED, Status.INITIAL_REVIEW)
FINAL = (Status.FINAL_SUBMITTED, Status.FINAL_REVIEW)


def in_view(view: str, body: str) -> Q:
    """Return what narrows the queue of a body to one of its views.

    ``risk``: submitted, or reopened, and not done by this body. ``waiting``: of these, whose turn
    is the participant's. ``plans``: an action plan is proposed to the body. On the rows of a page
    the same is read from their parts.
    """
    proposed = _threads(body).filter(status=ThreadState.PLAN_PROPOSED)
    return {
        "risk": lambda: to_read(body),
        "waiting": lambda: to_read(body) & waits(body),
        "plans": lambda: Q(Exists(proposed)),
        "all": Q,
    }[view]()


def of_either_part(under: str = "part__") -> Q:
    """What hangs on the part of a qualification, or on its organisation's own part."""
    own = Q((f"{under}qualification_id", OuterRef("pk")))
    return Q(organisation_id=OuterRef("organisation_id")) & (
        own | Q((f"{under}qualification__isnull", True))
    )


def _threads(body: str) -> QuerySet[Thread]:
    return Thread.objects.filter(of_either_part(), body=body)


def to_read(body: str) -> Q:
    """Submitted and not done by the body, or reopened (D.1, R100, R101)."""
    done = BodyReview.objects.filter(
        qualification_id=OuterRef("pk"), body=body, completed_at__isnull=False
    )
    standing = Approval.objects.filter(
        part_id=OuterRef("pk"), body=body, status=ApprovalState.APPROVED, covers_sha256=_newest()
    )
    bare = Part.objects.filter(~Exists(standing), of_either_part(""))
    read = Q(Exists(done.filter(stage=Stage.FINAL))) & ~Q(Exists(bare))
    return (
        Q(status=Status.FINAL_REOPENED)
        | (Q(status__in=INITIAL) & ~Q(Exists(done.filter(stage=Stage.INITIAL))))
        | (Q(status__in=FINAL) & ~read)
    )


def waits(body: str) -> Q:
    """Reopened, asked for more, or at Final every open thread of the body is the participant's.

    An Initial QAD is read to its end whatever was asked meanwhile; a Final waits for the replies
    (R100).
    """
    asked = Approval.objects.filter(
        of_either_part(), body=body, status=ApprovalState.FURTHER_SUBMISSION,
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
