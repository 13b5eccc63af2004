"""Recording one decision: what it stands on, what is missing, and a form without a default."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from foundation.clock.words import day
from foundation.templatetags.ui_forms import form_errors
from foundation.ui.blocks import Action, Fact, Note, Refusal
from foundation.ui.counting import counted
from foundation.ui.pages import Column, Head, Row, Table
from foundation.ui.parts import Lines, Link, Mark, Quiet, Status, Words
from participants.access.addresses import address
from participants.enums import Status as Where
from participants.market_roles import GOVERNING_BODIES, MARKET_ROLES
from participants.models import Qualification
from participants.pages.general import Section
from reviews.enums import Outcome
from reviews.forms.deciding import DecisionForm
from reviews.models import Decision, Pack
from reviews.pages.deciding import effect_of, open_items, outcome_of, reasons_of
from reviews.pages.signing import codes_in_words
from reviews.pages.trio import trio_sections
from reviews.qualified import (
    NOT_NEEDED,
    Facts,
    Lack,
    before_decision,
    criteria,
)
from reviews.queries.signing import DECIDE_BY
from waves.models import Obligation

_STATES = {
    "met": Status("", "met"),
    "not_met": Status("Not met", "octagon"),
    NOT_NEEDED: Status("", "not_needed"),
}
_AT_THE_GATES = ("accession", "dip_user", "assertion", "paper", "report", "work_off")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPage:
    """``reviews/decision.html``."""

    head: Head
    facts: Sequence[Fact] = ()
    sections: Sequence[Section] = ()
    notes: Sequence[Note] = ()
    form: DecisionForm | None = None
    errors: Sequence[Link] = ()
    refusal: Refusal | None = None
    submit: Action | None = None
    more: Action | None = None
    cancel: Link | None = None
    note: Words = ""


def decision_page(
    qualification: Qualification,
    known: Facts,
    *,
    body: str,
    due: Obligation | None,
    packs: Sequence[Pack],
    decisions: Sequence[Decision],
    form: DecisionForm | None,
    why_not: str = "",
) -> DecisionPage:
    """Return what is decided on; ``form`` is there for whoever records, if it can be recorded."""
    lacks = before_decision(known, body)
    sections = [
        *trio_sections(known, body),
        _criteria(known, body),
        *_missing(known, lacks),
        *_packs(known, packs),
        *_decisions(decisions, body),
    ]
    return DecisionPage(
        head=_head(qualification, known, body, lacks),
        facts=_facts(qualification, known, due),
        sections=sections,
        form=form,
        errors=[link for each in (form.sheets if form else ()) for link in form_errors(each)],
        refusal=_refusal(lacks, why_not, form),
        submit=Action(text="Record the decision", kind="primary", method="submit"),
        more=Action(
            text="Add another condition" if form and form.conditions else "Add a condition",
            kind="quiet",
            method="submit",
            name="more",
            value="1",
        ),
        cancel=Link("Back to the decisions", reverse("reviews:decisions")),
        note=_told(qualification, body),
    )


def _head(qualification: Qualification, known: Facts, body: str, lacks: Sequence[Lack]) -> Head:
    name = f"{qualification.organisation.name}, {known.label}"
    under = GOVERNING_BODIES[body].governs_under
    return Head(
        kicker=_kicker(known, body, lacks),
        title=f"{name}: {_standing(known, body, lacks)}",
        lead=(
            f"Is {qualification.organisation.legal_name} MHHS Qualified under the {under} as"
            f" {known.label}, for {codes_in_words(known.mpids)}?"
        ),
        crumbs=[Link("Decisions", reverse("reviews:decisions")), Link(name)],
        browser_title=f"Decision, {name}",
    )


def _kicker(known: Facts, body: str, lacks: Sequence[Lack]) -> Status:
    taken = known.decision(body)
    if taken is not None and taken.outcome == Outcome.NOT_APPROVED:
        return Status("Not approved", "refused")
    if taken is not None and taken.outcome == Outcome.APPROVED:
        return Status("Decided", "closed")
    return Status("", "not_yet") if lacks else Status("", "open_now")


def _standing(known: Facts, body: str, lacks: Sequence[Lack]) -> str:
    taken, decider = known.decision(body), GOVERNING_BODIES[body].decided_by
    if taken is not None and taken.outcome == Outcome.APPROVED:
        held = known.trio and known.status != Where.QUALIFIED
        return f"approved by the {decider}{', held until the trio is complete' if held else ''}"
    if taken is not None and taken.outcome == Outcome.NOT_APPROVED:
        return f"not approved by the {decider}"
    if known.status == Where.NOT_APPROVED:
        return "not approved"
    if lacks:
        return f"not yet, for {counted(len(lacks), 'reason')}"
    return "ready to be decided" + (" after its deferral" if taken else "")


def _facts(qualification: Qualification, known: Facts, due: Obligation | None) -> list[Fact]:
    slug = qualification.organisation.slug
    signed: Words = Quiet("Not signed")
    if known.on_paper and known.signature_stands:
        signed = f"{known.sign_off.signer}, {day(known.sign_off.signed_at)}, on paper"
    elif known.sign_off is not None and known.signature_stands:
        url = reverse("reviews:confirmation", args=[slug, known.id])
        words = f"{known.sign_off.signer}, {day(known.sign_off.signed_at)}"
        signed = [Link(words, url, hint="the Applicant’s Confirmation")]
    by: Words = Quiet("No date yet")
    if due is not None:
        url = reverse("waves:date", args=[slug, known.id, DECIDE_BY])
        by = [Link(day(due.due_on), f"{url}?body={due.body}", hint="why this day")]
    return [
        Fact(label="Signed", value=signed),
        Fact(label="Decide by", value=by),
        Fact(label="Open at decision", value=open_items(known)),
        Fact(label="DIP User", value=_dip_user(known)),
    ]


def _dip_user(known: Facts) -> Status:
    if known.dip is None:
        return Status("Not confirmed yet", "waiting")
    return Status("", "confirmed" if known.dip_confirmed else "not_confirmed")


def _criteria(known: Facts, body: str) -> Section:
    return Section(
        title="The criteria of QA&P 11.3, as they stand",
        meta="All of them make a role MHHS Qualified",
        table=Table(
            caption="Criteria",
            columns=[Column(label="Criterion"), Column(label="State"), Column(label="Because")],
            rows=[
                Row(
                    cells=[
                        f"{each.number} {each.title}",
                        _STATES[each.state],
                        Lines([each.because, *_held(each.holder, each.since)]),
                    ]
                )
                for each in criteria(known, deciding=body)
            ],
        ),
    )


def _held(holder: str, since: datetime | None) -> list[str]:
    if not holder:
        return []
    return [f"Held by {holder}" + (f" since {day(since)}" if since else "")]


def _missing(known: Facts, lacks: Sequence[Lack]) -> list[Section]:
    if not lacks:
        return []
    return [
        Section(
            title="What is missing, and who holds it",
            table=Table(
                caption="What is missing",
                columns=[
                    Column(label="What"),
                    Column(label="Held by"),
                    Column(label="Since"),
                    Column(label="Way on"),
                ],
                rows=[
                    Row(
                        cells=[
                            each.what,
                            each.holder_label,
                            day(each.since) if each.since else "",
                            _way_on(known, each),
                        ]
                    )
                    for each in lacks
                ],
            ),
        )
    ]


def _way_on(known: Facts, lack: Lack) -> Words:
    if lack.key in _AT_THE_GATES:
        return Link("Gates", reverse("reviews:gates", args=[known.slug, known.id]), lack.what)
    if lack.key == "signature":
        url = reverse("reviews:sign_off_of", args=[known.slug, known.id])
        return Link("Sign-off", url, lack.what)
    name = "reviews:findings" if lack.key == "finding" else "reviews:qualified"
    url = address(name, known.slug)
    return Link("Findings" if lack.key == "finding" else "Qualified yet?", url) if url else ""


def _packs(known: Facts, packs: Sequence[Pack]) -> list[Section]:
    order = Action(text="Order a pack", url=f"{reverse('reviews:new_pack')}?application={known.id}")
    return [
        Section(
            title="Packs that hold it",
            note="" if packs else "None yet. A decision is taken from a pack that is frozen first.",
            table=Table(
                caption="Packs",
                columns=[
                    Column(label="Pack"),
                    Column(label="Pages", align="end"),
                    Column(label="Ordered"),
                    Column(label="Seal"),
                ],
                rows=[
                    Row(
                        cells=[
                            each.title,
                            str(each.pages),
                            day(each.asked_at),
                            f"{each.seal[:4]} {each.seal[4:8]} …" if each.seal else "",
                        ],
                        url=reverse("reviews:pack", args=[each.pk]),
                    )
                    for each in packs
                ],
            ),
            actions=[order],
        )
    ]


def _decisions(rows: Sequence[Decision], body: str) -> list[Section]:
    if not rows:
        return []
    return [
        Section(
            title="Decisions on this role",
            table=Table(
                caption="Decisions",
                columns=[
                    Column(label="By"),
                    Column(label="Decision"),
                    Column(label="Reasons and conditions"),
                    Column(label="Decided from"),
                    Column(label="Takes effect"),
                ],
                rows=[_decision_row(each, body) for each in rows],
            ),
        )
    ]


def _votes(row: Decision, body: str) -> list[str]:
    """How the board voted, where minuted; its interests are read within the body only."""
    given = {"for": row.votes_for, "against": row.votes_against, "abstained": row.abstained}
    counted_ = [f"{count} {word}" for word, count in given.items() if count is not None]
    said = [", ".join(counted_)] if counted_ else []
    return (
        [*said, f"Interests declared: {row.interests}"]
        if row.interests and row.body == body
        else said
    )


def _decision_row(row: Decision, body: str) -> Row:
    minute = [f"Minute {row.minute_reference}"] if row.minute_reference else []
    said = f"recorded by {row.recorded_by_name}, {day(row.recorded_at)}"
    return Row(
        cells=[
            [Mark(row.body), " ", GOVERNING_BODIES[row.body].decided_by],
            Lines([outcome_of(row), day(row.decided_on), *minute, *_votes(row, body), said]),
            reasons_of(row),
            row.pack.title if row.pack else Quiet("No pack"),
            effect_of(row),
        ]
    )


def _refusal(lacks: Sequence[Lack], why_not: str, form: DecisionForm | None) -> Refusal | None:
    if form is None:
        return Refusal(title="You can read this; it is not recorded here.", reasons=[why_not])
    if not lacks:
        return None
    return Refusal(
        title=f"An approval cannot be recorded yet, for {counted(len(lacks), 'reason')}.",
        reasons=[f"{each.what} Held by {each.holder_label}." for each in lacks],
        note="A deferral or a refusal can be recorded.",
    )


def _told(qualification: Qualification, body: str) -> str:
    others = [each for each in MARKET_ROLES[qualification.role].bodies if each != body]
    named = " and ".join("the DIP Manager" if each == "DIP" else each for each in others)
    appeal = GOVERNING_BODIES[body]
    return (
        f"When you record it, the admins, authors and directors of"
        f" {qualification.organisation.name} and {named} are told the decision with its reasons and"
        f" conditions, and that an appeal goes to {appeal.appeal_to} ({appeal.appeal_under})."
        " A recorded decision is not changed."
    )
