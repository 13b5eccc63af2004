"""Long before the signature it is said that nobody is named who could give it (R105, R106)."""

import pytest
from django.test import Client

from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from tests import factories
from tests.waves.conftest import day, make_scene
from tests.waves.test_sweep import sweep_at
from waves.notices import NOBODY_SIGNS

pytestmark = pytest.mark.django_db
NOBODY = {"is_director": False, "is_delegate": False}


def told(scene, word: str = "Final") -> list[bool]:
    """Return for each reminder about something whether it says that nobody could sign."""
    scene.happens(day("2025-11-18"))
    sweep_at(day("2026-05-15"))
    with acting_as(PORTAL):
        rows = Notice.objects.filter(kind="reminder", subject__contains=word)
        return [NOBODY_SIGNS in text for text in rows.values_list("text", flat=True)]


@pytest.mark.parametrize(
    ("role", "named", "says"),
    [
        ("SUPPLIER", {}, True),
        ("SUPPLIER", {"is_delegate": True}, True),  # a delegate signs under the REC alone
        ("SUPPLIER", {"is_director": True}, False),
        ("MEM_SMART", {}, True),
        ("MEM_SMART", {"is_delegate": True}, False),
    ],
)
def test_r105_the_reminder_of_the_final_says_whether_anybody_could_sign(
    timetable, role, named, says
):
    scene = make_scene(role=role)
    factories.make_member(scene.organisation, name="Priya Nadarajan", **NOBODY | named)

    found = told(scene)

    assert found and set(found) == {says}


def test_r105_somebody_whose_place_was_disabled_could_not_sign(scene):
    factories.make_member(scene.organisation, name="Priya Nadarajan", **NOBODY)
    factories.make_member(
        scene.organisation, name="Margaret Iwu", is_master_admin=False, is_director=True,
        is_active=False,
    )  # fmt: skip

    assert set(told(scene)) == {True}


def test_other_reminders_say_nothing_of_it(scene):
    factories.make_member(scene.organisation, name="Priya Nadarajan", **NOBODY)

    assert set(told(scene, "Initial")) == {False}


@pytest.mark.parametrize("has_director", [True, False])
def test_r105_the_list_of_signatures_marks_that_nobody_could_sign(scene, has_director):
    person = factories.make_member(scene.organisation, name="Priya", **NOBODY).person
    if has_director:
        factories.make_member(scene.organisation, name="Margaret Iwu", is_director=True)
    client = Client()
    client.force_login(person)

    said = client.get(f"/o/{scene.organisation.slug}/sign-off/").content.decode()

    assert ("Nobody could sign" in said) is not has_director
