"""The portal's time: one source, movable only in a demonstration."""

import ast
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from foundation.clock import moments, services, words
from foundation.clock.models import PortalTime
from foundation.errors import Denied
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL

ROOT = Path(__file__).resolve().parent.parent.parent
DOMAIN = ("participants", "waves", "submissions", "reviews")


def moved_to(moment):
    with acting_as(PORTAL):
        services.move_to(moment=moment, set_by_name="Ines")


@pytest.mark.django_db
def test_without_an_offset_the_portals_time_is_the_databases():
    before = datetime.now(UTC)

    assert abs(moments.now() - before) < timedelta(minutes=1)


@pytest.mark.django_db
def test_a_demonstration_moves_the_portals_time_and_it_goes_on_from_there():
    moved_to(datetime(2026, 3, 3, 10, 42, tzinfo=UTC))

    with acting_as(PORTAL):
        first = moments.now()
    with acting_as(PORTAL):
        second = moments.now()

    assert timedelta() < first - datetime(2026, 3, 3, 10, 42, tzinfo=UTC) < timedelta(minutes=1)
    assert second > first


@pytest.mark.django_db
def test_within_one_request_or_task_the_time_stands_still():
    with acting_as(PORTAL):
        assert moments.now() == moments.now()


@pytest.mark.django_db
def test_outside_a_demonstration_the_time_cannot_be_moved(settings):
    settings.DEMO = False

    with pytest.raises(Denied):
        moved_to(datetime(2026, 3, 3, tzinfo=UTC))

    assert not PortalTime.objects.exists()


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 28, 23, 59, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 22, 59, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_today_is_the_day_in_london_also_around_the_changes_of_its_clocks(moment, day):
    with moments.at(moment):
        assert moments.today() == day


def test_holding_the_time_ends_with_its_block():
    with moments.at(datetime(2026, 1, 1, tzinfo=UTC)):
        with moments.at(datetime(2026, 2, 2, tzinfo=UTC)):
            assert moments.now().month == 2
        assert moments.now().month == 1
    assert not moments.is_held()


@pytest.mark.parametrize("floor", DOMAIN)
def test_nothing_of_the_domain_reads_another_clock(floor):
    """``moments.now()`` is the only source; a stray ``timezone.now()`` would not move with it."""
    strays = []
    for path in (ROOT / floor).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                name = getattr(owner, "id", getattr(owner, "attr", ""))
                if node.func.attr in ("now", "today", "utcnow", "localdate") and name != "moments":
                    strays.append(f"{path.relative_to(ROOT)}:{node.lineno} {name}.{node.func.attr}")
    assert strays == []


AT = datetime(2026, 3, 3, 10, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (AT - timedelta(hours=1), "09:42 today"),
        (AT - timedelta(hours=12), "22:42 yesterday"),
        (AT - timedelta(days=4), "Fri 10:42"),
        (AT - timedelta(days=30), "1 Feb"),
        (AT - timedelta(days=400), "Mon 27 Jan 2025"),
    ],
)
def test_the_near_past_is_called_by_its_hour_and_the_far_past_by_its_day(then, said):
    assert words.since(then, AT) == said


def test_days_and_moments_are_written_as_in_london():
    summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)

    assert words.day(summer) == "Thu 2 Jul 2026"
    assert words.instant(summer) == "Thu 2 Jul 2026, 00:30"
    assert words.short_day(date(2026, 3, 6)) == "Fri 6 Mar"
    assert [words.days(n) for n in (1, 3, -1)] == ["1 day", "3 days", "-1 day"]
