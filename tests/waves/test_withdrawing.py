"""Withdrawing: from which states, by whom, and what follows (D.1, R14, R33, R34, R57)."""

import pytest

from foundation.audit.models import AuditEvent
from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants.enums import Status
from participants.models import Qualification
from tests import factories
from tests.submissions.doors import signed_in
from tests.waves.board.conftest import Waves
from tests.waves.conftest import Scene, day, make_scene
from waves.lifecycle.withdrawing import STAYS, WITHDRAW
from waves.models import Dependant, Obligation, Place, PlaceNote, Reliance
from waves.queries import board as boards
from waves.services import sweep, waiting, withdrawing

pytestmark = pytest.mark.django_db
AT = day("2025-11-18")
WHY = "The business leaves the market."
OPEN = ("RUNNING", "PAUSED")


def leave(scene: Scene, actor: Actor, because: str = WHY) -> list[Qualification]:
    with acting_as(actor):
        return withdrawing.withdraw(
            qualification=scene.qualification, because=because, actor=actor, at=AT
        )


@pytest.mark.parametrize("status", Status)
def test_d1_everything_that_is_not_decided_can_be_withdrawn(status):
    decided = {"QUALIFIED", "NOT_APPROVED", "WITHDRAWN"}

    assert (WITHDRAW.objections(status, None) == ()) == (status not in decided)
    assert set(STAYS) == decided


@pytest.mark.parametrize("who", ["master admin", "lead", "administrator"])
def test_d1_a_code_body_or_the_master_admin_withdraws_and_clocks_stop(timetable, who):
    scene = make_scene()
    scene.happens(AT)
    actors = {
        "master admin": lambda: factories.member_actor(scene.organisation),
        "lead": lambda: factories.staff_actor("REC", "LEAD"),
        "administrator": lambda: factories.staff_actor("BSC", "ADMINISTRATOR"),
    }
    lead = factories.make_staff("DIP")
    assert scene.duties(*OPEN)

    (gone,) = leave(scene, actors[who]())

    assert (gone.status, gone.status_since) == (Status.WITHDRAWN, AT)
    assert not scene.duties(*OPEN)
    with acting_as(PORTAL):
        event = AuditEvent.objects.get(action="qualification.withdrawn")
        assert event.because == WHY
        told = Notice.objects.filter(kind="withdrawal").values_list("email", flat=True)
        assert lead.email in set(told)
    scene.happens(AT)  # nothing of the timetable starts it anew
    assert not scene.duties(*OPEN)


@pytest.mark.parametrize(
    "of",
    [
        lambda own: factories.member_actor(own, is_master_admin=False, is_author=True),
        lambda own: factories.member_actor(own, is_master_admin=False, is_director=True),
        lambda own: factories.member_actor(factories.make_organisation()),
        lambda own: factories.staff_actor("BSC", "REVIEWER"),
        lambda own: factories.staff_actor("DIP", "LEAD"),
        lambda own: factories.staff_actor("MHHSP", "LEAD"),
    ],
    ids=["author", "director", "another's admin", "reviewer", "DIP lead", "Programme"],
)
def test_d1_nobody_else_withdraws(scene, of):
    with pytest.raises(Denied):
        leave(scene, of(scene.organisation))


def test_d1_the_reason_is_required_and_it_happens_once(scene):
    lead = factories.staff_actor("BSC")
    with pytest.raises(Invalid):
        leave(scene, lead, "  ")
    leave(scene, lead)
    with pytest.raises(Refused):
        leave(scene, lead)


@pytest.mark.parametrize("body", ["BSC", "REC"])
def test_r14_the_trio_leaves_together_and_what_was_decided_stays(timetable, body):
    scene = make_scene("LDSO", "NON_SIT_LDSO_M10")
    with acting_as(PORTAL):
        Qualification.objects.filter(role="SMRA_ERDA").update(status=Status.NOT_APPROVED)

    gone = leave(scene, factories.staff_actor(body))

    assert {each.role for each in gone} == {"LDSO", "UMSO"}
    with acting_as(PORTAL):
        rows = dict(Qualification.objects.values_list("role", "status"))
        left = Obligation.objects.filter(state__in=OPEN, qualification__in=gone)
        assert not left.exists()
    assert rows == {"LDSO": "WITHDRAWN", "SMRA_ERDA": "NOT_APPROVED", "UMSO": "WITHDRAWN"}


@pytest.fixture
def waves(timetable) -> Waves:
    found = Waves()
    found.planner = factories.staff_actor("BSC", "LEAD", "PLANNER")
    return found


def test_r36_the_place_in_the_wave_is_free_and_its_open_wish_is_settled(waves):
    waves.party("Ashlar")
    waves.does(
        waiting.ask_earlier, "Ashlar", by=waves.member("Ashlar"), route="QT_WAVE_2",
        because="We are ready.",
    )  # fmt: skip

    waves.does(withdrawing.withdraw, "Ashlar", because=WHY)

    with acting_as(PORTAL):
        assert boards.board().loads["QT_WAVE_3"].places == 0
        assert Place.objects.get().status == "ALLOCATED"
        assert PlaceNote.objects.filter(text=f"Withdrawn: {WHY}", is_shared=True).exists()


@pytest.mark.parametrize("by_participant", [False, True])
def test_r34_r57_whoever_relied_on_it_is_looked_at_again_once(waves, by_participant):
    for name in ("Ashlar", "Birch", "Cedar"):
        waves.party(name)
    waves.relies("Ashlar", on="Birch")
    waves.relies("Birch", on="Cedar")

    by = waves.member("Cedar") if by_participant else None
    waves.does(withdrawing.withdraw, "Cedar", by=by, because=WHY)
    sweep.sweep()
    sweep.sweep()

    with acting_as(PORTAL):
        texts = set(Dependant.objects.values_list("text", flat=True))
        agreed = dict(Reliance.objects.values_list("provider_name", "status"))
    assert texts == {
        "Birch (Supplier) relies on Cedar (Supplier), which withdrew.",
        "Ashlar (Supplier) relies on Birch (Supplier) relies on Cedar (Supplier), which withdrew.",
    }
    assert agreed == {"Birch": "AGREED_FULL", "Cedar": "UNDERMINED"}


def test_the_page_says_what_follows_and_asks_before(scene):
    admin = signed_in(factories.make_member(scene.organisation).person)
    at = f"/o/{scene.organisation.slug}/qualifications/{scene.qualification.pk}"
    assert f"{at}/withdraw/" in admin.get(f"{at}/dates/").content.decode()

    page = admin.get(f"{at}/withdraw/").content.decode()
    assert "A place in a wave is free at once." in page
    assert admin.post(f"{at}/withdraw/", {"because": WHY}).status_code == 422
    answer = admin.post(f"{at}/withdraw/", {"because": WHY, "sure": "on"})

    assert (answer.status_code, answer.url) == (302, f"{at}/dates/")
    with acting_as(PORTAL):
        assert Qualification.objects.get().status == Status.WITHDRAWN
    assert f"{at}/withdraw/" not in admin.get(f"{at}/dates/").content.decode()


def test_the_api_withdraws_with_a_reason(scene):
    lead = signed_in(factories.make_staff("BSC"))
    url = (
        f"/api/v1/organisations/{scene.organisation.slug}"
        f"/qualifications/{scene.qualification.pk}/withdraw/"
    )

    assert lead.post(url, {}, content_type="application/json").status_code == 422
    answer = lead.post(url, {"because": WHY}, content_type="application/json")

    assert [each["status"] for each in answer.json()] == ["WITHDRAWN"]
