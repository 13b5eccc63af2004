"""Where each person comes in: what next, by when, who waits for whom."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from foundation.clock import moments
from foundation.clock.words import days_gone
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.models import Membership
from participants.services import people
from reviews.models import DelegationLetter
from tests import factories
from tests.factories import NOON
from tests.reviews import builders
from tests.statements import statements
from tests.submissions import builders as qads
from waves.services import clocks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def reference(db):
    qads.publish_reference_data()


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def page_of(member, at=NOON):
    with moments.at(at):
        answer = signed_in(member.person).get(f"/o/{member.organisation.slug}/")
    assert answer.status_code == 200
    return answer.content.decode()


def set_up(role="SUPPLIER", route="QT_WAVE_2", **flags):
    organisation = factories.make_organisation("Fennmoor Energy")
    held = factories.make_qualification(organisation, role, route)
    member = factories.make_member(organisation, **flags)
    with acting_as(PORTAL), moments.at(NOON):
        clocks.sync(qualification=held, actor=PORTAL, at=NOON)
    return member, held


def test_a_person_of_one_organisation_is_led_there():
    member = factories.make_member(factories.make_organisation())

    assert signed_in(member.person).get("/").headers["Location"] == (
        f"/o/{member.organisation.slug}/"
    )


def test_a_person_of_several_chooses_and_finds_back():
    member = factories.make_member(factories.make_organisation("Fennmoor Energy"))
    second = factories.make_organisation("Hollin Bank")
    with acting_as(PORTAL):
        Membership.objects.create(organisation=second, person=member.person, joined_at=NOON)
    client = signed_in(member.person)

    page = client.get("/", follow=True).content.decode()

    assert "Fennmoor Energy" in page and "Hollin Bank" in page
    assert 'href="/places/"' in client.get(f"/o/{second.slug}/people/").content.decode()


def test_a_person_without_a_place_is_told_so():
    page = signed_in(factories.make_person()).get("/", follow=True).content.decode()

    assert "no place in an organisation" in page


def test_staff_are_led_to_their_desk():
    assert signed_in(factories.make_staff()).get("/").headers["Location"].startswith("/desk/")


def test_before_anything_is_opened_the_page_says_who_opens_it():
    member = factories.make_member(factories.make_organisation())

    assert "A code body adds the market roles" in page_of(member)


def test_the_first_sentence_is_the_next_date_that_is_ones_own():
    member, _ = set_up()

    in_time = page_of(member, datetime(2025, 9, 2, 9, 0, tzinfo=UTC))
    late = page_of(member)

    assert "Submit your Initial QAD for Supplier by" in in_time
    assert "Friday 12 September" in in_time
    assert "days left" in in_time
    assert "Overdue by 67 days" in late


def test_what_is_to_be_written_stands_by_question_and_leads_there():
    member, held = set_up()
    qads.open_qad(member.organisation, entry.member_actor(member))

    page = page_of(member)

    part = qads.part_of(member.organisation, held)
    organisation_part = qads.part_of(member.organisation)
    assert "are not ready" in page
    assert "Not answered" in page
    assert f"/qad/{organisation_part.pk}/" in page or f"/qad/{part.pk}/" in page


def test_when_everything_is_ready_the_next_step_is_to_check_and_submit():
    member, held = set_up()
    actor = entry.member_actor(member)
    qads.open_qad(member.organisation, actor)
    qads.answer_everything(member.organisation, actor)

    page = page_of(member)

    assert "Every answer is ready" in page
    assert f"/qad/{held.pk}/check/" in page


def test_the_page_says_who_waits_for_whom_and_since_when():
    here = builders.scene(route="QT_WAVE_2")
    builders.to(here, "FINAL_REVIEW")
    builders.raise_thread(here, "BSC", "COMMENT")
    builders.raise_thread(here, "REC", "FINDING", question="J08")
    with acting_as(PORTAL):
        member = Membership.objects.select_related("person", "organisation").get(
            person_id=here.admin.person_id
        )

    page = page_of(member, here.at + timedelta(days=5))

    waits = page.split("Who waits for whom")[1]
    assert "They wait for you" in waits and "You wait for them" in waits
    assert "Your reply on H03" in waits
    assert "5 days" in waits
    assert "Propose an action plan for REC finding" in page


def test_a_director_gets_one_sentence_and_one_button():
    here = builders.scene()
    builders.to(here, "CONTENT_AGREED")
    with acting_as(PORTAL):
        member = Membership.objects.select_related("person", "organisation").get(
            person_id=here.director.person_id
        )

    page = page_of(member, here.at)

    assert "Sign the Final QAD for Supplier" in page
    assert f"/sign-off/{here.qualification.pk}/" in page
    assert "Continue with" not in page


def test_a_director_with_nothing_to_sign_is_told_what_is_awaited():
    member, _ = set_up(is_master_admin=False, is_author=False, is_director=True)

    assert "Nothing to sign yet" in page_of(member)


def test_once_qualified_the_page_says_so():
    here = builders.scene()
    builders.to(here, "QUALIFIED")
    with acting_as(PORTAL):
        member = Membership.objects.select_related("person", "organisation").get(
            person_id=here.admin.person_id
        )

    assert "You are MHHS Qualified as Supplier." in page_of(member, here.at)


def test_what_others_did_since_the_last_visit_is_news_and_ones_own_is_not():
    member, held = set_up()
    with moments.at(NOON):
        client = signed_in(member.person)
        client.post("/accounts/logout/")
    colleague = factories.member_actor(member.organisation, name="Tom Elsworth")
    later = NOON + timedelta(hours=2)
    qads.open_qad(member.organisation, colleague, later)
    with moments.at(later + timedelta(hours=1)):
        page = signed_in(member.person).get(f"/o/{member.organisation.slug}/").content.decode()

    assert "Since you were last here" in page
    assert "Tom Elsworth: " in page.split("Since you were last here")[1]


@pytest.mark.parametrize("role", ["SUPPLIER", "LDSO"])
def test_the_home_page_takes_the_same_statements_however_much_there_is(role):
    here = builders.scene(role, "QT_WAVE_2" if role == "SUPPLIER" else "NON_SIT_LDSO_M10")
    qads.open_qad(here.organisation, here.admin)
    with acting_as(PORTAL):
        member = Membership.objects.select_related("person", "organisation").get(
            person_id=here.admin.person_id
        )
    client = signed_in(member.person)
    url = f"/o/{member.organisation.slug}/"
    client.get(url)
    _, before = statements(client.get, url)

    builders.to(here, "FINAL_REVIEW")
    for question in ("H03", "J03", "D05"):
        builders.raise_thread(here, "BSC", "COMMENT", question=question)
    client.get(url)
    _, after = statements(client.get, url)

    assert len(after) == len(before) == 6


def test_staff_who_open_an_organisations_address_come_to_its_page():
    organisation = factories.make_organisation()
    factories.make_qualification(organisation)
    answer = signed_in(factories.make_staff()).get(f"/o/{organisation.slug}/")

    assert answer.headers["Location"] == f"/o/{organisation.slug}/organisation/"


# --- authors of single sections, and who signs


def limited_to(organisation, held, admin, *sections):
    """Return a member who writes some sections of the organisation's part alone."""
    member = factories.make_member(organisation, name="Callum Reyes", is_master_admin=False)
    with acting_as(admin):
        areas = [
            people.ensure_area(organisation_id=organisation.pk, qualification=None, section=section)
            for section in sections
        ]
        people.change_membership(membership=member, areas=areas, actor=admin, at=NOON)
    with acting_as(PORTAL):
        return Membership.objects.select_related("person", "organisation").get(pk=member.pk)


def test_a_limited_author_is_told_of_its_own_sections_and_never_to_submit():
    admin, held = set_up()
    actor = entry.member_actor(admin)
    qads.open_qad(admin.organisation, actor)
    member = limited_to(admin.organisation, held, actor, "E", "F")

    page = page_of(member)

    assert "Finish your sections E and F for Supplier by" in page
    assert "A master admin, or an author of all sections, submits the QAD." in page
    assert "Submit your" not in page
    assert "Author of sections E and F" in page
    codes = set(re.findall(r'<span class="id">(\w+)</span>', page))
    assert codes and {code[0] for code in codes} <= {"E", "F"}


def test_a_limited_author_whose_sections_are_ready_has_nothing_to_do():
    admin, held = set_up()
    actor = entry.member_actor(admin)
    qads.open_qad(admin.organisation, actor)
    qads.answer_everything(admin.organisation, actor)
    some = limited_to(admin.organisation, held, actor, "E")

    assert "Nothing in your section E is yours to do now." in page_of(some)


def test_a_delegate_is_led_to_what_a_letter_lets_them_sign():
    here = builders.scene("SUPPLIER", "QT_WAVE_3")
    builders.add_role(here, "MEM_SMART")
    builders.to(here, "CONTENT_AGREED")
    with acting_as(PORTAL):
        Membership.objects.filter(pk=here.delegate_membership.pk).update(
            is_author=False, is_delegate=True
        )
        member = Membership.objects.select_related("person", "organisation").get(
            pk=here.delegate_membership.pk
        )
    before = page_of(member, here.at)
    with acting_as(PORTAL):
        DelegationLetter.objects.create(
            organisation=here.organisation, qualification_id=here.ids[1],
            delegate_id=member.person_id, delegate_name="Tom Ellery", status="ACCEPTED",
            drafted_at=here.at,
        )  # fmt: skip

    after = page_of(member, here.at)

    assert "Nothing is yours to sign now." in before
    assert "Sign the Final QAD for MEM Smart" in after
    assert f"/sign-off/{here.ids[1]}/" in after


def test_a_master_admin_is_not_told_to_sign_what_a_director_signs():
    here = builders.scene()
    builders.to(here, "CONTENT_AGREED")
    with acting_as(PORTAL):
        member = Membership.objects.select_related("person", "organisation").get(
            person_id=here.admin.person_id
        )

    page = page_of(member, here.at)

    assert "Sign off your QAD" not in page
    assert "Waits for a director" in page


def test_a_wait_is_counted_in_london_days_as_everywhere_else():
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    soon = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    summer = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)  # 00:30 of the next day in London

    assert days_gone(late, soon.date()) == 1
    assert days_gone(soon, soon.date()) == 0
    assert days_gone(summer, date(2026, 6, 2)) == 0
    assert days_gone(soon, late.date()) == 0


@pytest.mark.parametrize(
    ("role", "others", "said"),
    [
        ("SUPPLIER", [], True),
        ("SUPPLIER", [{"is_delegate": True}], True),  # a delegate signs under the REC alone
        ("SUPPLIER", [{"is_director": True}], False),
        ("MEM_SMART", [{"is_delegate": True}], False),
    ],
)
def test_r105_an_admin_is_told_long_before_that_nobody_is_named_who_could_sign(role, others, said):
    member, _ = set_up(role)
    for flags in others:
        factories.make_member(member.organisation, name="Tom", is_master_admin=False, **flags)

    page = page_of(member)

    assert ("Nobody could sign" in page) is said
    assert ("Name who signs the QAD" in page) is said
    assert ("A master admin names a company director under People." in page) is said
