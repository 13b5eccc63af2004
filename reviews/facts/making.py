"""PURE: from what the statement found, as JSON, to the facts of each qualification."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from participants.enums import Entrant
from reviews import qualified as q
from waves import report_plans

SAME = ("role", "route", "status", "mpids_split", "is_new_entrant")
MOMENTS = (
    *("status_since", "created_at", "initial_submitted_at", "report_received_at"),
    *("final_opened_at", "final_submitted_at", "content_agreed_at", "signed_off_at"),
    "qualified_at",
)


def facts_of_place(place: Mapping[str, Any]) -> list[q.Facts]:
    """Return the facts of every qualification of an organisation, each with those of its trio."""
    parts = {part["qualification_id"]: _part(part) for part in place["parts"]}
    shared = parts.get(None)
    held = [_facts(place, row, shared, parts.get(row["id"])) for row in place["held"]]
    return _with_mates(held)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part with what hangs on it; the organisation's own is every qualification's."""

    scope: str
    newest: q.PartFacts
    opinions: Mapping[tuple[str, str], q.ApprovalFacts]
    threads: tuple[q.ThreadFacts, ...]


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


def _facts(
    place: Mapping[str, Any], row: Mapping[str, Any], shared: _Part | None, own: _Part | None
) -> q.Facts:
    parts = [part for part in (shared, own) if part]
    return q.Facts(
        id=UUID(row["id"]),
        organisation_id=UUID(place["id"]),
        organisation=place["name"],
        slug=place["slug"],
        trio=UUID(row["trio"]) if row["trio"] else None,
        **{name: row[name] for name in SAME},
        on_paper=place["entrant"] == Entrant.NEW_MHHS_ONLY,
        **{name: _moment(row[name]) for name in MOMENTS},
        mpids=tuple(row["codes"]),
        parts={part.scope: part.newest for part in parts},
        reviews={(each["body"], each["stage"]): _review(each) for each in row["reviews"]},
        approvals={key: given for part in parts for key, given in part.opinions.items()},
        threads=tuple(thread for part in parts for thread in part.threads),
        sign_off=_first(row["signed"], _sign_off),
        letter=row["letter_states"][0] if row["letter_states"] else "",
        dip=_first(row["dip"], _dip),
        accessions={each["body"]: _moment(each["at"]) for each in row["acceded"]},
        assertion=_first(row["asserted"], _assertion),
        decisions={each["body"]: _decision(each) for each in row["decided"]},
        report=_report(row, row["reports"][0]) if row["reports"] else None,
    )


def _first(rows: list, make):
    return make(rows[0]) if rows else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _part(row: Mapping[str, Any]) -> _Part:
    scope = q.ROLE if row["qualification_id"] else q.ORGANISATION
    return _Part(
        scope=scope,
        newest=_newest(row),
        opinions={(scope, each["body"]): _approval(each) for each in row["opinions"]},
        threads=tuple(_thread(each, scope) for each in row["raised"]),
    )


def _newest(row: Mapping[str, Any]) -> q.PartFacts:
    if not row["newest"]:
        return q.PartFacts(UUID(row["id"]), being_changed=row["changing"])
    newest = row["newest"][0]
    return q.PartFacts(
        id=UUID(row["id"]),
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
    return q.ThreadFacts(
        id=UUID(row["id"]),
        reference=f"{row['kind'][0]}-{row['number']}",
        body=row["body"],
        kind=row["kind"],
        status=row["status"],
        question=row["question"],
        subject=row["subject"],
        holder=row["holder"],
        holder_since=_moment(row["holder_since"]),
        scope=scope,
        severity=row["severity"],
        settled_at=_moment(row["settled_at"]),
        plan_due_on=_day(row["plan_due_on"]),
        joined=tuple(row["joined"]),
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


def _report(held: Mapping[str, Any], row: Mapping[str, Any]) -> q.ReportFacts:
    received, happened = _moment(row["received_at"]), held["happened"]
    return q.ReportFacts(
        kind=row["kind"],
        received_at=received,
        work_off_agreed=row["work_off_agreed"],
        is_reviewed=report_plans.is_reviewed(received, row["supplied_by"], held["route"], happened),
        agreed_by=report_plans.agreed_by(received, held["role"], happened),
    )
