"""The road on one sheet (RP13): what it says, that it is one page, who may order it."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pikepdf
import pytest
from django.test import Client

from foundation.audit.models import AuditEvent
from foundation.clock import moments
from foundation.errors import Refused
from foundation.jobs.models import Job
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from foundation.ui.road_layout import width_of
from participants.models import Person
from reviews import tasks
from reviews.assembly.road import road_sheet
from reviews.packs import apart
from reviews.packs.render import html_of
from reviews.packs.road import RoadBar, RoadLane, RoadSheet, RoadStep, placed
from tests import factories
from tests.waves.conftest import Scene, day, make_scene, publish

NOW = day("2025-11-18")


@pytest.fixture
def scene(db) -> Scene:
    publish()
    return make_scene()


def sheet_of(scene: Scene) -> RoadSheet:
    with acting_as(PORTAL), moments.at(NOW):
        scene.qualification.refresh_from_db()
        return road_sheet(scene.qualification, at=NOW)


def test_the_sheet_tells_every_date_with_its_reason_in_short(scene):
    scene.happens(day("2025-11-05"), initial_submitted_at=day("2025-11-05"))
    sheet = sheet_of(scene)
    behind = {row.step: row for row in sheet.behind}
    ahead = {row.step: row for row in sheet.ahead}

    assert behind["Submit the Initial QAD"].done == "5 Nov 2025"
    assert ahead["Submit the Final QAD"].planned == "22 May 2026"
    assert ahead["Submit the Final QAD"].done == "185 days"
    review = ahead["Review the Initial QAD (BSC, DIP, REC)"]
    assert (review.planned, review.why) == ("17 Dec 2025", "Rule, six weeks; cap 19 Dec 2025")
    assert ahead["Review the Final QAD"].why.endswith("; if last days are used")
    corrected = behind["Pre-Qualification Submission (PQS) can be submitted from"]
    assert corrected.why == "Printed, corrected: the plan prints 05/02/2025"
    assert (
        sheet.next
        == "Next: Upload the PIT Completion Report, overdue since Monday 10 November 2025."
    )
    assert sheet.timetable in html_of("road.html", {"sheet": sheet, "tight": ""})


def test_every_route_fits_on_one_landscape_page(db):
    publish()
    scene = make_scene(role="LDSO", route="QT_WAVE_4")
    sheet = sheet_of(scene)
    long = replace(
        sheet,
        applicant="The Unusually Long Name of a Distribution Company (North and West) Limited",
        mpids=tuple(f"LCH{letter}" for letter in "ABCDEFGHIJKL"),
    )

    pdf = apart.sheet_pdf(long)

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        [page] = opened.pages
        _, _, wide, high = (float(edge) for edge in page.mediabox)
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang) == "en-GB"
        assert (wide, high) == (pytest.approx(841.9, abs=1), pytest.approx(595.3, abs=1))


def test_the_same_values_give_the_same_file(scene):
    sheet = sheet_of(scene)
    assert apart.sheet_pdf(sheet) == apart.sheet_pdf(sheet)


def test_what_does_not_fit_on_one_page_is_refused_in_words(scene):
    row = RoadStep(step="A step", planned="1 Jan 2026", done="", why="Printed " * 20)
    sheet = replace(sheet_of(scene), ahead=(row,) * 90)

    with pytest.raises(Refused, match="does not fit on one page"):
        apart.sheet_pdf(sheet)


def test_words_of_the_picture_never_touch_each_other(scene):
    first = date(2025, 1, 1)
    words = tuple((first + timedelta(days=45 * at), f"Step {at} on 1 Jan") for at in range(9))

    def x(on: date) -> float:
        return 96 + (on - first).days * 2.5

    lane = RoadLane("Testing", (RoadBar(first, first + timedelta(days=30)),), words)
    found = placed(lane, 16, x, first + timedelta(days=99))
    boxes = sorted((at, at + width_of(text, size=11)) for at, _, text in found)

    assert len(found) > 4
    assert all(one[1] < other[0] for one, other in zip(boxes, boxes[1:], strict=False))
    assert all(right < x(first + timedelta(days=99)) or left > 343.5 for left, right in boxes)


# --- the doors ------------------------------------------------------------------------------


def signed_in(person: Person) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.django_db(transaction=False)
def test_a_member_orders_the_sheet_waits_and_opens_it(scene):
    with moments.at(NOW):
        client = signed_in(factories.make_member(scene.organisation).person)
        home = f"/o/{scene.organisation.slug}/qualifications/{scene.qualification.pk}/road"
        assert "Not printed yet" in client.get(f"{home}/").content.decode()
        assert client.get(f"{home}.pdf").status_code == 404

        assert client.post(f"{home}/").status_code == 302
        assert client.post(f"{home}/").status_code == 302  # the second finds the first's
        with acting_as(PORTAL):
            [key] = Job.objects.filter(kind="road_sheet").values_list("pk", flat=True)
        assert tasks.road_printed(key)
        assert tasks.road_printed(key)

        page = client.get(f"{home}/").content.decode()
        file = client.get(f"{home}.pdf")
    with acting_as(PORTAL):
        told = list(
            AuditEvent.objects.filter(action__startswith="road.").values_list("action", flat=True)
        )

    assert "Open the PDF" in page
    assert file["Content-Type"] == "application/pdf"
    assert sorted(told) == ["road.opened", "road.printed"]


def test_r1_another_organisations_sheet_is_not_found(scene):
    stranger = signed_in(factories.make_member(factories.make_organisation()).person)
    home = f"/o/{scene.organisation.slug}/qualifications/{scene.qualification.pk}/road"

    assert stranger.get(f"{home}/").status_code == 404
    assert stranger.post(f"{home}/").status_code == 404
    assert stranger.get(f"{home}.pdf").status_code == 404
