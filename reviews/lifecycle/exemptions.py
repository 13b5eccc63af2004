"""PURE: the life of an exemption, from the request to its end (D.10, R124 to R133)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from foundation.lifecycle import Move
from participants.enums import Body
from reviews.enums import ExemptionKind, ExemptionState

S = ExemptionState
PARAGRAPH = "QA&P 11.4.2"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to be verified before an exemption is decided, and which bodies may verify it."""

    name: str
    what: str
    bodies: frozenset[str]


CODE_BODIES = frozenset({Body.BSC, Body.REC})
# R124, R126: what is verified for each kind, and by whom.
CHECKS: Mapping[str, tuple[Check, ...]] = {
    ExemptionKind.UMS: (
        Check("CAPABILITY", "The Supplier has no capability for unmetered supplies",
              frozenset({Body.BSC})),
    ),
    ExemptionKind.SMART: (
        Check("METERS", "Only meter types of the advanced segment (M7)", CODE_BODIES),
        Check("NO_DCC_CODE", "Not a DCC User, as a code body verified", CODE_BODIES),
        Check("NO_DCC_DIP", "Not a DCC User, as the DIP Manager verified", frozenset({Body.DIP})),
        Check("CAP", "A cap on the whole portfolio is agreed", frozenset({Body.REC})),
    ),
}  # fmt: skip
# R124, R133: whose decisions an exemption needs.
DECIDED_BY: Mapping[str, tuple[str, ...]] = {
    ExemptionKind.UMS: (Body.BSC,),
    ExemptionKind.SMART: (Body.BSC, Body.REC),
}
# Whose reviewers count, accept the plan and confirm the further section.
COUNTED_BY: Mapping[str, tuple[str, ...]] = {
    ExemptionKind.UMS: (Body.BSC,),
    ExemptionKind.SMART: (Body.BSC, Body.REC),
}
COUNTED: Mapping[str, str] = {
    ExemptionKind.UMS: "unmetered points",
    ExemptionKind.SMART: "meters of the smart segment",
}


@dataclass(frozen=True, slots=True)
class ExemptionFacts:
    """What the guards look at. ``checks``: {name: whether it was found to hold}."""

    kind: str = ExemptionKind.UMS
    points: int | None = 0
    plan: bool = True
    checks: Mapping[str, bool] = field(default_factory=dict)
    section: tuple[str, ...] = ()
    approved_by: frozenset[str] = frozenset()


def all_verified(facts: ExemptionFacts) -> str | None:
    """R124, R126: each criterion alone keeps the exemption from going on."""
    missing = [check.what for check in CHECKS[facts.kind] if not facts.checks.get(check.name)]
    return f"Not verified: {'; '.join(missing)}." if missing else None


def counted_at_all(facts: ExemptionFacts) -> str | None:
    """R125, R127: without a count nobody knows whether a plan is needed."""
    return f"No count of {COUNTED[facts.kind]} yet." if facts.points is None else None


def some_left(facts: ExemptionFacts) -> str | None:
    """R125, R127: a plan is needed while something is registered to the MPID."""
    return None if facts.points else f"No {COUNTED[facts.kind]} are left; no plan is needed."


def none_left(facts: ExemptionFacts) -> str | None:
    """R125, R127: not approvable until all are de-registered or exchanged."""
    if facts.points == 0:
        return None
    left = "not counted yet" if facts.points is None else f"{facts.points:,} still registered"
    return f"There may be no {COUNTED[facts.kind]} on the MPID: {left}."


def plan_given(facts: ExemptionFacts) -> str | None:
    """R125, R127: a clear and credible plan, with its day."""
    return None if facts.plan else "The Supplier has given no plan yet."


def section_complete(facts: ExemptionFacts) -> str | None:
    """R124, R128: the further section of the Final QAD is mandatory."""
    return " ".join(facts.section) or None


def all_approved(facts: ExemptionFacts) -> str | None:
    """R133: each deciding body has its own record."""
    missing = [body for body in DECIDED_BY[facts.kind] if body not in facts.approved_by]
    return f"No approval is recorded by {' and '.join(missing)}." if missing else None


def of_smart(facts: ExemptionFacts) -> str | None:
    """R130: escalation to an Event of Default is the way of the Smart exemption alone."""
    return None if facts.kind == ExemptionKind.SMART else "Only a Smart exemption is escalated."


def _move(name: str, sources: tuple[str, ...], target: str, capability: str, event: str, **more):
    return Move(name=name, sources=sources, target=target, capability=f"exemption.{capability}",
                event=f"exemption.{event}", source_paragraph=PARAGRAPH, **more)  # fmt: skip


BEFORE_DECISION = (
    S.REQUESTED, S.ELIGIBILITY_CHECK, S.PLAN_REQUIRED, S.PLAN_ACCEPTED, S.PORTFOLIO_CLEAR,
    S.SECTION_COMPLETE, S.PAB_DECISION,
)  # fmt: skip
CLEARED = (S.PORTFOLIO_CLEAR, S.SECTION_COMPLETE, S.PAB_DECISION)
DECIDABLE = (S.SECTION_COMPLETE, S.PAB_DECISION)

BEGIN_CHECK = _move(
    "begin_check", (S.REQUESTED,), S.ELIGIBILITY_CHECK, "check", "taken_up",
    label="Take it up",
)  # fmt: skip
NEED_PLAN = _move(
    "need_plan", (S.ELIGIBILITY_CHECK, *CLEARED), S.PLAN_REQUIRED, "go_on", "plan_required",
    guards=(all_verified, counted_at_all, some_left),
)  # fmt: skip
ACCEPT_PLAN = _move(
    "accept_plan", (S.PLAN_REQUIRED,), S.PLAN_ACCEPTED, "check", "plan_accepted",
    guards=(plan_given,), label="Accept the plan",
)  # fmt: skip
PORTFOLIO_CLEAR = _move(
    "portfolio_clear", (S.ELIGIBILITY_CHECK, S.PLAN_REQUIRED, S.PLAN_ACCEPTED), S.PORTFOLIO_CLEAR,
    "go_on", "portfolio_cleared", guards=(all_verified, none_left),
)  # fmt: skip
CONFIRM_SECTION = _move(
    "confirm_section", (S.PORTFOLIO_CLEAR,), S.SECTION_COMPLETE, "check", "section_confirmed",
    guards=(all_verified, none_left, section_complete), label="The further section is complete",
)  # fmt: skip
RECORD_FIRST = _move(
    "record_first", (S.SECTION_COMPLETE,), S.PAB_DECISION, "decide", "decision_recorded",
    guards=(all_verified, none_left, section_complete),
)  # fmt: skip
APPROVE_EXEMPTION = _move(
    "approve_exemption", (S.PAB_DECISION,), S.APPROVED, "decide", "approved",
    guards=(all_verified, none_left, section_complete, all_approved),
)  # fmt: skip
REFUSE_EXEMPTION = _move(
    "refuse_exemption", BEFORE_DECISION, S.REFUSED, "decide", "refused",
)  # fmt: skip
FIND_BREACH = _move(
    "find_breach", (S.APPROVED,), S.BREACH_DETECTED, "check", "breach_found", guards=(some_left,),
)  # fmt: skip
INVITE = _move(
    "invite", (S.BREACH_DETECTED,), S.PAB_INVITED, "breach", "supplier_invited",
    label="Invite to the BSC PAB",
)  # fmt: skip
REMEDY = _move(
    "remedy", (S.PAB_INVITED,), S.APPROVED, "breach", "breach_remedied", guards=(none_left,),
    label="Remedied: the exemption stays in force",
)  # fmt: skip
REQUALIFY = _move(
    "requalify", (S.PAB_INVITED,), S.REQUALIFICATION_REQUIRED, "breach", "requalification_required",
    label="The Supplier must qualify for the segment",
)  # fmt: skip
ESCALATE = _move(
    "escalate", (S.PAB_INVITED,), S.ESCALATED, "breach", "breach_escalated", guards=(of_smart,),
    label="Escalate towards an Event of Default",
)  # fmt: skip
END_EXEMPTION = _move(
    "end_exemption",
    (S.APPROVED, S.BREACH_DETECTED, S.PAB_INVITED, S.REQUALIFICATION_REQUIRED, S.ESCALATED),
    S.ENDED, "check", "ended", label="The exemption has ended",
)  # fmt: skip
WITHDRAW_REQUEST = _move(
    "withdraw_request", BEFORE_DECISION, S.ENDED, "request", "withdrawn",
    label="Withdraw the request",
)  # fmt: skip

EXEMPTION_MOVES = (
    BEGIN_CHECK, NEED_PLAN, ACCEPT_PLAN, PORTFOLIO_CLEAR, CONFIRM_SECTION, RECORD_FIRST,
    APPROVE_EXEMPTION, REFUSE_EXEMPTION, FIND_BREACH, INVITE, REMEDY, REQUALIFY, ESCALATE,
    END_EXEMPTION, WITHDRAW_REQUEST,
)  # fmt: skip
