"""Testing of one qualification: gates live, deliverables, plan and progress, defects, work-off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from foundation.clock.words import day
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact, Tab
from foundation.ui.burn_up import BurnUp, Line
from foundation.ui.pages import Column, Head, Row, Table
from foundation.ui.parts import Lines, Link, Quiet, Status, Words
from participants import policy
from participants.models import Organisation, Qualification
from participants.pages.general import Section, SectionsPage
from waves import burn_up
from waves.enums import EntryCriterion, PlanState
from waves.gates import Gate, GateName, gates_of
from waves.models import Defect, Deliverable, TestPlan, TestProgress, WorkOff
from waves.queries.testing import INTERFACES
from waves.testing_acts import acts_on
from waves.testing_facts import Facts

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Everything of one qualification's testing, as it was read."""

    organisation: Organisation
    held: Qualification
    facts: Facts
    deliverables: Sequence[Deliverable]
    plans: Sequence[TestPlan]
    progress: Sequence[TestProgress]
    defects: Sequence[Defect]
    work_offs: Sequence[WorkOff]
    actor: Actor
    today: date

    def url(self, name: str, *more: object) -> str:
        """The address of something of this track."""
        return reverse(f"waves:{name}", args=[self.organisation.slug, self.held.pk, *more])

    def may(self, capability: str) -> bool:
        """Whether the reader holds a capability here."""
        return policy.may(self.actor, capability, self.held)

    def acts(self, thing: str, status: str, key: UUID) -> Words:
        """Links to the acts that the reader can begin on a row."""
        found = [act for act in acts_on(thing, status) if self.may(act.capability)]
        links = [Link(act.label, self.url("testing_act", thing, key, act.slug)) for act in found]
        return [piece for link in links for piece in (link, ", ")][:-1]


def track_page(track: Track) -> TrackPage:
    """Return the page."""
    held = track.held
    name = f"{held.get_role_display()}, {held.get_route_display()}"
    back = reverse("waves:testing", args=[track.organisation.slug])
    is_sit = track.facts.route_kind == "SIT"
    chart = None if is_sit else _chart(track)
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
        chart_meta=_slips(track),
        chart_table=_chart_table(track),
        chart_actions=[] if is_sit else _progress_actions(track),
        after=[_defects(track), _work_offs(track)],
    )


def _head_actions(track: Track) -> list[Action]:
    may = track.may("testing.write" if track.actor.is_participant else "testing.assure")
    if not may:
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
        return [_button(track, "Take it back", "testing_undo", gate.name)]
    found = []
    if gate.name == GateName.PIT_EXIT and INTERFACES not in track.held.happened:
        found.append(_button(track, "Record the interfaces as proven", "testing_interfaces"))
    kind = "primary" if gate.is_open else "secondary"
    found.append(_button(track, f"Confirm {gate.title}", "testing_gate", gate.name, kind=kind))
    if gate.name == GateName.QT_ENTRY:
        found.append(_button(track, "Do not confirm QT entry", "testing_refuse"))
    return found


def _button(track: Track, text: str, name: str, *more: object, kind: str = "secondary") -> Action:
    return Action(text=text, url=track.url(name, *more), kind=kind, small=True)


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
        actions=[_button(track, "Hand in a deliverable", "testing_hand_in")] if write else [],
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
        actions=[_button(track, text, "testing_plan")] if write and text else [],
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


# --- progress


def _agreed_plans(track: Track) -> list[TestPlan]:
    known = (PlanState.APPROVED, PlanState.SUPERSEDED, PlanState.COMPLETE)
    return [each for each in reversed(track.plans) if each.status in known]


def _chart(track: Track) -> BurnUp | None:
    plans = _agreed_plans(track)
    if not plans and not track.progress:
        return None
    lines = [
        Line(
            label=f"Baseline {each.baseline}",
            kind="earlier" if each.status == PlanState.SUPERSEDED else "plan",
            points=[(date.fromisoformat(point["on"]), point["planned"]) for point in each.points],
        )
        for each in plans
    ]
    for label, kind in (("Run", "run"), ("Passed", "passed")):
        points = [(each.on, getattr(each, kind)) for each in track.progress]
        lines.append(Line(label=label, kind=kind, points=points))
    return BurnUp(title="Tests planned, run and passed", lines=lines, today=track.today)


def _slips(track: Track) -> str:
    """How far testing is from the first and from the present baseline (R72)."""
    plans = _agreed_plans(track)
    if not plans or not track.progress:
        return ""
    newest = track.progress[-1]
    chosen = {"original": plans[0], "present": plans[-1]} if len(plans) > 1 else {"": plans[0]}
    said = []
    for word, plan in chosen.items():
        found = burn_up.slip(plan.points, newest.run, newest.on)
        name = f"the {word} baseline".replace("  ", " ")
        if found.is_behind:
            said.append(f"{found.tests} tests and {found.days} days behind {name}")
        else:
            said.append(f"on or ahead of {name}")
    return "; ".join(said)


def _chart_table(track: Track) -> Table:
    plans = _agreed_plans(track)
    return Table(
        caption="Tests planned, run and passed, day by day",
        columns=[
            Column(label="Day"),
            *(Column(label=f"Baseline {each.baseline}", align="end") for each in plans),
            Column(label="Run", align="end"),
            Column(label="Passed", align="end"),
            Column(label="Failed", align="end"),
        ],
        rows=[
            Row(
                cells=[
                    day(row.on),
                    *(str(burn_up.planned_on(each.points, row.on)) for each in plans),
                    str(row.run),
                    str(row.passed),
                    str(row.failed),
                ]
            )
            for row in reversed(track.progress)
        ],
        compact=True,
    )


def _progress_actions(track: Track) -> list[Action]:
    files = [
        Action(
            text=f"Export {word}", url=track.url("testing_export", kind), small=True, kind="quiet"
        )
        for kind, word in (("cases", "the tests"), ("defects", "the defects"))
    ]
    if not _head_actions(track):
        return files
    return [_button(track, "Record the figures of today", "testing_progress"), *files]


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
        actions=[_button(track, text, "testing_propose")] if write else [],
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
