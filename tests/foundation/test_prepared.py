"""A statement that was compiled once answers each actor and each value as if written for them."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.tenancy.acting import ContextError, acting_as
from foundation.tenancy.actor import PORTAL, ActorKind
from foundation.tenancy.prepared import MOST, Prepared, PreparedError
from participants import queries
from participants.models import Mpid, Organisation, Person
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def codes(actor, **values):
    return Mpid.objects.filter(**values).order_by("code").values("code", "organisation_id")


@pytest.fixture
def two():
    """Two organisations with an MPID each, and a member of each."""
    found = []
    for name, code in (("Fennmoor Energy", "FENM"), ("Hollin Bank", "HOLL")):
        organisation = factories.make_organisation(name)
        factories.make_mpids(organisation, code)
        found.append(factories.member_actor(organisation))
    return found


def test_each_organisation_is_answered_with_its_own_rows(two):
    prepared = Prepared(codes)
    one, other = two
    for actor, code in ((one, "FENM"), (other, "HOLL"), (one, "FENM")):
        with acting_as(actor):
            assert prepared.rows() == [{"code": code, "organisation_id": actor.organisation_id}]
            assert prepared.rows() == list(codes(actor))


def test_the_kinds_of_actor_have_forms_of_their_own(two):
    prepared = Prepared(codes)
    with acting_as(two[0]):
        assert len(prepared.rows()) == 1
    with acting_as(PORTAL):
        assert {row["code"] for row in prepared.rows()} == {"FENM", "HOLL"}
    with acting_as(two[1]):
        assert len(prepared.rows()) == 1


def test_what_a_body_governs_follows_its_duties(two):
    with acting_as(PORTAL):
        organisation = Organisation.objects.get(pk=two[0].organisation_id)
    factories.make_qualification(organisation, "SDS")

    def held(actor):
        return queries.qualifications(actor).values("role")

    prepared = Prepared(held)
    for duties, seen in ((("LEAD",), 0), (("TEST_MANAGER",), 1), (("LEAD",), 0)):
        with acting_as(factories.staff_actor("REC", *duties)):
            assert len(prepared.rows()) == seen


def test_values_are_put_where_they_belong(two):
    prepared = Prepared(codes)
    with acting_as(PORTAL):
        for code in ("FENM", "HOLL", "NONE"):
            assert [row["code"] for row in prepared.rows(code=code)] == [
                each for each in ("FENM", "HOLL") if each == code
            ]
        for actor in two:
            found = prepared.rows(organisation_id=actor.organisation_id)
            assert [row["organisation_id"] for row in found] == [actor.organisation_id]
        assert len(prepared.rows()) == 2


def test_moments_are_values_too():
    person = factories.make_person()

    def made_after(actor, since):
        return Person.objects.filter(pk=person.pk, created_at__gt=since).values("pk")

    prepared = Prepared(made_after)
    with acting_as(PORTAL):
        assert prepared.rows(since=datetime(2025, 1, 1, tzinfo=UTC)) == [{"pk": person.pk}]
        assert prepared.rows(since=NOON) == []


def test_the_shape_chooses_the_form(two):
    prepared = Prepared(lambda actor, newest: codes(actor).order_by("-code" if newest else "code"))
    with acting_as(PORTAL):
        found = [[row["code"] for row in prepared.rows(newest)] for newest in (True, False)]

    assert found == [["HOLL", "FENM"], ["FENM", "HOLL"]]


def test_a_statement_is_compiled_once_and_asked_each_time(two):
    written = []

    def counted(actor):
        written.append(actor.kind)
        return codes(actor)

    prepared = Prepared(counted)
    with acting_as(two[0]), CaptureQueriesContext(connection) as asked:
        prepared.rows()
        prepared.rows()
    with acting_as(two[1]):
        prepared.rows()

    assert (written, len(asked)) == ([ActorKind.PARTICIPANT], 2)


def test_nobody_is_answered(two):
    prepared = Prepared(codes)
    with acting_as(two[0]):
        prepared.rows()
    with pytest.raises(ContextError):
        prepared.rows()


def test_an_id_of_the_present_question_may_not_stay_in_the_statement(two):
    own = two[0].organisation_id
    prepared = Prepared(lambda actor: Mpid.objects.filter(organisation_id=own).values("code"))

    with acting_as(two[0]), pytest.raises(PreparedError, match="stands in the statement"):
        prepared.rows()


def test_a_value_that_is_changed_on_its_way_is_refused(two):
    prepared = Prepared(lambda actor, code: Mpid.objects.filter(code__contains=code).values("code"))

    with acting_as(PORTAL), pytest.raises(PreparedError, match="code"):
        prepared.rows(code="FEN")


def test_an_id_of_the_actor_may_not_hide_in_a_larger_value(two):
    def wrapped(actor):
        return Mpid.objects.filter(code__contains=str(actor.person_id)).values("code")

    with acting_as(PORTAL), pytest.raises(PreparedError, match="actor.person"):
        Prepared(wrapped).rows()


def test_columns_are_named(two):
    with acting_as(PORTAL), pytest.raises(PreparedError, match="values"):
        Prepared(lambda actor: Mpid.objects.all()).rows()


def test_forms_do_not_grow_without_end(two):
    prepared = Prepared(lambda actor, number: codes(actor))
    with acting_as(two[0]):
        for number in range(MOST + 3):
            assert len(prepared.rows(number)) == 1

    assert len(prepared._forms) <= MOST
