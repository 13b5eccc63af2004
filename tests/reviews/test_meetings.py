"""The BSC PAB's meetings: planned twice a month, with an agenda, and no decision by default."""

from datetime import date, timedelta

import pytest

from foundation.clock import moments
from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Person, Qualification
from reviews.enums import MeetingState, Outcome
from reviews.models import Decision, Meeting, MeetingItem
from reviews.queries import meetings as queries
from reviews.services import decisions, meetings
from tests.reviews import builders as b
from tests.reviews.desks import of_lead, of_member, of_staff, signed_in, words
from tests.reviews.papers import many_signed, url

pytestmark = [pytest.mark.usefixtures("at_noon"), pytest.mark.django_db]


@pytest.fixture
def signed():
    return b.to(b.scene(), Status.SIGNED_OFF)


def plan(here, days=2, title="BSC PAB, meeting 333"):
    with acting_as(here.secretary):
        return meetings.plan(
            title=title, held_on=here.at.date() + timedelta(days=days), actor=here.secretary,
            at=here.at,
        )  # fmt: skip


def put(here, meeting, *held):
    held = held or here.all
    with acting_as(here.secretary):
        return meetings.put(meeting=meeting, qualifications=held, actor=here.secretary, at=here.at)


def decide(here, place, on, outcome=Outcome.APPROVED, **more):
    subject, actor = here.fresh(place), here.secretary
    with acting_as(actor):
        return decisions.record(
            qualification=subject, body="BSC", outcome=outcome, decided_on=on,
            reasons="" if outcome == Outcome.APPROVED else "More is needed.",
            minute_reference="333/03", actor=actor, at=here.tick(), **more,
        )  # fmt: skip


def agenda(meeting):
    with acting_as(PORTAL):
        rows = MeetingItem.objects.filter(meeting=meeting).order_by("position")
        return list(rows.values_list("organisation__name", "position"))


def told(here):
    with acting_as(PORTAL):
        rows = Notice.objects.filter(organisation_id=here.organisation.pk, kind="agenda")
        return sorted(set(rows.values_list("subject", flat=True)))


def secretary(here):
    return signed_in(Person.objects.get(pk=here.secretary.person_id))


# --- planning -----------------------------------------------------------------------------


def test_r116_two_meetings_a_month_are_planned_at_once_and_only_once(signed):
    assert meetings.thursdays(date(2025, 12, 9), 2) == [
        date(2025, 12, 11), date(2026, 1, 8), date(2026, 1, 22),  # the 25th is a holiday
    ]  # fmt: skip
    first, who = date(2026, 1, 31), signed.secretary
    with acting_as(who):
        made = meetings.plan_months(first=first, months=2, actor=who, at=signed.at)
        again = meetings.plan_months(first=first, months=2, actor=who, at=signed.at)
    assert [each.held_on for each in made] == [
        date(2026, 1, 8), date(2026, 1, 22), date(2026, 2, 12), date(2026, 2, 26),
    ]  # fmt: skip
    assert again == []


def test_a_meeting_is_one_a_day_on_a_day_that_is_not_over(signed):
    assert plan(signed).pk == plan(signed).pk
    with pytest.raises(Invalid, match="There is a meeting on"):
        plan(signed, title="Another")
    with pytest.raises(Invalid, match="This day is over"):
        plan(signed, days=-1)


@pytest.mark.parametrize("who", ["lead", "decision_maker", "rec", "dip", "director"])
def test_only_the_secretary_plans(signed, who):
    actor = {
        "lead": signed.leads["BSC"], "rec": signed.leads["REC"], "dip": signed.leads["DIP"],
        "decision_maker": signed.decision_maker, "director": signed.director,
    }[who]  # fmt: skip
    with acting_as(actor), pytest.raises(Denied):
        meetings.plan(title="A", held_on=signed.at.date(), actor=actor, at=signed.at)


# --- agendas ------------------------------------------------------------------------------


def test_a_signed_application_is_put_on_and_told_its_day(signed):
    meeting = plan(signed)
    put(signed, meeting)
    put(signed, meeting)

    assert agenda(meeting) == [(signed.organisation.name, 1)]
    name, when = signed.organisation.name, f"{meeting.held_on:%-d %B %Y}"
    assert told(signed) == [f"{name}: Supplier goes to the BSC PAB of {when}"]
    page = words(of_member(signed.organisation), url("decisions_of", signed))
    assert "On the agenda of BSC PAB, meeting 333" in page


def test_what_is_not_signed_or_not_the_boards_stays_off(signed):
    meeting, early = plan(signed), b.to(b.scene(), Status.FINAL_SUBMITTED)
    metering = b.to(b.scene("MEM_ADV"), Status.SIGNED_OFF)
    with pytest.raises(Refused) as problem:
        put(signed, meeting, *signed.all, *early.all, *metering.all)
    assert sorted(reason.split(": ")[1] for reason in problem.value.reasons) == [
        "not decided by the BSC PAB.", "not signed.",
    ]  # fmt: skip
    assert agenda(meeting) == []


def test_r14_a_trio_goes_on_and_leaves_together(signed):
    network, meeting = b.to(b.scene("LDSO"), Status.SIGNED_OFF), plan(signed)
    put(signed, meeting, network.fresh())
    governed = agenda(meeting)
    assert len(governed) == 3
    keys = {network.ids[0]: None}
    with acting_as(signed.secretary):
        meetings.arrange(
            meeting=meeting, places=keys, because="Its report is late.", actor=signed.secretary,
            at=signed.at,
        )  # fmt: skip
    assert agenda(meeting) == []


def test_put_on_another_agenda_an_application_moves(signed):
    first, second = plan(signed), plan(signed, days=9, title="Meeting 334")
    put(signed, first)
    put(signed, second)
    assert agenda(first) == []
    assert agenda(second) == [(signed.organisation.name, 1)]


def test_taking_off_and_cancelling_need_a_reason_that_the_applicant_reads(signed):
    meeting, who = plan(signed), signed.secretary
    put(signed, meeting)
    with acting_as(who), pytest.raises(Invalid, match="Say why"):
        meetings.arrange(meeting=meeting, places={signed.ids[0]: None}, actor=who, at=signed.at)
    with acting_as(who), pytest.raises(Invalid, match="Say why"):
        meetings.cancel(meeting=meeting, because=" ", actor=who, at=signed.at)
    with acting_as(who):
        meetings.cancel(meeting=meeting, because="No quorum.", actor=who, at=signed.tick())
    assert agenda(meeting) == []
    assert any("does not go to the BSC PAB" in each for each in told(signed))
    with pytest.raises(Refused, match="is cancelled"):
        put(signed, meeting)


def test_a_meeting_that_moves_tells_its_applicants_the_new_day(signed):
    meeting, who = plan(signed), signed.secretary
    put(signed, meeting)
    later = meeting.held_on + timedelta(days=7)
    with acting_as(who):
        meetings.change(
            meeting=meeting, title=meeting.title, held_on=later, actor=who, at=signed.tick()
        )
    assert any(each.endswith(f"{later:%-d %B %Y}") for each in told(signed))


# --- decisions ----------------------------------------------------------------------------


def test_a_decision_of_its_day_is_the_meetings_with_votes_as_minuted(signed):
    b.make_ready(signed)
    meeting = plan(signed, days=0)
    put(signed, meeting)
    vote = decisions.Vote(in_favour=7, against=1, interests="One member left the room.")
    made = decide(signed, 0, meeting.held_on, vote=vote)
    assert (made.meeting_id, made.votes_for, made.abstained) == (meeting.pk, 7, None)
    page = words(secretary(signed), f"/desk/decisions/{signed.ids[0]}/")
    assert "7 for, 1 against" in page
    assert "One member left the room." in page
    rec = words(of_lead(signed, "REC"), f"/desk/decisions/{signed.ids[0]}/")
    assert "One member left the room." not in rec


def test_a_meeting_is_not_held_before_its_day_nor_with_anything_undecided(signed):
    meeting, who = plan(signed, days=0), signed.secretary
    put(signed, meeting)
    with acting_as(who), pytest.raises(Refused, match="no decision of this meeting is recorded"):
        meetings.close(meeting=meeting, actor=who, at=signed.at)
    decide(signed, 0, meeting.held_on, Outcome.DEFERRED)
    with acting_as(who):
        assert meetings.close(meeting=meeting, actor=who, at=signed.at).status == MeetingState.HELD
    ahead = plan(signed, days=3, title="Meeting 334")
    with acting_as(who), pytest.raises(Refused, match="The meeting is on"):
        meetings.close(meeting=ahead, actor=who, at=signed.at)


def test_what_was_deferred_can_stand_on_the_next_agenda_and_what_was_decided_cannot(signed):
    meeting, later = plan(signed, days=0), plan(signed, days=9, title="Meeting 334")
    put(signed, meeting)
    decide(signed, 0, meeting.held_on, Outcome.DEFERRED)
    assert len(put(signed, later)) == 1
    with acting_as(PORTAL):
        Decision.objects.update(outcome=Outcome.APPROVED)
        MeetingItem.objects.filter(meeting=later).delete()
    with pytest.raises(Refused, match="decided already"):
        put(signed, later)


# --- pages --------------------------------------------------------------------------------


def test_the_secretary_goes_the_whole_way_on_the_pages(signed):
    client = secretary(signed)
    on = signed.at.date()
    day = {"held_on_0": on.day, "held_on_1": on.month, "held_on_2": on.year}
    assert "No meeting is planned." in words(client, "/desk/meetings/")
    assert client.post("/desk/meetings/new/", {"title": "Meeting 333"}).status_code == 422
    client.post("/desk/meetings/new/", {"title": "Meeting 333", **day})
    with acting_as(PORTAL):
        at = f"/desk/meetings/{Meeting.objects.get().pk}/"
    assert "Nothing stands on the agenda." in words(client, at)
    assert client.post(f"{at}put/", {}).status_code == 422
    assert client.post(f"{at}put/", {"applications": ["none"]}).status_code == 422
    client.post(f"{at}put/", {"applications": [str(signed.ids[0])]})
    page = words(client, at)
    assert signed.organisation.name in page
    assert "None recorded" in page
    assert "Nothing else is signed." in words(client, f"{at}put/")
    b.make_ready(signed)
    refused = client.post(f"{at}held/")
    assert refused.status_code == 409
    decide(signed, 0, on)
    with moments.at(signed.at):
        assert client.post(f"{at}held/").status_code == 302
    assert "Held on" in words(client, at)
    assert "Meeting 333" in words(client, "/desk/meetings/?show=past")


def test_the_pages_are_the_bscs_and_its_secretary_acts(signed):
    meeting = plan(signed)
    at = f"/desk/meetings/{meeting.pk}/"
    assert of_lead(signed).get(at).status_code == 200
    assert "Put applications on" not in words(of_lead(signed), at)
    assert of_lead(signed).get(f"{at}put/").status_code == 403
    for client in (of_lead(signed, "REC"), of_member(signed.organisation),
                   of_staff("BSC", "PLANNER")):  # fmt: skip
        assert client.get("/desk/meetings/").status_code == 403
        assert client.get(at).status_code == 403


def test_the_pages_ask_the_same_for_one_and_for_forty(signed, django_assert_num_queries):
    meeting, client = plan(signed), secretary(signed)
    put(signed, meeting)
    places = [
        "/desk/meetings/",
        f"/desk/meetings/{meeting.pk}/",
        f"/desk/meetings/{meeting.pk}/put/",
    ]
    few = []
    for each in places:
        client.get(each)
        with django_assert_num_queries(12, exact=False) as seen:
            client.get(each)
        few.append(len(seen))
    many_signed(40)
    with acting_as(PORTAL):
        held = list(Qualification.objects.filter(organisation__slug__startswith="field-"))
        MeetingItem.objects.bulk_create(
            MeetingItem(
                organisation_id=each.organisation_id, meeting=meeting, qualification=each,
                position=number, put_at=signed.at, put_by_name="Josephine",
            )
            for number, each in enumerate(held[:20], start=2)
        )  # fmt: skip
    for number in range(9):
        plan(signed, days=20 + number, title=f"Meeting {number}")
    for each, count in zip(places, few, strict=True):
        with django_assert_num_queries(count):
            client.get(each)
    with acting_as(signed.secretary):
        assert len(queries.to_put(signed.secretary, meeting)) == 20
