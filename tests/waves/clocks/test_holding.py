"""Bodies hold, resume and extend their own clocks; the plan's date stays beside (R82, R91, X11)."""

from datetime import timedelta

import pytest
from django.test import Client

from foundation.audit.models import AuditEvent
from foundation.clock import moments
from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from tests import factories
from tests.statements import statements
from tests.waves.conftest import Scene, day, make_scene
from waves.models import Obligation, Reminder
from waves.services import holding
from waves.services.sweep import sweep

pytestmark = pytest.mark.django_db
REVIEW = "initial_qad_review_complete"


@pytest.fixture
def reviewed(timetable) -> Scene:
    """A Supplier of wave 4 whose Initial came in on 5 January 2026: due on 16 February."""
    scene = make_scene(route="QT_WAVE_4")
    scene.happens(day("2026-01-05"), initial_submitted_at=day("2026-01-05"))
    return scene


def act(service, scene: Scene, on: str, *, body: str = "BSC", duty: str = "LEAD", **said):
    actor = factories.staff_actor(body, duty)
    with moments.at(day(on)), acting_as(actor):
        row = Obligation.objects.get(qualification=scene.qualification, activity=REVIEW, body="BSC")
        return service(obligation=row, actor=actor, at=day(on), **said)


def pending(row: Obligation) -> dict:
    with acting_as(PORTAL):
        rows = Reminder.objects.filter(obligation=row, state="PENDING")
        return dict(rows.values_list("kind", "fire_at"))


def test_a_paused_clock_keeps_silent_and_runs_on_by_the_days_it_stood(reviewed):
    row = reviewed.obligation(REVIEW, "BSC")
    promised = row.due_on

    paused = act(holding.pause, reviewed, "2026-01-20", because="The plan is missing.")
    assert (paused.state, pending(row)) == ("PAUSED", {})

    resumed = act(holding.resume, reviewed, "2026-01-30")
    assert resumed.state == "RUNNING"
    assert resumed.due_on == promised
    assert resumed.due_at == row.due_at + timedelta(days=10)
    assert min(pending(row).values()) > day("2026-01-30")
    assert pending(row)["OVERDUE"] >= resumed.due_at


def test_an_extension_needs_a_reason_and_an_authority_and_moves_the_effective_date(reviewed):
    row = reviewed.obligation(REVIEW, "BSC")
    for said in ({"because": " ", "authority": "Minute 4"}, {"because": "Leave", "authority": ""}):
        with pytest.raises(Invalid):
            act(holding.extend, reviewed, "2026-01-20", days=7, **said)

    extended = act(
        holding.extend, reviewed, "2026-01-20", days=7, because="Leave", authority="Minute 4"
    )

    assert (extended.due_on, extended.due_at) == (row.due_on, row.due_at + timedelta(days=7))
    with acting_as(PORTAL):
        event = AuditEvent.objects.get(action="obligation.extended")
        assert '"authority":"Minute 4"' in event.payload


def test_what_was_held_survives_when_the_clocks_are_brought_in_line_again(reviewed):
    act(holding.extend, reviewed, "2026-01-20", days=7, because="Leave", authority="Minute 4")
    before = reviewed.obligation(REVIEW, "BSC")

    reviewed.happens(day("2026-01-21"))

    after = reviewed.obligation(REVIEW, "BSC")
    assert (after.due_at, after.spans, after.state) == (before.due_at, before.spans, "RUNNING")


def test_a_review_done_within_the_granted_days_is_in_time(reviewed):
    row = reviewed.obligation(REVIEW, "BSC")
    act(holding.extend, reviewed, "2026-01-20", days=7, because="Leave", authority="Minute 4")
    late = row.due_at + timedelta(days=3)

    reviewed.happens(late, initial_reviewed_at=late)

    assert reviewed.obligation(REVIEW, "BSC").state == "MET"
    assert reviewed.obligation(REVIEW, "REC").state == "LATE"


def test_a_paused_clock_is_not_swept_into_being_overdue(reviewed):
    act(holding.pause, reviewed, "2026-01-20", because="The plan is missing.")
    with moments.at(day("2026-03-20")):
        sweep()
    with acting_as(PORTAL):
        row = Obligation.objects.get(
            qualification=reviewed.qualification, activity=REVIEW, body="BSC"
        )
        assert row.state == "PAUSED"
        spoken = Reminder.objects.filter(obligation=row, state="FIRED")
        assert not spoken.filter(kind__in=("OVERDUE", "BREACH")).exists()


@pytest.mark.parametrize(
    ("body", "duty"),
    [("REC", "LEAD"), ("DIP", "LEAD"), ("BSC", "PAB_SECRETARY"), ("MHHSP", "LEAD")],
)
def test_only_the_body_that_the_clock_runs_for_holds_it(reviewed, body, duty):
    with pytest.raises(Denied):
        act(holding.pause, reviewed, "2026-01-20", body=body, duty=duty, because="Waits.")


def test_a_reviewer_may_pause_and_not_extend(reviewed):
    act(holding.pause, reviewed, "2026-01-20", duty="REVIEWER", because="Waits.")
    with pytest.raises(Denied):
        act(
            holding.extend, reviewed, "2026-01-21", duty="REVIEWER",
            days=3, because="Leave", authority="Minute 4",
        )  # fmt: skip


def test_a_second_pause_is_refused_and_so_is_resuming_what_runs(reviewed):
    with pytest.raises(Refused):
        act(holding.resume, reviewed, "2026-01-19")
    act(holding.pause, reviewed, "2026-01-20", because="Waits.")
    with pytest.raises(Refused):
        act(holding.pause, reviewed, "2026-01-20", because="Waits.")


def test_the_organisation_hears_of_a_pause_once(reviewed):
    member = factories.make_member(reviewed.organisation)
    act(holding.pause, reviewed, "2026-01-20", because="The plan is missing.")
    with acting_as(PORTAL):
        told = Notice.objects.get(kind="clock", person_id=member.person_id)
        assert "The plan is missing." in told.text


# --- the pages ----------------------------------------------------------------------------


def lead(body: str = "BSC") -> Client:
    client = Client()
    person = factories.make_staff(body, "LEAD", "REVIEWER")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_pages_pause_resume_and_extend(reviewed):
    row, client = reviewed.obligation(REVIEW, "BSC"), lead()
    address = f"/desk/clocks/{row.pk}/"
    with moments.at(day("2026-01-20")):
        assert client.post(f"{address}pause/", {"because": ""}).status_code == 422
        assert client.post(f"{address}pause/", {"because": "Waits."}).status_code == 302
        assert b"Clock paused" in client.get(address).content
        assert client.post(f"{address}resume/").status_code == 302
        wrong = client.post(f"{address}extend/", {"days": "0", "because": "x", "authority": "y"})
        assert wrong.status_code == 422
        sent = {"days": "7", "because": "Leave", "authority": "Minute 4"}
        assert client.post(f"{address}extend/", sent).status_code == 302
        shown = client.get(address).content.decode()
    assert "Leave (Minute 4)" in shown
    assert "7 days" in shown


def test_another_bodys_lead_sees_the_clock_and_is_offered_nothing(reviewed):
    row = reviewed.obligation(REVIEW, "BSC")
    with moments.at(day("2026-01-20")):
        shown = lead("REC").get(f"/desk/clocks/{row.pk}/")
    assert shown.status_code == 200
    assert b"Pause the clock" not in shown.content


def test_a_participant_reaches_no_clock_of_the_desk(reviewed):
    client = Client()
    person = factories.make_member(reviewed.organisation).person
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    row = reviewed.obligation(REVIEW, "BSC")
    for address in ("/desk/clocks/", "/desk/clocks/load/", f"/desk/clocks/{row.pk}/"):
        assert client.get(address).status_code in (403, 404)


@pytest.mark.parametrize("address", ["/desk/clocks/?view=all", "/desk/clocks/load/"])
def test_the_lists_ask_as_much_for_one_clock_as_for_forty(timetable, address):
    counted = []
    for number in (1, 12):
        for _ in range(number):
            scene = make_scene(route="QT_WAVE_4")
            scene.happens(day("2026-01-05"), initial_submitted_at=day("2026-01-05"))
        client = lead()
        with moments.at(day("2026-01-20")):
            client.get(address)
            _, asked = statements(client.get, address)
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 8, counted
