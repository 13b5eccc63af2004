"""The API of reliance: the same acts through the same services, and what it costs."""

import pytest

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from tests.waves.reliance.conftest import SAID
from tests.waves.reliance.test_pages import A, B, fill, signed_in, statements
from waves.models import Dependant

pytestmark = pytest.mark.django_db


def api(rely, tail: str = "", name: str = A) -> str:
    return f"/api/v1/organisations/{rely.held[name].organisation.slug}/reliance/{tail}"


def send(client, url, data=None, method="post"):
    return getattr(client, method)(url, data or {}, content_type="application/json")


def test_a_proposal_goes_from_draft_to_agreement_through_the_api(rely):
    member, planner = signed_in(rely.member(A)), signed_in(rely.planner)
    begin = {"qualification": str(rely.held[A].pk), "kind": "RELIANCE"}
    made = send(member, api(rely), begin)
    assert made.status_code == 201
    one = api(rely, f"{made.json()['id']}/")
    refused = send(member, f"{one}submit/")
    assert refused.status_code == 422
    assert planner.get(one).status_code == 404
    said = send(member, one, SAID, "patch").json()
    assert said["missing"] == {}
    assert said["provider_mpid"] == "BIRC"
    sent = send(member, f"{one}submit/").json()
    assert (sent["status"], sent["needed"]) == ("SUBMITTED", ["BSC", "REC", "DIP"])
    linked = send(planner, f"{one}link/", {"provider": str(rely.held[B].pk)})
    assert linked.status_code == 200
    for body in ("BSC", "REC", "DIP"):
        told = send(signed_in(rely.lead(body)), f"{one}opinion/", {"verdict": "AGREE"}).json()
    assert told["status"] == "AGREED_FULL"
    assert told["waits_for"] == ["TESTS"]
    assert {each["body"] for each in told["opinions"]} == {"BSC", "REC", "DIP"}
    assert len(member.get(f"{one}versions/").json()) == 1
    assert B not in member.get(one).content.decode().replace(SAID["provider_name"], "")


def test_an_act_takes_only_what_it_asks_for(rely):
    row = rely.proposed(A)
    url = api(rely, f"{row.pk}/opinion/")
    lead = signed_in(rely.lead("BSC"))
    assert send(lead, url, {"because": "x"}).status_code == 422
    assert send(signed_in(rely.member(A)), url, {"verdict": "AGREE"}).status_code == 403
    assert send(lead, api(rely, f"{row.pk}/nonsense/")).status_code == 404


def test_the_links_and_who_is_touched_are_for_staff(rely):
    rely.relies(A, B)
    member, planner = signed_in(rely.member(A)), signed_in(rely.planner)
    ask = {"party": str(rely.held[B].pk), "what": "slips", "route": "QT_WAVE_4"}
    for path in ("/api/v1/reliance/", "/api/v1/reliance/touched/"):
        assert member.get(path, ask if "touched" in path else {}).status_code == 403
    edges = planner.get("/api/v1/reliance/").json()
    assert [each["provider"] for each in edges] == [str(rely.held[B].pk)]
    found = planner.get("/api/v1/reliance/touched/", ask).json()
    assert [(each["effect"], each["is_direct"]) for each in found] == [("too-early", True)]
    done = send(planner, "/api/v1/reliance/touched/", ask | {"because": "It slipped."})
    assert done.json() == {"flagged": 1}
    with acting_as(PORTAL):
        assert Dependant.objects.count() == 1
    assert send(member, "/api/v1/reliance/touched/", ask | {"because": "x"}).status_code == 403


def test_the_list_costs_the_same_with_one_proposal_and_with_three_hundred(rely):
    member = signed_in(rely.member(A))
    fill(rely, 1)
    few = statements(member, api(rely))
    fill(rely, 299)
    assert statements(member, api(rely)) == few == 5
