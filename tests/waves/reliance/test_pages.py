"""The pages of reliance: what they say, whom they let in, and what they cost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Person
from tests import factories
from tests.foundation.files import PDF
from tests.waves.reliance.conftest import SAID
from waves.models import Dependant, Reliance, RelianceOpinion, RelianceVersion
from waves.services.milestones import record_milestone

pytestmark = pytest.mark.django_db
A, B = "Ashlar Supply", "Birch Data"


def signed_in(actor) -> Client:
    with acting_as(PORTAL):
        person = Person.objects.get(pk=actor.person_id)
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def member(rely) -> Client:
    return signed_in(rely.member(A))


@pytest.fixture
def planner(rely) -> Client:
    return signed_in(rely.planner)


@pytest.fixture
def lead(rely) -> Client:
    return signed_in(rely.lead("BSC"))


def own(rely, tail: str = "", name: str = A) -> str:
    return f"/o/{rely.held[name].organisation.slug}/reliance/{tail}"


def statements(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(path).status_code == 200
    told = ("SAVEPOINT", "RELEASE", "SET ", "SELECT set_config")
    return len([q for q in counted.captured_queries if not q["sql"].startswith(told)])


def fill(rely, many: int, name: str = A) -> list[Reliance]:
    """Proposals with a version, an opinion and no link, straight into the tables."""
    held = rely.held[name]
    of = {"organisation_id": held.organisation_id}
    at = rely.later()
    with acting_as(PORTAL):
        rows = [
            Reliance(**of, qualification=held, kind="RELIANCE", status="SUBMITTED",
                     status_since=at, created_at=at, provider_name=f"Party {number}")
            for number in range(many)
        ]  # fmt: skip
        Reliance.objects.bulk_create(rows)
        versions = RelianceVersion.objects.bulk_create(
            RelianceVersion(**of, reliance=row, number=1, content={}, sha256="0",
                            submitted_at=at, submitted_by_name="Ada")
            for row in rows
        )  # fmt: skip
        RelianceOpinion.objects.bulk_create(
            RelianceOpinion(**of, version=version, body="BSC", verdict="AGREE", by_name="R", at=at)
            for version in versions
        )
    return rows


def test_the_lists_cost_the_same_with_one_proposal_and_with_three_hundred(rely, member, planner):
    fill(rely, 1)
    few = [statements(member, own(rely)), statements(planner, "/desk/reliance/")]
    fill(rely, 299)
    many = [statements(member, own(rely)), statements(planner, "/desk/reliance/")]
    assert many == few
    assert few == [6, 5]


def test_a_proposal_costs_the_same_with_one_version_and_with_three_hundred(rely, member, planner):
    row = rely.agreed(A, B)
    paths = (own(rely, f"{row.pk}/"), f"/desk/reliance/{row.pk}/")
    few = [statements(member, paths[0]), statements(planner, paths[1])]
    with acting_as(PORTAL):
        of = {"organisation_id": row.organisation_id, "reliance": row}
        RelianceVersion.objects.bulk_create(
            RelianceVersion(**of, number=number, content={}, sha256="0",
                            submitted_at=rely.later(), submitted_by_name="Ada")
            for number in range(2, 301)
        )  # fmt: skip
    assert [statements(member, paths[0]), statements(planner, paths[1])] == few
    assert few == [8, 11]


def test_the_net_costs_the_same_with_one_link_and_with_thirty(rely, planner):
    rely.relies(A, B)
    paths = ("/desk/reliance/net/", f"/desk/reliance/touched/?party={rely.held[B].pk}&what=fails")
    few = [statements(planner, path) for path in paths]
    for number in range(30):
        rely.party(f"Party {number}")
        rely.relies(f"Party {number}", B)
    assert [statements(planner, path) for path in paths] == few
    assert few == [8, 8]


def test_r50_an_author_writes_a_proposal_and_what_is_missing_is_said_in_words(rely, member):
    asked = {"qualification": str(rely.held[A].pk), "kind": "RELIANCE"}
    begun = member.post(own(rely, "new/"), asked)
    assert begun.status_code == 302
    home = begun["Location"].removesuffix("write/")
    assert member.post(f"{home}write/", {"provider_name": "Birch"}).status_code == 302
    page = member.get(home).content.decode()
    assert "Still to write" in page
    assert "You need an agreement with this party first" in page
    refused = member.post(f"{home}submit/")
    assert refused.status_code == 422
    assert "Choose which testing you rely on." in refused.content.decode()
    assert f'action="{home}write/"' in refused.content.decode()
    member.post(f"{home}write/", SAID)
    assert member.post(f"{home}submit/").status_code == 302
    assert "Submitted" in member.get(home).content.decode()


def test_r10_the_organisation_sees_nothing_of_the_party_but_its_own_words(rely, member, planner):
    row = rely.proposed(A, provider_name="our metering friends")
    rely.linked(row, B)
    rely.opinion(row, "BSC")
    for path in (own(rely), own(rely, f"{row.pk}/")):
        text = member.get(path).content.decode()
        assert "our metering friends" in text
        assert B not in text
        assert str(rely.held[B].pk) not in text
        assert "BIRC" not in text.replace("BIRC</span>", "")  # typed by itself
    assert B in planner.get(f"/desk/reliance/{row.pk}/").content.decode()
    for path in ("/desk/reliance/", f"/desk/reliance/{row.pk}/", "/desk/reliance/net/"):
        assert member.get(path).status_code == 403
    stranger = signed_in(rely.member(B))
    assert stranger.get(own(rely)).status_code == 404
    assert stranger.get(own(rely, f"{row.pk}/", B)).status_code == 404


def test_staff_do_not_see_a_draft(rely, planner):
    row = rely.draft(A)
    assert planner.get(f"/desk/reliance/{row.pk}/").status_code == 404
    assert planner.get(own(rely, f"{row.pk}/")).status_code == 404
    assert SAID["provider_name"] not in planner.get("/desk/reliance/").content.decode()


def test_the_bodies_link_agree_and_look_at_the_net(rely, planner, lead):
    row = rely.proposed(A)
    desk = f"/desk/reliance/{row.pk}/"
    assert "Waits for BSC" in lead.get("/desk/reliance/").content.decode()
    linked = planner.post(f"{desk}link/", {"provider": str(rely.held[B].pk), "because": "MPID"})
    assert linked.status_code == 302
    agreed = lead.post(f"{desk}opinion/", {"verdict": "AGREE", "note": ""})
    assert agreed.status_code == 302
    assert planner.post(f"{desk}opinion/", {"verdict": "AGREE"}).status_code == 403
    text = planner.get("/desk/reliance/net/").content.decode()
    assert f"{A} relies on {B}" in text
    assert "<style" not in text
    assert "style=" not in text


def test_a_link_against_the_order_is_refused_with_the_reason(rely, planner):
    rely.party("Corran Supply", "QT_WAVE_4")
    row = rely.proposed(A)
    asked = {"provider": str(rely.held["Corran Supply"].pk)}
    answer = planner.post(f"/desk/reliance/{row.pk}/link/", asked)
    assert answer.status_code == 409
    assert "Nobody can be in an earlier wave" in answer.content.decode()


def test_r57_who_would_be_touched_is_shown_and_flagged(rely, planner, lead):
    rely.party("Corran Supply", "QT_WAVE_3")
    rely.relies(A, B)
    rely.relies("Corran Supply", A)
    ask = {"party": str(rely.held[B].pk), "what": "slips", "route": "QT_WAVE_4"}
    text = planner.get("/desk/reliance/touched/", ask).content.decode()
    assert f"Corran Supply (Supplier) relies on {A} (Supplier) relies on {B}" in text
    with acting_as(PORTAL):
        assert not Dependant.objects.exists()
    bare = planner.post("/desk/reliance/touched/", ask)
    assert bare.status_code == 422
    done = planner.post("/desk/reliance/touched/", ask | {"because": "Its plan slipped."})
    assert done.status_code == 302
    with acting_as(PORTAL):
        assert Dependant.objects.count() == 2
    reader = signed_in(factories.staff_actor("BSC", "REVIEWER"))
    assert reader.post("/desk/reliance/touched/", ask | {"because": "x"}).status_code == 403


def test_r46_a_proposal_that_is_not_agreed_when_qt_begins_is_marked(rely, lead):
    row = rely.proposed(A)
    assert "QT has begun" not in lead.get("/desk/reliance/").content.decode()
    rely.does(record_milestone, A, by=PORTAL, event="qt_entry_confirmed")
    assert "QT has begun" in lead.get("/desk/reliance/").content.decode()
    rely.linked(row, B)
    for body in ("BSC", "REC", "DIP"):
        rely.opinion(row, body)
    assert "QT has begun" not in lead.get("/desk/reliance/").content.decode()


def test_r53_a_report_that_the_bodies_lack_is_added_and_they_can_open_it(rely):
    row = rely.draft(A, bodies_have_report=False)
    member = signed_in(rely.member(A))
    home = own(rely, f"{row.pk}/")
    assert member.post(f"{home}submit/").status_code == 422
    file = SimpleUploadedFile("report.pdf", PDF, content_type="application/pdf")
    sent = {name: value for name, value in SAID.items() if name != "bodies_have_report"}
    assert member.post(f"{home}write/", sent | {"file": file}).status_code == 302
    assert member.post(f"{home}submit/").status_code == 302
    assert member.get(f"{home}file/").status_code == 200
    assert signed_in(rely.lead("BSC")).get(f"{home}file/").status_code == 200
    assert signed_in(rely.member(B)).get(f"{home}file/").status_code == 404
