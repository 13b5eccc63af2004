"""Decisions: what a body has before it, what it decided, and what the participant reads of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse

from foundation.clock.words import day, days
from foundation.ui.blocks import Action, Empty, Filter, Pagination, Tab
from foundation.ui.counting import number, opened
from foundation.ui.fields import TextField
from foundation.ui.pages import Column, Head, ListPage, Row, Table
from foundation.ui.parts import Code, DateLink, Lines, Link, Mark, Quiet, Status, Strong, Words
from participants.access.addresses import address
from participants.enums import Status as Where
from participants.market_roles import GOVERNING_BODIES, MARKET_ROLES
from participants.models import Organisation, Qualification
from participants.pages.general import Section, SectionsPage
from reviews.enums import Outcome
from reviews.models import Decision, Meeting
from reviews.qualified import Facts, Lack, before_decision, first_of
from reviews.queries.deciding_desk import Waiting
from reviews.queries.signing import DECIDE_BY
from waves.routes import ROUTES

TABS = (("ready", "Ready"), ("not-yet", "Not yet"), ("decided", "Decided"))
_OUTCOMES = {
    Outcome.APPROVED: "approved",
    Outcome.NOT_APPROVED: "refused",
    Outcome.DEFERRED: "waiting",
}
_EMPTY = {
    "ready": Empty(
        title="Nothing is ready to be decided.",
        text="An application comes here once it is signed, acceded, confirmed as DIP User, and"
        " every finding is cleared or planned.",
    ),
    "not-yet": Empty(
        title="Nothing else is on its way.", text="Applications stand here from the Final QAD on."
    ),
    "decided": Empty(title="Nothing is decided yet.", text="Recorded decisions stand here."),
}


def desk_page(
    show: str,
    table: Table,
    *,
    body: str,
    counts: Mapping[str, int],
    pagination: Pagination | None,
    filters: Sequence[Filter],
    search: str,
    url: str,
) -> ListPage:
    """Return one of the three lists of a body's decisions."""
    decider = GOVERNING_BODIES[body].decided_by
    packs = Action(text="Decision packs", url=address("reviews:packs"))
    return ListPage(
        head=Head(
            title=_title(counts["ready"], decider),
            lead=f"What the {decider} decides, one by one. The oldest signature stands first.",
            actions=[packs],
            browser_title="Decisions",
        ),
        tabs=[
            Tab(
                label=label,
                url=f"{url}?show={key}",
                current=key == show,
                count=counts.get(key.replace("-", "_")),
            )
            for key, label in TABS
        ],
        filters=filters,
        search=TextField(name="q", label="Find by name", value=search, type="search"),
        table=table,
        empty=_EMPTY[show],
        pagination=pagination,
        footnote="Deadlines warn and record; they never block (QA&P 10.2).",
    )


def _title(ready: int, decider: str) -> str:
    if not ready:
        return f"Nothing is ready for the {decider}."
    return f"{opened(number(ready))} ready for the {decider}."


def waiting_table(
    rows: Sequence[Waiting], known: Mapping[UUID, Facts], body: str, today: date
) -> Table:
    """Return the applications that wait for a body."""
    return Table(
        caption="Applications to be decided",
        columns=[
            Column(label="Applicant and role"),
            Column(label="Signed", whole=True),
            Column(label="Open at decision", whole=True),
            Column(label="Pack"),
            Column(label="Decide by", whole=True),
            Column(label="State"),
        ],
        rows=[_waiting(row, known[row.id], body, today) for row in rows],
    )


def _waiting(row: Waiting, known: Facts, body: str, today: date) -> Row:
    lacks = before_decision(known, body)
    return Row(
        cells=[
            Lines([row.name, _role(row), *_trio(known)]),
            _signed(known),
            open_items(known),
            _pack(row),
            _by(row, body, today),
            _state(known, body, lacks),
        ],
        url=address("reviews:decision", row.id),
        marked=not lacks,
    )


def _role(row: Waiting | Qualification) -> str:
    return f"{MARKET_ROLES[row.role].label}, {ROUTES[row.route].label}"


def _trio(known: Facts) -> list[Words]:
    return [Status("Goes together with its trio", "locked")] if known.trio else []


def _signed(known: Facts) -> Words:
    signed = known.sign_off
    if signed is None or not known.signature_stands:
        return Quiet("Not signed")
    return Lines([day(signed.signed_at), signed.signer])


def open_items(known: Facts) -> Words:
    """Return what stays open at the decision: plans with their last day, or what has none."""
    bare = known.open_items()
    if bare:
        return Status(f"{len(bare)} without plan", "plan_needed")
    planned = [each for each in known.threads if not each.is_comment and not each.is_settled]
    if not planned:
        return "None"
    last = max((each.plan_due_on for each in planned if each.plan_due_on), default=None)
    noun = "plan" if len(planned) == 1 else "plans"
    return Lines([f"{len(planned)} {noun}", *([f"to {day(last)}"] if last else [])])


def _pack(row: Waiting) -> Words:
    if row.pack is None:
        return Quiet("None\u00a0yet")
    url = reverse("reviews:pack", args=[row.pack["id"]])
    return Lines([Status("In pack", "in_pack"), Link(row.pack["title"], url)])


def _by(row: Waiting, body: str, today: date) -> Words:
    if row.due_on is None:
        return Quiet("No date yet")
    url = address("waves:date", row.slug, row.id, DECIDE_BY)
    link = DateLink(day(row.due_on), url=f"{url}?body={body}")
    return overdue(link, (today - row.due_on).days)


def overdue(due: Words, gone: int) -> Words:
    """Return a date, and under it by how many days it has passed."""
    return Lines([due, Status(f"Overdue by {days(gone)}", "overdue")]) if gone > 0 else due


def _state(known: Facts, body: str, lacks: Sequence[Lack]) -> Words:
    """Whether a body can approve now, and else what is missing first and who holds it."""
    taken = known.decision(body)
    if not lacks:
        deferred = [f"Deferred on {day(taken.decided_on)}"] if taken else []
        return Lines([Status("Ready to be decided", "open_now"), *deferred])
    first = first_of(lacks)
    more = f" And {len(lacks) - 1} more." if len(lacks) > 1 else ""
    since = f" since {day(first.since)}" if first.since else ""
    return Lines(
        [
            Status("", "not_yet"),
            first.what + more,
            Strong(f"{opened(first.holder_label)} holds it{since}"),
        ]
    )


def decided_table(rows: Sequence[Decision]) -> Table:
    """Return the recorded decisions of a body."""
    return Table(
        caption="Decisions",
        columns=[
            Column(label="Applicant and role"),
            Column(label="Decision", whole=True),
            Column(label="Day", whole=True),
            Column(label="Minute", whole=True),
            Column(label="Conditions", align="end"),
            Column(label="Takes effect"),
        ],
        rows=[
            Row(
                cells=[
                    Lines([row.organisation.name, _role(row.qualification)]),
                    outcome_of(row),
                    Lines([day(row.decided_on), f"recorded by {row.recorded_by_name}"]),
                    row.minute_reference,
                    str(len(row.conditions) or ""),
                    effect_of(row),
                ],
                url=address("reviews:decision", row.qualification_id),
            )
            for row in rows
        ],
    )


def outcome_of(row: Decision) -> Status:
    """Return a decision in its word; an approval that waits for the trio is held (R14)."""
    if row.outcome == Outcome.APPROVED and row.effective_at is None:
        return Status("", "approved_held")
    return Status(row.get_outcome_display(), _OUTCOMES[Outcome(row.outcome)])


def effect_of(row: Decision) -> Words:
    """Return when a decision takes effect."""
    if row.outcome != Outcome.APPROVED:
        return Quiet("At once")
    if row.effective_at is None:
        return "With the last decision of the trio"
    return day(row.effective_at)


# --- what the participant reads


def participant_page(
    organisation: Organisation,
    qualifications: Sequence[Qualification],
    decisions: Mapping[UUID, Sequence[Decision]],
    agendas: Mapping[UUID, Meeting],
) -> SectionsPage:
    """Return the decisions on each role, with reasons and the way of appeal (R122)."""
    return SectionsPage(
        head=Head(
            title=_participant_title(qualifications, decisions),
            lead=(
                "A role is decided by each code body that governs it, on its own. An appeal goes to"
                " the body that is named beside the decision, never to the Programme (QA&P 11.3)."
            ),
            browser_title="Decisions",
            crumbs=[
                Link("Sign-off", address("reviews:sign_off", organisation.slug)),
                Link("Decisions"),
            ],
        ),
        sections=[
            _of_role(each, decisions.get(each.pk, ()), agendas.get(each.pk))
            for each in qualifications
        ],
    )


def _participant_title(
    qualifications: Sequence[Qualification], decisions: Mapping[UUID, Sequence[Decision]]
) -> str:
    qualified = sum(each.status == Where.QUALIFIED for each in qualifications)
    if qualified and qualified == len(qualifications):
        return "Every role is MHHS Qualified."
    if not decisions:
        return "Nothing is decided yet."
    if not qualified:
        return "No role is MHHS Qualified yet."
    return f"{qualified} of {len(qualifications)} roles are MHHS Qualified."


def _of_role(
    qualification: Qualification, rows: Sequence[Decision], meeting: Meeting | None
) -> Section:
    deciders = " and ".join(f"the {name}" for name in MARKET_ROLES[qualification.role].deciders)
    return Section(
        title=_role(qualification),
        meta=qualification.get_status_display(),
        note=f"On the agenda of {meeting.title}, on {day(meeting.held_on)}." if meeting else "",
        table=Table(
            caption=f"Decisions on {MARKET_ROLES[qualification.role].label}",
            columns=[
                Column(label="Decided by"),
                Column(label="Decision"),
                Column(label="Reasons and conditions"),
                Column(label="Takes effect"),
                Column(label="Appeal"),
            ],
            rows=[_participant_row(row) for row in rows],
        ),
        empty=Empty(
            title="Not decided yet.", text=f"It is decided by {deciders} after the sign-off."
        ),
    )


def _participant_row(row: Decision) -> Row:
    body = GOVERNING_BODIES[row.body]
    minute = [f"Minute {row.minute_reference}"] if row.minute_reference else []
    return Row(
        cells=[
            [Mark(row.body), " ", body.decided_by],
            Lines([outcome_of(row), day(row.decided_on), *minute]),
            reasons_of(row),
            effect_of(row),
            Lines([body.appeal_to, body.appeal_under, *_appeal(row)]),
        ]
    )


def _appeal(row: Decision) -> list[Words]:
    """The way to the appeal against a refusal (R122)."""
    if row.outcome != Outcome.NOT_APPROVED:
        return []
    return [Link("The appeal", address("reviews:appeal", row.organisation.slug, row.pk))]


def reasons_of(row: Decision) -> Words:
    """Return the reasons of a decision, and each condition with its day and its finding."""
    conditions = [
        [Code(each["reference"]), f" {each['text']}, by {day(date.fromisoformat(each['due_on']))}"]
        for each in row.conditions
    ]
    lines = [*([row.reasons] if row.reasons else []), *conditions]
    return Lines(lines) if lines else Quiet("None given")
