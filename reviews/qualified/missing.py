"""PURE: everything that still lacks before "MHHS Qualified", who holds it, and since when.

Every gate of this floor reads this one list: signing, deciding, qualifying, the matrix, the packs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from participants.enums import Status
from participants.market_roles import GOVERNING_BODIES, MARKET_ROLES
from reviews.enums import ApprovalState, DipUserState, Outcome, Side, SignOffState
from reviews.qualified.facts import (
    AGREED,
    INITIAL_READING,
    INITIAL_WRITING,
    ORGANISATION,
    SCOPES,
    UNDER_REVIEW,
    Facts,
    ThreadFacts,
)

PARTICIPANT, DIRECTOR, PROGRAMME = "PARTICIPANT", "DIRECTOR", "MHHSP"
SIGNATORY = "SIGNATORY"  # a director, or the delegate whose letter is accepted (R107)
PAB, CODE_MANAGER = "PAB", "CODE_MANAGER"
DECIDERS = {"BSC": PAB, "REC": CODE_MANAGER}
HOLDERS = {
    "BSC": "BSC",
    "REC": "REC",
    "DIP": "DIP Manager",
    PARTICIPANT: "the participant",
    DIRECTOR: "a director",
    SIGNATORY: "a director or the delegate",
    PROGRAMME: "the Programme",
    PAB: "BSC PAB",
    CODE_MANAGER: "REC Code Manager",
}
PART_NAMES = {ORGANISATION: "the organisation part", "role": "the role part"}
# The four criteria of QA&P 11.3 (R118).
ACCEDED, APPROVED, FINDINGS, ASSERTION = 1, 2, 3, 4
_OVER = (Status.QUALIFIED, Status.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing. ``now`` says that its holder can act today."""

    key: str
    what: str
    holder: str
    criterion: int
    since: datetime | None = None
    body: str = ""
    scope: str = ""
    thread: UUID | None = None
    now: bool = True

    @property
    def holder_label(self) -> str:
        """Who holds it, in words."""
        return HOLDERS[self.holder]


def missing(facts: Facts) -> tuple[Lack, ...]:
    """Return all that is missing, in the order in which it comes; nothing once Qualified."""
    if facts.status in _OVER:
        return ()
    return (*_own(facts), *_mates(facts))


def own_missing(facts: Facts) -> tuple[Lack, ...]:
    """Return what this qualification itself lacks, whatever the rest of its trio does."""
    return () if facts.status in _OVER else tuple(_own(facts))


def before_signature(facts: Facts) -> tuple[Lack, ...]:
    """Return what has to come before the signature (R100, R110, R112, D.6)."""
    wanted = {"final", "reopened", "approval", "confirmation", "report", "work_off", "assertion"}
    return tuple(each for each in _own(facts) if each.key in wanted)


def before_decision(facts: Facts, body: str) -> tuple[Lack, ...]:
    """Return what has to come before a body can approve (D.7: R99, R114, R118)."""
    return tuple(
        each
        for each in own_missing(facts)
        if each.key not in {"decision", "not_approved"}
        and not (each.key == "accession" and each.body != body)
    )


def _own(facts: Facts) -> Iterator[Lack]:
    """In the order of the road, so that the first that can be done today is the next act."""
    if facts.on_paper:
        yield from _on_paper(facts)
        return
    yield from _initial(facts)
    if not facts.report_may_follow:
        yield from _report(facts)
    yield from _final(facts)
    yield from _approvals(facts)
    yield from _confirmations(facts)
    if facts.report_may_follow:
        yield from _report(facts)
    yield from _assertion(facts)
    yield from _signature(facts)
    yield from _findings(facts)
    yield from _accessions(facts)
    yield from _dip_user(facts)
    yield from _decisions(facts)


def _on_paper(facts: Facts) -> Iterator[Lack]:
    """R23: what is answered on paper is tracked; gates and decisions are the same."""
    if not facts.signature_stands:
        what = "The application is on paper, and is not recorded as signed."
        holder = facts.deciding_bodies[0]
        yield Lack("paper", what, holder, APPROVED, facts.status_since, body=holder)
    yield from _assertion(facts)
    yield from _accessions(facts)
    yield from _dip_user(facts)
    yield from _decisions(facts)


def _initial(facts: Facts) -> Iterator[Lack]:
    if facts.status in INITIAL_WRITING:
        yield Lack(
            "initial", "The Initial QAD is not submitted.", PARTICIPANT, APPROVED, facts.created_at
        )
    elif facts.status in INITIAL_READING:
        for body in facts.bodies:
            review = facts.review(body, "INITIAL")
            if review.completed_at is None:
                since = review.started_at or facts.initial_submitted_at
                what = f"{_name(body)} has not completed its review of the Initial QAD."
                yield Lack("initial_review", what, body, APPROVED, since, body=body)


def _report(facts: Facts) -> Iterator[Lack]:
    holder = PROGRAMME if facts.report_may_follow else PARTICIPANT
    now = facts.status not in (*INITIAL_WRITING, *INITIAL_READING)
    if facts.report is None and facts.report_received_at is None:
        what = f"The {facts.report_name} has not been received."
        yield Lack("report", what, holder, APPROVED, now=now)
    elif facts.report_may_follow and not (facts.report and facts.report.work_off_agreed):
        yield from _work_off(facts, now)


def _work_off(facts: Facts, now: bool) -> Iterator[Lack]:
    """R75: the Programme reviews the plans, then every body of the role agrees them."""
    report, of = facts.report, "the work-off plans of the SIT Completion Report"
    since = report.received_at if report else facts.report_received_at
    if report is None or not report.is_reviewed:
        what = f"The Programme has not reviewed {of}."
        yield Lack("work_off", what, PROGRAMME, APPROVED, since, now=now)
        return
    for body in facts.bodies:
        if body not in report.agreed_by:
            what = f"{_name(body)} has not agreed {of}."
            yield Lack("work_off", what, body, APPROVED, since, body=body, now=now)


def _final(facts: Facts) -> Iterator[Lack]:
    if facts.status == Status.FINAL_REOPENED:
        what = "Reopened sections of the Final QAD are not submitted again."
        yield Lack("reopened", what, PARTICIPANT, APPROVED, facts.status_since)
    elif facts.status == Status.FINAL_DRAFT:
        what = "The Final QAD is not submitted."
        yield Lack("final", what, PARTICIPANT, APPROVED, facts.final_opened_at)
    elif facts.status not in (*UNDER_REVIEW, *AGREED):
        opens = _may_open_final(facts)
        armed = (facts.status_since, facts.report_received_at)
        since = max(filter(None, armed)) if opens else None
        what = "The Final QAD is not opened yet."
        yield Lack("final", what, PARTICIPANT, APPROVED, since, now=opens)


def _may_open_final(facts: Facts) -> bool:
    """Whether the organisation's next opening of its QAD makes it Final (R83, R85)."""
    if facts.status != Status.INITIAL_REVIEWED:
        return False
    return facts.report_may_follow or facts.report_received_at is not None


def _approvals(facts: Facts) -> Iterator[Lack]:
    now = facts.status in (*UNDER_REVIEW, *AGREED)
    for body in facts.bodies:
        for scope in SCOPES:
            if facts.approval_stands(scope, body):
                continue
            what, holder, since = _opinion(facts, scope, body)
            yield Lack(
                "approval", what, holder, APPROVED, since if now else None,
                body=body, scope=scope, now=now,
            )  # fmt: skip


def _opinion(facts: Facts, scope: str, body: str) -> tuple[str, str, datetime | None]:
    given, part = facts.approvals.get((scope, body)), facts.parts.get(scope)
    name, where = _name(body), PART_NAMES[scope]
    if given is not None and given.status == ApprovalState.FURTHER_SUBMISSION:
        return f"{name} asks for more on {where}: {given.because}", PARTICIPANT, given.at
    if given is not None and given.status == ApprovalState.LAPSED:
        because = given.lapsed_because or "it was changed"
        return f"{name}'s approval of {where} lapsed: {because}", body, given.lapsed_at
    if given is not None:
        since = part.submitted_at if part else None
        return f"{name}'s approval covers version {given.number} of {where} only.", body, since
    return f"{name} has not approved {where}.", body, facts.final_submitted_at


def _confirmations(facts: Facts) -> Iterator[Lack]:
    now = facts.status in (*UNDER_REVIEW, *AGREED)
    for body in facts.bodies:
        if facts.review(body, "FINAL").completed_at is None:
            what = f"{_name(body)} has not confirmed that its comments are addressed."
            since = facts.final_submitted_at if now else None
            yield Lack("confirmation", what, body, APPROVED, since, body=body, now=now)


def _findings(facts: Facts) -> Iterator[Lack]:
    for item in facts.open_items():
        yield Lack(
            "finding", finding_sentence(item), _holder(item), FINDINGS, item.holder_since,
            body=item.body, scope=item.scope, thread=item.id,
        )  # fmt: skip


def finding_sentence(item: ThreadFacts) -> str:
    """Say what a finding or observation lacks."""
    where = f"{item.reference} ({item.question}) of {_name(item.body)}"
    if item.status == "PLAN_PROPOSED":
        return f"{where}: the proposed plan is not agreed."
    return f"{where} has no agreed plan."


def _holder(item: ThreadFacts) -> str:
    return item.body if item.holder == Side.BODY else PARTICIPANT


def _assertion(facts: Facts) -> Iterator[Lack]:
    if facts.mpids_split and facts.assertion is None:
        what = "The Management Assertion on the remaining MPIDs is not made."
        yield Lack("assertion", what, DIRECTOR, ASSERTION, facts.final_opened_at)


def _accessions(facts: Facts) -> Iterator[Lack]:
    for body in facts.deciding_bodies:
        if body not in facts.accessions:
            what = f"{body} has not recorded accession and the Qualified Party in this role."
            yield Lack("accession", what, body, ACCEDED, facts.created_at, body=body)


def _dip_user(facts: Facts) -> Iterator[Lack]:
    if facts.dip_confirmed or not MARKET_ROLES[facts.role].dip_user_precondition:
        return
    if facts.dip is not None and facts.dip.status == DipUserState.WITHHELD:
        what = f"The DIP Manager does not confirm the DIP User status: {facts.dip.note}"
        yield Lack("dip_user", what, "DIP", APPROVED, facts.dip.at, body="DIP")
        return
    what = "The DIP Manager has not confirmed the DIP User status."
    now = facts.final_submitted_at is not None
    yield Lack("dip_user", what, "DIP", APPROVED, facts.final_submitted_at, body="DIP", now=now)


def signatory(facts: Facts) -> str:
    """Return who holds the signature of a role: with an accepted letter the delegate as well."""
    has_delegate = MARKET_ROLES[facts.role].delegate_allowed and facts.letter == "ACCEPTED"
    return SIGNATORY if has_delegate else DIRECTOR


def _signature(facts: Facts) -> Iterator[Lack]:
    if facts.signature_stands:
        return
    signed = facts.sign_off
    if signed is not None and signed.status == SignOffState.VOID:
        what = f"The signature of {signed.signer} is void: {signed.void_because}"
    elif signed is not None:
        what = f"The signature of {signed.signer} no longer covers the content."
    elif MARKET_ROLES[facts.role].delegate_allowed:
        what = "A director, or a delegate with an accepted letter, has not signed."
    else:
        what = "A director has not signed."
    now = facts.status == Status.CONTENT_AGREED
    since = facts.content_agreed_at if now else None
    yield Lack("signature", what, signatory(facts), APPROVED, since, now=now)


def _decisions(facts: Facts) -> Iterator[Lack]:
    waiting = facts.status == Status.SIGNED_OFF
    for body in facts.deciding_bodies:
        taken, decider = facts.decision(body), GOVERNING_BODIES[body].decided_by
        holder = DECIDERS[body]
        if taken is None:
            since = facts.signed_off_at if waiting else None
            what = f"The {decider} has not decided."
            yield Lack("decision", what, holder, APPROVED, since, body=body, now=waiting)
        elif taken.outcome == Outcome.DEFERRED:
            what = f"The {decider} deferred its decision: {taken.reasons}"
            yield Lack("decision", what, holder, APPROVED, taken.recorded_at, body=body)
        elif taken.outcome == Outcome.NOT_APPROVED:
            what = f"The {decider} did not approve: {taken.reasons}"
            yield Lack("not_approved", what, PARTICIPANT, APPROVED, taken.recorded_at, body=body)


def _mates(facts: Facts) -> Iterator[Lack]:
    """R14: the trio is Qualified together; what a mate lacks holds the others.

    What it is in words is for those who read the mate's own QAD, so it is not quoted here.
    """
    for mate in facts.mates:
        if said := mate_ended(mate):
            what = f"{said}. The three are Qualified together, so this role waits with it."
            yield Lack("trio", what, PARTICIPANT, APPROVED, mate.status_since)
            continue
        lacks = own_missing(mate)
        if lacks:
            first = first_of(lacks)
            name = MARKET_ROLES[mate.role].short_label
            holder = first.holder_label[0].upper() + first.holder_label[1:]
            what = f"{name}, which goes together with this role, is not ready: {holder} holds it."
            yield Lack("trio", what, first.holder, first.criterion, first.since, now=first.now)


def mate_ended(mate: Facts) -> str:
    """Say that one of the trio ended without being Qualified; empty while it has not."""
    name = MARKET_ROLES[mate.role].short_label
    if mate.status == Status.WITHDRAWN:
        return f"{name}, which goes together with this role, is withdrawn"
    if mate.status != Status.NOT_APPROVED:
        return ""
    refused = [
        f"the {GOVERNING_BODIES[body].decided_by}"
        for body in mate.deciding_bodies
        if (taken := mate.decision(body)) and taken.outcome == Outcome.NOT_APPROVED
    ]
    by = f" by {' and '.join(refused)}" if refused else ""
    return f"{name}, which goes together with this role, was not approved{by}"


def first_of(lacks: Iterable[Lack]) -> Lack:
    """Return what to name first: something that can be done today, in order."""
    held = list(lacks)
    return next((each for each in held if each.now), held[0])


def _name(body: str) -> str:
    return "The DIP Manager" if body == "DIP" else body
