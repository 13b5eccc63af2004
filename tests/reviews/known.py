"""Facts of a Supplier that is ready to be MHHS Qualified, to take things away from."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from participants.market_roles import MARKET_ROLES
from reviews import qualified as q

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
EARLIER = datetime(2026, 4, 13, 16, 40, tzinfo=UTC)
SIGNATURE = UUID(int=7)


def facts(role: str = "SUPPLIER", **changes) -> q.Facts:
    """Return facts in which all four criteria hold and every decision is taken."""
    bodies, deciding = MARKET_ROLES[role].bodies, MARKET_ROLES[role].deciding_bodies
    parts = {
        q.ORGANISATION: q.PartFacts(UUID(int=1), 3, "org-hash", "FINAL", EARLIER),
        q.ROLE: q.PartFacts(UUID(int=2), 4, "role-hash", "FINAL", EARLIER),
    }
    values = {
        "id": UUID(int=100 + list(MARKET_ROLES).index(role)),
        "organisation_id": UUID(int=50),
        "organisation": "Orchard Energy",
        "slug": "orchard-energy",
        "role": role,
        "route": "QT_WAVE_3",
        "status": "SIGNED_OFF",
        "status_since": NOW,
        "created_at": EARLIER,
        "mpids": ("ORCH",),
        "initial_submitted_at": EARLIER,
        "report_received_at": EARLIER,
        "final_opened_at": EARLIER,
        "final_submitted_at": EARLIER,
        "content_agreed_at": EARLIER,
        "signed_off_at": NOW,
        "parts": parts,
        "reviews": {
            (body, stage): q.ReviewFacts(EARLIER, NOW, "Ruth Adeyemi")
            for body in bodies
            for stage in ("INITIAL", "FINAL")
        },
        "approvals": {
            (scope, body): q.ApprovalFacts("APPROVED", part.sha256, part.number, NOW)
            for scope, part in parts.items()
            for body in bodies
        },
        "sign_off": q.SignOffFacts(
            SIGNATURE, "SIGNED", "Margaret Iwu", "DIRECTOR", NOW,
            {scope: part.sha256 for scope, part in parts.items()},
        ),
        "dip": q.DipFacts("CONFIRMED", NOW, "", "K. Zielinska"),
        "accessions": dict.fromkeys(deciding, NOW),
        "decisions": {body: decision() for body in deciding},
        "report": q.ReportFacts("QT", EARLIER, work_off_agreed=True),
    }  # fmt: skip
    return q.Facts(**(values | changes))


def decision(outcome: str = "APPROVED", **changes) -> q.DecisionFacts:
    """Return a decision on the signature in force."""
    values = {
        "outcome": outcome,
        "decided_on": date(2026, 5, 4),
        "recorded_at": NOW,
        "sign_off_id": SIGNATURE,
        "minute_reference": "PAB 331/04",
        "reasons": "" if outcome == "APPROVED" else "The recovery test is missing.",
    }
    return q.DecisionFacts(**(values | changes))


def thread(body: str = "BSC", kind: str = "FINDING", status: str = "RAISED", **changes):
    """Return a finding on H03 of the role part that nobody has planned for."""
    values = {
        "id": UUID(int=12),
        "reference": f"{kind[0]}-12",
        "body": body,
        "kind": kind,
        "status": status,
        "question": "H03",
        "subject": "Rejected reads are not reprocessed",
        "holder": "PARTICIPANT",
        "holder_since": NOW,
    }
    return q.ThreadFacts(**(values | changes))


def without(known: q.Facts, mapping: str, key) -> q.Facts:
    """Return the facts without one entry of a mapping."""
    left = {name: value for name, value in getattr(known, mapping).items() if name != key}
    return replace(known, **{mapping: left})


def trio() -> list[q.Facts]:
    """Return an LDSO, SMRA / ERDA and UMSO that are all ready, each knowing its mates."""
    shared = UUID(int=3)
    held = [facts(role, trio=shared) for role in ("LDSO", "SMRA_ERDA", "UMSO")]
    return [with_mates(each, held) for each in held]


def with_mates(one: q.Facts, held: list[q.Facts]) -> q.Facts:
    """Return facts that know the others of a trio."""
    return replace(one, mates=tuple(replace(each, mates=()) for each in held if each.id != one.id))
