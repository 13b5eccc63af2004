"""Exactly what a signature covers, put together with one statement (R105, D.6)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from foundation.sql import each_of, keys_of, many
from foundation.tenancy.actor import Actor
from foundation.tenancy.prepared import Prepared
from participants.models import Qualification, QualificationMpid
from reviews import statement
from reviews.enums import SETTLED, Capacity, PlanState, ThreadKind
from reviews.models import ActionPlan, ManagementAssertion, Thread
from reviews.qualified import ORGANISATION, ROLE
from submissions.models import Part, Version
from submissions.versions import canonical, digest
from waves.models import CompletionReport


@dataclass(frozen=True, slots=True)
class SigningContent:
    """Exactly what a signature covers: plain data, its canonical text and the hash of it."""

    data: dict[str, Any]
    text: str
    sha256: str

    @property
    def statement(self) -> str:
        """The words that are confirmed."""
        return self.data["statement"]["text"]

    @property
    def short(self) -> str:
        """The hash as people compare it: first sixteen and last four signs."""
        groups = [self.sha256[at : at + 4] for at in range(0, 16, 4)]
        return f"{' '.join(groups)} … {self.sha256[-4:]}"


def content_to_sign(
    qualification: Qualification, capacity: str = Capacity.DIRECTOR
) -> SigningContent:
    """Return what a signature covers now; the same whenever nothing of it changed.

    Versions carry every answer and every evidence hash through their manifests.
    """
    organisation = qualification.organisation
    held = _STATEMENT.rows(keys=keys_of([qualification.pk]))[0]["held"]
    data = {
        "what": "MHHS Qualification Assessment Document, Applicant's Confirmation",
        "statement": {
            "version": statement.VERSION,
            "text": statement.statement(
                company=organisation.legal_name, role=qualification.role, capacity=capacity
            ),
        },
        "qualification": {
            "id": str(qualification.pk),
            "organisation": organisation.legal_name,
            "company_number": organisation.company_number,
            "role": qualification.role,
            "route": qualification.route,
            "mpids": held["mpids"],
        },
        "parts": list(_parts(held["parts"])),
        "open_items": [_open_item(row) for row in held["open_items"]],
        "assertions": held["assertions"],
        "reports": held["reports"],
    }
    text = canonical(data)
    return SigningContent(data, text, digest(text))


def _statement(actor: Actor, *, keys: str) -> QuerySet:
    own = {"qualification_id": OuterRef("pk")}
    codes = QualificationMpid.objects.filter(**own).order_by("mpid__code")
    reports = CompletionReport.objects.filter(**own).order_by("received_at", "pk")
    held = JSONObject(
        mpids=ArraySubquery(codes.values("mpid__code")),
        parts=_of_both_parts(),
        open_items=_of_both_threads(),
        assertions=many(
            ManagementAssertion.objects.filter(**own),
            mpids_remaining="mpids_remaining", complete_by="complete_by", text="text",
        ),
        reports=many(
            reports, kind="kind", sha256="file__sha256", work_off_agreed="work_off_agreed"
        ),
    )  # fmt: skip
    return Qualification.objects.filter(pk__in=each_of(keys)).values(held=held)


def _of_both_parts() -> ArraySubquery:
    """The newest version of the organisation's part and of the role's own."""
    mine = Q(qualification=None) | Q(qualification_id=OuterRef("pk"))
    parts = Part.objects.filter(mine, organisation_id=OuterRef("organisation_id"))
    newest = Version.objects.filter(part_id=OuterRef("pk")).order_by("-number")[:1]
    return many(
        parts,
        qualification="qualification_id",
        newest=many(newest, version="number", stage="stage", sha256="sha256", sections="manifest"),
    )


def _of_both_threads() -> ArraySubquery:
    """The findings and observations that stay open under an agreed plan (X18)."""
    mine = Q(part__qualification=None) | Q(part__qualification_id=OuterRef("pk"))
    threads = Thread.objects.filter(mine, organisation_id=OuterRef("organisation_id"))
    threads = threads.exclude(kind=ThreadKind.COMMENT).exclude(status__in=SETTLED)
    plans = ActionPlan.objects.filter(
        thread_id=OuterRef("pk"), status__in=(PlanState.AGREED, PlanState.DONE)
    )
    same = ("body", "kind", "number", "severity", "question", "subject")
    return many(
        threads.order_by("kind", "number"),
        **{name: name for name in same},
        plans=many(
            plans.order_by("-number")[:1],
            number="number", text="text", owner="owner_name", due_on="due_on",
        ),
    )  # fmt: skip


_STATEMENT = Prepared(_statement)


def _parts(rows: list[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    own = {ROLE if row["qualification"] else ORGANISATION: row["newest"] for row in rows}
    for scope in (ORGANISATION, ROLE):
        for newest in own.get(scope, ()):
            sections = [
                {"section": entry["section"], "sha256": entry["sha256"]}
                for entry in newest["sections"]
            ]
            yield {"part": scope, **newest, "sections": sections}


def _open_item(row: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: row[name] for name in ("body", "kind", "severity", "question", "subject")}
    return {
        "reference": Thread(kind=row["kind"], number=row["number"]).reference,
        **said,
        "plan": row["plans"][0] if row["plans"] else None,
    }
