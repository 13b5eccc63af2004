"""Who opens organisations and qualifications, and which combinations there are (C.1, C.2)."""

from itertools import count

import pytest

from foundation.audit.models import AuditEvent
from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import policy, queries
from participants.enums import Body, Duty, Entrant, OrganisationKind, Role, Status
from participants.market_roles import MARKET_ROLES, TRIO
from participants.models import Organisation, Qualification
from participants.services import organisations as services
from submissions.models import Part
from tests import factories
from tests.factories import NOON
from waves.routes import route_objections
from waves.services import roads

pytestmark = pytest.mark.django_db
_codes = count(9000)


def create(actor, **fields):
    with acting_as(actor):
        return services.create_organisation(
            name=fields.pop("name", "Penhallow Power"),
            legal_name="Penhallow Power Ltd",
            actor=actor,
            at=NOON,
            **fields,
        )


def add(actor, organisation, role="SUPPLIER", route="QT_WAVE_3", mpids=None, **fields):
    with acting_as(actor):
        return services.add_qualification(
            organisation=organisation,
            role=role,
            route=route,
            mpids=mpids or fresh_mpids(organisation, actor),
            actor=actor,
            at=NOON,
            **fields,
        )


def fresh_mpids(organisation, actor):
    return services.add_mpids(
        organisation=organisation, codes=[f"{next(_codes)}"], actor=actor, at=NOON
    )


def events(action):
    with acting_as(PORTAL):
        return list(AuditEvent.objects.filter(action=action))


def test_r02_a_code_body_creates_the_organisation_and_the_trail_says_who():
    lead = factories.staff_actor("REC", "LEAD")

    made = create(lead)

    [event] = events("organisation.created")
    assert (event.object_id, event.actor_name, event.actor_body) == (
        str(made.pk),
        lead.name,
        "REC",
    )


@pytest.mark.parametrize("body", ["DIP", "MHHSP"])
def test_r02_no_other_body_creates_organisations(body):
    with pytest.raises(Denied):
        create(factories.staff_actor(body, "LEAD", "ADMINISTRATOR"))

    with acting_as(PORTAL):
        assert not Organisation.objects.exists()


def test_r02_a_participant_creates_no_organisation():
    with pytest.raises(Denied):
        create(factories.member_actor(factories.make_organisation()))


def test_a_second_organisation_of_the_same_name_or_number_is_refused_with_both_reasons():
    lead = factories.staff_actor("BSC", "LEAD")
    create(lead, company_number="01234567")

    with pytest.raises(Refused) as refusal:
        create(lead, name="penhallow power", company_number="01234567")

    assert len(refusal.value.reasons) == 2


def test_names_that_make_the_same_address_get_addresses_of_their_own():
    lead = factories.staff_actor("BSC", "LEAD")

    names = ("Penhallow Power", "Penhallow-Power", "日本")
    slugs = [create(lead, name=name).slug for name in names]

    assert slugs == ["penhallow-power", "penhallow-power-2", "organisation"]


def test_an_organisation_is_corrected_by_a_code_body_and_keeps_its_address():
    lead = factories.staff_actor("BSC", "LEAD")
    made = create(lead)

    with acting_as(lead):
        changed = services.change_organisation(
            organisation=made, name="Penhallow Energy", uses_dcp=True, actor=lead, at=NOON
        )

    assert (changed.name, changed.uses_dcp, changed.slug) == (
        "Penhallow Energy",
        True,
        "penhallow-power",
    )
    assert events("organisation.changed")[0].payload == '{"fields":["name","uses_dcp"]}'


def test_what_is_not_registered_of_an_organisation_cannot_be_changed():
    lead = factories.staff_actor("BSC", "LEAD")
    made = create(lead)

    with acting_as(lead), pytest.raises(ValueError, match="slug"):
        services.change_organisation(organisation=made, slug="mine", actor=lead, at=NOON)


@pytest.mark.parametrize("code", ["ABC", "ABCDE", "AB D", "ÄBCD", ""])
def test_an_mpid_has_four_letters_or_digits(code):
    lead = factories.staff_actor("BSC", "LEAD")
    made = create(lead)

    with acting_as(lead), pytest.raises(Invalid):
        services.add_mpids(organisation=made, codes=[code], actor=lead, at=NOON)


def test_an_mpid_belongs_to_one_organisation():
    lead = factories.staff_actor("BSC", "LEAD")
    factories.make_mpids(factories.make_organisation(), "ABCD")
    made = create(lead)

    with acting_as(lead), pytest.raises(Refused, match="ABCD"):
        services.add_mpids(organisation=made, codes=["abcd"], actor=lead, at=NOON)


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("body", Body.values)
def test_r07_a_body_sees_the_qualifications_of_the_roles_that_it_governs(role, body):
    organisation = factories.make_organisation()
    factories.make_qualification(organisation, role, mpids=None, route=_route_for(role))
    actor = factories.staff_actor(body, "REVIEWER")

    with acting_as(actor):
        seen = queries.qualifications(actor).filter(role=role).exists()
        known = queries.organisations(actor).filter(pk=organisation.pk).exists()

    governs = body == Body.MHHSP or body in MARKET_ROLES[role].bodies
    assert seen == governs
    assert known == (governs or role in TRIO)  # the other two of the trio may be its own


def _route_for(role):
    return "NON_SIT_LDSO_M10" if role in TRIO else "QT_WAVE_3"


@pytest.mark.parametrize("role", Role.values)
def test_r07_a_body_may_review_only_what_it_governs(role):
    held = Qualification(role=role)
    for body in ("BSC", "REC", "DIP"):
        actor = factories.staff_actor(body, "REVIEWER")
        assert policy.may(actor, "qad.review", held) == (body in MARKET_ROLES[role].bodies)


def test_r08_the_dip_manager_has_to_do_with_every_role():
    assert all("DIP" in role.bodies for role in MARKET_ROLES.values())


def test_r09_a_third_party_gets_no_qualification():
    lead = factories.staff_actor("BSC", "LEAD")
    third = create(lead, kind=OrganisationKind.THIRD_PARTY)

    with pytest.raises(Refused, match="third party"):
        add(lead, third)

    with acting_as(PORTAL):
        assert not Qualification.objects.exists()


DECIDING = (
    *("qad.review", "thread.raise", "thread.settle", "plan.agree", "review.complete"),
    *("part.approve", "reopen.decide", "final.open", "dip_user.confirm", "accession.record"),
    *("letter.draft", "letter.accept", "decision.record.bsc", "decision.record.rec"),
    *("organisation.create", "qualification.create", "admin.invite"),
)


@pytest.mark.parametrize("capability", DECIDING)
def test_r11_the_programme_approves_nothing_whatever_its_duties(capability):
    actor = factories.staff_actor("MHHSP", *Duty.values)

    with pytest.raises(Denied):
        policy.require(actor, capability)


def test_r13_reviewers_and_deciders_follow_from_the_role_and_are_stored_nowhere():
    columns = {field.name for field in Qualification._meta.get_fields()}

    assert not columns & {"bodies", "reviewers", "deciders", "codes"}


@pytest.mark.parametrize("asked", TRIO)
def test_r14_one_of_the_trio_opens_all_three_on_the_same_route_with_the_same_mpids(asked):
    lead = factories.staff_actor("BSC", "LEAD")
    organisation = factories.make_organisation()
    mpids = factories.make_mpids(organisation, "LDSA", "LDSB")

    made = add(lead, organisation, asked, "NON_SIT_LDSO_M10", mpids=mpids)

    assert {each.role for each in made} == set(TRIO)
    assert len({each.trio for each in made}) == 1
    assert {each.route for each in made} == {"NON_SIT_LDSO_M10"}
    with acting_as(PORTAL):
        codes = queries.mpid_codes(each.pk for each in made)
    assert set(map(tuple, codes.values())) == {("LDSA", "LDSB")}


def test_r15_smart_and_advanced_mems_are_separate_qualifications():
    lead = factories.staff_actor("REC", "LEAD")
    organisation = factories.make_organisation()
    mpids = factories.make_mpids(organisation, "MEMS")

    [smart] = add(lead, organisation, "MEM_SMART", mpids=mpids)
    [advanced] = add(lead, organisation, "MEM_ADV", mpids=mpids)

    with acting_as(PORTAL):
        Qualification.objects.filter(pk=smart.pk).update(status=Status.QUALIFIED)
        assert Qualification.objects.get(pk=advanced.pk).status == Status.INITIAL_DRAFT


def test_r16_data_retrieval_is_never_a_role_but_only_said_of_a_smart_data_service():
    lead = factories.staff_actor("BSC", "LEAD")
    organisation = factories.make_organisation()

    assert "MDR" not in Role.values
    [held] = add(lead, organisation, "SDS", retrieval="MDR")
    assert held.retrieval == "MDR"
    with pytest.raises(Refused, match="no data retrieval"):
        add(lead, organisation, "ADS", retrieval="MDR")


def test_r16_how_data_is_retrieved_can_be_said_later_and_only_of_a_smart_data_service():
    lead = factories.staff_actor("BSC", "LEAD")
    organisation = factories.make_organisation()
    [sds], [supplier] = add(lead, organisation, "SDS"), add(lead, organisation, "SUPPLIER")

    with acting_as(lead):
        changed = services.change_retrieval(
            qualification=sds, retrieval="BOTH", actor=lead, at=NOON
        )
        with pytest.raises(Refused):
            services.change_retrieval(qualification=supplier, retrieval="MDR", actor=lead, at=NOON)

    assert changed.retrieval == "BOTH"


@pytest.mark.parametrize(
    ("role", "route", "is_new", "is_open"),
    [
        ("SUPPLIER", "QT_WAVE_1", False, True),
        ("SUPPLIER", "SIT_M10_READY", False, True),
        ("SUPPLIER", "SIT_NOT_M11_READY", False, True),
        ("SUPPLIER", "NON_SIT_LDSO_M10", False, False),
        ("LDSO", "SIT_M10_READY", False, True),
        ("LDSO", "SIT_NOT_M11_READY", False, False),
        ("LDSO", "SIT_M11_READY", False, False),
        ("LDSO", "NON_SIT_LDSO_M10", False, True),
        ("LDSO", "QT_WAVE_2", False, False),
        ("LDSO", "QT_WAVE_2", True, True),
        ("MEM_SMART", "QT_WAVE_4", False, True),
    ],
)
def test_r18_a_route_is_open_to_the_roles_that_the_plan_names(role, route, is_new, is_open):
    assert (route_objections(role, route, is_new) == ()) == is_open


def test_r18_a_code_body_goes_against_the_route_only_with_a_reason_that_is_kept(timetable):
    lead = factories.staff_actor("BSC", "LEAD")
    organisation = factories.make_organisation()
    mpids = factories.make_mpids(organisation)
    asked = {
        "organisation": organisation,
        "role": "LDSO",
        "route": "QT_WAVE_2",
        "mpids": mpids,
        "actor": lead,
        "at": NOON,
    }

    with acting_as(lead):
        with pytest.raises(Refused):
            roads.open_qualification(**asked)
        made = roads.open_qualification(**asked, override_reason="Licence granted after M10.")

    assert len(made) == 3
    assert {e.because for e in events("qualification.created")} == {"Licence granted after M10."}


def test_r19_roles_of_one_organisation_may_take_different_routes():
    lead = factories.staff_actor("BSC", "LEAD")
    organisation = factories.make_organisation()

    [supplier] = add(lead, organisation, "SUPPLIER", "SIT_M10_READY")
    [sds] = add(lead, organisation, "SDS", "QT_WAVE_3")

    assert (supplier.route, sds.route) == ("SIT_M10_READY", "QT_WAVE_3")


def test_r20_an_organisation_has_one_organisation_part_however_many_roles():
    constraint = next(c for c in Part._meta.constraints if c.name == "one_part_each")

    assert constraint.fields == ("organisation", "qualification")
    assert constraint.nulls_distinct is False  # the organisation's own part: no qualification


def test_r21_each_role_has_a_state_of_its_own():
    lead = factories.staff_actor("BSC", "LEAD")
    organisation = factories.make_organisation()
    [supplier], _ = add(lead, organisation, "SUPPLIER"), add(lead, organisation, "SDS")

    with acting_as(PORTAL):
        Qualification.objects.filter(pk=supplier.pk).update(status=Status.QUALIFIED)
        states = {q.role: q.status for q in Qualification.objects.all()}

    assert states == {"SUPPLIER": Status.QUALIFIED, "SDS": Status.INITIAL_DRAFT}


def test_r22_the_mpids_of_a_role_go_together_unless_a_code_body_says_otherwise():
    lead = factories.staff_actor("BSC", "LEAD")
    organisation = factories.make_organisation()
    first, second = factories.make_mpids(organisation, "AAAA", "BBBB")

    [early] = add(lead, organisation, mpids=[first], mpids_split=True)
    [late] = add(lead, organisation, mpids=[second], mpids_split=True, route="QT_WAVE_4")

    assert (early.mpids_split, late.mpids_split) == (True, True)
    assert early.pk != late.pk
    with pytest.raises(Denied):
        add(factories.member_actor(organisation), organisation, mpids=[first], mpids_split=True)


def test_r24_a_new_ldso_needs_legacy_and_mhhs_arrangements_both():
    lead = factories.staff_actor("BSC", "LEAD")
    organisation = create(lead, entrant=Entrant.NEW_MHHS_ONLY)

    with pytest.raises(Refused, match="LDSO"):
        add(lead, organisation, "LDSO", "QT_WAVE_2", is_new_entrant=True)


def test_r25_no_role_beyond_the_nine_of_the_plan_is_offered():
    assert set(Role.values) == set(MARKET_ROLES)
    assert len(Role.values) == 9


def test_r32_an_mpid_stands_in_one_qualification_of_a_role():
    lead = factories.staff_actor("BSC", "LEAD")
    organisation = factories.make_organisation()
    mpids = factories.make_mpids(organisation, "ONCE")
    add(lead, organisation, mpids=mpids)

    with pytest.raises(Refused, match="ONCE as SUPPLIER"):
        add(lead, organisation, mpids=mpids, route="QT_WAVE_4")


def test_a_qualification_needs_an_mpid_of_its_own_organisation():
    lead = factories.staff_actor("BSC", "LEAD")
    organisation = factories.make_organisation()
    foreign = factories.make_mpids(factories.make_organisation())

    with pytest.raises(Refused, match="another organisation"):
        add(lead, organisation, mpids=foreign)


def test_a_body_opens_no_qualification_in_a_role_that_it_does_not_govern():
    lead = factories.staff_actor("REC", "LEAD")
    organisation = factories.make_organisation()
    mpids = factories.make_mpids(organisation)

    with pytest.raises(Denied, match="not governed by REC"):
        add(lead, organisation, "SDS", mpids=mpids)


@pytest.mark.parametrize(
    ("capability", "is_held"),
    [("report.confirm", True), ("part.approve", False), ("qualification.create", False)],
)
def test_r07_a_test_manager_reaches_every_role_for_testing_and_for_nothing_else(
    capability, is_held
):
    actor = factories.staff_actor("REC", "TEST_MANAGER", "LEAD")

    assert policy.may(actor, capability, Qualification(role="SDS")) == is_held


def test_an_organisation_without_qualifications_is_known_to_the_body_that_made_it():
    maker, other = factories.staff_actor("BSC", "LEAD"), factories.staff_actor("REC", "LEAD")
    made = create(maker)

    with acting_as(maker):
        assert list(queries.organisations(maker)) == [made]
    with acting_as(other):
        assert list(queries.organisations(other)) == []
