"""Sharing out the reading: who reads what, who is away, who has a conflict, and who sees it."""

from datetime import timedelta

import pytest

from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.models import Person
from reviews.models import Assignment, Conflict, Thread
from reviews.queries import team as queries
from reviews.services import approvals, team, threads
from submissions.queries import latest_versions
from tests import factories
from tests.reviews import builders as b
from tests.reviews.desks import (
    QUEUE,
    TODAY,
    of_lead,
    of_member,
    of_staff,
    place,
    rows,
    signed_in,
    words,
)
from tests.reviews.papers import url

pytestmark = [pytest.mark.usefixtures("at_noon"), pytest.mark.django_db]


def junior(name="Sam Field", body="BSC"):
    return factories.make_staff(body, "REVIEWER", name=name)


def give(here, person, section="", lead=None, part=None):
    lead, part = lead or here.leads["BSC"], part or here.part()
    with acting_as(lead):
        return team.assign(
            part=part, section=section, person_id=person.pk, actor=lead, at=here.tick()
        )


def be_away(here, person, days=3, cover=None, actor=None):
    actor = actor or here.leads["BSC"]
    with acting_as(actor):
        return team.be_away(
            person_id=person.pk, starts_on=TODAY, ends_on=TODAY + timedelta(days=days),
            cover_id=cover.pk if cover else None, actor=actor, at=here.at,
        )  # fmt: skip


def declare(here, person):
    actor = entry.staff_actor(person)
    organisation = here.organisation
    with acting_as(actor):
        return team.declare_conflict(
            organisation=organisation, reason="My sister works there.", actor=actor,
            at=here.tick(),
        )  # fmt: skip


def told(person):
    with acting_as(PORTAL):
        rows = Notice.objects.filter(person_id=person.pk, kind="team").order_by("created_at")
        return list(rows.values_list("subject", flat=True))


def readers():
    with acting_as(PORTAL):
        return list(Assignment.objects.order_by("section").values_list("section", "person__name"))


# --- giving -------------------------------------------------------------------------------


def test_a_lead_gives_a_part_and_a_section_and_both_readers_are_told(initial):
    sam, ines = junior(), junior("Ines Okonjo")
    give(initial, sam)
    give(initial, ines, "J")

    assert readers() == [("", "Sam Field"), ("J", "Ines Okonjo")]
    name = initial.organisation.name
    assert told(sam) == [f"{name}: Supplier is yours to read"]
    assert told(ines) == [f"{name}: section J of Supplier is yours to read"]


def test_giving_it_on_tells_who_had_it_and_giving_it_twice_changes_nothing(initial):
    sam, ines = junior(), junior("Ines Okonjo")
    give(initial, sam)
    assert give(initial, sam).pk == give(initial, sam).pk
    assert len(told(sam)) == 1
    give(initial, ines)
    assert readers() == [("", "Ines Okonjo")]
    assert told(sam)[-1].endswith("Supplier moved to Ines Okonjo")


@pytest.mark.parametrize("body", ["BSC", "REC"])
def test_only_a_lead_gives_and_only_to_reviewers_of_the_own_body(initial, body):
    sam = junior(body=body)
    with pytest.raises(Denied, match="Only a lead"):
        give(initial, sam, lead=entry.staff_actor(sam))
    other = {"BSC": "REC", "REC": "BSC"}[body]
    with pytest.raises(Invalid, match=f"Choose a reviewer of {other}"):
        give(initial, sam, lead=initial.leads[other])
    with pytest.raises(Refused, match="no section Z"):
        give(initial, sam, "Z", lead=initial.leads[body])


def test_nothing_is_given_to_who_is_away_or_recused(initial):
    sam, ines = junior(), junior("Ines Okonjo")
    be_away(initial, sam, cover=ines)
    with pytest.raises(Invalid, match="Sam Field is away until Fri 21 Nov 2025; Ines Okonjo"):
        give(initial, sam)
    declare(initial, ines)
    with pytest.raises(Invalid, match="Ines Okonjo has a conflict"):
        give(initial, ines)


def test_the_load_counts_the_answers_of_what_is_to_be_read_once(initial):
    sam, ines, lead = junior(), junior("Ines Okonjo"), initial.leads["BSC"]
    give(initial, sam)
    with acting_as(lead):
        alone = queries.loads(lead)[sam.pk]
    give(initial, ines, "J")
    with acting_as(lead):
        shared = queries.loads(lead)
    assert 0 < shared[ines.pk] < alone
    assert shared[sam.pk] + shared[ines.pk] == alone


def test_who_has_judged_such_answers_is_known_for_it(initial):
    sam, lead = junior(), initial.leads["BSC"]
    actor, part = entry.staff_actor(sam), initial.part()
    with acting_as(actor):
        threads.raise_thread(
            part=part, question="J01", kind="COMMENT", subject="A", text="B", actor=actor,
            at=initial.tick(),
        )  # fmt: skip
    with acting_as(lead):
        on_j = {each.name: each.known for each in queries.candidates(lead, part, "J", TODAY)}
        on_h = {each.name: each.known for each in queries.candidates(lead, part, "H", TODAY)}
    assert (on_j["Sam Field"], on_h["Sam Field"]) == (1, 0)


# --- conflicts ----------------------------------------------------------------------------


def test_who_declares_a_conflict_judges_nothing_there_and_the_leads_are_told(initial):
    sam = junior()
    give(initial, sam, "J")
    declare(initial, sam)

    assert readers() == []
    lead = Person.objects.get(pk=initial.leads["BSC"].person_id)
    assert told(lead) == [f"{initial.organisation.name}: Sam Field declared a conflict of interest"]
    actor, part = entry.staff_actor(sam), initial.part()
    with acting_as(actor), pytest.raises(Denied, match="You declared a conflict of interest"):
        threads.raise_thread(
            part=part, question="J01", kind="COMMENT", subject="A", text="B", actor=actor,
            at=initial.tick(),
        )  # fmt: skip
    with acting_as(PORTAL):
        assert not Thread.objects.filter(organisation=initial.organisation).exists()


def test_a_recused_lead_approves_nothing_until_another_lead_ends_it(final):
    person = factories.make_staff("BSC")
    lead, other, part = entry.staff_actor(person), final.leads["BSC"], final.part()
    kept = declare(final, person)
    with acting_as(PORTAL):
        seen = latest_versions([part.pk])[part.pk].sha256
    with acting_as(lead), pytest.raises(Denied, match="conflict of interest"):
        approvals.approve(part=part, seen_sha256=seen, actor=lead, at=final.tick())
    with acting_as(lead), pytest.raises(Denied, match="Another lead"):
        team.end_conflict(conflict=kept, actor=lead, at=final.tick())
    with acting_as(other):
        team.end_conflict(conflict=kept, actor=other, at=final.tick())
    with acting_as(lead):
        approvals.approve(part=part, seen_sha256=seen, actor=lead, at=final.tick())


def test_a_conflict_is_with_one_organisation_only(initial):
    person, elsewhere = factories.make_staff("BSC"), b.scene()
    b.to(elsewhere, "INITIAL_SUBMITTED")
    declare(elsewhere, person)
    for here in (initial, elsewhere):
        here.leads = here.leads | {"BSC": entry.staff_actor(person)}
    assert b.raise_thread(initial).body == "BSC"
    with pytest.raises(Denied, match="conflict of interest"):
        b.raise_thread(elsewhere)


# --- days away ----------------------------------------------------------------------------


def test_days_away_are_ones_own_or_entered_by_a_lead(initial):
    sam, ines = junior(), junior("Ines Okonjo")
    with pytest.raises(Denied, match="Only a lead"):
        be_away(initial, ines, actor=entry.staff_actor(sam))
    kept = be_away(initial, sam, actor=entry.staff_actor(sam))
    assert be_away(initial, sam, actor=entry.staff_actor(sam)).pk == kept.pk
    with acting_as(entry.staff_actor(ines)), pytest.raises(Denied, match="Only a lead"):
        team.be_back(absence=kept, actor=entry.staff_actor(ines), at=initial.at)


def test_days_that_make_no_sense_are_named_at_their_fields(initial):
    sam, rec = junior(), junior("Ola", "REC")
    lead = initial.leads["BSC"]

    def wrong(person, starts, ends, cover):
        with acting_as(lead), pytest.raises(Invalid) as problem:
            team.be_away(
                person_id=person.pk, starts_on=TODAY + timedelta(days=starts),
                ends_on=TODAY + timedelta(days=ends), cover_id=cover.pk, actor=lead, at=initial.at,
            )  # fmt: skip
        return sorted(problem.value.problems)

    assert wrong(sam, 3, 2, sam) == ["cover", "ends_on"]
    assert wrong(rec, -9, -1, rec) == ["cover", "ends_on", "person"]


# --- pages --------------------------------------------------------------------------------


def test_the_queue_is_narrowed_to_mine_to_whom_i_cover_for_and_to_nobodys(initial):
    sam, ines = junior(), junior("Ines Okonjo")
    other = b.to(b.scene(), "INITIAL_SUBMITTED")
    name, unread = initial.organisation.name, other.organisation.name
    give(initial, sam)

    assert rows(signed_in(sam), f"{QUEUE}?reader=mine") == [name]
    assert rows(signed_in(ines), f"{QUEUE}?reader=mine") == []
    assert rows(signed_in(ines), f"{QUEUE}?reader=none") == [unread]
    assert "Sam Field" in words(of_lead(initial), QUEUE)
    be_away(initial, sam, cover=ines)
    assert rows(signed_in(ines), f"{QUEUE}?reader=mine") == [name]


def test_the_queue_says_where_its_reader_is_recused(initial):
    sam = junior()
    declare(initial, sam)
    assert "You are recused" in words(signed_in(sam), QUEUE)
    assert "recused" not in words(of_lead(initial), QUEUE)


def test_a_lead_gives_a_section_on_its_pages_with_the_suggestion_explained(initial):
    sam, ruth = junior(), junior("Ruth Recused")
    declare(initial, ruth)
    client, part = of_lead(initial), initial.part()
    sharing = url("sharing", initial)

    assert "Nobody yet" in words(client, sharing)
    assert "Recused Ruth Recused" in words(client, sharing)
    form = words(client, f"{url('give', initial, part.pk)}?section=J")
    assert "Suggested:" in form
    assert "Not to be chosen. Ruth Recused: declared a conflict of interest." in form
    at = f"{url('give', initial, part.pk)}?section=J"
    assert client.post(at, {}).status_code == 422
    assert client.post(at, {"person": str(ruth.pk)}).status_code == 422
    client.post(at, {"person": str(sam.pk), "because": "Knows J"})
    assert "Sam Field" in words(client, sharing)
    assert readers() == [("J", "Sam Field")]
    client.post(at, {"take": "back"})
    assert readers() == []


def test_the_team_page_shows_load_absence_and_conflicts(initial):
    sam, ines = junior(), junior("Ines Okonjo")
    give(initial, sam)
    be_away(initial, ines, cover=sam)
    client = of_lead(initial)
    page = words(client, "/desk/team/")
    assert "Sam Field covers" in page
    assert "Nobody declared one." in page
    said = {"reason": "My sister works there."}
    signed_in(sam).post(url("conflict", initial), said)
    page = words(client, "/desk/team/")
    assert "My sister works there." in page
    with acting_as(PORTAL):
        key = Conflict.objects.get().pk
    client.post(url("conflict", initial), {"end": str(key)})
    assert "Nobody declared one." in words(client, "/desk/team/")


def test_days_away_are_entered_and_taken_out_on_their_pages(initial):
    sam = junior()
    client = signed_in(sam)
    empty = client.post("/desk/team/away/", {"person": str(sam.pk)})
    assert empty.status_code == 422
    said = {"person": str(sam.pk), "cover": ""}
    for name, on in (("starts_on", TODAY), ("ends_on", TODAY + timedelta(days=2))):
        said |= {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}
    assert client.post("/desk/team/away/", said).status_code == 302
    with acting_as(PORTAL):
        key = queries.Absence.objects.get().pk
    assert "Take these days out" in words(client, f"/desk/team/away/{key}/")
    client.post(f"/desk/team/away/{key}/")
    assert "Nobody is going to be away." in words(client, "/desk/team/")


def test_no_participant_no_other_body_and_no_other_duty_sees_it(initial):
    sam = junior()
    give(initial, sam)
    part = initial.part()
    pages = ["/desk/team/", "/desk/team/away/", url("sharing", initial), url("conflict", initial),
             url("give", initial, part.pk)]  # fmt: skip
    member = of_member(initial.organisation)
    assert {member.get(each).status_code for each in pages} <= {403, 404}
    assert of_staff("BSC", "PLANNER").get("/desk/team/").status_code == 403
    assert of_staff("MHHSP", "LEAD").get(url("sharing", initial)).status_code == 403
    assert "Sam Field" not in words(of_lead(initial, "REC"), place(initial, "team/"))
    assert signed_in(sam).get(url("give", initial, part.pk)).status_code == 403


def test_the_pages_ask_the_same_for_few_and_for_many(initial, django_assert_num_queries):
    client, part = of_lead(initial), initial.part()
    places = ["/desk/team/", url("sharing", initial), url("give", initial, part.pk), QUEUE]
    sam = junior()
    give(initial, sam)
    few = []
    for each in places:
        client.get(each)
        with django_assert_num_queries(12, exact=False) as seen:
            client.get(each)
        few.append(len(seen))
    for number in range(30):
        give(initial, junior(f"Reader {number}"), "HJ"[number % 2])
        declare(initial, junior(f"Recused {number}"))
    for each, count in zip(places, few, strict=True):
        with django_assert_num_queries(count):
            client.get(each)
