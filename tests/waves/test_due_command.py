"""``manage.py due`` prints the same truth as the pages."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Route
from tests.waves.conftest import day
from waves import queries, tables
from waves.models import Timetable

ROOT = Path(__file__).resolve().parent.parent.parent
KEYS = {"key", "due", "window_start", "window_end", "cap", "because"}


def due(*arguments: str) -> dict:
    out = StringIO()
    call_command("due", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def activity(answer: dict, key: str) -> dict:
    return next(each for each in answer["activities"] if each["key"] == key)


@pytest.mark.django_db
@pytest.mark.parametrize("route", Route.values)
def test_every_route_gives_its_27_activities_in_the_order_of_the_plan(timetable, route):
    answer = due("--route", route)

    assert set(answer) == {"route", "timetable", "activities"}
    assert answer["route"] == route
    assert answer["timetable"] == "v1 (QA&P v5.0, Appendix C)"
    keys = [each["key"] for each in answer["activities"]]
    assert keys == list(tables.from_files().keys)
    assert len(keys) == 27
    assert all(set(each) == KEYS for each in answer["activities"])
    assert all(each["because"].endswith(").") for each in answer["activities"])


# Hand-reckoned from Appendix C: on time, at the cap, late, and at a month's end.
TABLE = [
    ("QT_WAVE_1", {"initial": "2025-07-01"}, "initial_qad_review_complete", "2025-08-12"),
    ("QT_WAVE_2", {"initial": "2025-09-10"}, "initial_qad_review_complete", "2025-10-17"),
    ("QT_WAVE_2", {"initial": "2025-09-15"}, "initial_qad_review_complete", "2025-10-27"),
    ("QT_WAVE_2", {"final": "2026-03-06"}, "final_qad_review_complete", "2026-04-03"),
    ("QT_WAVE_3", {"final": "2026-05-22"}, "final_qad_review_complete", "2026-06-19"),
    ("QT_WAVE_3", {"final": "2026-05-25"}, "final_qad_review_complete", "2026-06-22"),
    ("QT_WAVE_4", {"signed": "2026-08-28"}, "qualification_decision", "2026-09-24"),
    ("QT_WAVE_4", {"signed": "2026-08-31"}, "qualification_decision", "2026-09-30"),
    ("SIT_M10_READY", {"final": "2025-04-10"}, "final_qad_review_complete", "2025-06-06"),
    ("NON_SIT_LDSO_M10", {"final": "2025-06-01"}, "final_qad_review_complete", "2025-06-29"),
    ("SIT_M11_READY", {"signed": "2025-07-31"}, "qualification_decision", "2025-09-10"),
    ("SIT_NOT_M11_READY", {"signed": "2025-11-28"}, "qualification_decision", "2025-12-18"),
]
OPTIONS = {
    "initial": "--initial-submitted",
    "final": "--final-submitted",
    "signed": "--signed-off",
}


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "events", "key", "expected"), TABLE)
def test_dates_are_those_of_the_plan(timetable, route, events, key, expected):
    arguments = [word for name, on in events.items() for word in (OPTIONS[name], on)]

    assert activity(due("--route", route, *arguments), key)["due"] == expected


@pytest.mark.django_db
def test_the_command_and_the_pages_say_the_same(scene):
    scene.happens(day("2025-11-05"), initial_submitted_at=day("2025-11-05"))
    answer = due("--route", "QT_WAVE_3", "--initial-submitted", "2025-11-05")

    with acting_as(PORTAL):
        lines = queries.dates([scene.qualification.pk])[scene.qualification.pk]
    for line in lines:
        if not line.beyond:
            said = activity(answer, line.activity)
            assert said["because"] == line.because
            assert said["due"] == (line.due.isoformat() if line.due else None)


@pytest.mark.django_db
def test_the_table_for_people_names_date_and_reason(timetable):
    out = StringIO()
    call_command("due", "--route", "QT_WAVE_2", stdout=out)

    assert "2025-10-20 to 2026-03-06    Final QAD submission window" in out.getvalue()
    assert "although the plan prints 5 February 2025" in out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--route", "WAVE_2"], "“WAVE_2” is not a route; use one of SIT_M10_READY, "),
        ([], "Name a route with --route; use one of "),
        (
            ["--route", "QT_WAVE_2", "--signed-off", "31/02/2026"],
            "--signed-off: “31/02/2026” is not a day",
        ),
        (["--route", "QT_WAVE_2", "--final-submitted", "2026-02-30"], "is not a day"),
        (["--route", "QT_WAVE_2", "--final-submitted", "20260301"], "is not a day"),
        (["--route", "QT_WAVE_2", "--final-submitted", "9999-12-31"], "is not a day"),
    ],
)
def test_a_wrong_question_gets_one_clear_sentence_and_exit_2(timetable, arguments, said):
    with pytest.raises(CommandError) as refusal:
        call_command("due", *arguments)

    assert said in str(refusal.value)
    assert refusal.value.returncode == 2
    assert "\n" not in str(refusal.value)


@pytest.mark.django_db
def test_without_a_published_timetable_the_file_answers(db):
    with acting_as(PORTAL):
        Timetable.objects.all().delete()
    answer = due("--route", "QT_WAVE_2")

    assert activity(answer, "final_qad_window")["due"] == "2026-03-06"


def test_without_a_database_it_answers_and_prints_nothing_but_json():
    environment = os.environ | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere"}
    run = subprocess.run(
        [sys.executable, "manage.py", "due", "--route", "QT_WAVE_2", "--json"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stderr) == (0, "")
    assert json.loads(run.stdout)["route"] == "QT_WAVE_2"


def test_a_bad_route_ends_with_2_on_the_command_line():
    run = subprocess.run(
        [sys.executable, "manage.py", "due", "--route", "NOPE"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr.count("\n") == 1
