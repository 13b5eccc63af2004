"""Threads as they are read and answered: comments, findings with their steps and plans."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from foundation.clock.moments import LONDON
from foundation.clock.words import day, days, days_gone, since
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import (
    Action,
    Fact,
    Finding,
    Message,
    Reply,
    Step,
    Thread,
)
from foundation.ui.counting import joined
from foundation.ui.pages import Head, Opinion
from foundation.ui.parts import Link, Mark, Status, Words
from participants.enums import Body
from reviews.enums import SETTLED, PlanState, Severity, Side, ThreadKind, ThreadState
from reviews.models import ActionPlan
from reviews.models import Message as Said
from reviews.models import Thread as Row
from reviews.policy import is_within, place_of
from reviews.visibility import Subject, acts

NAMES = {"BSC": "BSC", "REC": "REC", "DIP": "the DIP Manager"}


@dataclass(frozen=True, slots=True)
class Setting:
    """Who reads the threads of which organisation, when, and what was typed and not taken."""

    slug: str
    participant: str
    actor: Actor
    now: datetime
    typed: Mapping[object, tuple[str, str]] = field(default_factory=dict)  # id -> (text, error)
    read_only: bool = False
    reach: Collection[tuple[UUID | None, str]] | None = None  # what a limited author may write
    last_changes: Mapping[str, int] = field(default_factory=dict)  # question: version

    @property
    def is_participant(self) -> bool:
        """Whether the reader is of the organisation itself."""
        return self.actor.is_participant


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadsPage:
    """``reviews/threads.html`` and, as a panel of another page, ``reviews/_threads.html``."""

    head: Head
    threads: Sequence[Thread] = ()
    findings: Sequence[Finding] = ()
    partials: Sequence[Link] = ()
    nothing: str = ""
    question: Link | None = None
    opinions: Sequence[Opinion] = ()


def subject_of(setting: Setting, row: Row) -> Subject:
    """Return what visibility asks of a thread."""
    within = is_within(row, setting.reach)
    return Subject(row.organisation_id, (), row.body, row.kind, row.status, is_within=within)


def open_acts(setting: Setting, row: Row) -> tuple[str, ...]:
    """Return what the reader can do with a thread now."""
    offered = acts(setting.actor, subject_of(setting, row))
    ends = {"mark_done", "return_action", "clear", "close"}
    return tuple(act for act in offered if not setting.read_only or act in ends)


def thread(setting: Setting, row: Row) -> Thread:
    """Return a thread with its messages, and the reply box of whoever may write."""
    return Thread(
        subject=f"{row.reference} {row.subject}",
        marks=[Mark(row.body), *(Mark(body) for body in row.joined)],
        status=status_of(row, setting),
        messages=[_message(setting, row, said) for said in row.messages.all()],
        reply=_reply(setting, row),
        foot=_foot(setting, row),
        anchor=f"thread-{row.pk}",
        way=finding(setting, row) if row.kind != ThreadKind.COMMENT else None,
    )


def status_of(row: Row, setting: Setting | None = None) -> Status:
    """Return whose turn it is, in a word with its shape."""
    state = ThreadState(row.status)
    if state is ThreadState.CLOSED:
        return Status("", "closed")
    if state is ThreadState.CLEARED:
        return Status("", "cleared")
    if state is ThreadState.PLAN_AGREED:
        return Status("", "plan_agreed")
    own = setting is not None and _is_own_turn(setting, row)
    if row.holder == Side.PARTICIPANT and setting and not is_within(row, setting.reach):
        return Status("With your colleagues", "with_body")
    if row.holder == Side.PARTICIPANT:
        word = "Plan needed" if row.kind != ThreadKind.COMMENT else "Reply needed"
        whose = setting.participant if setting and not setting.is_participant else ""
        return Status(f"With {whose}" if whose else word, "with_body" if whose else "your_reply")
    return Status("Your move", "your_move") if own else Status(f"With {row.body}", "with_body")


def _is_own_turn(setting: Setting, row: Row) -> bool:
    if setting.is_participant:
        return row.holder == Side.PARTICIPANT and is_within(row, setting.reach)
    return row.holder == Side.BODY and setting.actor.body == row.body


def _message(setting: Setting, row: Row, said: Said) -> Message:
    return Message(
        author=said.author_name,
        when=since(said.at, setting.now),
        text=said.text,
        mark=Mark(said.body) if said.body else None,
        note=_on_version(setting, row, said.version_number),
        own=said.author_id == setting.actor.person_id,
    )


def _on_version(setting: Setting, row: Row, number: int) -> Words:
    """Say on which version something was written; offer the answer then, where it changed since."""
    said = f"on version {number}"
    if setting.last_changes.get(row.question, 0) <= number:
        return said
    return [f"{said}, changed since: ", Link("the answer then", _answer_then(setting, row, number))]


def _answer_then(setting: Setting, row: Row, number: int) -> str:
    letter = place_of(row)[1]
    if setting.is_participant:
        url = reverse("submissions:version", args=[setting.slug, row.part_id, number])
        return f"{url}#{letter}-{row.question}"
    args = [setting.slug, row.part_id, letter, row.question]
    return f"{reverse('reviews:part_question', args=args)}?view=before&against={number}"


def _reply(setting: Setting, row: Row) -> Reply | None:
    offered = open_acts(setting, row)
    main = next((act for act in ("respond", "ask_again") if act in offered), "")
    if not main:
        return None
    text, error = setting.typed.get(row.pk, ("", ""))
    others = [act for act in offered if act in ("close", "clear")]
    return Reply(
        url=act_url(setting, row),
        button="Send" if main == "respond" else "Needs more",
        note=_who_reads(setting, row),
        label="Your reply" if main == "respond" else "What the answer still needs",
        value=text,
        error=error,
        hidden={"act": main},
        extra=[
            Action(
                text=_LABELS[act],
                method="submit",
                name="act",
                value=act,
                small=True,
                attrs={"formnovalidate": ""},
            )
            for act in others
        ],
    )


_LABELS = {"close": "Close", "clear": "Clear"}


def _who_reads(setting: Setting, row: Row) -> str:
    if setting.is_participant:
        name = NAMES[row.body]
        return f"{name[0].upper()}{name[1:]} is told. It answers the version that was submitted."
    return f"{setting.participant} is told."


def _foot(setting: Setting, row: Row) -> str:
    if row.status in SETTLED:
        return ""
    clears = _who_clears(row) if row.kind != ThreadKind.COMMENT else ""
    return " ".join(
        filter(None, [_why_only_read(setting, row), _asked_by(row), _stands_behind(row), clears])
    )


def _stands_behind(row: Row) -> str:
    if not row.joined:
        return ""
    names = joined(row.joined)
    return f"{names} {'stands' if len(row.joined) == 1 else 'stand'} behind it: answer once."


def _asked_by(row: Row) -> str:
    waits = row.due_on is not None and row.holder == Side.PARTICIPANT
    return f"A reply is asked for by {day(row.due_on)}." if waits else ""


def _why_only_read(setting: Setting, row: Row) -> str:
    """Say to a limited author why another section's thread is not theirs to answer (R5)."""
    if is_within(row, setting.reach):
        return ""
    section = place_of(row)[1]
    return f"Section {section} is not among the sections that you may write; its authors answer."


def _who_clears(row: Row) -> str:
    name = Body(row.body).label
    return f"Only {name} can clear it. An agreed plan is enough for sign-off."


def act_url(setting: Setting, row: Row) -> str:
    """Return where acts on a thread are posted."""
    return reverse("reviews:act", args=[setting.slug, row.pk])


# --- findings and observations


def finding(setting: Setting, row: Row) -> Finding:
    """Return the card of a finding or observation: its steps, its plan, who may clear it."""
    plan = plan_of(row)
    return Finding(
        mark=Mark(row.body),
        number=row.reference,
        severity=Severity(row.severity).label if row.severity else "Observation",
        status=status_of(row, setting),
        sentence=row.subject,
        url=question_url(setting, row),
        yours=_is_own_turn(setting, row) and row.status not in ("CLEARED",),
        steps=_steps(row, plan),
        facts=_plan_facts(plan),
        who_clears=_who_clears(row) if row.status != ThreadState.CLEARED else "",
        actions=_ways(setting, row),
    )


def plan_of(row: Row) -> ActionPlan | None:
    """Return the plan that counts: the last one."""
    return next(iter(sorted(row.plans.all(), key=lambda plan: -plan.number)), None)


def _steps(row: Row, plan: ActionPlan | None) -> list[Step]:
    states = ("RAISED", "PLAN_AGREED", "ACTION_DONE", "CLEARED")
    reached = {"RAISED": 0, "PLAN_PROPOSED": 0, "PLAN_AGREED": 1, "ACTION_DONE": 2, "CLEARED": 3}
    at = reached[row.status]
    notes = (
        day(row.raised_at),
        _plan_note(row, plan),
        f"due {day(plan.due_on)}" if plan and plan.status != PlanState.RETURNED else "",
        day(row.settled_at) if row.settled_at else "",
    )
    labels = ("Raised", "Plan agreed", "Action done", "Cleared")
    return [
        Step(
            label=label,
            note=note,
            state="done" if place <= at else "now" if place == at + 1 else "ahead",
        )
        for place, (label, note, _) in enumerate(zip(labels, notes, states, strict=True))
    ]


def _plan_note(row: Row, plan: ActionPlan | None) -> str:
    if plan is None:
        return ""
    if plan.status == PlanState.PROPOSED:
        return f"proposed {day(plan.proposed_at)}"
    if plan.status == PlanState.RETURNED:
        return "needs more"
    return day(plan.agreed_at) if plan.agreed_at else ""


def _plan_facts(plan: ActionPlan | None) -> list[Fact]:
    if plan is None:
        return []
    facts = [
        Fact(label="Plan", value=plan.text),
        Fact(label="Seen to by", value=plan.owner_name),
        Fact(label="Due", value=day(plan.due_on)),
    ]
    if plan.returned_because and plan.status == PlanState.RETURNED:
        facts.append(Fact(label="Needs more", value=plan.returned_because))
    if plan.done_note:
        facts.append(Fact(label="Done", value=plan.done_note))
    return facts


_FORMS = {
    "propose_plan": "Propose a plan",
    "return_plan": "The plan needs more",
    "mark_done": "The action is done",
    "return_action": "The action needs more",
}


def _ways(setting: Setting, row: Row) -> list[Action]:
    offered = open_acts(setting, row)
    ways = []
    if "agree_plan" in offered:
        ways.append(
            Action(
                text="Agree the plan",
                url=act_url(setting, row),
                method="post",
                kind="primary",
                small=True,
                hidden={"act": "agree_plan"},
            )
        )
    ways += [
        Action(
            text=label,
            url=reverse("reviews:act_form", args=[setting.slug, row.pk, act]),
            small=True,
        )
        for act, label in _FORMS.items()
        if act in offered
    ]
    talks = {"respond", "ask_again"} & set(offered)
    if "clear" in offered and not talks:
        ways.append(
            Action(
                text="Clear", url=act_url(setting, row), method="post", small=True,
                hidden={"act": "clear"},
            )
        )  # fmt: skip
    return ways


def question_url(setting: Setting, row: Row) -> str:
    """Return the page of the question, on the reader's side."""
    args = [setting.slug, row.part_id, row.question]
    return reverse("reviews:threads", args=args) + f"#thread-{row.pk}"


def held_for(row: Row, now: datetime) -> str:
    """Return how long somebody has held a thread."""
    gone = days_gone(row.holder_since, now.astimezone(LONDON).date())
    return days(gone) if gone else "today"


def sort_out(setting: Setting, rows: Sequence[Row]) -> list[Thread]:
    """Return the threads of some rows, what is open first; a finding with its way in the card."""
    ordered = sorted(rows, key=lambda row: (row.settled_at is not None, row.raised_at))
    return [thread(setting, row) for row in ordered]


def threads_page(
    setting: Setting,
    rows: Sequence[Row],
    title: str,
    question: Link,
    opinions: Sequence[Opinion] = (),
) -> ThreadsPage:
    """Return the threads of one question, as a page or a panel."""
    return ThreadsPage(
        head=Head(
            title=title,
            lead="What the bodies raised on this question, and what was answered.",
            crumbs=[question, Link("Threads")],
        ),
        threads=sort_out(setting, rows),
        nothing="" if rows else "Nobody has raised anything on this question.",
        question=question,
        opinions=opinions,
    )
