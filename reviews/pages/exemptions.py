"""Exemptions: the list for both sides, one exemption with what is missing, and its forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact, Pagination, Tab
from foundation.ui.pages import Column, FormPage, Head, ListPage, Row, Table
from foundation.ui.parts import Lines, Link, Status
from participants import policy
from participants.models import Organisation, Qualification
from participants.pages.general import Section, SectionsPage
from reviews.enums import ExemptionKind, ExemptionState
from reviews.lifecycle import exemptions as life
from reviews.models import Exemption, ExemptionStep

S = ExemptionState
KINDS = {
    S.REQUESTED: "submitted", S.ELIGIBILITY_CHECK: "in_review", S.PLAN_REQUIRED: "waiting",
    S.PLAN_ACCEPTED: "plan_agreed", S.PORTFOLIO_CLEAR: "in_review", S.SECTION_COMPLETE: "ready",
    S.PAB_DECISION: "in_review", S.APPROVED: "approved", S.REFUSED: "refused",
    S.BREACH_DETECTED: "overdue", S.PAB_INVITED: "overdue", S.REQUALIFICATION_REQUIRED: "refused",
    S.ESCALATED: "refused", S.ENDED: "not_needed",
}  # fmt: skip
TABS = {"running": "Being judged", "force": "In force", "breaches": "Breaches", "over": "Over"}
LEAD = (
    "A Supplier may be exempt from unmetered supplies or from the smart segment, MPID by MPID."
    " Exemptions for prepayment and export were refused in principle (QA&P 11.4.2)."
)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done to an exemption, by whom and in which states."""

    text: str
    lead: str
    capability: str
    states: tuple[str, ...]
    bodies: tuple[str, ...] = ()
    kind: str = "secondary"


_UNDER_WATCH = (S.APPROVED, S.BREACH_DETECTED, S.PAB_INVITED)
_IN_FORCE = (*_UNDER_WATCH, S.REQUALIFICATION_REQUIRED, S.ESCALATED)
ACTS = {
    "plan": Act("Give the plan", "By which steps the MPID is cleared, and by when.",
                "exemption.request", (S.REQUESTED, S.ELIGIBILITY_CHECK, S.PLAN_REQUIRED)),
    "check": Act("Record a verification", "What your body verified; each criterion by itself.",
                 "exemption.check", life.BEFORE_DECISION),
    "count": Act("Record a count", "From industry data. In force, a count above nil is a breach.",
                 "exemption.check", (*life.BEFORE_DECISION, *_IN_FORCE), ("BSC", "REC")),
    "accept-plan": Act("Accept the plan", "The plan is clear and credible.", "exemption.check",
                       (S.PLAN_REQUIRED,), ("BSC", "REC"), "primary"),
    "section": Act("The further section is complete",
                   "The portal looks whether the newest Final QAD answers all of it.",
                   "exemption.check", (S.PORTFOLIO_CLEAR,), ("BSC", "REC"), "primary"),
    "decide": Act("Record the decision", "Nothing is decided by default.", "exemption.decide",
                  life.BEFORE_DECISION, ("BSC", "REC"), "primary"),
    "invite": Act("Invite to the BSC PAB", "The Supplier is told of the day and of what to bring.",
                  "exemption.breach", (S.BREACH_DETECTED,), ("BSC",), "primary"),
    "conclude": Act("Record the conclusion", "What the BSC PAB concluded on the breach.",
                    "exemption.breach", (S.PAB_INVITED,), ("BSC",), "primary"),
    "dcc": Act("Tell of a DCC application",
               "Elexon and the REC Code Manager are told that you apply to be a DCC User.",
               "exemption.request", (*life.BEFORE_DECISION, *_IN_FORCE)),
    "end": Act("End the exemption", "The Supplier is Qualified for the segment, or a DCC User.",
               "exemption.check", _IN_FORCE, ("BSC", "REC"), "danger"),
    "withdraw": Act("Withdraw the request", "Nothing is decided; you may ask again later.",
                    "exemption.request", life.BEFORE_DECISION, (), "danger"),
}  # fmt: skip
OF_KIND = {"dcc": ExemptionKind.SMART}


def offered(row: Exemption, actor: Actor) -> list[str]:
    """Return what the reader can do now; the services ask the same again."""
    return [name for name, act in ACTS.items() if _is_open(row, name, act, actor)]


def _is_open(row: Exemption, name: str, act: Act, actor: Actor) -> bool:
    if row.status not in act.states or not policy.may(actor, act.capability, row):
        return False
    if OF_KIND.get(name, row.kind) != row.kind:
        return False
    if not actor.is_staff:
        return True
    if name == "accept-plan" and not row.plan:
        return False
    if name == "decide":
        return actor.body in life.DECIDED_BY[row.kind] and actor.body not in row.recorded
    if name == "check":
        return any(actor.body in each.bodies for each in life.CHECKS[row.kind])
    return actor.body in set(act.bodies) & set(life.COUNTED_BY[row.kind])


def list_page(
    rows: Sequence[Exemption],
    show: str,
    pagination: Pagination | None,
    place: Organisation | None,
    to_ask: Sequence[Qualification],
) -> ListPage:
    """Return the exemptions of one organisation, or of all that the reader may see."""
    url = (
        reverse("reviews:exemptions_of", args=[place.slug])
        if place
        else reverse("reviews:exemptions")
    )
    asks = [
        Action(
            text="Ask for an exemption", kind="primary",
            url=reverse("reviews:ask_exemption", args=[place.slug, each.pk]),
        )
        for each in to_ask
    ] if place else []  # fmt: skip
    columns = [Column(label="Exemption"), Column(label="State"), Column(label="Counted"),
               Column(label="Since", whole=True)]  # fmt: skip
    return ListPage(
        head=Head(title="Exemptions", lead=LEAD, actions=asks),
        tabs=[
            Tab(label=label, url=f"{url}?show={key}", current=key == show)
            for key, label in TABS.items()
        ],
        table=Table(
            caption=f"Exemptions, {TABS[show].lower()}",
            columns=columns if place else [Column(label="Supplier"), *columns],
            rows=[_row(each, place) for each in rows],
        )
        if rows
        else None,
        empty=Empty(title=f"None is here: {TABS[show].lower()}.", text=_empty(place, to_ask)),
        pagination=pagination,
    )


def _empty(place: Organisation | None, to_ask: Sequence[Qualification]) -> str:
    if place is None:
        return "What a Supplier asks for stands here, the longest in its state first."
    if to_ask:
        return "An exemption is asked for MPID by MPID; the QAD then opens a further section."
    return "Only Suppliers ask for exemptions; the bodies verify, count and decide."


def _row(row: Exemption, place: Organisation | None) -> Row:
    cells = [
        Lines([row.get_kind_display(), row.mpid]),
        state_of(row),
        _counted(row),
        day(row.status_since),
    ]
    return Row(
        url=reverse("reviews:exemption", args=[row.organisation.slug, row.pk]),
        cells=cells if place else [row.organisation.name, *cells],
    )


def state_of(row: Exemption) -> Status:
    """Return the state of an exemption as it is shown."""
    return Status(row.get_status_display(), KINDS[ExemptionState(row.status)])


def _counted(row: Exemption) -> str:
    if row.points is None or row.points_on is None:
        return "Not counted"
    return f"{row.points:,} on {day(row.points_on)}"


def exemption_page(
    row: Exemption, steps: Sequence[ExemptionStep], actor: Actor, facts: life.ExemptionFacts
) -> SectionsPage:
    """Return one exemption: what is verified, what is missing, and what happened."""
    back = reverse("reviews:exemptions_of", args=[row.organisation.slug])
    return SectionsPage(
        head=Head(
            kicker=state_of(row),
            title=f"{row.get_kind_display()}, {row.mpid}",
            lead=_lead(row, facts),
            crumbs=[Link("Exemptions", back), Link(row.mpid)],
            actions=[
                Action(
                    text=ACTS[name].text,
                    kind=ACTS[name].kind,
                    url=reverse(
                        "reviews:exemption_act", args=[row.organisation.slug, row.pk, name]
                    ),
                )
                for name in offered(row, actor)
            ],
        ),  # fmt: skip
        sections=[
            Section(title="Where it stands", facts=_facts(row)),
            Section(title="What it needs", table=_needs(row, facts)),
            Section(title="What happened", table=_history(steps)),
        ],
    )


def _lead(row: Exemption, facts: life.ExemptionFacts) -> str:
    said = {
        S.REQUESTED: "A code body takes it up by recording a verification or a count.",
        S.PLAN_ACCEPTED: f"It goes on when no {life.COUNTED[row.kind]} are left.",
        S.SECTION_COMPLETE: f"Decided by {' and '.join(life.DECIDED_BY[row.kind])}.",
        S.PAB_DECISION: "One of two decisions is recorded; it needs both.",
        S.APPROVED: "It stands in the Qualified Persons Workbook.",
        S.REFUSED: "It can be asked for again.",
        S.BREACH_DETECTED: "The PAB secretary invites the Supplier to the BSC PAB.",
        S.REQUALIFICATION_REQUIRED: "The Supplier has to qualify for the segment.",
        S.ESCALATED: "Both codes go on outside the portal.",
        S.ENDED: "It covers nothing any more.",
    }
    if row.status in said:
        return said[ExemptionState(row.status)]
    if row.status == S.PAB_INVITED and row.invited_for:
        return f"The Supplier is invited to the BSC PAB of {day(row.invited_for)}."
    goes_on = life.CONFIRM_SECTION if row.status == S.PORTFOLIO_CLEAR else life.PORTFOLIO_CLEAR
    if row.status == S.PLAN_REQUIRED:
        goes_on = life.ACCEPT_PLAN
    objections = goes_on.objections(row.status, facts)
    return objections[0] if objections else f"{goes_on.label or 'It goes on'}: nothing is missing."


def _facts(row: Exemption) -> list[Fact]:
    facts = [
        Fact(label="Asked for", value=day(row.asked_at), note=f"by {row.asked_by_name}"),
        Fact(label="Why", value=row.reasons),
        Fact(label=f"Count of {life.COUNTED[row.kind]}", value=_counted(row)),
    ]
    if row.clear_by:
        facts += [Fact(label="Plan", value=row.plan),
                  Fact(label="None left by", value=day(row.clear_by))]  # fmt: skip
    if row.cap:
        facts.append(Fact(label="Cap", value=f"{row.cap:,} metering points"))
    if row.in_force_from:
        facts.append(Fact(label="In force from", value=day(row.in_force_from)))
    if row.conditions:
        facts.append(Fact(label="Conditions", value=row.conditions))
    return facts


_HOLDS = Status("Verified", "approved")
_FAILS = Status("Does not hold", "refused")
_WAITS = Status("Not yet", "not_yet")


def _needs(row: Exemption, facts: life.ExemptionFacts) -> Table:
    lines = [
        _need(check.what, row.checks.get(check.name), " or ".join(sorted(check.bodies)))
        for check in life.CHECKS[row.kind]
    ]
    clear = life.none_left(facts)
    section = " ".join(facts.section)
    lines += [
        Row(cells=[f"No {life.COUNTED[row.kind]} on the MPID",
                   Status("Not yet", "not_yet") if clear else _HOLDS, clear or _counted(row)]),
        Row(cells=["The further section of the Final QAD is complete",
                   Status("Not yet", "not_yet") if section else _HOLDS, section or "Complete"]),
    ]  # fmt: skip
    for body in life.DECIDED_BY[row.kind]:
        said = row.recorded.get(body)
        state = Status("Not yet", "not_yet")
        if said:
            done = said["outcome"] == "APPROVED"
            state = Status("Approved", "approved") if done else Status("Refused", "refused")
        note = (
            f"{_day(said['on'])} {said['reference']}".strip()
            if said
            else "PAB secretary"
            if (body == "BSC")
            else "REC Code Manager"
        )
        lines.append(Row(cells=[f"Decision of {body}", state, note]))
    return Table(
        caption="What the exemption needs",
        columns=[Column(label="What"), Column(label="State"), Column(label="By whom, or why not")],
        rows=lines,
    )


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


def _need(what: str, said: dict | None, keepers: str) -> Row:
    if said is None:
        return Row(cells=[what, _WAITS, f"{keepers} verifies it"])
    by = f"{said['body']}, {said['by']}, {_day(said['on'])}"
    return Row(
        cells=[what, _HOLDS if said["holds"] else _FAILS, Lines([by, said["note"]])
               if said["note"] else by]
    )  # fmt: skip


def _history(steps: Sequence[ExemptionStep]) -> Table:
    return Table(
        caption="What happened, the newest first",
        columns=[Column(label="Day", whole=True), Column(label="What"), Column(label="By")],
        rows=[
            Row(cells=[day(each.at), Lines([each.what, each.text]) if each.text else each.what,
                       each.by_name])
            for each in reversed(steps)
        ],
    )  # fmt: skip


def ask_page(organisation: Organisation, form: BaseForm) -> FormPage:
    """Return the form in which a Supplier asks for an exemption."""
    back = reverse("reviews:exemptions_of", args=[organisation.slug])
    return FormPage(
        head=Head(title="Ask for an exemption", lead=LEAD,
                  crumbs=[Link("Exemptions", back), Link("Ask")]),
        form=form,
        submit=Action(text="Ask for it", kind="primary", method="submit"),
        cancel=Link("Cancel", back),
    )  # fmt: skip


def act_page(row: Exemption, name: str, form: BaseForm) -> FormPage:
    """Return the form of one act."""
    act, slug = ACTS[name], row.organisation.slug
    here = reverse("reviews:exemption", args=[slug, row.pk])
    return FormPage(
        head=Head(
            title=act.text,
            lead=f"{row.get_kind_display()}, {row.mpid}. {act.lead}",
            crumbs=[
                Link("Exemptions", reverse("reviews:exemptions_of", args=[slug])),
                Link(row.mpid, here),
                Link(act.text),
            ],
        ),
        form=form,
        submit=Action(
            text=act.text, kind="danger" if act.kind == "danger" else "primary", method="submit"
        ),
        cancel=Link("Cancel", here),
    )
