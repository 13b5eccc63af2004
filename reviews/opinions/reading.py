"""Reading what bears on the bodies' opinions of parts: one statement, however many there are."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from foundation.sql import each_of, keys_of, many
from foundation.tenancy.actor import Actor
from foundation.tenancy.prepared import Prepared
from reviews.enums import SETTLED, ApprovalState
from reviews.models import Acceptance, Approval, BodyReview, Thread
from reviews.opinions.rules import (
    AcceptanceSaid,
    PartSaid,
    ReviewSaid,
    ThreadSaid,
    VersionSaid,
    opinions_of,
)
from submissions.models import Part, Version
from submissions.opinions import Opinions


def of_parts(part_ids: Iterable[UUID]) -> dict[UUID, Opinions]:
    """Return what the bodies say of parts."""
    return {key: opinions_of(said) for key, said in said_of(part_ids).items()}


def of_part(part_id: UUID) -> PartSaid:
    """Return all that bears on what the bodies say of one part."""
    return said_of([part_id]).get(part_id, PartSaid())


def said_of(part_ids: Iterable[UUID]) -> dict[UUID, PartSaid]:
    """Return the same of many parts."""
    rows = _STATEMENT.rows(keys=keys_of(part_ids))
    return {UUID(row["part"]["id"]): _part(row["part"]) for row in rows}


def _statement(actor: Actor, *, keys: str) -> QuerySet:
    own = {"part_id": OuterRef("pk")}
    reviews = BodyReview.objects.filter(organisation_id=OuterRef("organisation_id"))
    part = JSONObject(
        id="pk",
        qualification="qualification_id",
        versions=many(
            Version.objects.filter(**own).order_by("number"), number="number", stage="stage",
            submitted_at="submitted_at", changed="changed", sha256="sha256",
        ),
        acceptances=many(
            Acceptance.objects.filter(**own, withdrawn_at=None), question="question", body="body",
            version=F("version__number"), at="at", by="by_name",
        ),
        approvals=many(
            Approval.objects.filter(**own), body="body", status="status",
            covers="covers_sha256", version=F("version__number"),
        ),
        reviews=many(
            reviews, qualification="qualification_id", body="body", stage="stage",
            started_at="started_at", completed_at="completed_at", started_by="started_by_name",
            completed_by="completed_by_name",
        ),
        threads=many(
            Thread.objects.filter(**own).exclude(status__in=SETTLED).order_by("raised_at", "pk"),
            kind="kind", number="number", question="question", body="body", status="status",
            holder="holder",
        ),
    )  # fmt: skip
    return Part.objects.filter(pk__in=each_of(keys)).values(part=part)


_STATEMENT = Prepared(_statement)


def _part(row: Mapping[str, Any]) -> PartSaid:
    newest = row["versions"][-1]["sha256"] if row["versions"] else ""
    return PartSaid(
        versions=[_version(each) for each in row["versions"]],
        acceptances=[
            AcceptanceSaid(**each | {"at": datetime.fromisoformat(each["at"])})
            for each in row["acceptances"]
        ],
        approved_by=frozenset(
            each["body"]
            for each in row["approvals"]
            if each["covers"] == newest and each["status"] == ApprovalState.APPROVED
        ),
        reviews=[
            _review(each)
            for each in row["reviews"]  # an organisation part is read with every qualification
            if row["qualification"] in (None, each["qualification"])
        ],
        threads=[_thread(each) for each in row["threads"]],
        approved={
            each["body"]: each["version"]
            for each in row["approvals"]
            if each["status"] != ApprovalState.FURTHER_SUBMISSION
        },
    )


def _version(row: Mapping[str, Any]) -> VersionSaid:
    submitted = datetime.fromisoformat(row["submitted_at"])
    return VersionSaid(row["number"], row["stage"], submitted, frozenset(row["changed"]))


def _review(row: Mapping[str, Any]) -> ReviewSaid:
    started, completed = (
        datetime.fromisoformat(row[name]) if row[name] else None
        for name in ("started_at", "completed_at")
    )
    return ReviewSaid(
        row["body"], row["stage"], started, completed, row["started_by"], row["completed_by"]
    )


def _thread(row: Mapping[str, Any]) -> ThreadSaid:
    return ThreadSaid(
        reference=f"{row['kind'][0]}-{row['number']}",
        question=row["question"],
        body=row["body"],
        kind=row["kind"],
        status=row["status"],
        holder=row["holder"],
    )
