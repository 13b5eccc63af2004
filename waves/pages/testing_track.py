"""Testing of one qualification: gates live, deliverables, plan and progress, defects, work-off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from foundation.clock.words import day
from foundation.ui.blocks import Action, Empty, Fact, Tab
from foundation.ui.burn_up import BurnUp
from foundation.ui.pages import Column, Head, Row, Table
from foundation.ui.parts import Lines, Link, Quiet, Status, Words
from participants.pages.general import Section, SectionsPage
from waves.enums import EntryCriterion, PlanState
from waves.gates import Gate, GateName, gates_of
from waves.models import Defect, Deliverable, TestPlan, WorkOff
from waves.pages import testing_progress
from waves.pages.track import Track
from waves.queries.testing import INTERFACES

_KIND = {
    "SUBMITTED": "submitted",
    "PROPOSED": "submitted",
    "REVIEWED": "in_review",
    "RETURNED": "asks_for_more",
    "ASSURED": "confirmed",
    "APPROVED": "approved",
    "AGREED": "approved",
    "DONE": "done",
    "COMPLETE": "done",
    "SUPERSEDED": "not_needed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackPage(SectionsPage):
    """``waves/testing.html``: sections, the burn-up, and more sections."""

    tabs: Sequence[Tab] = ()
    chart: BurnUp | None = None
    chart_meta: str = ""
    chart_table: Table | None = None
    chart_actions: Sequence[Action] = ()
    after: Sequence[Section] = ()


def track_page(track: Track) -> TrackPage:
    """Return the page."""
    held = track.held
    name = f"{held.get_role_display()}, {held.get_route_display()}"
    back = reverse("waves:testing", args=[track.organisation.slug])
    is_sit = track.facts.route_kind == "SIT"
    chart = None if is_sit else testing_progress.chart(track)
    return TrackPage(
        head=Head(
            title=f"Testing, {name}",
            crumbs=[Link("Testing", back), Link(name)],
            lead="What each gate still asks for, as it stands now. The evidence itself stays in the"
            " test tool.",
            actions=_head_actions(track),
        ),
        sections=[
            *(_gate(track, gate) for gate in gates_of(track.facts)),
            *([] if is_sit else [_deliverables(track), _plans(track)]),
        ],
        chart=chart,
        chart_meta=testing_progress.slips(track),
        chart_table=testing_progress.chart_table(track),
        chart_actions=[] if is_sit else testing_progress.actions(track),
        after=[_defects(track), _work_offs(track)],
    )


def _head_actions(track: Track) -> list[Action]:
    if not track.may_bring_in:
        return []
    text = "Bring in results or defects"
    return [Action(text=text, url=track.url("testing_import"))]


# --- gates


def _gate(track: Track, gate: Gate) -> Section:
    confirmed = track.held.happened.get(gate.name)
    meta: Words = f"{gate.met} of {len(gate.criteria)} met"
    if confirmed:
        meta = Status(f"Confirmed {day(date.fromisoformat(confirmed[:10]))}", "confirmed")
    return Section(
        title=gate.title,
        meta=meta,
        table=Table(
            caption=f"Criteria of {gate.title}",
            columns=[
                Column(label="Criterion"),
                Column(label="State", whole=True),
                Column(label="What is missing"),
                Column(label="With"),
            ],
            rows=[
                Row(
                    cells=[
                        Lines([each.title, each.clause]),
                        Status("Met", "met") if each.is_met else Status("Not met", "not_yet"),
                        each.missing or Quiet("Nothing"),
                        each.holder.value.capitalize() if each.holder else "",
                    ],
                    url=_criterion_url(track, gate, each.key),
                )
                for each in gate.criteria
            ],
        ),
        actions=_gate_actions(track, gate, bool(confirmed)),
    )


def _criterion_url(track: Track, gate: Gate, key: str) -> str:
    if gate.name != GateName.QT_ENTRY or key not in EntryCriterion.values:
        return ""
    return track.url("testing_check", key) if track.may("testing.assure") else ""


def _gate_actions(track: Track, gate: Gate, is_confirmed: bool) -> list[Action]:
    if not track.may("testing.assure"):
        return []
    if is_confirmed:
        return [track.button("Take it back", "testing_undo", gate.name)]
    found = []
    if gate.name == GateName.PIT_EXIT and INTERFACES not in track.held.happened:
        found.append(track.button("Record the interfaces as proven", "testing_interfaces"))
    kind = "primary" if gate.is_open else "secondary"
    found.append(track.button(f"Confirm {gate.title}", "testing_gate", gate.name, kind=kind))
    if gate.name == GateName.QT_ENTRY:
        found.append(track.button("Do not confirm QT entry", "testing_refuse"))
    return found


# --- deliverables and plans


def _deliverables(track: Track) -> Section:
    write = track.may("testing.write") and track.actor.is_participant
    return Section(
        title="PIT deliverables",
        meta="The newest of each first",
        table=Table(
            caption="PIT deliverables",
            columns=[
                Column(label="Deliverable"),
                Column(label="Handed in"),
                Column(label="State"),
                Column(label="What can be done"),
            ],
            rows=[_deliverable(track, each) for each in track.deliverables],
        ),
        empty=Empty(title="Nothing handed in yet", text="Hand in the Approach and Plan first."),
        actions=[track.button("Hand in a deliverable", "testing_hand_in")] if write else [],
    )


def _deliverable(track: Track, row: Deliverable) -> Row:
    name = f"{row.get_kind_display()} {row.number}"
    url = track.url("testing_file", "deliverable", row.pk) if row.file_id else row.link
    return Row(
        cells=[
            Lines([Link(name, url), row.note]) if row.note else Link(name, url),
            Lines([day(row.submitted_at), f"by {row.submitted_by_name}"]),
            _state(row, row.review_note),
            track.acts("deliverable", row.status, row.pk),
        ]
    )


def _state(row: Deliverable | TestPlan | WorkOff, note: str = "") -> Words:
    status = Status(row.get_status_display(), _KIND[row.status])
    return Lines([status, note]) if note else status


def _plans(track: Track) -> Section:
    write = track.may("testing.write") and track.actor.is_participant
    newest = track.plans[0].status if track.plans else ""
    text = {
        "": "Hand in the QT Test Plan",
        PlanState.RETURNED: "Hand the plan in again",
        PlanState.APPROVED: "Propose a new baseline",
    }.get(newest)
    return Section(
        title="QT Test Plan",
        meta="Every baseline stays",
        table=Table(
            caption="Baselines of the QT Test Plan",
            columns=[
                Column(label="Plan"),
                Column(label="From, to"),
                Column(label="Tests", align="end"),
                Column(label="State"),
                Column(label="Agreed by"),
                Column(label="What can be done"),
            ],
            rows=[_plan(track, each) for each in track.plans],
        ),
        empty=Empty(title="No plan yet", text="It is due with checkpoint 1 (Appendix C)."),
        actions=[track.button(text, "testing_plan")] if write and text else [],
    )


def _plan(track: Track, row: TestPlan) -> Row:
    url = track.url("testing_file", "plan", row.pk) if row.file_id else row.link
    name = Link(f"Baseline {row.baseline}", url)
    return Row(
        cells=[
            Lines([name, row.reason]) if row.reason else name,
            f"{day(row.starts_on)} to {day(row.ends_on)}",
            str(row.tests),
            _state(row, row.review_note if row.status == PlanState.RETURNED else ""),
            ", ".join(each["body"] for each in row.agreed_by) or Quiet("Nobody yet"),
            track.acts("plan", row.status, row.pk),
        ]
    )


# --- defects and work-off


def _defects(track: Track) -> Section:
    open_ = [each for each in track.defects if each.state == "OPEN"]
    counts = [sum(each.severity == level for each in open_) for level in (1, 2, 3, 4)]
    said = ", ".join(f"{count} of severity {at}" for at, count in enumerate(counts, 1) if count)
    return Section(
        title="Defects",
        meta=f"Open: {said}" if said else "None open",
        table=Table(
            caption="Defects by severity",
            columns=[
                Column(label="Defect"),
                Column(label="Severity", align="end"),
                Column(label="Stage"),
                Column(label="State"),
                Column(label="Impact"),
                Column(label="What can be done"),
            ],
            rows=[_defect(track, each) for each in track.defects],
            compact=True,
        ),
        empty=Empty(title="No defects here", text="They come in from the test tool, by reference."),
    )


def _defect(track: Track, row: Defect) -> Row:
    is_open = row.state == "OPEN"
    kind = "error" if is_open and row.severity <= 2 else "waiting" if is_open else "closed"
    return Row(
        cells=[
            Lines([Link(row.reference, row.link), row.title]),
            str(row.severity),
            row.stage,
            Status(row.get_state_display(), kind),
            row.impact or Quiet("Not assessed"),
            track.acts("defect", row.state, row.pk)
            if is_open and track.actor.is_participant
            else "",
        ]
    )


def _work_offs(track: Track) -> Section:
    write = track.may("testing.write") and track.actor.is_participant
    text = "Propose a deferral, a plan or an exception"
    return Section(
        title="Deferred PIT, work-off plans and exceptions",
        meta="Written, reviewed, agreed, done",
        table=Table(
            caption="Deferred PIT, work-off plans and exceptions",
            columns=[
                Column(label="What"),
                Column(label="Covers"),
                Column(label="Done by"),
                Column(label="State"),
                Column(label="Agreed by"),
                Column(label="What can be done"),
            ],
            rows=[_work_off(track, each) for each in track.work_offs],
        ),
        empty=Empty(title="Nothing here", text="Nothing is deferred and nothing is excepted."),
        actions=[track.button(text, "testing_propose")] if write else [],
    )


def _work_off(track: Track, row: WorkOff) -> Row:
    late = row.due_on < track.today and row.status != "DONE"
    due: Words = day(row.due_on)
    if late:
        due = Lines([due, Status("Overdue", "overdue")])
    if row.may_outlast:
        due = Lines([due, "may end after QT"])
    acts = list(track.acts("work-off", row.status, row.pk))
    if row.status in ("PROPOSED", "RETURNED") and track.actor.is_participant:
        acts += [", "] if acts else []
        acts.append(Link("Change it", track.url("testing_revise", row.pk)))
    return Row(
        cells=[
            Lines([f"{row.get_kind_display()} {row.number}, {row.stage}", row.title, row.plan]),
            ", ".join(row.concerns) or Quiet("No references"),
            due,
            _state(row, row.evidence or row.review_note),
            ", ".join(each["body"] for each in row.words) or Quiet("Nobody yet"),
            acts,
        ]
    )


def facts_bar(track: Track) -> list[Fact]:
    """A line for each gate, for the overview of an organisation."""
    return [
        Fact(label=gate.title, value=f"{gate.met} of {len(gate.criteria)} met")
        for gate in gates_of(track.facts)
    ]
