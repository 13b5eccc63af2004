"""Reliance as its organisation sees it: its own words, what the bodies say, and nothing else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse

from foundation.clock.words import day, instant
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact
from foundation.ui.pages import Column, FormPage, Head, ListPage, Row, Table
from foundation.ui.parts import Code, Lines, Link, Mark, Marks, Quiet, Status, Words
from participants import policy
from participants.models import Organisation
from participants.pages.general import Section, SectionsPage
from waves import reliance as rules
from waves.enums import Extent, RelianceKind, RelianceOpinionKind, RelianceStage, RelianceState
from waves.models import Reliance, RelianceVersion
from waves.reliance_acts import OWN
from waves.reliance_evidence import covers, waits
from waves.routes import ROUTES, reliance_agreed_by

KIND = {
    RelianceState.DRAFT: "draft",
    RelianceState.SUBMITTED: "submitted",
    RelianceState.IN_REVIEW: "in_review",
    RelianceState.CLARIFICATION: "asks_for_more",
    RelianceState.AGREED_FULL: "approved",
    RelianceState.AGREED_PART: "approved",
    RelianceState.NOT_AGREED: "refused",
    RelianceState.CHANGE_DRAFT: "draft",
    RelianceState.UNDERMINED: "lapsed",
    RelianceState.WITHDRAWN: "not_needed",
}
_SAYS = {
    RelianceOpinionKind.AGREE: ("accepted", "approved"),
    RelianceOpinionKind.AGREE_PART: ("accepted", "approved"),
    RelianceOpinionKind.CLARIFY: ("asks", "asks_for_more"),
    RelianceOpinionKind.NOT_AGREE: ("refused", "refused"),
}
_CHOICES = {
    "kind": dict(RelianceKind.choices),
    "extent": dict(Extent.choices),
    "stages": dict(RelianceStage.choices),
}


def state(row: Reliance) -> Status:
    """The state of a proposal, with its shape."""
    return Status(row.get_status_display(), KIND[RelianceState(row.status)])


def testing(stages: Collection[str]) -> str:
    """Which testing, in words."""
    known = _CHOICES["stages"]
    return ", ".join(known[each] for each in known if each in stages)


def marks(row: Reliance) -> Words:
    """Who must agree, each with what it says of the newest version (R47)."""
    said = {each["body"]: each["verdict"] for each in row.words}
    held = row.qualification
    return Marks(
        [
            Mark(body, _SAYS[said[body]][0] if body in said else "not_read")
            for body in reliance_agreed_by(held.role, held.route)
        ]
    )


def list_page(organisation: Organisation, rows: Sequence[Reliance], actor: Actor) -> ListPage:
    """Return an organisation's proposals."""
    begin = Action(
        text="Propose reliance",
        url=reverse("waves:reliance_begin", args=[organisation.slug]),
        kind="primary",
    )
    names = ("Reliance on", "For", "Testing", "State", "The bodies")
    return ListPage(
        head=Head(
            title="Reliance",
            lead="Testing that somebody else does for you, or has done, and that you count as"
            " yours. It is agreed before your own testing starts (QA&P 10.1, 10.4).",
            actions=[begin] if actor.is_participant and policy.may(actor, "reliance.write") else [],
        ),
        table=Table(
            caption="Reliance proposals",
            columns=[Column(label=each) for each in names],
            rows=[_row(organisation, each) for each in rows],
        ),
        empty=Empty(
            title="No reliance",
            text="Placing reliance is optional. Without it you run all tests of your role.",
        ),
    )


def _row(organisation: Organisation, row: Reliance) -> Row:
    held = row.qualification
    return Row(
        cells=[
            Lines([row.provider_name or "Not named yet", row.get_kind_display()]),
            Lines([held.get_role_display(), held.get_route_display()]),
            Lines([testing(row.stages) or "Not chosen yet", row.get_extent_display()]),
            Lines([state(row), f"since {day(row.status_since)}"]),
            marks(row) if row.status != RelianceState.DRAFT else Quiet("Not submitted"),
        ],
        url=reverse("waves:reliance_own", args=[organisation.slug, row.pk]),
    )


def own_page(
    organisation: Organisation,
    row: Reliance,
    versions: Sequence[RelianceVersion],
    lacks: Mapping[str, str],
    actor: Actor,
) -> SectionsPage:
    """Return one proposal with everything that its organisation may know of it."""
    back = reverse("waves:reliance", args=[organisation.slug])
    name = f"Reliance on {row.provider_name or 'a party not named yet'}"
    sections = [_lacks(lacks)] if lacks and row.status in rules.EDITABLE else []
    return SectionsPage(
        head=Head(
            title=name,
            kicker=state(row),
            crumbs=[Link("Reliance", back), Link(name)],
            lead=_lead(row),
            actions=_own_actions(organisation, row, lacks, actor),
        ),
        facts=facts_bar(row),
        sections=[
            *sections,
            said_section(row, _file_url(organisation, row)),
            words_section(row),
            *([versions_section(versions)] if versions else []),
        ],
    )


def _lead(row: Reliance) -> str:
    return {
        RelianceState.DRAFT: "Nobody but your organisation sees a draft.",
        RelianceState.CLARIFICATION: "A body needs more. Write it in and submit again.",
        RelianceState.CHANGE_DRAFT: "The version that was submitted stays in the record. Gates that"
        " rest on this proposal wait until the bodies agree to the new one.",
        RelianceState.UNDERMINED: "Something that this proposal rests on has changed. The code"
        " bodies will speak with you; please look at your plan meanwhile.",
    }.get(RelianceState(row.status), "")


def facts_bar(row: Reliance) -> list[Fact]:
    """What stands above a proposal, for everybody who may see it."""
    held = row.qualification
    found = [
        Fact(label="For", value=f"{held.get_role_display()}, {held.get_route_display()}"),
        Fact(label="Goes to", value=ROUTES[held.route].reliance_channel),
        Fact(label="The bodies", value=marks(row)),
    ]
    if row.status not in rules.IDLE and row.kind == RelianceKind.RELIANCE and not row.is_own:
        found.append(Fact(label="Testing relied upon", value=evidence(row)))
    return found


def evidence(row: Reliance) -> Words:
    """Whether the testing relied upon has passed; never whose it is (R48, R10)."""
    if row.kind != RelianceKind.RELIANCE or row.is_own:
        return Quiet("Not asked")
    happened = row.qualification.happened
    left = waits(row.kind, row.is_own, row.stages, happened)
    if not left:
        return Status("Passed", "met")
    if len(left) < len(covers(row.stages)):
        return Lines([Status("Waits", "waiting"), "a part has passed"])
    return Status("Waits", "waiting")


def _lacks(lacks: Mapping[str, str]) -> Section:
    names = {**rules.LABELS, "file": "The report"}
    return Section(
        title="Still to write",
        meta=f"{len(lacks)} before you can submit",
        table=Table(
            caption="What is still to write",
            columns=[Column(label="Part"), Column(label="What is missing")],
            rows=[Row(cells=[names[key], said]) for key, said in lacks.items()],
        ),
    )


def said_section(row: Reliance, file_url: str = "") -> Section:
    """What the proposal says, line by line, in the words of its organisation."""
    content = {name: getattr(row, name) for name in rules.LABELS}
    facts = [
        Fact(label=label, value=_value(name, content[name]))
        for name, label in rules.LABELS.items()
        if _is_asked(name, row)
    ]
    if row.file_id:
        facts.append(Fact(label="The report", value=Link(row.file.name, file_url)))
    return Section(title="What the proposal says", facts=facts)


def _is_asked(name: str, row: Reliance) -> bool:
    if name == "is_identical":
        return row.is_own
    if name in ("has_agreement", "attested_by_name"):
        return not row.is_own
    return name not in ("report_reference", "bodies_have_report") or row.kind == "RELIANCE"


def _value(name: str, value: Any) -> Words:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if name == "stages":
        return testing(value) or Quiet("Not chosen yet")
    if name in _CHOICES:
        return _CHOICES[name].get(value) or Quiet("Not chosen yet")
    if name == "provider_mpid" and value:
        return Code(value)
    return value or Quiet("Nothing yet" if value is not None else "Not answered")


def words_section(row: Reliance) -> Section:
    """What each body says of the newest version (R47)."""
    said = {each["body"]: each for each in row.words}
    held = row.qualification
    needed = reliance_agreed_by(held.role, held.route)
    given = sum(body in said for body in needed)
    return Section(
        title="What the bodies say",
        meta=f"{given} of {len(needed)} have spoken" if row.words else "",
        note="Everybody named here has to agree (QA&P 10.4).",
        table=Table(
            caption="What the bodies say",
            columns=[Column(label=each) for each in ("Body", "Says", "Note", "When")],
            rows=[_word(body, said.get(body)) for body in needed],
        ),
    )


def _word(body: str, said: dict[str, Any] | None) -> Row:
    if said is None:
        return Row(cells=[Mark(body), Status("Nothing yet", "not_read"), "", ""])
    verdict = RelianceOpinionKind(said["verdict"])
    when = instant(datetime.fromisoformat(said["at"]))
    return Row(
        cells=[
            Mark(body),
            Status(verdict.label, _SAYS[verdict][1]),
            said["note"] or Quiet("No note"),
            Lines([when, f"by {said['name']}"]),
        ]
    )


def versions_section(versions: Sequence[RelianceVersion]) -> Section:
    """Every version that was submitted, with what was new in it (R52)."""
    earlier = [*versions[1:], None]
    rows = []
    for each, before in zip(versions, earlier, strict=True):
        new = rules.changed(before.content, each.content) if before else []
        note = each.content.get("change_note", "") if before else ""
        says = [f"{one.body}: {one.get_verdict_display().lower()}" for one in each.opinions.all()]
        rows.append(
            Row(
                cells=[
                    f"Version {each.number}",
                    Lines([instant(each.submitted_at), f"by {each.submitted_by_name}"]),
                    Lines([", ".join(new) or "Nothing", note]) if before else Quiet("The first"),
                    "; ".join(says) or Quiet("Nothing yet"),
                ]
            )
        )
    return Section(
        title="Versions",
        meta="None is lost",
        table=Table(
            caption="Versions",
            columns=[Column(label=each) for each in ("Version", "Submitted", "New", "The bodies")],
            rows=rows,
        ),
    )


def _file_url(organisation: Organisation, row: Reliance) -> str:
    return reverse("waves:reliance_file", args=[organisation.slug, row.pk])


def _own_actions(
    organisation: Organisation, row: Reliance, lacks: Mapping[str, str], actor: Actor
) -> list[Action]:
    if not (actor.is_participant and policy.may(actor, "reliance.write", row)):
        return []
    args = [organisation.slug, row.pk]
    found = []
    if row.status in rules.EDITABLE:
        kind = "primary" if lacks else "secondary"
        found.append(
            Action(text="Write on", url=reverse("waves:reliance_write", args=args), kind=kind)
        )
    for act in OWN.values():
        if not act.is_open(row.status) or (act.slug == "submit" and lacks):
            continue
        found.append(
            Action(
                text=act.label,
                url=reverse("waves:reliance_own_act", args=[*args, act.slug]),
                method="get" if act.asks else "post",
                kind="primary" if act.slug == "submit" else "secondary",
            )
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a form of reliance is headed."""

    title: str
    button: str
    back: str
    parent: str = "Reliance"
    lead: str = ""
    note: str = ""
    before: Words = ""
    post_url: str = ""


def form_page_of(form: forms.Form, asked: Asked) -> FormPage:
    """Return one form of reliance as a page."""
    return FormPage(
        head=Head(
            title=asked.title,
            crumbs=[Link(asked.parent, asked.back), Link(asked.title)],
            lead=asked.lead,
        ),
        form=form,
        multipart=any(isinstance(each, forms.FileField) for each in form.fields.values()),
        submit=Action(text=asked.button, kind="primary", method="submit"),
        cancel=Link("Cancel", asked.back),
        note=asked.note,
        before=asked.before,
        post_url=asked.post_url,
    )
