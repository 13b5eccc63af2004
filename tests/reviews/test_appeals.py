"""Appeals against refusals: to the right body only, and what each outcome leads to (R122, D.7)."""

from datetime import timedelta

import pytest

from foundation.clock import moments
from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import queries as people
from participants.enums import Status
from participants.models import Person
from reviews.enums import AppealState
from reviews.models import Decision
from reviews.reports.appeals import RP18
from reviews.services import appeals
from tests.reviews import builders as b
from tests.reviews.desks import of_lead, signed_in, words
from tests.reviews.papers import url
from waves.reports.shape import Ask

pytestmark = [pytest.mark.usefixtures("at_noon"), pytest.mark.django_db]


@pytest.fixture(scope="module")
def built(shared):
    here = b.to(b.scene(), Status.SIGNED_OFF)
    b.make_ready(here)
    return here


@pytest.fixture
def refused(built, db):
    b.decide(built, "BSC", "NOT_APPROVED", reasons="The controls do not hold.")
    return built


def decision(here):
    with acting_as(PORTAL):
        rows = Decision.objects.select_related("organisation", "qualification")
        return rows.filter(qualification_id=here.ids[0], body="BSC").order_by("sequence")[0]


def lodge(here, actor=None, days=0, grounds="The record was overlooked."):
    actor, taken = actor or here.director, decision(here)
    with acting_as(actor):
        return appeals.lodge(
            decision=taken, lodged_on=taken.decided_on + timedelta(days=days), grounds=grounds,
            actor=actor, at=here.tick(),
        )  # fmt: skip


def end(here, appeal, result, actor=None, **said):
    actor = actor or here.secretary
    with acting_as(actor):
        return appeals.end(
            appeal=appeal, result=result, ended_on=said.get("on", appeal.lodged_on),
            reference="Ofgem 12/26", because=said.get("because", "The record shows it."),
            actor=actor, at=here.tick(),
        )  # fmt: skip


def told(here):
    with acting_as(PORTAL):
        rows = Notice.objects.filter(organisation_id=here.organisation.pk, kind="appeal")
        return [(row.subject, row.email) for row in rows]


def test_r122_the_participant_appeals_and_the_body_is_told(refused):
    kept = lodge(refused)

    assert lodge(refused).pk == kept.pk
    assert refused.statuses == [Status.NOT_APPROVED]
    subjects = {subject for subject, _ in told(refused)}
    assert subjects == {f"{refused.organisation.name}: appeals to Ofgem as Supplier"}
    with acting_as(PORTAL):
        bsc = {each.email for each in people.staff("BSC")}
    assert {email for _, email in told(refused)} <= bsc


def test_r122_only_a_refusal_is_appealed_and_only_by_a_director_or_master_admin(refused):
    with pytest.raises(Denied, match="director or a master admin"):
        lodge(refused, refused.delegate)
    with pytest.raises(Denied):
        lodge(refused, refused.leads["BSC"])
    with pytest.raises(Invalid, match="grounds"):
        lodge(refused, grounds=" ")
    with pytest.raises(Invalid, match="before it"):
        lodge(refused, days=-1)
    taken = decision(refused)
    taken.outcome = "DEFERRED"
    with acting_as(refused.director), pytest.raises(Refused, match="Only a refusal"):
        appeals.lodge(
            decision=taken, lodged_on=taken.decided_on, grounds="A", actor=refused.director,
            at=refused.tick(),
        )  # fmt: skip


def test_r122_an_overturned_decision_is_taken_anew_on_what_was_signed(refused):
    end(refused, lodge(refused), AppealState.OVERTURNED)

    assert refused.statuses == [Status.SIGNED_OFF]
    b.decide(refused, "BSC")
    b.decide(refused, "REC")
    assert refused.statuses == [Status.QUALIFIED]


@pytest.mark.parametrize("result", [AppealState.STANDS, AppealState.WITHDRAWN])
def test_r122_otherwise_the_refusal_stands(refused, result):
    appeal = end(refused, lodge(refused), result)
    assert refused.statuses == [Status.NOT_APPROVED]
    with pytest.raises(Refused, match="This appeal has ended"):
        end(refused, appeal, AppealState.OVERTURNED)


@pytest.mark.parametrize("who", ["decision_maker", "director"])
def test_r122_only_the_body_whose_decision_it_was_records_the_outcome(refused, who):
    appeal = lodge(refused)
    with pytest.raises(Denied):
        end(refused, appeal, AppealState.STANDS, getattr(refused, who))
    with pytest.raises(Invalid, match="lies ahead"):
        end(refused, appeal, AppealState.STANDS, on=refused.at.date() + timedelta(days=3))


def test_the_pages_lead_from_the_refusal_to_the_outcome(refused):
    taken = decision(refused)
    at = url("appeal", refused, taken.pk)
    day = {f"lodged_on_{n}": v for n, v in enumerate(_parts(taken.decided_on))}
    with moments.at(refused.tick()):
        director = signed_in(Person.objects.get(pk=refused.director.person_id))
        assert "The appeal" in words(director, url("decisions_of", refused))
        assert of_lead(refused).get(at).status_code == 404
        assert director.post(at, {}).status_code == 422
        assert director.post(at, {**day, "grounds": "Overlooked."}).status_code == 302
        assert "Overlooked." in words(of_lead(refused), at)
        secretary = signed_in(Person.objects.get(pk=refused.secretary.person_id))
        ended = {f"ended_on_{n}": v for n, v in enumerate(_parts(taken.decided_on))}
        said = {"result": "STANDS", "because": "No ground was found.", **ended}
        assert secretary.post(at, {**said, "result": ""}).status_code == 422
        assert secretary.post(at, said).status_code == 302
        assert "The decision stands" in words(director, at)


def test_rp18_is_the_log_of_what_the_reader_governs(refused):
    lodge(refused)
    for body, count in (("BSC", 1), ("REC", 1), ("DIP", 1)):
        actor = refused.leads[body]
        with acting_as(actor):
            rows = RP18.parts[0].rows(Ask(actor, refused.at, refused.at.date()))
            assert len(list(rows)) == count
            assert [row.cells["heard"] for row in rows] == ["Ofgem"]


def _parts(on):
    return on.day, on.month, on.year
