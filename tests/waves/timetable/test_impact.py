"""What a draft would move is what publishing it moves, for a generated market of everybody."""

import random
from datetime import date, timedelta

import pytest

from foundation.clock import moments
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Qualification
from tests import factories
from tests.statements import statements
from tests.waves.conftest import day
from tests.waves.timetable.conftest import FINAL, NOW
from waves.models import CompletionReport, Obligation, Reminder
from waves.queries import timetable as queries
from waves.services import clocks, drafting

pytestmark = pytest.mark.django_db
ROUTES = ("QT_WAVE_1", "QT_WAVE_2", "QT_WAVE_3", "QT_WAVE_4", "SIT_M11_READY", "SIT_M10_READY")
EVENTS = (
    ("initial_submitted_at", date(2025, 5, 2)),
    ("initial_reviewed_at", date(2025, 7, 11)),
    ("final_submitted_at", date(2025, 9, 20)),
    ("content_agreed_at", date(2025, 10, 13)),
    ("signed_off_at", date(2025, 11, 4)),
)


def a_market(size: int, seed: int) -> None:
    """Organisations on all routes, each as far along as chance has it, their clocks in line."""
    chance = random.Random(seed)
    for _ in range(size):
        organisation = factories.make_organisation()
        held = factories.make_qualification(
            organisation, chance.choice(("SUPPLIER", "SDS", "MEM_SMART")), chance.choice(ROUTES)
        )
        columns = {
            name: day(str(on + timedelta(days=chance.randrange(13))))
            for name, on in EVENTS[: chance.randrange(len(EVENTS) + 1)]
        }
        with acting_as(PORTAL):
            Qualification.objects.filter(pk=held.pk).update(**columns)
            # Some hear of their dates only now; some have stood for months.
            since = day(chance.choice(("2025-03-03", "2025-09-01", "2025-11-10")))
            clocks.sync(qualification=held, actor=PORTAL, at=since)
            if chance.random() < 0.2:
                hold = Obligation.objects.filter(qualification=held).exclude(body="").first()
                if hold:
                    hold.spans = [{"kind": "extended", "from": "2025-11-01", "days": 9, "why": "x"}]
                    hold.save(update_fields=["spans"])


def stands() -> dict:
    with acting_as(PORTAL):
        rows = Obligation.objects.values_list(
            *("qualification_id", "activity", "body", "state", "due_on", "due_at")
        )
        return {row[:3]: row[3:] for row in rows}


CHANGES = (
    ("final_qad_window", "QT_WAVE_3", {"end": "2026-06-05"}),
    ("final_qad_window", "QT_WAVE_2", {"end": "2025-11-14"}),
    ("initial_qad_review_complete", "QT_WAVE_2", {"cap": "2025-11-28"}),
    ("final_qad_review_complete", "QT_WAVE_1", {"period": "3"}),
    ("qt_entry_checkpoint_2", "QT_WAVE_4", {"start": "2025-11-20"}),
    ("pit_sufficiency", "QT_WAVE_3", {"period": "6", "unit": "weeks"}),
    ("qad_signoff_deadline", "SIT_M11_READY", {"start": "2025-11-17"}),
    (
        "qt_entry_checkpoint_1",
        "QT_WAVE_4",
        {"kind": "not_applicable", "bound": "", "start": "", "met_by": ""},
    ),
)


@pytest.mark.parametrize("seed", [1, 2])
def test_r043_what_a_draft_would_move_is_what_publishing_moves(desk, seed):
    a_market(30, seed)
    draft = desk.draft()
    for key, route, columns in CHANGES:
        draft = desk.change(draft, key, route, **columns)
    with acting_as(desk.planner):
        found = queries.impact_of(drafting.timetable_of(draft), NOW)
    before = stands()

    desk.publish(draft)

    after = stands()
    changed = {
        key: (before.get(key, (None,) * 3), state)
        for key, state in after.items()
        if before.get(key, (None,) * 3)[:2] != state[:2]
    }
    said = {(each.party.qualification, each.activity, each.body): each for each in found.moves}
    assert len(changed) > 10
    assert said.keys() == changed.keys()
    for key, ((_, was_on, _), (state, due_on, _)) in changed.items():
        assert said[key].before == was_on
        assert said[key].after == (None if state == "CANCELLED" else due_on)
    overdue = {
        key
        for key, (state, _, due_at) in after.items()
        if state == "RUNNING"
        and due_at <= NOW
        and not (key in before and before[key][0] == "RUNNING" and before[key][2] <= NOW)
    }
    assert {key for key, each in said.items() if each.newly_overdue} == overdue
    assert overdue


def test_r043_every_running_clock_says_which_version_it_follows(desk):
    a_market(6, 3)
    draft = desk.change(desk.draft(), FINAL, "QT_WAVE_3", end="2026-06-05")
    published = desk.publish(draft)

    with acting_as(PORTAL):
        running = Obligation.objects.filter(state__in=("RUNNING", "PAUSED"))
        done = Obligation.objects.filter(state__in=("MET", "LATE"))
        assert set(running.values_list("timetable_id", flat=True)) == {published.pk}
        assert {row.reason["version"].split()[0] for row in running} == {"v2"}
        assert not done.filter(timetable=published).exists()
    assert desk.in_force() == "v2"


def test_r043_reminders_of_the_old_date_are_taken_back_and_planned_anew(desk):
    organisation = factories.make_organisation()
    held = factories.make_qualification(organisation, "SUPPLIER", "QT_WAVE_3")
    with acting_as(PORTAL):
        clocks.sync(qualification=held, actor=PORTAL, at=NOW)

    desk.publish(desk.change(desk.draft(), FINAL, "QT_WAVE_3", end="2026-06-05"))

    with acting_as(PORTAL):
        row = Obligation.objects.get(qualification=held, activity=FINAL)
        kinds = dict(
            Reminder.objects.filter(obligation=row, state="PENDING").values_list("kind", "fire_at")
        )
        dropped = Reminder.objects.filter(obligation=row, state="DROPPED").count()
    assert row.due_on == date(2026, 6, 5)
    assert kinds["DUE_7"].date() == date(2026, 5, 29)
    assert dropped >= 5
    assert row.reason["was"] == [
        {
            "due": "2026-05-22",
            "until": NOW.isoformat(),
            "why": "timetable",
            "version": "v2",
            "by": desk.planner.name,
            "because": "Wave 3 tests later.",
            "authority": "CR077, PSG of 12 November",
        }
    ]


def test_r010_each_organisation_hears_of_its_own_dates_alone_and_only_if_moved(desk):
    moved, other = factories.make_organisation("Moved Light"), factories.make_organisation("Still")
    for organisation, route in ((moved, "QT_WAVE_3"), (other, "QT_WAVE_4")):
        factories.make_member(organisation)
        held = factories.make_qualification(organisation, "SUPPLIER", route)
        with acting_as(PORTAL):
            clocks.sync(qualification=held, actor=PORTAL, at=NOW)

    desk.publish(desk.change(desk.draft(), FINAL, "QT_WAVE_3", end="2026-06-05"))

    with acting_as(PORTAL):
        told = Notice.objects.filter(kind="timetable").exclude(organisation_id=None)
        [notice] = told
        staff = Notice.objects.filter(kind="timetable", organisation_id=None)
        assert notice.organisation_id == moved.pk
        assert "Submit the Final QAD, Supplier: 22 May 2026, now 5 June 2026" in notice.text
        assert "CR077" in notice.text
        assert "Still" not in notice.text
        assert [each.subject for each in staff] == [
            "Timetable v2 is in force; it moves dates of 1 organisation"
        ]


def test_impact_is_read_in_as_many_statements_for_everybody_as_for_one(desk):
    draft = desk.change(desk.draft(), FINAL, "QT_WAVE_3", end="2026-06-05")
    read = drafting.timetable_of(draft)
    counts = []
    for size in (1, 12):
        a_market(size, 5)
        with moments.at(NOW), acting_as(desk.planner):
            _, said = statements(queries.impact_of, read, NOW)
        counts.append(len(said))
    assert counts == [3, 3]


def test_publishing_reads_and_writes_together_however_many_there_are(desk):
    draft = desk.change(desk.draft(), "initial_qad_window", "QT_WAVE_3", note="A note.")
    a_market(3, 6)
    _, few = statements(desk.publish, draft)
    a_market(12, 6)
    again = desk.change(desk.draft(), "initial_qad_window", "QT_WAVE_3", note="Another note.")
    _, many = statements(desk.publish, again)
    # No date moves, so no reminder, notice or audit event is written for anybody.
    assert len(many) == len(few)


def test_a_report_that_came_is_counted_as_happened(desk):
    held = factories.make_qualification(factories.make_organisation(), "SUPPLIER", "QT_WAVE_3")
    with acting_as(PORTAL):
        assert CompletionReport.objects.count() == 0
        clocks.sync(qualification=held, actor=PORTAL, at=NOW)
        Qualification.objects.filter(pk=held.pk).update(
            happened={"pit_report_received": day("2025-11-03").isoformat()}
        )
        clocks.sync(qualification=held, actor=PORTAL, at=NOW)
    draft = desk.change(desk.draft(), "pit_sufficiency", "QT_WAVE_3", period="2")
    with acting_as(desk.planner):
        found = queries.impact_of(drafting.timetable_of(draft), NOW)
    assert [(each.activity, each.body, each.days) for each in found.moves] == [
        ("pit_sufficiency", "BSC", 31)
    ]


def a_supplier(route: str, **happened) -> Qualification:
    """A Supplier with its clocks, to whom something happened."""
    held = factories.make_qualification(factories.make_organisation(), "SUPPLIER", route)
    with acting_as(PORTAL):
        clocks.sync(qualification=held, actor=PORTAL, at=day("2025-06-02"))
        Qualification.objects.filter(pk=held.pk).update(**happened)
        clocks.sync(qualification=held, actor=PORTAL, at=NOW)
    return held


def test_days_granted_to_a_clock_keep_it_from_being_overdue_at_once(desk):
    review = "initial_qad_review_complete"
    held = a_supplier("QT_WAVE_3", initial_submitted_at=day("2025-10-20"))
    draft = desk.change(desk.draft(), review, "QT_WAVE_3", cap="2025-11-15")
    with acting_as(PORTAL):
        rows = Obligation.objects.filter(qualification=held, activity=review, body="BSC")
        rows.update(spans=[{"kind": "extended", "from": "2025-11-01", "days": 20, "why": "Leave"}])
    with acting_as(desk.planner):
        found = queries.impact_of(drafting.timetable_of(draft), NOW)

    overdue = {each.body: each.newly_overdue for each in found.moves if each.activity == review}
    assert overdue == {"BSC": False, "REC": True, "DIP": True}


def test_what_was_done_runs_again_where_the_new_version_asks_for_another_event(desk):
    window = "initial_qad_window"
    held = a_supplier("QT_WAVE_3", initial_submitted_at=day("2025-10-20"))
    draft = desk.change(desk.draft(), window, "QT_WAVE_3", met_by="initial_reviewed")
    with acting_as(desk.planner):
        found = queries.impact_of(drafting.timetable_of(draft), NOW)
    assert [(each.activity, each.how) for each in found.moves] == [(window, "begins")]

    desk.publish(draft)

    with acting_as(PORTAL):
        assert Obligation.objects.get(qualification=held, activity=window).state == "RUNNING"
