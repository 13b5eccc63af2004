"""One row of a body's queue: time left, what is to read, who holds it, what the bodies think."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from foundation.clock.words import day, days, short_day
from foundation.ui.pages import QueueRow
from foundation.ui.parts import Bare, Clock, DateLink, Mark, Status, Words
from participants.access.addresses import address
from participants.enums import Status as Where
from participants.market_roles import MARKET_ROLES
from reviews.enums import ApprovalState, Side
from reviews.pages.desk.words import ago
from reviews.queries.turn import FINAL, INITIAL
from reviews.reading import codes_read
from submissions.enums import Stage
from waves import clocks
from waves.enums import ObligationState
from waves.routes import ROUTES

SOON = 7  # days: what is due within a week is at risk
MOST_OVER = 42  # ticks past the end that are drawn; the words say how many there were
BINDS = {"rule": "rule", "both": "rule", "cap": "cap", "late": "late", "floor": "floor"}
_TICKS = {
    clocks.Tick.ELAPSED: "e",
    clocks.Tick.PAUSED: "p",
    clocks.Tick.TODAY: "t",
    clocks.Tick.LEFT: "l",
    clocks.Tick.UNUSED: "l",
    clocks.Tick.OVER: "o",
}
_HELD_LATER = {
    Where.CONTENT_AGREED: ("Director", "content_agreed_at"),
    Where.SIGNED_OFF: ("Deciders", "signed_off_at"),
    Where.QUALIFIED: ("", "qualified_at"),
    Where.NOT_APPROVED: ("", "status_since"),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose queue it is, and on which day it is read."""

    body: str
    today: date


@dataclass(frozen=True)
class Waiting:
    """A qualification of the queue, as ``queries.queue`` reads it, for who reads the queue."""

    held: Mapping[str, Any]
    reader: Reader

    @property
    def name(self) -> str:
        """The organisation's name."""
        return self.held["name"]

    @property
    def stage(self) -> str:
        """The stage that it is at."""
        return Stage.FINAL if self.held["final_opened_at"] else Stage.INITIAL

    @property
    def parts(self) -> Sequence[Mapping[str, Any]]:
        """The parts behind it, the organisation's first."""
        return self.held["parts"]

    @property
    def bodies(self) -> tuple[str, ...]:
        """The bodies that read it."""
        return MARKET_ROLES[self.held["role"]].bodies

    @property
    def clock(self) -> Mapping[str, Any] | None:
        """The clock of the reader's body, if one runs."""
        return self.held["clock"][0] if self.held["clock"] else None

    @cached_property
    def due_on(self) -> date | None:
        """The day by which the reader's body is to be done."""
        return date.fromisoformat(self.clock["due_on"]) if self.clock else None

    @property
    def days_left(self) -> int | None:
        """The days to that day; negative once it has passed."""
        return (self.due_on - self.reader.today).days if self.due_on else None

    def review(self, body: str, stage: str = "") -> Mapping[str, Any]:
        """A body's review at a stage, the present one unless it is named."""
        wanted = (body, stage or self.stage)
        return next((r for r in self.held["reviews"] if (r["body"], r["stage"]) == wanted), {})

    def opinions(self, body: str) -> list[tuple[Mapping[str, Any], bool]]:
        """A body's opinions of the parts, each with whether it is of the newest version."""
        return [
            (each, bool(part["newest"]) and each["covers"] == part["newest"][0]["sha256"])
            for part in self.parts
            for each in part["opinions"]
            if each["body"] == body
        ]

    def talk(self, body: str, holder: str) -> list[Mapping[str, Any]]:
        """What a body's open threads come to, on one side."""
        return [
            each
            for part in self.parts
            for each in part["talk"]
            if (each["body"], each["holder"]) == (body, holder)
        ]

    def is_done(self, body: str) -> bool:
        """Whether a body has read this stage to its end (R100, R101)."""
        completed = bool(self.review(body).get("completed_at"))
        if self.stage == Stage.INITIAL:
            return completed
        approved = [
            current and each["status"] == ApprovalState.APPROVED
            for each, current in self.opinions(body)
        ]
        return completed and sum(approved) == len(self.parts)

    @cached_property
    def to_read(self) -> bool:
        """Whether it is submitted and not done by the reader's body, or reopened."""
        if self.held["status"] in (*INITIAL, *FINAL):
            return not self.is_done(self.reader.body)
        return self.held["status"] == Where.FINAL_REOPENED

    @cached_property
    def waits(self) -> bool:
        """Whether it is the participant's turn, as ``queries.turn`` narrows by it."""
        body = self.reader.body
        if not self.to_read or self.held["status"] == Where.FINAL_REOPENED:
            return self.to_read
        theirs, ours = self.talk(body, Side.PARTICIPANT), self.talk(body, Side.BODY)
        return bool(_asked(self, body) or (self.held["status"] in FINAL and theirs and not ours))

    @property
    def url(self) -> str:
        """Where the reader reads it: the role part, or what it still needs."""
        slug = self.held["slug"]
        own = next((part for part in self.parts if part["qualification_id"]), None)
        review = address("reviews:part", slug, own["id"]) if own and own["newest"] else ""
        return review or address("reviews:qualified", slug)

    @property
    def plans(self) -> int:
        """How many action plans are proposed to the reader's body."""
        return sum(each["plans"] for each in self.talk(self.reader.body, Side.BODY))


def row(one: Waiting, *, view: str, first: bool = False) -> QueueRow:
    """Return one row of the queue."""
    held = one.held
    holder, since = holder_of(one)
    return QueueRow(
        left=left(one),
        participant=one.name,
        url=_plans_url(one) if view == "plans" else one.url,
        role=f"{MARKET_ROLES[held['role']].short_label}, {ROUTES[held['route']].short_label}",
        stage=_stage(one),
        to_read=_plans(one) if view == "plans" else _to_read(one),
        held_by=holder,
        read_by=_read_by(one, holder),
        held_for=ago(since, one.reader.today) if holder else "",
        clock=_clock(one),
        due=_due(one),
        binds=BINDS.get(one.clock["binds"] or "", "") if one.clock else "",
        marks=[Mark(body, opinion(one, body)) for body in one.bodies],
        first=first,
    )


def left(one: Waiting) -> Words:
    """Return the time left: with its shape when it is over, short or held."""
    gap = one.days_left
    if gap is None:
        return Bare("No clock")
    if one.clock["state"] == ObligationState.PAUSED:
        return Status(days(gap), "paused")
    if gap < 0:
        return Status(f"{days(-gap)} over", "overdue")
    if gap <= SOON:
        return Status(days(gap) if gap else "Today", "at_risk")
    return Bare(days(gap))


def opinion(one: Waiting, body: str) -> str:
    """Return what a body thinks so far, as a key of the look's opinions."""
    given = one.opinions(body)
    if any(each["status"] == ApprovalState.LAPSED for each, _ in given):
        return "lapsed"
    if _asked(one, body):
        return "asks"
    if one.is_done(body):
        return "accepted"
    if one.talk(body, Side.PARTICIPANT):
        return "asks"
    return "reading" if one.review(body).get("started_at") else "not_read"


def holder_of(one: Waiting) -> tuple[str, datetime | None]:
    """Return whose turn it is, and since when."""
    held, body = one.held, one.reader.body
    if one.waits:
        return "Participant", _asked_since(one)
    at_final = one.stage == Stage.FINAL
    submitted = moment(held["final_submitted_at" if at_final else "initial_submitted_at"])
    if one.to_read:
        return body, moment(one.review(body).get("started_at")) or submitted
    if held["status"] in (*INITIAL, *FINAL):
        others = [each for each in one.bodies if not one.is_done(each)]
        return " and ".join(others), submitted
    name, since = _HELD_LATER.get(Where(held["status"]), ("Participant", "status_since"))
    return name, moment(held[since])


def _read_by(one: Waiting, holder: str) -> str:
    """Name who of the reader's body has it to read, or that the reader is recused."""
    if holder != one.reader.body:
        return ""
    if one.held["recused"]:
        return "You are recused"
    names = list(dict.fromkeys(each["name"] for each in one.held["readers"]))
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    return f"{names[0]}{more}" if names else ""


def moment(text: str | None) -> datetime | None:
    """Return a moment that the database wrote into JSON."""
    return datetime.fromisoformat(text) if text else None


def _asked(one: Waiting, body: str) -> list[str]:
    """When a body asked for more of what is the newest version still."""
    return [
        each["at"]
        for each, current in one.opinions(body)
        if current and each["status"] == ApprovalState.FURTHER_SUBMISSION
    ]


def _asked_since(one: Waiting) -> datetime | None:
    held, body = one.held, one.reader.body
    if held["status"] == Where.FINAL_REOPENED:
        return moment(held["status_since"])
    asked = _asked(one, body)
    threads = [each["since"] for each in one.talk(body, Side.PARTICIPANT)]
    return min(moment(text) for text in (asked or threads))


def _stage(one: Waiting) -> str:
    if one.held["status"] == Where.FINAL_REOPENED:
        return "Final, reopened"
    late = one.clock is not None and one.clock["binds"] == "late"
    return f"{Stage(one.stage).label}{', late' if late else ''}"


def _clock(one: Waiting) -> Clock | None:
    if one.clock is None or not one.clock["started_on"]:
        return None
    started = date.fromisoformat(one.clock["started_on"])
    spans = clocks.spans_from_json(one.clock["spans"])
    read = clocks.reading(clocks.Clock(started, max(started, one.due_on), spans), one.reader.today)
    ticks = "".join(_TICKS[tick] for tick in read.ticks)
    if read.over:  # the day of the reading is one of those past the end
        ticks = ticks.removesuffix("t").rstrip("o") + "o" * min(MOST_OVER, read.over)
    return Clock(ticks or "t", clocks.in_words(read))


def _due(one: Waiting) -> DateLink | None:
    if one.due_on is None:
        return None
    near = one.due_on.year == one.reader.today.year
    page = address("waves:date", one.held["slug"], one.held["id"], one.clock["activity"])
    url = f"{page}?body={one.reader.body}"
    return DateLink(short_day(one.due_on) if near else day(one.due_on), url=url)


# --- what is to read ----------------------------------------------------------------------


def _to_read(one: Waiting) -> str:
    """The answers that changed since the body last judged them, of all; or simply all."""
    if not one.to_read:
        return ""
    changed, whole = 0, 0
    for part in one.parts:
        if part["newest"]:
            codes = _codes_read(one, part)
            whole += len(codes)
            changed += len(codes & _changed(one, part)) if _last_judged(one, part) else len(codes)
    return f"{changed} of {whole}" if whole else ""


def _last_judged(one: Waiting, part: Mapping[str, Any]) -> int:
    """The newest version of a part that the body has judged; 0 when it has judged none."""
    body = one.reader.body
    numbers = [each["number"] for each in part["opinions"] if each["body"] == body]
    ended = moment(one.review(body, Stage.INITIAL).get("completed_at"))
    if ended:
        numbers += [v["number"] for v in part["submitted"] if moment(v["at"]) <= ended]
    return max(numbers, default=0)


def _changed(one: Waiting, part: Mapping[str, Any]) -> set[str]:
    known = _last_judged(one, part)
    return {code for v in part["submitted"] if v["number"] > known for code in v["changed"]}


def _codes_read(one: Waiting, part: Mapping[str, Any]) -> frozenset[str]:
    roles = tuple(sorted({each["role"] for each in one.held["held"]}))
    routes = tuple(sorted({each["route"] for each in one.held["held"]}))
    own = part["qualification_id"] is not None
    return codes_read(
        UUID(part["template_id"]),
        one.reader.body,
        one.held["role"] if own else "",
        roles,
        (one.held["route"],) if own else routes,
        one.stage == Stage.FINAL,
        tuple(part["newest"][0]["sections"]),
    )


def _plans(one: Waiting) -> str:
    return f"{one.plans} plan{'' if one.plans == 1 else 's'}"


def _plans_url(one: Waiting) -> str:
    findings = address("reviews:findings", one.held["slug"])
    return f"{findings}?body={one.reader.body}&turn={Side.BODY}"
