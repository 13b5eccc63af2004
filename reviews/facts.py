"""Gathering what ``reviews.qualified`` reasons about: two statements, however many there are."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, JSONField, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, JSONObject

from participants.models import Qualification, QualificationMpid
from reviews import qualified as q
from reviews.models import (
    Accession,
    ActionPlan,
    Approval,
    BodyReview,
    Decision,
    DelegationLetter,
    DipUserConfirmation,
    ManagementAssertion,
    SignOff,
    Thread,
)
from submissions.enums import SectionState
from submissions.models import Part, SectionProgress, Version
from waves.enums import ReportKind
from waves.models import CompletionReport

_PLAIN = (
    *("organisation_id", "role", "route", "status", "status_since", "created_at", "trio"),
    *("mpids_split", "is_new_entrant", "initial_submitted_at", "report_received_at"),
    *("final_opened_at", "final_submitted_at", "content_agreed_at", "signed_off_at"),
    "qualified_at",
)


def of_organisation(organisation_id: UUID) -> list[q.Facts]:
    """Return the facts of an organisation's qualifications, by role."""
    return of_organisations([organisation_id]).get(organisation_id, [])


def of_qualification(qualification: Qualification) -> q.Facts:
    """Return the facts of one qualification, with those of its trio."""
    held = of_organisation(qualification.organisation_id)
    return next(each for each in held if each.id == qualification.pk)


def facts_of(qualification_id: UUID) -> q.Facts:
    """Return the facts of one qualification by its id, with those of its trio."""
    return of_qualification(Qualification.objects.get(pk=qualification_id))


def of_organisations(organisation_ids: Iterable[UUID]) -> dict[UUID, list[q.Facts]]:
    """Return the facts of all qualifications of many organisations, in two statements."""
    keys = list(organisation_ids)
    parts = _parts(keys)
    found: dict[UUID, list[q.Facts]] = {}
    for row in _qualifications(keys):
        shared = parts.get((row["organisation_id"], None))
        facts = _facts(row, shared, parts.get((row["organisation_id"], row["pk"])))
        found.setdefault(facts.organisation_id, []).append(facts)
    return {key: _with_mates(held) for key, held in found.items()}


def _with_mates(held: list[q.Facts]) -> list[q.Facts]:
    return [
        replace(
            each,
            mates=tuple(mate for mate in held if mate.trio == each.trio and mate.id != each.id),
        )
        if each.trio
        else each
        for each in held
    ]


def _many(rows: QuerySet, **columns: Any) -> ArraySubquery:
    return ArraySubquery(rows.values(json=JSONObject(**columns)))


def _own(model: type) -> QuerySet:
    return model.objects.filter(qualification_id=OuterRef("pk"))


def _qualifications(organisation_ids: list[UUID]) -> QuerySet:
    reports = _own(CompletionReport).filter(kind__in=(ReportKind.QT, ReportKind.SIT))
    codes = QualificationMpid.objects.filter(qualification_id=OuterRef("pk"))
    signed_parts = KeyTransform("parts", Cast("content", JSONField()))
    rows = Qualification.objects.filter(organisation_id__in=organisation_ids).annotate(
        codes=ArraySubquery(codes.order_by("mpid__code").values("mpid__code")),
        reviews=_many(
            _own(BodyReview), body="body", stage="stage", started_at="started_at",
            completed_at="completed_at", by="started_by_name",
        ),
        signed=_many(
            _own(SignOff).order_by("-signed_at")[:1], id="id", status="status",
            signer="signer_name", capacity="capacity", signed_at="signed_at",
            void_because="void_because", parts=signed_parts,
        ),
        letter_states=ArraySubquery(
            _own(DelegationLetter).order_by("-drafted_at").values("status")[:1]
        ),
        dip=_many(_own(DipUserConfirmation), status="status", at="at", note="note", by="by_name"),
        acceded=_many(_own(Accession), body="body", at="at"),
        asserted=_many(_own(ManagementAssertion), complete_by="complete_by", made_at="made_at"),
        decided=_many(
            _own(Decision).order_by("sequence"), body="body", outcome="outcome",
            decided_on="decided_on", recorded_at="recorded_at", sign_off_id="sign_off_id",
            minute_reference="minute_reference", reasons="reasons", effective_at="effective_at",
            conditions="conditions",
        ),
        reports=_many(
            reports.order_by("-received_at")[:1], kind="kind", received_at="received_at",
            work_off_agreed="work_off_agreed",
        ),
    )  # fmt: skip
    return rows.order_by("organisation_id", "role", "created_at", "pk").values(
        "pk", "organisation__name", "organisation__slug", *_PLAIN,
        *("codes", "reviews", "signed", "letter_states", "dip", "acceded", "asserted"),
        *("decided", "reports"),
    )  # fmt: skip


def _parts(organisation_ids: list[UUID]) -> dict[tuple[UUID, UUID | None], Mapping[str, Any]]:
    own = {"part_id": OuterRef("pk")}
    plan = ActionPlan.objects.filter(thread_id=OuterRef("pk")).order_by("-number")
    rows = Part.objects.filter(organisation_id__in=organisation_ids).annotate(
        newest=_many(
            Version.objects.filter(**own).order_by("-number")[:1], number="number",
            sha256="sha256", stage="stage", submitted_at="submitted_at",
        ),
        changing=Exists(
            SectionProgress.objects.filter(**own, status=SectionState.REOPENED)
        ),
        opinions=_many(
            Approval.objects.filter(**own), body="body", status="status", at="at", by="by_name",
            covers_sha256="covers_sha256", number=F("version__number"), because="because",
            lapsed_at="lapsed_at", lapsed_because="lapsed_because",
        ),
        raised=_many(
            Thread.objects.filter(**own).order_by("raised_at"), id="id", number="number",
            body="body", kind="kind", status="status", question="question", subject="subject",
            holder="holder", holder_since="holder_since", severity="severity",
            settled_at="settled_at", plan_due_on=Subquery(plan.values("due_on")[:1]),
        ),
    )  # fmt: skip
    columns = ("pk", "organisation_id", "qualification_id", "newest", "changing", "opinions")
    return {
        (row["organisation_id"], row["qualification_id"]): row
        for row in rows.values(*columns, "raised")
    }


def _facts(row: Mapping[str, Any], shared: Any, own: Any) -> q.Facts:
    held = {scope: part for scope, part in ((q.ORGANISATION, shared), (q.ROLE, own)) if part}
    return q.Facts(
        id=row["pk"],
        organisation=row["organisation__name"],
        slug=row["organisation__slug"],
        **{name: row[name] for name in _PLAIN},
        mpids=tuple(row["codes"]),
        parts={scope: _part(part) for scope, part in held.items()},
        reviews={(each["body"], each["stage"]): _review(each) for each in row["reviews"]},
        approvals={
            (scope, each["body"]): _approval(each)
            for scope, part in held.items()
            for each in part["opinions"]
        },
        threads=tuple(
            _thread(each, scope) for scope, part in held.items() for each in part["raised"]
        ),
        sign_off=_first(row["signed"], _sign_off),
        letter=row["letter_states"][0] if row["letter_states"] else "",
        dip=_first(row["dip"], _dip),
        accessions={each["body"]: _moment(each["at"]) for each in row["acceded"]},
        assertion=_first(row["asserted"], _assertion),
        decisions={each["body"]: _decision(each) for each in row["decided"]},
        report=_first(row["reports"], _report),
    )


def _first(rows: list, make):
    return make(rows[0]) if rows else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _part(row: Mapping[str, Any]) -> q.PartFacts:
    if not row["newest"]:
        return q.PartFacts(row["pk"], being_changed=row["changing"])
    newest = row["newest"][0]
    return q.PartFacts(
        id=row["pk"],
        number=newest["number"],
        sha256=newest["sha256"],
        stage=newest["stage"],
        submitted_at=_moment(newest["submitted_at"]),
        being_changed=row["changing"],
    )


def _review(row: Mapping[str, Any]) -> q.ReviewFacts:
    return q.ReviewFacts(_moment(row["started_at"]), _moment(row["completed_at"]), row["by"])


def _approval(row: Mapping[str, Any]) -> q.ApprovalFacts:
    moments = {name: _moment(row[name]) for name in ("at", "lapsed_at")}
    same = ("status", "covers_sha256", "number", "by", "because", "lapsed_because")
    return q.ApprovalFacts(**{name: row[name] for name in same}, **moments)


def _thread(row: Mapping[str, Any], scope: str) -> q.ThreadFacts:
    same = ("body", "kind", "status", "question", "subject", "holder", "severity")
    return q.ThreadFacts(
        id=UUID(row["id"]),
        reference=f"{row['kind'][0]}-{row['number']}",
        **{name: row[name] for name in same},
        holder_since=_moment(row["holder_since"]),
        scope=scope,
        settled_at=_moment(row["settled_at"]),
        plan_due_on=_day(row["plan_due_on"]),
    )


def _sign_off(row: Mapping[str, Any]) -> q.SignOffFacts:
    return q.SignOffFacts(
        id=UUID(row["id"]),
        status=row["status"],
        signer=row["signer"],
        capacity=row["capacity"],
        signed_at=_moment(row["signed_at"]),
        covers={part["part"]: part["sha256"] for part in row["parts"] or ()},
        void_because=row["void_because"],
    )


def _dip(row: Mapping[str, Any]) -> q.DipFacts:
    return q.DipFacts(row["status"], _moment(row["at"]), row["note"], row["by"])


def _assertion(row: Mapping[str, Any]) -> q.AssertionFacts:
    return q.AssertionFacts(_day(row["complete_by"]), _moment(row["made_at"]))


def _decision(row: Mapping[str, Any]) -> q.DecisionFacts:
    return q.DecisionFacts(
        outcome=row["outcome"],
        decided_on=_day(row["decided_on"]),
        recorded_at=_moment(row["recorded_at"]),
        sign_off_id=UUID(row["sign_off_id"]),
        minute_reference=row["minute_reference"],
        reasons=row["reasons"],
        effective_at=_moment(row["effective_at"]),
        conditions=len(row["conditions"]),
    )


def _report(row: Mapping[str, Any]) -> q.ReportFacts:
    return q.ReportFacts(row["kind"], _moment(row["received_at"]), row["work_off_agreed"])
