"""PURE: the matrix "qualified yet?": body x {review, findings, decision}, DIP User, sign-off.

A cell says its state (a key of ``foundation.ui.status``), why, who holds it and since when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from participants.enums import Status
from participants.market_roles import GOVERNING_BODIES, MARKET_ROLES
from reviews.enums import ApprovalState, Outcome, Side, SignOffState
from reviews.qualified.facts import (
    AGREED,
    INITIAL_READING,
    INITIAL_WRITING,
    SCOPES,
    UNDER_REVIEW,
    Facts,
    ThreadFacts,
)
from reviews.qualified.missing import (
    DECIDERS,
    HOLDERS,
    PART_NAMES,
    Lack,
    before_decision,
    before_signature,
    first_of,
    mate_ended,
    missing,
    signatory,
)

LONDON = ZoneInfo("Europe/London")
THE_PARTICIPANT = "the participant"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``word`` replaces the word of the state, ``leads_to`` names what it links to."""

    state: str
    text: str = ""
    word: str = ""
    holder: str = ""
    since: datetime | None = None
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion of a band, for one qualification."""

    key: str
    title: str
    note: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Band:
    """The lines of one body, or of the applicant (no body)."""

    body: str
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The row "Qualified?": a cell, and how many things are missing."""

    cell: Cell
    count: int
    decisions_taken: int
    decisions_needed: int


HEADINGS = {"BSC": "Elexon and the BSC PAB", "REC": "REC Code Manager", "DIP": "DIP Manager"}
_BEFORE_SIGNING = (*INITIAL_WRITING, *INITIAL_READING, *UNDER_REVIEW)


def bands(facts: Facts) -> tuple[Band, ...]:
    """Return the matrix column of one qualification, body by body, the applicant last."""
    return (*(_band(facts, body) for body in HEADINGS), _applicant(facts))


def verdict(facts: Facts) -> Verdict:
    """Return "qualified?" for one qualification; its trio is counted with it."""
    lacks = missing(facts)
    return Verdict(_verdict_cell(facts, lacks), len(lacks), *decisions(facts))


def decisions(facts: Facts) -> tuple[int, int]:
    """Return how many decisions are taken and how many are needed, its trio's with it."""
    group = (facts, *facts.mates)
    taken = sum(each.approved_by(body) for each in group for body in each.deciding_bodies)
    return taken, sum(len(each.deciding_bodies) for each in group)


def _verdict_cell(facts: Facts, lacks: Sequence[Lack]) -> Cell:
    if facts.status == Status.QUALIFIED:
        return Cell("qualified", f"Since {_day(facts.qualified_at)}")
    if facts.status == Status.WITHDRAWN:
        return Cell("not_applicable", word="Withdrawn")
    if facts.status == Status.NOT_APPROVED:
        return Cell("refused", "An appeal is possible.", word="Not approved")
    holder = first_of(lacks).holder_label if lacks else ""
    word = "Not yet: locked together" if facts.trio else "Not yet"
    things = "1 thing missing" if len(lacks) == 1 else f"{len(lacks)} things missing"
    if ended := next(filter(None, map(mate_ended, facts.mates)), ""):
        things = f"{ended}. {things}."
    return Cell("locked" if facts.trio else "not_yet", things, word=word, holder=holder)


def _band(facts: Facts, body: str) -> Band:
    lines = [
        Line("review", "Review", "", _review(facts, body)),
        Line("findings", "Findings", "", _findings(facts, body)),
    ]
    if body == "DIP":
        lines.append(Line("dip_user", "DIP User", "", _dip_user(facts)))
    else:
        decider = GOVERNING_BODIES[body].decided_by
        lines.append(Line("decision", "Decision", decider, _decision(facts, body)))
    return Band(body, HEADINGS[body], tuple(lines))


def _applicant(facts: Facts) -> Band:
    return Band("", "The applicant", (Line("sign_off", "Sign-off", "", _signature(facts)),))


def _not_needed(facts: Facts) -> Cell:
    names = " and ".join(HOLDERS[body] for body in facts.bodies)
    return Cell("not_needed", f"{MARKET_ROLES[facts.role].short_label} is governed by {names}.")


def _review(facts: Facts, body: str) -> Cell:
    if body not in facts.bodies:
        return _not_needed(facts)
    if facts.on_paper:
        return Cell("not_due", "Answered and read on paper")
    if facts.status in INITIAL_WRITING:
        return Cell("not_due", "After the Initial QAD is submitted", holder=THE_PARTICIPANT)
    if facts.status in INITIAL_READING:
        return _initial_review(facts, body)
    if facts.status in (*UNDER_REVIEW, *AGREED):
        return _final_review(facts, body)
    if facts.status == Status.FINAL_REOPENED:
        return _reopened(facts, body)
    return Cell(
        "not_due", "After the Final QAD is submitted", holder=THE_PARTICIPANT,
        since=facts.final_opened_at,
    )  # fmt: skip


def _initial_review(facts: Facts, body: str) -> Cell:
    review = facts.review(body, "INITIAL")
    if review.completed_at:
        return Cell("accepted", f"{_day(review.completed_at)}", word="Initial read")
    if review.started_at:
        return Cell(
            "initial_under_review", f"Reading since {_day(review.started_at)}",
            holder=HOLDERS[body], since=review.started_at, leads_to="review",
        )  # fmt: skip
    return Cell(
        "not_read", "Initial submitted", holder=HOLDERS[body], since=facts.initial_submitted_at,
        leads_to="review",
    )  # fmt: skip


def _final_review(facts: Facts, body: str) -> Cell:
    open_scopes = [scope for scope in SCOPES if not facts.approval_stands(scope, body)]
    for scope in open_scopes:
        given = facts.approvals.get((scope, body))
        if given is not None:
            return _opinion_cell(facts, scope, body)
    if open_scopes:
        listed = " and ".join(PART_NAMES[scope] for scope in open_scopes)
        since = facts.review(body, "FINAL").started_at or facts.final_submitted_at
        return Cell(
            "final_under_review", f"Not approved yet: {listed}", holder=HOLDERS[body], since=since,
            leads_to="approvals",
        )  # fmt: skip
    last = max((facts.approvals[scope, body] for scope in SCOPES), key=lambda each: each.at)
    if facts.review(body, "FINAL").completed_at is None:
        return Cell(
            "in_review", "Approved; comments not confirmed as addressed", holder=HOLDERS[body],
            since=last.at, leads_to="approvals",
        )  # fmt: skip
    number = facts.approvals["role", body].number
    return Cell("approved", f"Version {number}, {_day(last.at)}")


def _opinion_cell(facts: Facts, scope: str, body: str) -> Cell:
    given, part = facts.approvals[scope, body], facts.parts.get(scope)
    where = PART_NAMES[scope].removeprefix("the ").capitalize()
    if given.status == ApprovalState.FURTHER_SUBMISSION:
        return Cell(
            "asks_for_more", f"{where}: {given.because}", holder=THE_PARTICIPANT, since=given.at,
            leads_to="approvals",
        )  # fmt: skip
    because = given.lapsed_because or f"it covers version {given.number} only"
    since = given.lapsed_at or (part.submitted_at if part else None)
    return Cell(
        "lapsed", f"{where}: {because}", holder=HOLDERS[body], since=since, leads_to="approvals"
    )


def _reopened(facts: Facts, body: str) -> Cell:
    lapsed = [
        scope for scope in SCOPES
        if (facts.approvals.get((scope, body)) or _NOBODY).status == ApprovalState.LAPSED
    ]  # fmt: skip
    text = "Reopened sections are not submitted again"
    return Cell(
        "lapsed" if lapsed else "waiting", text, holder=THE_PARTICIPANT, since=facts.status_since
    )


def _findings(facts: Facts, body: str) -> Cell:
    if body not in facts.bodies:
        return _not_needed(facts)
    own = [each for each in facts.threads if each.body == body and not each.is_comment]
    bare = [each for each in own if not each.is_settled_or_planned]
    if bare:
        first = min(bare, key=lambda each: each.holder_since)
        holder = HOLDERS[body] if first.holder == Side.BODY else THE_PARTICIPANT
        return Cell(
            "plan_needed", f"{first.reference}: {first.subject}", word=f"{len(bare)} without plan",
            holder=holder, since=first.holder_since, leads_to="findings",
        )  # fmt: skip
    planned = [each for each in own if not each.is_settled]
    if planned:
        return Cell(
            "cleared", _planned(planned[0]), word="All cleared or planned", leads_to="findings"
        )
    if own:
        settled = [each for each in own if each.settled_at]
        last = max(settled, key=lambda each: each.settled_at, default=None)
        text = f"{last.reference} cleared {_day(last.settled_at)}" if last else ""
        return Cell("cleared", text, word="All cleared")
    if facts.status in INITIAL_WRITING:
        return Cell("not_due")
    if not _has_read(facts, body):
        return Cell("not_read", word="Not read yet")
    return Cell("cleared", word="None open")


def _has_read(facts: Facts, body: str) -> bool:
    """Whether a body has begun to read this stage: before that its silence says nothing."""
    stage = "INITIAL" if facts.final_submitted_at is None else "FINAL"
    review = facts.review(body, stage)
    return review.started_at is not None or review.completed_at is not None


def _planned(item: ThreadFacts) -> str:
    due = f", due {_day(item.plan_due_on)}" if item.plan_due_on else ""
    return f"{item.reference}: plan agreed{due}"


def _decision(facts: Facts, body: str) -> Cell:
    if body not in facts.deciding_bodies:
        return _not_needed(facts)
    taken, holder = facts.decision(body), HOLDERS[DECIDERS[body]]
    if taken is not None:
        return _taken(facts, taken, holder)
    if facts.status != Status.SIGNED_OFF:
        return Cell("not_due", "After sign-off")
    lacks = before_decision(facts, body)
    if lacks:
        first = first_of(lacks)
        return Cell(
            "cannot_be_decided", first.what, holder=first.holder_label, since=first.since,
            leads_to="decision",
        )  # fmt: skip
    return Cell(
        "waiting", "Everything is ready for the decision", holder=holder,
        since=facts.signed_off_at, leads_to="decision",
    )  # fmt: skip


def _taken(facts: Facts, taken, holder: str) -> Cell:
    minute = f", {taken.minute_reference}" if taken.minute_reference else ""
    text = f"{_day(taken.decided_on)}{minute}"
    if taken.outcome == Outcome.DEFERRED:
        return Cell(
            "waiting", f"{text}: {taken.reasons}", word="Deferred", holder=holder,
            since=taken.recorded_at, leads_to="decision",
        )  # fmt: skip
    if taken.outcome == Outcome.NOT_APPROVED:
        return Cell("refused", f"{text}: {taken.reasons}", word="Not approved")
    if facts.trio and facts.status != Status.QUALIFIED:
        ended = any(map(mate_ended, facts.mates))
        until = "one of the trio ended without it" if ended else "until the trio is complete"
        return Cell("approved_held", f"{text}, {until}")
    return Cell("approved", text)


def _dip_user(facts: Facts) -> Cell:
    if facts.dip_confirmed:
        return Cell("confirmed", f"{_day(facts.dip.at)}. {facts.dip.note}".strip())
    if facts.dip is not None:
        return Cell(
            "not_confirmed", facts.dip.note, holder=HOLDERS["DIP"], since=facts.dip.at,
            leads_to="dip_user",
        )  # fmt: skip
    if facts.final_submitted_at is None:
        return Cell("not_due", "With the Final QAD")
    return Cell(
        "waiting", "DIP User status not confirmed yet", holder=HOLDERS["DIP"],
        since=facts.final_submitted_at, leads_to="dip_user",
    )  # fmt: skip


def _signature(facts: Facts) -> Cell:
    signed = facts.sign_off
    if facts.signature_stands:
        capacity = signed.capacity.lower()
        return Cell("signed", f"{signed.signer}, {capacity}, {_day(signed.signed_at)}")
    if facts.on_paper:
        return Cell("not_open", "On paper; not recorded as signed yet")
    if facts.status == Status.CONTENT_AGREED:
        return _to_sign(facts)
    if signed is not None:
        void = signed.status == SignOffState.VOID
        because = signed.void_because if void else f"changed after {_day(signed.signed_at)}"
        return Cell("no_longer_covers", because, word="Signature void" if void else "")
    if MARKET_ROLES[facts.role].delegate_allowed:
        return Cell("not_open", f"A delegate may sign: {_LETTER[facts.letter]}")
    return Cell("not_open", "Opens when all bodies agree the content")


def _to_sign(facts: Facts) -> Cell:
    lacks = before_signature(facts)
    if lacks:
        first = first_of(lacks)
        return Cell("not_yet", first.what, holder=first.holder_label, since=first.since)
    return Cell(
        "open_now", "The content is agreed", holder=HOLDERS[signatory(facts)],
        since=facts.content_agreed_at,
        leads_to="sign_off",
    )  # fmt: skip


_LETTER = {
    "": "no letter drafted yet",
    "DRAFTED": "letter drafted, not signed yet",
    "SIGNED": "letter signed, not accepted yet",
    "ACCEPTED": "letter accepted",
    "REVOKED": "letter revoked",
}


class _Nobody:
    status = ""


_NOBODY = _Nobody()


def _day(moment: date | datetime | None) -> str:
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        moment = moment.astimezone(LONDON).date()
    return f"{moment:%-d %b %Y}"
