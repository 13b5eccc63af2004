"""Staff accounts belong to one body and to named duties; never the last administrator."""

import pytest
from django.db import IntegrityError
from django.test import Client

from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry, policy
from participants.enums import Body, Duty
from participants.models import Person
from participants.roles import MEMBERS, STAFF, holds
from participants.services import staff
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def administrator(body="BSC"):
    return factories.staff_actor(body, "ADMINISTRATOR")


def add(actor, **fields):
    given = {"email": "new@bsc.example", "name": "Ines Correia", "duties": ["REVIEWER"]} | fields
    with acting_as(actor):
        return staff.add_staff(**given, actor=actor, at=NOON)


def change(actor, person, duties, is_active=True):
    with acting_as(actor):
        return staff.change_staff(
            person=person, duties=duties, is_active=is_active, actor=actor, at=NOON
        )


def test_an_administrator_opens_accounts_of_its_own_body_and_their_owners_set_the_password():
    made = add(administrator("REC"), duties=["LEAD", "REVIEWER"])

    assert (made.body, made.duties) == ("REC", ["REVIEWER", "LEAD"])
    assert not made.has_usable_password()
    with acting_as(PORTAL):
        [notice] = Notice.objects.filter(kind="staff")
    assert (notice.person_id, notice.path) == (made.pk, "/accounts/password/reset/")


def test_an_administrator_opens_no_account_of_another_body():
    with pytest.raises(Denied):
        add(administrator("REC"), body="BSC")


@pytest.mark.parametrize("duty", [duty for duty in Duty.values if duty != "ADMINISTRATOR"])
def test_no_other_duty_opens_accounts(duty):
    with pytest.raises(Denied):
        add(factories.staff_actor("BSC", duty))


@pytest.mark.parametrize("duties", [[], ["CHIEF"], ["REVIEWER", "CHIEF"]])
def test_a_staff_account_has_known_duties(duties):
    with pytest.raises(Invalid):
        add(administrator(), duties=duties)


def test_an_address_has_one_account():
    known = factories.make_person()

    with pytest.raises(Refused):
        add(administrator(), email=known.email.upper())


def test_duties_without_a_body_do_not_fit_the_table():
    with pytest.raises(IntegrityError):
        factories.make_person(duties=["LEAD"])


def test_a_body_keeps_its_last_administrator():
    actor = administrator()
    with acting_as(PORTAL):
        own = Person.objects.get(pk=actor.person_id)

    with pytest.raises(Refused, match="administrator"):
        change(actor, own, ["REVIEWER"])
    with pytest.raises(Refused, match="administrator"):
        change(actor, own, ["ADMINISTRATOR"], is_active=False)


def test_a_closed_staff_account_is_out_with_its_next_request():
    actor, colleague, client = administrator(), factories.make_staff("BSC"), Client()
    client.force_login(colleague)
    assert client.get("/desk/organisations/").status_code == 200

    change(actor, colleague, ["REVIEWER"], is_active=False)

    assert client.get("/desk/organisations/").status_code == 302


def test_duties_taken_away_end_with_the_next_request():
    actor, colleague, client = administrator(), factories.make_staff("BSC", "LEAD"), Client()
    client.force_login(colleague)
    assert client.get("/desk/organisations/new/").status_code == 200

    change(actor, colleague, ["MCC_READER"])

    assert client.get("/desk/organisations/new/").status_code == 403


def test_staff_pages_are_for_administrators_and_their_own_body():
    actor, other = administrator("BSC"), factories.make_staff("REC")
    client = Client()
    with acting_as(PORTAL):
        administrator_ = Person.objects.get(pk=actor.person_id)
    client.force_login(administrator_)

    client.post("/desk/staff/new/", {"name": "Ines", "email": "i@bsc.example", "duties": ["LEAD"]})

    page = client.get("/desk/staff/").content.decode()
    assert "i@bsc.example" in page and other.email not in page
    assert client.get(f"/desk/staff/{other.pk}/").status_code == 404
    client.force_login(other)
    assert client.get("/desk/staff/").status_code == 403


@pytest.mark.parametrize("capability", sorted(STAFF))
@pytest.mark.parametrize("body", Body.values)
@pytest.mark.parametrize("duty", Duty.values)
def test_a_capability_needs_its_body_and_its_duty(capability, body, duty):
    bodies, duties = STAFF[capability]
    actor = entry.staff_actor(Person(name="R", body=body, duties=[duty]))

    assert holds(actor, capability) == (body in bodies and duty in duties)


@pytest.mark.parametrize("capability", sorted(MEMBERS))
def test_staff_hold_nothing_by_being_somebody_elsewhere(capability):
    standings = ("MASTER_ADMIN", "AUTHOR", "DIRECTOR", "DELEGATE")
    actor = entry.staff_actor(Person(name="R", body="BSC", duties=list(standings)))

    assert not holds(actor, capability) or capability in STAFF


@pytest.mark.parametrize("capability", sorted(set(STAFF) - set(MEMBERS)))
def test_a_member_holds_nothing_that_is_for_staff(capability):
    organisation = factories.make_organisation()
    actor = factories.member_actor(organisation, is_director=True, is_delegate=True)

    assert not policy.may(actor, capability)


@pytest.mark.parametrize("capability", sorted(MEMBERS))
def test_before_an_organisation_is_chosen_nothing_may_be_done(capability):
    assert not holds(entry.gate_actor(factories.make_person()), capability)
