"""Changing a road: shown before, done in one go, told to the organisation without names (C.14)."""

import pytest

from foundation.audit.models import AuditEvent
from foundation.clock import moments
from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Organisation, Person, Qualification
from tests import factories
from tests.statements import statements
from tests.waves.board.conftest import Waves
from tests.waves.conftest import publish
from tests.waves.joining.conftest import NOW, signed_in
from waves.models import EntryCheck, Milestone, Obligation, Place
from waves.services import milestones, pathways

pytestmark = pytest.mark.django_db
WHY = {"because": "It cannot finish SIT.", "authority": "Both bodies, 12 November"}


@pytest.fixture
def waves(db):
    publish()
    with moments.at(NOW):
        yield Waves(planner=factories.staff_actor("BSC", "PLANNER", "LEAD", "REVIEWER"))


def url(waves: Waves, name: str) -> str:
    return f"/desk/qualifications/{waves.held[name].pk}/route/"


def desk(waves: Waves):
    return signed_in(person(waves.planner))


def person(actor) -> Person:
    with acting_as(PORTAL):
        return Person.objects.get(pk=actor.person_id)


def text_of(response) -> str:
    return response.content.decode()


def happened(waves: Waves, name: str, *events: str) -> None:
    with acting_as(PORTAL):
        for event in events:
            milestones.record_milestone(
                qualification=waves.fresh(name), event=event, actor=PORTAL, at=NOW
            )


def test_r041_leaving_sit_keeps_what_counts_and_opens_the_rest_again(waves):
    held = waves.party("Ashlar", "SIT_M11_READY")
    waves.member("Ashlar")
    happened(waves, "Ashlar", "dip_onboarded", "pit_plan_submitted")
    with acting_as(PORTAL):
        for criterion in ("UIT", "USERS"):
            EntryCheck.objects.create(
                organisation_id=held.organisation_id,
                qualification=held,
                criterion=criterion,
                state="MET",
                checked_at=NOW,
                checked_by_name="Ruth Adeyemi",
            )

    waves.does(pathways.take, "Ashlar", route="QT_WAVE_4", **WHY)

    with acting_as(PORTAL):
        moved = Qualification.objects.get(pk=held.pk)
        assert moved.route == "QT_WAVE_4"
        assert set(moved.happened) == {"pit_plan_submitted"}
        undone = Milestone.objects.get(event="dip_onboarded")
        assert undone.undone_because == "To be done again after SIT, M11 ready."
        states = dict(EntryCheck.objects.values_list("criterion", "state"))
        assert states == {"UIT": "OPEN", "USERS": "MET"}
        assert Place.objects.get(qualification=held).status == "ALLOCATED"
        final = Obligation.objects.get(qualification=held, activity="final_qad_window")
        assert final.due_on.isoformat() == "2026-07-24"
        taken = AuditEvent.objects.get(action="qualification.pathway_taken")
        assert taken.because == WHY["because"]
        assert '"pathway":1' in taken.payload
        assert WHY["authority"] in taken.payload
        again = Notice.objects.get(subject__contains="to be done again")
        assert "New certificates" in again.text


def test_r010_no_participant_hears_whose_change_it_was(waves):
    waves.party("Ashlar", "QT_WAVE_4")
    waves.party("Birch", "SIT_M11_READY")
    waves.relies("Ashlar", on="Birch")
    waves.member("Ashlar")
    waves.member("Birch")

    waves.does(pathways.take, "Birch", route="QT_WAVE_3", **WHY)

    assert "Birch" in waves.flags("Ashlar")[0]
    with acting_as(PORTAL):
        told = Notice.objects.filter(organisation_id=waves.held["Ashlar"].organisation_id)
        members = told.filter(person_id=waves.member("Ashlar").person_id)
        assert members.exists()
        assert not [each for each in members if "Birch" in each.text + each.subject]
        own = Notice.objects.filter(person_id=waves.member("Birch").person_id)
        assert own.exists()
        assert not [each for each in own if "Ashlar" in each.text + each.subject]


def test_r033_a_pathway_before_a_party_relied_on_is_refused(waves):
    waves.party("Ashlar", "QT_WAVE_4")
    waves.party("Birch", "QT_WAVE_3")
    waves.relies("Ashlar", on="Birch")

    with pytest.raises(Refused, match="earlier wave than a party"):
        waves.does(pathways.take, "Ashlar", route="QT_WAVE_2", **WHY)
    page = text_of(desk(waves).get(url(waves, "Ashlar"), {"pathway": 0, "route": "QT_WAVE_2"}))
    assert "This pathway is not open" in page
    assert "earlier wave than a party" in page
    assert 'name="authority"' not in page


def test_before_and_after_are_shown_and_nothing_is_written(waves):
    waves.party("Ashlar", "QT_WAVE_2")
    waves.party("Birch", "QT_WAVE_2")
    waves.relies("Birch", on="Ashlar")

    page = text_of(desk(waves).get(url(waves, "Ashlar"), {"pathway": 0, "route": "QT_WAVE_3"}))

    assert "Fri 6 Mar 2026" in page
    assert "Fri 22 May 2026" in page
    assert "77 days later" in page
    assert "Birch (Supplier)" in page
    assert "Wave 3, allocated by this decision" in page
    assert waves.route("Ashlar") == "QT_WAVE_2"


def test_what_changed_while_somebody_looked_is_looked_at_again(waves):
    waves.party("Ashlar", "QT_WAVE_2")
    client = desk(waves)
    page = text_of(client.get(url(waves, "Ashlar"), {"pathway": 0, "route": "QT_WAVE_3"}))
    assert 'name="seen" value="QT_WAVE_2:INITIAL_DRAFT:1"' in page
    waves.does(pathways.take, "Ashlar", route="QT_WAVE_4", **WHY)

    said = {"pathway": 0, "route": "QT_WAVE_3", "seen": "QT_WAVE_2:INITIAL_DRAFT:1", **WHY}
    assert client.post(url(waves, "Ashlar"), said).status_code == 409
    assert waves.route("Ashlar") == "QT_WAVE_4"


def test_it_needs_a_reason_and_an_authority(waves):
    waves.party("Ashlar", "QT_WAVE_2")

    for left_out in WHY:
        with pytest.raises(Invalid) as problem:
            waves.does(pathways.take, "Ashlar", route="QT_WAVE_3", **WHY | {left_out: " "})
        assert set(problem.value.problems) == {left_out}
    sent = desk(waves).post(url(waves, "Ashlar"), {"pathway": 0, "route": "QT_WAVE_3"})
    assert sent.status_code == 422
    assert "Reason" in text_of(sent)


@pytest.mark.parametrize("status", ["FINAL_SUBMITTED", "SIGNED_OFF", "QUALIFIED", "WITHDRAWN"])
def test_r103_who_is_read_or_settled_keeps_the_road(waves, status):
    held = waves.party("Ashlar", "QT_WAVE_2")
    with acting_as(PORTAL):
        Qualification.objects.filter(pk=held.pk).update(status=status)

    with pytest.raises(Refused, match="Reopen it first|settled"):
        waves.does(pathways.take, "Ashlar", route="QT_WAVE_3", **WHY)


def test_r014_the_trio_goes_together(waves):
    held = waves.party("Delta Networks", "NON_SIT_LDSO_M10", "LDSO")
    with acting_as(PORTAL):
        Organisation.objects.filter(pk=held.organisation_id).update(entrant="NEW_LEGACY_AND_MHHS")

    moved = waves.does(pathways.take, "Delta Networks", pathway=5, route="QT_WAVE_4", **WHY)

    assert {(each.role, each.route) for each in moved} == {
        (role, "QT_WAVE_4") for role in ("LDSO", "SMRA_ERDA", "UMSO")
    }
    with acting_as(PORTAL):
        assert Qualification.objects.filter(is_new_entrant=True).count() == 3


@pytest.mark.parametrize(
    ("number", "route", "to", "alike"),
    [(3, "SIT_M11_READY", "QT_WAVE_4", False), (6, "QT_WAVE_4", "", True)],
)
def test_r022_mpids_that_go_have_a_qualification_of_their_own(waves, number, route, to, alike):
    organisation = factories.make_organisation("Ashlar")
    codes = ("AAAA", "BBBB", "CCCC") if number == 3 else ("DDDD", "EEEE", "FFFF")
    mpids = factories.make_mpids(organisation, *codes)
    waves.held["Ashlar"] = factories.make_qualification(
        organisation, "SUPPLIER", route, mpids=mpids
    )
    waves.member("Ashlar")

    made = waves.does(
        pathways.take,
        "Ashlar",
        pathway=number,
        route=to,
        mpids=mpids[:2],
        is_identical=alike,
        **WHY,
    )

    with acting_as(PORTAL):
        rows = {row.pk: row for row in Qualification.objects.filter(role="SUPPLIER")}
        assert all(row.mpids_split for row in rows.values())
        found = {
            (row.route, tuple(sorted(row.mpids.values_list("code", flat=True))))
            for row in rows.values()
        }
        assert found == {(route, codes[2:]), (to or route, codes[:2])}
        assert len(made) == 2
        words = Notice.objects.filter(subject__contains="qualify by themselves")
        assert ("Propose the reliance" in words.first().text) == alike


def test_r042_the_fourth_pathway_ends_the_wave(waves):
    waves.party("Ashlar", "QT_WAVE_4")
    waves.party("Birch", "QT_WAVE_3")

    waves.does(pathways.take, "Ashlar", pathway=4, **WHY)

    assert waves.place("Ashlar").status == "ENDURING"
    with pytest.raises(Refused, match="Only from wave 4"):
        waves.does(pathways.take, "Birch", pathway=4, **WHY)


def test_only_who_plans_changes_a_road(waves):
    waves.party("Ashlar", "QT_WAVE_2")
    for actor in (factories.staff_actor("DIP"), factories.staff_actor("BSC", "REVIEWER")):
        with pytest.raises(Denied):
            waves.does(pathways.take, "Ashlar", by=actor, route="QT_WAVE_3", **WHY)
    assert signed_in(person(waves.member("Ashlar"))).get(url(waves, "Ashlar")).status_code == 403


def test_the_page_takes_as_many_statements_whatever_the_market(waves):
    waves.party("Ashlar", "QT_WAVE_2")
    client, counts = desk(waves), []
    asked = {"pathway": 0, "route": "QT_WAVE_3"}
    client.get(url(waves, "Ashlar"), asked)
    for size in (0, 12):
        for number in range(size):
            waves.party(f"Other {number}", "QT_WAVE_2")
        choice, one = statements(client.get, url(waves, "Ashlar"))
        shown, two = statements(client.get, url(waves, "Ashlar"), asked)
        assert (choice.status_code, shown.status_code) == (200, 200)
        counts.append((len(one), len(two)))

    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12
