"""Inviting, limiting and disabling people; never the last admin (R2 to R5, R12, QA&P 10.3)."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from foundation.audit.models import AuditEvent
from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import NOBODY, PORTAL, Actor, ActorKind
from participants import entry, grants, queries
from participants.models import AreaGrant, Membership, Person
from participants.services import people
from tests import factories
from tests.factories import NOON, PASSWORD

VISITOR = Actor(kind=ActorKind.GATE, person_id=NOBODY, name="a visitor")


def invite(actor, organisation, email="tom@fennmoor.example", **flags):
    with acting_as(actor):
        return people.invite(
            organisation=organisation,
            email=email,
            name="Tom Elsworth",
            actor=actor,
            at=NOON,
            **flags,
        )


def accept(invitation, token, actor=VISITOR, password=PASSWORD, at=NOON):
    with acting_as(PORTAL):
        return people.accept(
            invitation=invitation, token=token, name="", password=password, actor=actor, at=at
        )


def disable(actor, membership, active=False):
    with acting_as(actor):
        return people.set_active(membership=membership, active=active, actor=actor, at=NOON)


def as_portal(rows):
    with acting_as(PORTAL):
        return list(rows())


@pytest.mark.django_db
def test_r02_staff_of_a_code_body_set_up_the_master_admin_with_the_organisation():
    lead, organisation = factories.staff_actor("BSC", "LEAD"), factories.make_organisation()

    invitation, token = invite(lead, organisation, is_master_admin=True)
    member = accept(invitation, token)

    assert (member.is_master_admin, member.is_author) == (True, True)
    assert member.person.check_password(PASSWORD)


@pytest.mark.django_db
def test_r05_staff_invite_nobody_but_master_admins():
    lead, organisation = factories.staff_actor("BSC", "LEAD"), factories.make_organisation()

    with pytest.raises(Denied, match="master admin"):
        invite(lead, organisation, is_author=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "flags",
    [
        {"is_master_admin": False},
        {"is_master_admin": False, "is_author": False, "is_director": True},
        {"is_master_admin": False, "is_author": False, "is_delegate": True},
    ],
)
def test_r05_only_a_master_admin_invites(flags):
    organisation = factories.make_organisation()
    actor = factories.member_actor(organisation, **flags)

    with pytest.raises(Denied):
        invite(actor, organisation)


@pytest.mark.django_db
def test_r05_a_master_admin_has_no_say_in_another_organisation():
    admin = factories.member_actor(factories.make_organisation())
    other = factories.make_organisation()
    theirs = factories.make_member(other)

    with pytest.raises(other.DoesNotExist):
        invite(admin, other)
    with acting_as(admin), pytest.raises(other.DoesNotExist):
        people.set_active(membership=theirs, active=False, actor=admin, at=NOON)


@pytest.mark.django_db
def test_an_address_is_invited_once_at_a_time_and_never_when_it_is_here_already():
    organisation = factories.make_organisation()
    member = factories.make_member(organisation)
    admin = entry.member_actor(member)
    invite(admin, organisation)

    with pytest.raises(Refused, match="again"):
        invite(admin, organisation, email="TOM@fennmoor.example")
    with pytest.raises(Refused, match="place here already"):
        invite(admin, organisation, email=member.person.email.upper())


@pytest.mark.django_db
def test_an_invitation_for_nothing_is_sent_back():
    organisation = factories.make_organisation()

    with pytest.raises(Invalid):
        invite(factories.member_actor(organisation), organisation, is_author=False)


@pytest.mark.django_db
def test_the_secret_of_an_invitation_is_mailed_and_only_its_hash_is_kept():
    organisation = factories.make_organisation()

    invitation, token = invite(factories.member_actor(organisation), organisation)

    [notice] = as_portal(lambda: Notice.objects.filter(kind="invitation"))
    assert notice.email == invitation.email
    assert notice.path == f"/invitations/{invitation.pk}/{token}/"
    assert token not in invitation.token_hash
    assert not [e for e in as_portal(AuditEvent.objects.all) if token in e.payload]


@pytest.mark.django_db
def test_the_mail_says_as_what_somebody_is_invited():
    organisation = factories.make_organisation()
    admin = factories.member_actor(organisation)
    invite(admin, organisation, is_author=False, is_director=True)

    with acting_as(PORTAL):
        text = Notice.objects.get(kind="invitation").text

    assert f"to work for {organisation.name} in the QAD Portal, as company director" in text


@pytest.mark.django_db
@pytest.mark.parametrize("trouble", ["used", "withdrawn", "ran out", "wrong", "sent again"])
def test_an_invitation_works_once_in_time_and_with_its_own_secret(trouble):
    organisation = factories.make_organisation()
    admin = factories.member_actor(organisation)
    invitation, token = invite(admin, organisation)
    at = NOON
    if trouble == "used":
        accept(invitation, token)
    if trouble == "withdrawn":
        with acting_as(admin):
            people.withdraw_invitation(invitation=invitation, actor=admin, at=NOON)
    if trouble == "ran out":
        at = NOON + people.INVITATION_LASTS
    if trouble == "wrong":
        token = "x" * len(token)
    if trouble == "sent again":
        with acting_as(admin):
            people.invite_again(invitation=invitation, actor=admin, at=NOON)

    with pytest.raises(Refused):
        accept(invitation, token, at=at)

    count = 2 if trouble == "used" else 1
    assert len(as_portal(Membership.objects.all)) == count


@pytest.mark.django_db
def test_an_invitation_works_until_the_last_instant_of_its_time():
    organisation = factories.make_organisation()
    invitation, token = invite(factories.member_actor(organisation), organisation)

    member = accept(
        invitation, token, at=NOON + people.INVITATION_LASTS - timedelta(microseconds=1)
    )

    assert member.organisation_id == organisation.pk


@pytest.mark.django_db
def test_who_has_an_account_takes_a_place_up_only_when_signed_in_with_it():
    organisation = factories.make_organisation()
    known = factories.make_person("Tom Elsworth")
    invitation, token = invite(
        factories.member_actor(organisation), organisation, email=known.email.upper()
    )

    with pytest.raises(Refused, match="Sign in"):
        accept(invitation, token)
    with pytest.raises(Refused, match="Sign in"):
        accept(invitation, token, actor=entry.gate_actor(factories.make_person()))
    member = accept(invitation, token, actor=entry.gate_actor(known), password="ignored")

    assert member.person == known
    assert Person(password=known.password).check_password(PASSWORD)


@pytest.mark.django_db
def test_a_staff_account_takes_no_place_in_an_organisation():
    organisation = factories.make_organisation()
    admin = factories.member_actor(organisation)
    with pytest.raises(Refused, match="staff account"):
        invite(admin, organisation, email=factories.make_staff().email.upper())

    later = factories.make_person()
    invitation, token = invite(admin, organisation, email=later.email)
    with acting_as(PORTAL):
        Person.objects.filter(pk=later.pk).update(body="BSC")
    with pytest.raises(Refused, match="staff account"):
        accept(invitation, token, actor=entry.gate_actor(later))


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["short", "password1234", "tomelsworthfennmoor"])
def test_a_new_account_gets_no_weak_password(password):
    organisation = factories.make_organisation()
    invitation, token = invite(
        factories.member_actor(organisation), organisation, email="tomelsworth@fennmoor.example"
    )

    with pytest.raises(Invalid) as problem:
        accept(invitation, token, password=password)

    assert "password" in problem.value.problems
    assert not as_portal(lambda: Person.objects.filter(email__startswith="tomelsworth"))


@pytest.mark.django_db
def test_joining_is_told_to_the_master_admins_and_stands_in_the_trail_under_the_joiners_name():
    organisation = factories.make_organisation()
    member = factories.make_member(organisation)
    invitation, token = invite(entry.member_actor(member), organisation)

    accept(invitation, token)

    told = as_portal(lambda: Notice.objects.filter(kind="membership"))
    assert [notice.person_id for notice in told] == [member.person_id]
    [event] = as_portal(lambda: AuditEvent.objects.filter(action="membership.created"))
    assert event.actor_name == "Tom Elsworth"


@pytest.mark.django_db
def test_r12_the_last_active_master_admin_cannot_be_disabled():
    organisation = factories.make_organisation()
    admin = factories.make_member(organisation)
    factories.make_member(organisation, is_master_admin=False)

    with pytest.raises(Refused, match="at least one master admin"):
        disable(entry.member_actor(admin), admin)

    assert as_portal(lambda: Membership.objects.filter(pk=admin.pk, is_active=True))


@pytest.mark.django_db
def test_r12_the_last_active_master_admin_cannot_be_made_something_else():
    organisation = factories.make_organisation()
    admin = factories.make_member(organisation)
    actor = entry.member_actor(admin)

    with acting_as(actor), pytest.raises(Refused):
        people.change_membership(membership=admin, is_master_admin=False, actor=actor, at=NOON)


@pytest.mark.django_db
def test_r12_a_disabled_admin_or_a_closed_account_does_not_count():
    organisation = factories.make_organisation()
    admin, second = factories.make_member(organisation), factories.make_member(organisation)
    actor = entry.member_actor(admin)
    with acting_as(PORTAL):
        Person.objects.filter(pk=second.person_id).update(is_active=False)

    with pytest.raises(Refused):
        disable(actor, admin)


@pytest.mark.django_db
def test_an_admin_may_go_when_another_stays():
    organisation = factories.make_organisation()
    admin, _ = factories.make_member(organisation), factories.make_member(organisation)

    gone = disable(entry.member_actor(admin), admin)

    assert (gone.is_active, gone.disabled_at) == (False, NOON)
    events = as_portal(lambda: AuditEvent.objects.filter(action="membership.disabled"))
    assert [event.object_id for event in events] == [str(admin.pk)]


def test_r12_of_two_admins_who_disable_each_other_at_once_one_stays(committed):
    organisation = factories.make_organisation()
    pair = [factories.make_member(organisation), factories.make_member(organisation)]
    gate, outcomes = threading.Barrier(2), []

    def attempt(actor, target):
        try:
            with acting_as(actor):
                gate.wait(timeout=10)
                people.set_active(membership=target, active=False, actor=actor, at=NOON)
            outcomes.append("disabled")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    jobs = [
        threading.Thread(target=attempt, args=(entry.member_actor(pair[n]), pair[1 - n]))
        for n in (0, 1)
    ]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join(timeout=30)

    assert sorted(outcomes) == ["disabled", "refused"]
    with acting_as(PORTAL):
        assert queries.active_admins(organisation.pk) == 1


@pytest.mark.django_db
def test_a_member_is_limited_to_areas_and_freed_again():
    organisation = factories.make_organisation()
    held = factories.make_qualification(organisation)
    admin = factories.member_actor(organisation)
    author = factories.make_member(organisation, is_master_admin=False)

    with acting_as(admin):
        areas = [
            people.ensure_area(organisation_id=organisation.pk, qualification=part, section=section)
            for part, section in ((None, "A"), (held, "H"))
        ]
        limited = people.change_membership(membership=author, areas=areas, actor=admin, at=NOON)
        writes = grants.writable_sections(entry.member_actor(limited))
        freed = people.change_membership(membership=author, areas=[], actor=admin, at=NOON)

    assert writes == {(None, "A"), (held.pk, "H")}
    assert (limited.is_limited, freed.is_limited) == (True, False)
    assert grants.writable_sections(entry.member_actor(freed)) is None


@pytest.mark.django_db
def test_joining_a_second_organisation_leaves_the_limits_in_the_first_alone():
    first, second = factories.make_organisation(), factories.make_organisation()
    admin = factories.member_actor(first)
    author = factories.make_member(first, is_master_admin=False)
    with acting_as(admin):
        area = people.ensure_area(organisation_id=first.pk, qualification=None, section="A")
        people.change_membership(membership=author, areas=[area], actor=admin, at=NOON)
    invitation, token = invite(factories.member_actor(second), second, email=author.person.email)

    accept(invitation, token, actor=entry.gate_actor(author.person))

    with acting_as(PORTAL):
        assert AreaGrant.objects.filter(user=author.person).count() == 1


@pytest.mark.django_db
def test_what_a_membership_is_for_holds_only_known_flags():
    organisation = factories.make_organisation()
    member = factories.make_member(organisation)
    actor = entry.member_actor(member)

    with acting_as(actor):
        with pytest.raises(ValueError, match="organisation_id"):
            people.change_membership(
                membership=member, organisation_id=NOBODY, actor=actor, at=NOON
            )
        with pytest.raises(Invalid):
            people.change_membership(
                membership=member, is_author=False, is_master_admin=False, actor=actor, at=NOON
            )


@pytest.mark.django_db
def test_no_mail_leaves_before_the_transaction_stands():
    organisation = factories.make_organisation()

    invite(factories.member_actor(organisation), organisation)

    assert mail.outbox == []
