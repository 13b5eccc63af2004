"""What each body thinks of each part, and the acts by which the reader's own body says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action
from foundation.ui.counting import counted
from foundation.ui.pages import Column, FormPage, Head, Row, Table
from foundation.ui.parts import Lines, Link, Mark, Status, Words
from participants.enums import Status as Where
from participants.market_roles import BODIES, reviewing_bodies
from participants.models import Organisation
from participants.pages.general import Section, SectionsPage
from participants.roles import holds
from reviews import qualified as q
from reviews.enums import ApprovalState
from reviews.lifecycle import APPROVE, ApprovalFacts
from reviews.pages.ways import back

READING_FINAL = (Where.FINAL_SUBMITTED, Where.FINAL_REVIEW)
READING_INITIAL = (Where.INITIAL_SUBMITTED, Where.INITIAL_REVIEW)


@dataclass(frozen=True, slots=True)
class Setting:
    """Whose approvals are shown, to whom."""

    organisation: Organisation
    actor: Actor

    def url(self, name: str, key: Any) -> str:
        """Return the address of an act."""
        return reverse(f"reviews:{name}", args=[self.organisation.slug, key])

    def may_act(self, capability: str, known: Sequence[q.Facts]) -> bool:
        """Return whether the reader's body reviews any of these, and the reader may say so."""
        bodies = reviewing_bodies(each.role for each in known)
        return self.actor.is_staff and self.actor.body in bodies and holds(self.actor, capability)


def approvals_page(setting: Setting, known: Sequence[q.Facts]) -> SectionsPage:
    """Return the opinions on the organisation part, and on the part of each market role."""
    live = [each for each in known if each.status != Where.WITHDRAWN]
    return SectionsPage(
        head=Head(
            title=_title(setting, live),
            lead="All bodies that govern a role approve the organisation part and the part of that"
            " role, each for itself, and confirm that their comments are addressed (QA&P 10.2.1).",
            crumbs=[back(setting.organisation.slug), Link("Approvals")],
            browser_title=f"Approvals, {setting.organisation.name}",
        ),
        sections=[_organisation(setting, live), *(_role(setting, each) for each in live)]
        if live
        else [Section(title="Approvals", note="No market role is sought yet.")],
    )


def _title(setting: Setting, known: Sequence[q.Facts]) -> str:
    body = setting.actor.body
    if not setting.actor.is_staff or body not in BODIES:
        return f"Approvals of {setting.organisation.name}"
    waiting = sum(
        body in each.bodies and each.status in READING_FINAL and not _is_done(each, body)
        for each in known
    )
    if not waiting:
        return f"Nothing waits for the opinion of {body}."
    return f"{body} has {counted(waiting, 'role')} to give its opinion on."


def _is_done(facts: q.Facts, body: str) -> bool:
    approved = all(facts.approval_stands(scope, body) for scope in q.SCOPES)
    return approved and facts.review(body, "FINAL").completed_at is not None


def _organisation(setting: Setting, known: Sequence[q.Facts]) -> Section:
    bodies = reviewing_bodies(each.role for each in known)
    first = known[0]
    rows = []
    for body in bodies:
        governed = [each for each in known if body in each.bodies]
        speaks = next((each for each in governed if each.status in READING_FINAL), governed[0])
        rows.append(Row(cells=[Mark(body), *_opinion(speaks, q.ORGANISATION, body)]))
    governed = [each for each in known if setting.actor.body in each.bodies]
    return Section(
        title="The organisation part",
        meta=_version(first.parts.get(q.ORGANISATION)),
        table=_table("Opinions on the organisation part", rows),
        actions=_part_acts(setting, governed, q.ORGANISATION),
    )


def _role(setting: Setting, facts: q.Facts) -> Section:
    rows = [
        Row(
            cells=[
                Mark(body),
                *_opinion(facts, q.ROLE, body),
                _comments(facts, body),
            ]
        )
        for body in facts.bodies
    ]
    return Section(
        title=facts.label,
        meta=_version(facts.parts.get(q.ROLE)),
        table=_table(f"Opinions on {facts.label}", rows, "Comments"),
        actions=[*_part_acts(setting, [facts], q.ROLE), *_review_acts(setting, facts)],
    )


def _table(caption: str, rows: Sequence[Row], *more: str) -> Table:
    labels = ("Body", "Opinion", "Version", "Given", *more)
    return Table(caption=caption, columns=[Column(label=label) for label in labels], rows=rows)


def _version(part: q.PartFacts | None) -> str:
    if part is None or not part.number:
        return "Nothing submitted yet"
    return f"Version {part.number}, {day(part.submitted_at)}"


def _opinion(facts: q.Facts, scope: str, body: str) -> list[Words]:
    given = facts.approvals.get((scope, body))
    if given is None:
        return [_waiting(facts, body), "", ""]
    when = Lines([day(given.at), given.by])
    if facts.approval_stands(scope, body):
        return [Status("", "approved"), str(given.number), when]
    if given.status == ApprovalState.FURTHER_SUBMISSION:
        return [Lines([Status("", "asks_for_more"), given.because]), str(given.number), when]
    because = given.lapsed_because or "The part was changed since."
    return [Lines([Status("", "lapsed"), because]), str(given.number), when]


def _waiting(facts: q.Facts, body: str) -> Words:
    if facts.status in READING_FINAL:
        begun = facts.review(body, "FINAL").started_at
        return Status("", "reading" if begun else "not_read")
    return Status("Not due", "not_due")


def _comments(facts: q.Facts, body: str) -> Words:
    final = facts.review(body, "FINAL")
    if final.completed_at:
        return Lines([Status("Addressed", "confirmed"), day(final.completed_at)])
    still_open = facts.open_threads(body)
    if still_open:
        listed = ", ".join(each.reference for each in still_open)
        return Lines([Status(f"{len(still_open)} open", "waiting"), listed])
    initial = facts.review(body, "INITIAL")
    if facts.final_submitted_at is None and initial.completed_at:
        return Lines([Status("Initial read", "done"), day(initial.completed_at)])
    return Status("None open", "ring")


# --- what the reader can do


def _part_acts(setting: Setting, governed: Sequence[q.Facts], scope: str) -> list[Action]:
    if not governed or not setting.may_act("part.approve", governed):
        return []
    part = governed[0].parts.get(scope)
    if part is None or part.stage != "FINAL":
        return []
    reasons = approval_objections(governed, scope, setting.actor.body)
    where = "the organisation part" if scope == q.ORGANISATION else f"{governed[0].label}"
    more = [] if reasons and not _may_ask(governed) else [
        Action(text="Ask for more", url=setting.url("ask_for_more", part.id))
    ]  # fmt: skip
    return [
        Action(
            text=f"Approve {where} at version {part.number}",
            url=setting.url("approve", part.id),
            kind="primary",
            method="post",
            hidden={"seen": part.sha256},
            reasons=reasons,
        ),
        *more,
    ]


def _may_ask(governed: Sequence[q.Facts]) -> bool:
    return any(each.status in READING_FINAL for each in governed)


def approval_objections(governed: Sequence[q.Facts], scope: str, body: str) -> tuple[str, ...]:
    """Return why a body cannot approve a part now, from the same guards that the act asks."""
    first, part = governed[0], governed[0].parts[scope]
    unsettled = [each.reference for each in first.open_items(body) if each.scope == scope]
    return APPROVE.objections(
        "",
        ApprovalFacts(
            body=body,
            final_is_submitted=part.stage == "FINAL" and _may_ask(governed),
            being_changed=part.being_changed,
            seen=part.sha256,
            newest=part.sha256,
            already_covers=first.approval_stands(scope, body),
            unsettled=unsettled,
        ),
    )


def _review_acts(setting: Setting, facts: q.Facts) -> list[Action]:
    if not setting.may_act("review.complete", [facts]):
        return []
    body = setting.actor.body
    if facts.status in READING_INITIAL:
        return [_complete(setting, facts, body)]
    if facts.status in (*READING_FINAL, Where.CONTENT_AGREED):
        return [_confirm(setting, facts, body)]
    return []


def _complete(setting: Setting, facts: q.Facts, body: str) -> Action:
    done = facts.review(body, "INITIAL").completed_at
    return Action(
        text=f"{body} has read the Initial QAD",
        url=setting.url("complete_initial", facts.id),
        method="post",
        reasons=[f"{body} said so on {day(done)}."] if done else [],
    )


def _confirm(setting: Setting, facts: q.Facts, body: str) -> Action:
    done = facts.review(body, "FINAL").completed_at
    reasons: list[Words] = [f"{body} confirmed this on {day(done)}."] if done else []
    reasons += [
        f"{each.reference} on {each.question} is open: {each.subject}."
        for each in facts.open_threads(body)
    ]
    return Action(
        text=f"All comments of {body} are addressed",
        url=setting.url("confirm_comments", facts.id),
        method="post",
        reasons=reasons,
    )


def ask_page(
    organisation: Organisation, where: str, version: int, form: BaseForm, now: datetime
) -> FormPage:
    """Return the form of asking for a further submission."""
    url = reverse("reviews:approvals", args=[organisation.slug])
    return FormPage(
        head=Head(
            title=f"Ask for more on {where}",
            lead=f"{organisation.name}, version {version}, read on {day(now)}.",
            crumbs=[Link("Approvals", url), Link("Ask for more")],
        ),
        form=form,
        submit=Action(text="Send", kind="primary", method="submit"),
        cancel=Link("Back", url),
        note=f"{organisation.name} is told, asks for the sections to be reopened and submits them"
        " again.",
    )
