"""Drafts: made, changed by several planners, brought up to date, published once or discarded."""

from datetime import date

import pytest

from foundation.audit.models import AuditEvent
from foundation.errors import Denied, Invalid, Refused
from foundation.lifecycle import Move
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.roles import STAFF
from tests import factories
from tests.waves.timetable.conftest import FINAL, NOW
from waves import tables
from waves.enums import DraftState
from waves.lifecycle.timetable import MOVES
from waves.models import Timetable, TimetableDraft
from waves.services import drafting
from waves.services import timetable as publishing
from waves.timetable_file import dump

WAVE = "QT_WAVE_3"


def test_a_draft_is_a_copy_of_the_version_in_force_under_the_next_name(desk):
    draft = desk.draft()
    read = drafting.timetable_of(draft)

    assert (draft.version, read.version, read.cells) == ("v2", "v2", tables.from_files().cells)
    assert draft.csv == tables.FIRST_TABLE.read_text(encoding="utf-8")


def test_the_download_can_be_uploaded_again_byte_for_byte(desk):
    draft = desk.change(desk.draft(), FINAL, WAVE, end="2026-06-05")
    again = desk.does(drafting.upload, draft=draft, table="\ufeff" + draft.csv, header=draft.header)

    assert (again.csv, again.header) == (draft.csv, draft.header)
    assert again.revision == draft.revision + 1


def test_a_draft_exported_published_and_exported_again_is_the_same_file(desk):
    draft = desk.change(desk.draft(), FINAL, WAVE, end="2026-06-05")
    row = desk.publish(draft)

    assert (row.csv, row.header) == (draft.csv, draft.header)
    assert row.csv == dump(tables.of(row.pk).timetable)
    assert row.sha256 == publishing.digest(row.csv, row.header)


@pytest.mark.parametrize(
    ("columns", "field", "said"),
    [
        ({"end": "2026-01-01"}, "end", "The last day comes before the start."),
        ({"start": ""}, "start", "The date is empty, but “a window” needs it."),
        ({"cap": "2026-06-01"}, "cap", "The cap must be empty in “a window”."),
        ({"raw_text": " "}, "raw_text", "The printed words is empty."),
        ({"standing": "corrected"}, "printed", "The printed date stands beside a corrected date"),
    ],
)
def test_what_is_wrong_with_a_cell_is_said_at_its_field(desk, columns, field, said):
    draft = desk.draft()
    with pytest.raises(Invalid) as error:
        desk.change(draft, FINAL, WAVE, **columns)

    assert error.value.problems[field][0].startswith(said)
    with acting_as(desk.planner):
        assert TimetableDraft.objects.get(pk=draft.pk).revision == 1


def test_a_cell_that_others_are_reckoned_from_must_keep_its_last_day(desk):
    empty = {"kind": "not_applicable", "bound": "", "start": "", "end": "", "met_by": ""}
    with pytest.raises(Invalid) as error:
        desk.change(desk.draft(), FINAL, WAVE, **empty)

    assert "“final_qad_window” has no last day on QT_WAVE_3." in str(error.value.problems)


def test_every_mistake_of_a_file_is_said_at_once_with_its_row(desk):
    draft = desk.draft()
    wrong = draft.csv.replace("2026-05-22", "22/05/2026").replace("2024-01-05", "2024-13-05")
    with pytest.raises(Invalid) as error:
        desk.does(drafting.upload, draft=draft, table=wrong)

    assert list(error.value.problems["table"]) == [
        "Row 5, column start: “2024-13-05” is not a day. Write year, month, day: 2025-09-12.",
        next(text for text in error.value.problems["table"] if "22/05/2026" in text),
    ]


def test_two_planners_cannot_overwrite_each_other(desk):
    draft = desk.draft()
    other = factories.staff_actor("REC", "PLANNER")
    desk.change(draft, FINAL, WAVE, revision=1, end="2026-06-05")

    with pytest.raises(Refused, match="Somebody changed this draft at"):
        desk.does(
            drafting.describe,
            by=other,
            draft=draft,
            title="Mine",
            version="v2",
            source="x",
            revision=1,
        )
    with acting_as(other):
        assert TimetableDraft.objects.get(pk=draft.pk).title == "Wave 3 moves"


def test_a_draft_of_an_older_version_is_refused_until_it_follows_the_new_one(desk):
    mine, theirs = desk.draft(), desk.draft("Wave 4 moves")
    mine = desk.change(mine, FINAL, WAVE, end="2026-06-05")
    desk.publish(desk.change(theirs, FINAL, "QT_WAVE_4", end="2026-08-07"))

    with pytest.raises(Refused, match="v2 came into force after this draft was made from v1"):
        desk.publish(mine)
    followed = desk.does(drafting.follow, draft=mine)
    published = desk.publish(followed)

    read = tables.of(published.pk).timetable
    assert published.version == "v3"
    assert read.cell(FINAL, WAVE).end == date(2026, 6, 5)
    assert read.cell(FINAL, "QT_WAVE_4").end == date(2026, 8, 7)


def test_a_cell_that_both_changed_is_named_and_nothing_is_guessed(desk):
    mine, theirs = desk.draft(), desk.draft("Another day")
    mine = desk.change(mine, FINAL, WAVE, end="2026-06-05")
    desk.publish(desk.change(theirs, FINAL, WAVE, end="2026-06-12"))

    with pytest.raises(Refused, match="QT Wave 3: v2 changed it too"):
        desk.does(drafting.follow, draft=mine)
    back = desk.does(drafting.put_back, draft=mine, key=FINAL, route=WAVE)
    followed = desk.does(drafting.follow, draft=back)

    with pytest.raises(Refused, match="changes nothing yet"):
        desk.publish(followed)


@pytest.mark.parametrize("missing", ["reason", "authority"])
def test_a_timetable_is_published_for_a_reason_and_on_an_authority(desk, missing):
    draft = desk.change(desk.draft(), FINAL, WAVE, end="2026-06-05")
    with pytest.raises(Invalid) as error:
        desk.publish(draft, **{missing: "  "})

    assert list(error.value.problems) == [missing]
    assert desk.in_force() == "v1"


def test_what_is_published_or_discarded_is_closed(desk):
    draft = desk.change(desk.draft(), FINAL, WAVE, end="2026-06-05")
    other = desk.draft("Put away")
    desk.publish(draft)
    desk.does(drafting.discard, draft=other)

    for closed, word in ((draft, "published"), (other, "discarded")):
        with pytest.raises(Refused, match=f"This draft is {word} already"):
            desk.publish(closed)
        with pytest.raises(Refused, match=f"This draft is {word} already"):
            desk.does(drafting.put_back, draft=closed, key=FINAL, route=WAVE)


def test_the_trail_keeps_who_published_what_and_why(desk):
    desk.publish(desk.change(desk.draft(), FINAL, WAVE, end="2026-06-05"))

    with acting_as(PORTAL):
        events = AuditEvent.objects.filter(action__startswith="timetable", actor_body="BSC")
        names = list(events.order_by("seq").values_list("action", flat=True))
        published = events.get(action="timetable.published")
    assert names == [
        "timetable_draft.made",
        "timetable_draft.changed",
        "timetable_draft.published",
        "timetable.published",
    ]
    assert published.because == "Wave 3 tests later."
    assert '"version":"v2"' in published.payload


@pytest.mark.parametrize(
    ("body", "duty"), [("BSC", "LEAD"), ("DIP", "PLANNER"), ("MHHSP", "MCC_READER")]
)
def test_only_planners_of_the_code_bodies_draft_and_publish(desk, body, duty):
    stranger = factories.staff_actor(body, duty)
    draft = desk.change(desk.draft(), FINAL, WAVE, end="2026-06-05")
    for service, said in (
        (drafting.make_draft, {"title": "Mine"}),
        (drafting.put_back, {"draft": draft, "key": FINAL, "route": WAVE}),
        (drafting.discard, {"draft": draft}),
        (publishing.publish, {"draft": draft, "reason": "x", "authority": "y"}),
    ):
        with pytest.raises(Denied):
            desk.does(service, by=stranger, **said)


def test_a_participant_sees_versions_and_no_drafts(desk):
    desk.draft()
    member = factories.member_actor(factories.make_organisation())
    with acting_as(member):
        assert Timetable.objects.count() == 1
    with pytest.raises(Exception, match="permission denied"), acting_as(member):
        TimetableDraft.objects.count()


@pytest.mark.parametrize("state", DraftState.values)
@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_a_draft_moves_only_from_its_first_state(move: Move, state):
    assert bool(move.objections(state, None)) == (state != DraftState.DRAFT)
    assert move.capability in STAFF


def test_the_moment_of_publishing_is_the_moment_of_the_version(desk):
    row = desk.publish(desk.change(desk.draft(), FINAL, WAVE, end="2026-06-05"))
    assert (row.published_at, row.published_by_name) == (NOW, desk.planner.name)
