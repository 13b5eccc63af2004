"""The door to tenant tables: one actor, one transaction, nothing carried over."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from foundation.ids import new_id
from foundation.tenancy.acting import ContextError, acting_as, current_actor, entering, is_acting
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.models import Membership, Mpid, Organisation, Qualification, QualificationMpid
from submissions.models import Answer
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def settings_now():
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user, current_setting('app.org', true),"
            " current_setting('app.person', true)"
        )
        return cursor.fetchone()


def test_nobody_reaches_a_tenant_table():
    with pytest.raises(ContextError):
        Mpid.objects.all()
    with pytest.raises(ContextError):
        current_actor()


def test_past_the_managers_the_database_refuses_nobody_too():
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Mpid._base_manager.count()


def test_nobody_may_be_given_no_rows_at_all():
    assert list(Mpid.objects.none()) == []


def test_an_actor_cannot_be_switched_within_a_transaction():
    with acting_as(PORTAL), pytest.raises(ContextError), acting_as(PORTAL):
        pass


def test_role_and_settings_end_with_the_block():
    before = settings_now()
    actor = factories.member_actor(factories.make_organisation())

    with acting_as(actor):
        inside = settings_now()

    assert inside == ("portal_participant", str(actor.organisation_id), str(actor.person_id))
    assert settings_now()[0] == before[0]
    assert not is_acting()


def test_role_and_settings_end_with_an_error_too():
    before = settings_now()[0]

    with pytest.raises(RuntimeError), acting_as(PORTAL):
        raise RuntimeError

    assert settings_now()[0] == before
    assert not is_acting()


def test_a_lazy_queryset_read_after_the_block_is_refused_loudly():
    factories.make_mpids(factories.make_organisation())
    with acting_as(PORTAL):
        rows = Mpid.objects.all()

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        list(rows)


def test_without_an_organisation_a_participant_reaches_no_row():
    factories.make_mpids(factories.make_organisation())

    def switch(cursor):
        cursor.execute("select set_config('role', 'portal_participant', true), clock_timestamp()")
        return PORTAL, cursor.fetchone()[1]

    with (
        pytest.raises(ProgrammingError, match="no organisation in this context"),
        transaction.atomic(),
        entering(switch),
    ):
        list(Mpid._base_manager.all())


def test_a_person_enters_an_organisation_by_its_address_in_one_round_trip(
    django_assert_num_queries,
):
    member = factories.make_member(factories.make_organisation(), is_director=True)

    with (
        django_assert_num_queries(4),
        entering(  # savepoint, entering, and both of the reset
            entry.member_switch(member.person, member.organisation.slug)
        ) as actor,
    ):
        pass

    assert actor.organisation_id == member.organisation_id
    assert actor.duties == {"MASTER_ADMIN", "AUTHOR", "DIRECTOR"}


@pytest.mark.parametrize("why", ["of another", "disabled", "unknown"])
def test_without_a_living_place_nobody_enters(why):
    mine, other = factories.make_organisation(), factories.make_organisation()
    member = factories.make_member(mine)
    slug = {"of another": other.slug, "disabled": mine.slug, "unknown": "nowhere"}[why]
    if why == "disabled":
        with acting_as(PORTAL):
            Membership.objects.filter(pk=member.pk).update(is_active=False)

    with entering(entry.member_switch(member.person, slug)) as actor:
        assert actor is None
        with pytest.raises(ProgrammingError), transaction.atomic():
            list(Mpid._base_manager.all())


def test_a_row_cannot_be_written_for_another_organisation():
    mine, other = factories.make_organisation(), factories.make_organisation()
    person = factories.make_person()
    actor = factories.member_actor(mine)

    with (
        acting_as(actor),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Membership.objects.create(organisation=other, person=person, joined_at=NOON)


def test_a_row_cannot_be_moved_to_another_organisation():
    mine, other = factories.make_organisation(), factories.make_organisation()
    member = factories.make_member(mine)

    with (
        acting_as(entry.member_actor(member)),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Membership.objects.filter(pk=member.pk).update(organisation=other)


def test_a_foreign_row_can_be_neither_changed_nor_removed():
    mine, theirs = (factories.make_member(factories.make_organisation()) for _ in range(2))

    with acting_as(entry.member_actor(mine)):
        changed = Membership._base_manager.filter(pk=theirs.pk).update(is_active=False)

    assert changed == 0


def test_a_foreign_row_cannot_be_pointed_at_and_looks_like_an_absent_one():
    mine, other = factories.make_organisation(), factories.make_organisation()
    held = factories.make_qualification(mine)
    [own], [foreign] = factories.make_mpids(mine), factories.make_mpids(other)
    said = set()
    for key in (foreign.pk, new_id()):
        with acting_as(PORTAL), pytest.raises(IntegrityError) as error, transaction.atomic():
            QualificationMpid.objects.create(
                organisation=mine, qualification=held, mpid_id=key, role="SUPPLIER"
            )
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        said.add(type(error.value.__cause__).__name__)

    assert said == {"ForeignKeyViolation"}
    assert own.organisation_id == mine.pk


def test_bodies_never_read_the_living_answers():
    actor = factories.staff_actor("BSC", "LEAD")

    with (
        acting_as(actor),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        list(Answer.objects.all())


def test_a_participant_neither_makes_qualifications_nor_organisations():
    mine = factories.make_organisation()
    actor = factories.member_actor(mine)

    for make in (
        lambda: Qualification.objects.create(
            organisation=mine,
            role="SUPPLIER",
            route="QT_WAVE_1",
            status_since=NOON,
            created_at=NOON,
        ),
        lambda: Organisation.objects.create(
            slug="x", name="x", legal_name="x", created_at=NOON, created_by_body="BSC"
        ),
    ):
        with acting_as(actor), pytest.raises(ProgrammingError), transaction.atomic():
            make()


def test_a_participant_sees_its_colleagues_and_the_bodies_staff_and_no_other_person():
    mine, other = factories.make_organisation(), factories.make_organisation()
    member = factories.make_member(mine)
    colleague = factories.make_member(mine)
    stranger = factories.make_member(other)
    staff = factories.make_staff()

    with acting_as(entry.member_actor(member)):
        seen = set(type(staff).objects.values_list("pk", flat=True))

    assert seen == {member.person_id, colleague.person_id, staff.pk}
    assert stranger.person_id not in seen


def test_before_an_organisation_is_chosen_a_person_sees_itself_and_its_places():
    mine, other = factories.make_organisation(), factories.make_organisation()
    member = factories.make_member(mine)
    factories.make_member(other)

    with acting_as(entry.gate_actor(member.person)):
        assert [person.pk for person in type(member.person).objects.all()] == [member.person_id]
        assert [row.pk for row in Membership.objects.all()] == [member.pk]
        assert [row.pk for row in Organisation.objects.all()] == [mine.pk]
