"""The one statement that the facts of many organisations are read with."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, JSONObject

from foundation.sql import each_of, many
from foundation.tenancy.actor import Actor
from foundation.tenancy.prepared import Prepared
from participants.models import Organisation, Qualification, QualificationMpid
from reviews.enums import SETTLED, ThreadKind
from reviews.facts.making import MOMENTS, SAME
from reviews.models import (
    Accession,
    ActionPlan,
    Approval,
    BodyReview,
    Decision,
    DelegationLetter,
    DipUserConfirmation,
    Joining,
    ManagementAssertion,
    SignOff,
    Thread,
)
from submissions.enums import SectionState
from submissions.models import Part, SectionProgress, Version
from waves.enums import ReportKind
from waves.models import CompletionReport


def _statement(actor: Actor, comments: bool, *, keys: str) -> QuerySet:
    """One row an organisation; ``keys`` are their ids as an array of PostgreSQL."""
    held = Qualification.objects.filter(organisation_id=OuterRef("pk"))
    parts = Part.objects.filter(organisation_id=OuterRef("pk"))
    place = JSONObject(
        id="pk",
        name="name",
        slug="slug",
        entrant="entrant",
        held=many(held.order_by("role", "created_at", "pk"), **_columns_of_qualification()),
        parts=many(parts, **_columns_of_part(comments)),
    )
    return Organisation.objects.filter(pk__in=each_of(keys)).values(place=place)


STATEMENT = Prepared(_statement)


def _columns_of_qualification() -> dict[str, Any]:
    reports = _own(CompletionReport).filter(kind__in=(ReportKind.QT, ReportKind.SIT))
    codes = QualificationMpid.objects.filter(qualification_id=OuterRef("pk"))
    signed_parts = KeyTransform("parts", Cast("content", JSONField()))
    letters = _own(DelegationLetter).order_by("-drafted_at")
    return {name: name for name in (*SAME, *MOMENTS, "trio", "happened")} | {
        "id": "pk",
        "codes": ArraySubquery(codes.order_by("mpid__code").values("mpid__code")),
        "reviews": many(
            _own(BodyReview), body="body", stage="stage", started_at="started_at",
            completed_at="completed_at", by="started_by_name",
        ),
        "signed": many(
            _own(SignOff).order_by("-signed_at")[:1], id="id", status="status",
            signer="signer_name", capacity="capacity", signed_at="signed_at",
            void_because="void_because", parts=signed_parts,
        ),
        "letter_states": ArraySubquery(letters.values("status")[:1]),
        "dip": many(
            _own(DipUserConfirmation), status="status", at="at", note="note", by="by_name"
        ),
        "acceded": many(_own(Accession), body="body", at="at"),
        "asserted": many(_own(ManagementAssertion), complete_by="complete_by", made_at="made_at"),
        "decided": many(
            _own(Decision).order_by("sequence"), body="body", outcome="outcome",
            decided_on="decided_on", recorded_at="recorded_at", sign_off_id="sign_off_id",
            minute_reference="minute_reference", reasons="reasons", effective_at="effective_at",
            conditions="conditions",
        ),
        "reports": many(
            reports.order_by("-received_at")[:1], kind="kind", received_at="received_at",
            work_off_agreed="work_off_agreed", supplied_by="supplied_by",
        ),
    }  # fmt: skip


def _columns_of_part(comments: bool) -> dict[str, Any]:
    own = {"part_id": OuterRef("pk")}
    plan = ActionPlan.objects.filter(thread_id=OuterRef("pk")).order_by("-number")
    left_out = Q(kind=ThreadKind.COMMENT)
    if comments:  # only closed ones are left out: most there are, and nothing hangs on them
        left_out &= Q(status__in=SETTLED)
    joined = Joining.objects.filter(thread_id=OuterRef("pk"), left_at=None)
    raised = Thread.objects.filter(~left_out, **own).order_by("raised_at")
    return {
        "id": "pk",
        "qualification_id": "qualification_id",
        "newest": many(
            Version.objects.filter(**own).order_by("-number")[:1], number="number",
            sha256="sha256", stage="stage", submitted_at="submitted_at",
        ),
        "changing": Exists(
            SectionProgress.objects.filter(**own, status=SectionState.REOPENED)
        ),
        "opinions": many(
            Approval.objects.filter(**own), body="body", status="status", at="at", by="by_name",
            covers_sha256="covers_sha256", number=F("version__number"), because="because",
            lapsed_at="lapsed_at", lapsed_because="lapsed_because",
        ),
        "raised": many(
            raised, id="id", number="number", body="body", kind="kind", status="status",
            question="question", subject="subject",
            holder="holder", holder_since="holder_since", severity="severity",
            settled_at="settled_at", plan_due_on=Subquery(plan.values("due_on")[:1]),
            joined=ArraySubquery(joined.values("body")),
        ),
    }  # fmt: skip


def _own(model: type) -> QuerySet:
    return model.objects.filter(qualification_id=OuterRef("pk"))
