"""Pages of joining and the desk: submissions, first admins, routes, the timetable, the date."""

import pytest
from django.test import Client

from foundation.audit.models import AuditEvent
from foundation.clock import moments
from foundation.clock.models import PortalTime
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Invitation, Person, Qualification
from tests import factories
from tests.waves.conftest import Scene, day, make_scene
from waves.models import PreQualification
from waves.services import pre_qualification

pytestmark = pytest.mark.django_db
NOW = day("2025-11-18")


@pytest.fixture(autouse=True)
def _november():
    with moments.at(NOW):
        yield


def signed_in(person: Person) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def member(scene) -> Client:
    return signed_in(factories.make_member(scene.organisation).person)


@pytest.fixture
def lead() -> Client:
    return signed_in(factories.make_staff("BSC", "LEAD", "REVIEWER"))


def path(scene: Scene, tail: str) -> str:
    return f"/o/{scene.organisation.slug}/{tail}"


def text_of(response) -> str:
    return response.content.decode()


def dates_path(scene: Scene, activity: str = "") -> str:
    tail = f"{activity}/" if activity else ""
    return path(scene, f"qualifications/{scene.qualification.pk}/dates/{tail}")


# --- joining ------------------------------------------------------------------------------

SAID = {
    "received_on_0": "24",
    "received_on_1": "4",
    "received_on_2": "2024",
    "key_contact_name": "Gwen Marlow",
    "key_contact_email": "gwen@example.org",
    "preferred_route": "QT_WAVE_3",
    "pit_approach": "One cycle in the summer.",
    "legacy_readiness": "Letter sent in May.",
}


def test_r3_the_key_contact_of_an_accepted_submission_is_proposed(scene, lead):
    lead.post(path(scene, "pre-qualification/change/"), SAID)
    before = text_of(lead.get(path(scene, "first-admin/")))
    lead.post(path(scene, "pre-qualification/accept/"))
    after = text_of(lead.get(path(scene, "first-admin/")))

    assert "nobody is proposed" in before
    assert 'value="gwen@example.org"' in after
    done = lead.post(
        path(scene, "first-admin/"), {"name": "Gwen Marlow", "email": "gwen@example.org"}
    )
    assert done.status_code == 302
    with acting_as(PORTAL):
        invitation = Invitation.objects.get()
        assert (invitation.email, invitation.is_master_admin) == ("gwen@example.org", True)


def test_r3_somebody_else_needs_a_reason_which_is_kept(scene, lead):
    lead.post(path(scene, "pre-qualification/change/"), SAID)
    lead.post(path(scene, "pre-qualification/accept/"))
    other = {"name": "Tom Ash", "email": "tom@example.org"}

    refused = lead.post(path(scene, "first-admin/"), other)
    done = lead.post(path(scene, "first-admin/"), other | {"because": "Gwen has left."})

    assert refused.status_code == 422
    assert "why somebody else than Gwen Marlow is invited" in text_of(refused)
    assert done.status_code == 302
    with acting_as(PORTAL):
        event = AuditEvent.objects.get(action="invitation.sent")
        assert event.because == "Gwen has left."


def test_r4_without_a_submission_the_form_is_empty_and_works(timetable, lead):
    scene = make_scene(route="SIT_M11_READY")

    page = lead.get(path(scene, "first-admin/"))
    done = lead.post(path(scene, "first-admin/"), {"name": "Ida Wren", "email": "ida@example.org"})

    assert page.status_code == 200
    assert 'name="email" value=' not in text_of(page)
    assert done.status_code == 302


def test_r5_an_organisation_with_an_admin_gets_no_second_first_one(scene, lead):
    factories.make_member(scene.organisation)

    done = lead.post(path(scene, "first-admin/"), {"name": "Ida", "email": "ida@example.org"})

    assert done.status_code == 409


def test_members_do_not_enter_submissions_or_first_admins(scene, member):
    assert member.get(path(scene, "first-admin/")).status_code == 403
    assert member.post(path(scene, "pre-qualification/change/"), SAID).status_code == 403


def test_r28_a_late_submission_of_an_existing_participant_is_marked(scene, lead):
    lead.post(path(scene, "pre-qualification/change/"), SAID | {"received_on_0": "27"})

    assert "It came after the deadline" in text_of(lead.get(path(scene, "pre-qualification/")))


def test_r29_a_missing_preferred_wave_is_flagged(scene, lead):
    lead.post(path(scene, "pre-qualification/change/"), SAID | {"preferred_route": ""})

    assert "preferred wave is missing" in text_of(lead.get(path(scene, "pre-qualification/")))


def test_r30_legacy_readiness_is_read_by_the_code_bodies_alone(scene, lead):
    lead.post(path(scene, "pre-qualification/change/"), SAID)
    programme = signed_in(factories.make_staff("MHHSP", "MCC_READER"))

    theirs = programme.get(path(scene, "pre-qualification/"))

    assert "Letter sent in May." in text_of(lead.get(path(scene, "pre-qualification/")))
    assert theirs.status_code == 200
    assert "Letter sent in May." not in text_of(theirs)


def test_r31_a_plan_that_changes_after_acceptance_keeps_what_it_said(scene, lead):
    lead.post(path(scene, "pre-qualification/change/"), SAID)
    lead.post(path(scene, "pre-qualification/accept/"))
    lead.post(
        path(scene, "pre-qualification/change/"), SAID | {"pit_approach": "Two cycles from May."}
    )

    page = text_of(lead.get(path(scene, "pre-qualification/")))

    assert "Two cycles from May." in page
    assert "One cycle in the summer." in page
    assert "Plan until Tue 18 Nov 2025" in page
    assert "QT_WAVE" not in page


def test_nt4_the_bodies_hear_that_a_submission_was_accepted(scene):
    lead = factories.staff_actor("REC")
    with acting_as(lead):
        held = pre_qualification.record(
            organisation=scene.organisation,
            key_contact_name="Gwen",
            key_contact_email="gwen@example.org",
            received_on=NOW.date(),
            actor=lead,
            at=NOW,
        )
        pre_qualification.accept(pre_qualification=held, actor=lead, at=NOW)
    with acting_as(PORTAL):
        assert PreQualification.objects.get().state == "ACCEPTED"
        assert Notice.objects.filter(kind="pre-qualification").count() == 1


def test_r14_a_qualification_of_the_trio_opens_all_three_with_dates(timetable, lead):
    organisation = factories.make_organisation()
    factories.make_mpids(organisation, "TRIO")
    url = f"/o/{organisation.slug}/qualifications/new/"
    assert "TRIO" in text_of(lead.get(url))

    done = lead.post(url, {"role": "LDSO", "route": "SIT_M10_READY", "mpids": ["TRIO"]})

    assert done.status_code == 302
    with acting_as(PORTAL):
        held = Qualification.objects.filter(organisation=organisation)
        assert {each.role for each in held} == {"LDSO", "SMRA_ERDA", "UMSO"}
        assert all(each.obligations.count() == 3 for each in held)


def test_no_role_and_no_route_is_chosen_for_whoever_adds_a_qualification(timetable, lead):
    organisation = factories.make_organisation()
    factories.make_mpids(organisation, "NONE")
    url = f"/o/{organisation.slug}/qualifications/new/"

    sent = lead.post(url, {"role": "", "route": "", "mpids": ["NONE"]})

    assert text_of(lead.get(url)).count('<option value="" selected>Choose</option>') == 2
    assert sent.status_code == 422
    with acting_as(PORTAL):
        assert not Qualification.objects.filter(organisation=organisation).exists()


def test_r13_a_body_is_offered_the_roles_that_it_governs(timetable):
    organisation = factories.make_organisation()
    factories.make_qualification(organisation, "MEM_ADV", "QT_WAVE_3")
    rec = signed_in(factories.make_staff("REC", "LEAD"))

    page = text_of(rec.get(f"/o/{organisation.slug}/qualifications/new/"))

    assert 'value="MEM_SMART"' in page
    assert 'value="SDS"' not in page


def test_r18_the_form_says_why_a_route_is_refused(timetable, lead):
    organisation = factories.make_organisation()
    factories.make_mpids(organisation, "LDWV")

    done = lead.post(
        f"/o/{organisation.slug}/qualifications/new/",
        {"role": "LDSO", "route": "QT_WAVE_2", "mpids": ["LDWV"]},
    )

    assert done.status_code == 409
    assert "enters the market after" in text_of(done)


def test_r43_a_lead_moves_a_qualification_on_the_page(scene, lead):
    scene.happens(NOW)
    url = f"/desk/qualifications/{scene.qualification.pk}/route/"
    way = lead.get(path(scene, f"qualifications/{scene.qualification.pk}/route/"))
    assert (way.status_code, way.url) == (302, url)

    said = {"pathway": "0", "route": "QT_WAVE_4"}
    why = {"because": "Testing starts later.", "authority": "Code bodies, 12 November"}
    done = lead.post(url, said | why)

    assert (done.status_code, done.url) == (302, dates_path(scene))
    assert "Fri 24 Jul 2026" in text_of(lead.get(dates_path(scene)))


# --- the desk -----------------------------------------------------------------------------


def test_the_timetable_page_shows_every_activity_and_every_correction(timetable, lead):
    page = text_of(lead.get("/desk/timetable/"))

    assert "27 activities on 8 routes" in page
    assert page.count("Printed 05/02/2025") >= 4
    assert "Confirmation that PIT is sufficient" in page


def test_the_timetable_comes_out_as_it_went_in(timetable, lead):
    from waves import tables

    table = lead.get("/desk/timetable/file/csv/")
    header = lead.get("/desk/timetable/file/toml/")

    assert text_of(table) == tables.FIRST_TABLE.read_text(encoding="utf-8")
    assert text_of(header) == tables.FIRST_HEADER.read_text(encoding="utf-8")
    assert lead.get("/desk/timetable/file/exe/").status_code == 404


def test_a_member_has_no_business_at_the_desk(scene, member):
    assert member.get("/desk/timetable/").status_code == 403
    assert member.get("/desk/time/").status_code == 403


def test_an_administrator_moves_the_date_and_what_is_due_speaks(
    scene, settings, django_capture_on_commit_callbacks
):
    settings.DEMO = True
    factories.make_member(scene.organisation)
    scene.happens(NOW)
    administrator = signed_in(factories.make_staff("BSC", "ADMINISTRATOR"))
    asked = {"day_0": "15", "day_1": "5", "day_2": "2026", "hour": "09:00"}

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        done = administrator.post("/desk/time/", asked)

    assert done.status_code == 302
    assert len(callbacks) == 1
    assert PortalTime.objects.get().set_by_name == "Ruth Adeyemi"
    with acting_as(PORTAL):
        moved = AuditEvent.objects.get(action="portal.time_moved")
        assert "2026-05-15" in moved.payload


def test_outside_a_demonstration_there_is_no_such_page(timetable, settings):
    settings.DEMO = False
    administrator = signed_in(factories.make_staff("BSC", "ADMINISTRATOR"))

    assert administrator.get("/desk/time/").status_code == 404


def test_only_administrators_move_the_date(timetable, settings, lead):
    settings.DEMO = True

    assert lead.get("/desk/time/").status_code == 403
