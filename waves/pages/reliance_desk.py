"""Reliance as the bodies see it: what waits, one proposal, and who the party is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from foundation.clock.words import day
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact, Note, Tab
from foundation.ui.pages import Column, Head, ListPage, Row, Table
from foundation.ui.parts import Lines, Link, Quiet, Status, Words
from participants import policy
from participants.pages.general import Section, SectionsPage
from waves.board import Board, short
from waves.enums import RelianceKind, RelianceState
from waves.lifecycle.reliance import IN_HAND
from waves.models import Reliance, RelianceLink, RelianceVersion
from waves.order import Reliant
from waves.pages import reliance as own
from waves.reliance import AGREED, APART, EDITABLE, LABELS
from waves.reliance_acts import DESK, RelianceAct
from waves.routes import reliance_agreed_by
from waves.timetable import Event

OVER = (RelianceState.WITHDRAWN, RelianceState.NOT_AGREED)


def tabs(here: str) -> list[Tab]:
    """The three views of reliance at the desk."""
    views = (
        ("Proposals", "waves:reliance_desk"),
        ("Who relies on whom", "waves:reliance_net"),
        ("Who would be touched", "waves:reliance_touched"),
    )
    return [Tab(label=label, url=reverse(name), current=name == here) for label, name in views]


def is_with(row: Reliance, body: str) -> bool:
    """Whether a proposal waits for the opinion of a body."""
    held = row.qualification
    said = {each["body"] for each in row.words}
    needed = reliance_agreed_by(held.role, held.route)
    return row.status in IN_HAND and body in needed and body not in said


def desk_page(rows: Sequence[Reliance], actor: Actor) -> ListPage:
    """Return every proposal: what waits for the reader's body first, settled ones last."""
    body = actor.body
    found = sorted(
        rows, key=lambda row: (not is_with(row, body), row.status in OVER, row.status in AGREED)
    )
    mine = sum(is_with(row, body) for row in rows)
    unknown = sum(_is_unknown(row) for row in rows)
    names = ("Organisation", "Relies on", "Testing", "State", "The bodies", "Relied-on testing")
    return ListPage(
        head=Head(
            title="Reliance",
            lead="Proposals to count somebody else's testing. Everybody marked has to agree, before"
            " QT or SIT starts (QA&P 10.1, 10.4).",
        ),
        tabs=tabs("waves:reliance_desk"),
        facts=[
            Fact(label=f"Wait for {body}", value=str(mine)),
            Fact(label="With the bodies", value=str(sum(row.status in IN_HAND for row in rows))),
            Fact(label="Agreed", value=str(sum(row.status in AGREED for row in rows))),
            Fact(label="Party not linked", value=str(unknown)),
        ],
        table=Table(
            caption="Reliance proposals",
            columns=[Column(label=name) for name in names],
            rows=[_row(row, body) for row in found],
            compact=True,
        )
        if found
        else None,
        empty=Empty(title="No proposals", text="They appear when organisations submit them."),
    )


def _is_unknown(row: Reliance) -> bool:
    settled = (*OVER, RelianceState.DRAFT)
    is_other = row.kind == RelianceKind.RELIANCE and not row.is_own
    return is_other and not row.linked and row.status not in settled


def _row(row: Reliance, body: str) -> Row:
    held = row.qualification
    waiting = [Status(f"Waits for {body}", "your_move")] if is_with(row, body) else []
    waiting += [Status("QT has begun", "late")] if _is_late(row) else []
    return Row(
        cells=[
            Lines([held.organisation.name, f"{held.get_role_display()}, {short(held.route)}"]),
            _party(row),
            Lines([own.testing(row.stages), row.get_extent_display() or row.get_kind_display()]),
            Lines([*waiting, own.state(row), f"since {day(row.status_since)}"]),
            own.marks(row),
            _evidence(row),
        ],
        url=reverse("waves:reliance_one", args=[row.pk]),
    )


def _is_late(row: Reliance) -> bool:
    """Whether QT has begun and the proposal is not agreed (R46)."""
    settled = (*OVER, *AGREED)
    return row.status not in settled and Event.QT_ENTRY_CONFIRMED in row.qualification.happened


def _party(row: Reliance) -> Words:
    """What was typed, and who that is."""
    if row.linked:
        who = row.linked[0]
        where = short(who["route"]) if who["route"] else "no qualification"
        return Lines([row.provider_name, f"{who['organisation']}, {where}"])
    if row.is_own:
        return Lines([row.provider_name, "an MPID of its own"])
    if _is_unknown(row):
        return Lines([row.provider_name, Status("Not linked", "waiting")])
    return Lines([row.provider_name, row.get_kind_display()])


def _evidence(row: Reliance) -> Words:
    return Quiet("Not asked") if row.status in OVER else own.evidence(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One proposal at the desk, as it was read."""

    row: Reliance
    versions: Sequence[RelianceVersion]
    link: RelianceLink | None
    board: Board
    actor: Actor

    @property
    def unit(self) -> Any:
        """What of the board relies here."""
        return self.row.qualification.trio or self.row.qualification_id


def case_page(case: Case) -> SectionsPage:
    """Return one proposal with all that the bodies need to decide on it."""
    row = case.row
    held = row.qualification
    name = f"{held.organisation.name} on {row.provider_name}"
    slug = held.organisation.slug
    file = reverse("waves:reliance_file", args=[slug, row.pk])
    return SectionsPage(
        head=Head(
            title=f"Reliance of {held.organisation.name} on {row.provider_name}",
            kicker=own.state(row),
            crumbs=[Link("Reliance", reverse("waves:reliance_desk")), Link(name)],
            lead=_lead(row),
            actions=[_button(case, act) for act in _open_acts(case)],
        ),
        facts=own.facts_bar(row),
        notes=_notes(case),
        sections=[
            _party_section(case),
            own.words_section(row),
            own.said_section(row, file) if row.status not in EDITABLE else _as_submitted(case),
            own.versions_section(case.versions),
            _order_section(case),
        ],
    )


def _lead(row: Reliance) -> str:
    if row.status in EDITABLE:
        return "Its organisation is writing on it. You see the version that was submitted last."
    return ""


def _notes(case: Case) -> list[Note]:
    found = []
    if set(case.row.stages) & set(APART):
        text = "It is done independently as a rule; to agree, say why (QA&P 10.5)."
        found.append(
            Note(lead="Non-functional or operational PIT is relied on.", text=text, kind="waiting")
        )
    late = case.board.late.get(case.unit)
    if late is not None:
        text = f"{case.board.name(case.unit)} stands before {case.board.name(late)} (QA&P 9.3.2)."
        found.append(Note(lead="The order of waves is broken.", text=text, kind="at_risk"))
    return found


def _open_acts(case: Case) -> list[RelianceAct]:
    return [
        act
        for act in DESK.values()
        if act.is_open(case.row.status)
        and policy.may(case.actor, act.capability, case.row)
        and _makes_sense(case, act.slug)
    ]


def _makes_sense(case: Case, slug: str) -> bool:
    held = case.row.qualification
    if slug == "opinion":
        return case.actor.body in reliance_agreed_by(held.role, held.route)
    if slug == "scope":
        in_part = case.row.extent == "PARTIAL" or case.row.status == RelianceState.AGREED_PART
        return in_part and not case.row.scope_agreed
    return slug != "unlink" or case.link is not None


def _button(case: Case, act: RelianceAct) -> Action:
    first = act.slug == "opinion"
    label = "Change the link" if act.slug == "link" and case.link else act.label
    url = reverse("waves:reliance_act", args=[case.row.pk, act.slug])
    return Action(text=label, url=url, kind="primary" if first else "secondary")


def _party_section(case: Case) -> Section:
    row, link = case.row, case.link
    facts = [
        Fact(label="Typed", value=f"{row.provider_name} {row.provider_mpid}".strip()),
    ]
    if link is not None:
        held = link.provider
        where = f", {held.get_role_display()}, {held.get_route_display()}" if held else ""
        facts.append(Fact(label="Is", value=f"{link.provider_organisation.name}{where}"))
        facts.append(Fact(label="Linked", value=f"{day(link.linked_at)} by {link.linked_by_name}"))
    else:
        word = "An MPID of its own" if row.is_own else "Not linked to anybody here"
        facts.append(Fact(label="Is", value=Quiet(word)))
    if row.kind == RelianceKind.ON_BEHALF:
        note = "Whoever tests on behalf of others binds no wave (QA&P 10.4)."
    else:
        note = "Who this is stays with the bodies: no participant sees it (QA&P 10.3, 10.4)."
    return Section(title="Who the party is", facts=facts, note=note)


def _as_submitted(case: Case) -> Section:
    """What the newest version says: what is being written is not the bodies' to see."""
    from_version = case.versions[0].content if case.versions else {}
    shown = Reliance(**{key: value for key, value in from_version.items() if key in LABELS})
    return own.said_section(shown)


def _order_section(case: Case) -> Section:
    rows = [
        Row(cells=[said, case.board.name(each.key), _wave(case.board, each), _through(case, each)])
        for said, found in (
            ("Relies on", case.board.providers(case.unit)),
            ("Relied on by", case.board.dependants(case.unit)),
        )
        for each in found
    ]
    return Section(
        title="The order of waves",
        note="Nobody stands in an earlier wave than a party that it relies on (QA&P 9.3.2).",
        table=Table(
            caption="The order of waves",
            columns=[Column(label=each) for each in ("Which way", "Who", "Wave", "Through")],
            rows=rows,
        ),
        empty=Empty(title="None", text="Nobody is bound by the links so far."),
    )


def _wave(board: Board, each: Reliant) -> str:
    return short(board.seat(each.key).route) if each.key in board.units else ""


def _through(case: Case, each: Reliant) -> Words:
    between = [case.board.name(key) for key in each.chain[1:-1]]
    return ", ".join(between) or Quiet("Directly")
