"""What a stage of a QAD asks for, who opens it and who hears of it (R79, R83, R84, R93, R94)."""

import pytest

from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Qualification
from submissions.applicability import FINAL, INITIAL, Facts, blanks, questions_for
from submissions.content import Content
from submissions.models import Part
from submissions.services import answering, opening, submitting
from submissions.template_file import load
from tests import factories
from tests.factories import NOON
from tests.submissions import builders, doors
from waves.routes import ROUTES

TEMPLATE = load(builders.bank.FILE)


@pytest.fixture
def desk(db):
    return doors.make_desk()


def _row(qualification) -> Qualification:
    with acting_as(PORTAL):
        return Qualification.objects.get(pk=qualification.pk)


def _say(part, code, content, actor, revision=0):
    with acting_as(actor):
        return answering.save_answer(
            part=part, question_code=code, sent=content, revision=revision, actor=actor, at=NOON
        )


def _told(kind: str) -> set:
    with acting_as(PORTAL):
        return set(Notice.objects.filter(kind=kind).values_list("person_id", flat=True))


# --- R79: what the Initial asks for --------------------------------------------------------------


@pytest.mark.parametrize("route", ROUTES)
def test_r079_the_initial_asks_for_pit_instructions_controls_and_the_organisation(route):
    role = "LDSO" if ROUTES[route].kind == "LDSO" else "SUPPLIER"
    ours = Facts(role=role, all_roles=(role,), routes=(route,))
    whole = Facts(role=None, all_roles=(role,), routes=(route,))
    first = {one.code for one in questions_for(TEMPLATE, ours, INITIAL) if one.is_open}
    shared = {one.code for one in questions_for(TEMPLATE, whole, INITIAL) if one.is_open}

    pit = {"B02"} if ROUTES[route].kind == "SIT" else {"B01", "B03", "B04"}
    assert pit | {"B13", "B14", "B15"} <= first  # completion, defects, work-off, deferrals
    assert {"J01", "J02"} <= first  # process documents
    assert {"J04", "J05", "J06", "J07"} <= first  # operational controls
    assert {"A01", "E01", "F01", "G02", "L01", "N01"} <= shared  # what rests on no test


@pytest.mark.parametrize("route", ROUTES)
def test_r079_the_initial_asks_for_no_result_of_sit_or_qt(route):
    role = "LDSO" if ROUTES[route].kind == "LDSO" else "SUPPLIER"
    ours = Facts(role=role, all_roles=(role,), routes=(route,))

    asked = [one for one in questions_for(TEMPLATE, ours, INITIAL) if one.question.section == "D"]

    assert asked
    assert not any(one.is_open for one in asked)


# --- R93: work instructions ----------------------------------------------------------------------


def test_r093_an_initial_without_work_instructions_is_warned_of_and_goes_in(desk):
    builders.answer_everything(desk.organisation, desk.actor, leave=("J01",))
    check = f"{desk.qad}{desk.qualification.pk}/check/"

    assert "J01 is blank: work instructions" in desk.client.get(desk.qad).content.decode()
    assert "J01 is blank: work instructions" in desk.client.get(check).content.decode()
    builders.submit_initial(desk.qualification, desk.actor)
    assert _row(desk.qualification).status == Status.INITIAL_SUBMITTED


def test_r093_no_warning_where_the_instructions_are_given(desk):
    builders.answer_everything(desk.organisation, desk.actor)

    assert "work instructions that come only" not in desk.client.get(desk.qad).content.decode()


# --- R94: the declaration on what runs live ------------------------------------------------------


def test_r094_the_final_needs_the_declaration_on_live_arrangements(desk):
    builders.receive_report(desk.qualification)
    builders.open_qad(desk.organisation, desk.actor)
    builders.answer_everything(desk.organisation, desk.actor, leave=("T01",))
    part = desk.role_part
    not_for_us = Content(is_not_applicable=True, not_applicable_reason="We see no need.")

    with pytest.raises(Refused, match="T01"):
        builders.submit_final(desk.qualification, desk.actor)
    with pytest.raises(Invalid) as said:
        _say(part, "T01", not_for_us, desk.actor)
    assert "cannot be set as not applicable" in str(said.value)
    _say(part, "T01", Content(value={"declared": False}), desk.actor)
    with pytest.raises(Refused, match="T01"):
        builders.submit_final(desk.qualification, desk.actor)
    _say(part, "T01", Content(value={"declared": True}), desk.actor, revision=1)
    builders.submit_final(desk.qualification, desk.actor)
    assert _row(desk.qualification).status == Status.FINAL_SUBMITTED


def test_r094_the_declaration_cannot_be_set_aside_on_its_page(desk):
    builders.receive_report(desk.qualification)
    builders.open_qad(desk.organisation, desk.actor)
    part = desk.role_part

    def page(section: str, code: str) -> str:
        return desk.client.get(f"{desk.qad}{part.pk}/{section}/{code}/").content.decode()

    assert "Not applicable, with a reason" not in page("T", "T01")
    assert "Not applicable, with a reason" in page("T", "T03")


@pytest.mark.parametrize("code", ["T01", "T02", "S08"])
def test_r094_r112_r119_declarations_that_qualify_nobody_by_being_set_aside(code):
    assert not TEMPLATE.question(code).may_be_set_aside


# --- R17: the SEC user entry process -------------------------------------------------------------


def test_r017_an_sds_with_a_retriever_shows_its_user_entry_before_the_final(db):
    builders.publish_reference_data()
    organisation = factories.make_organisation()
    qualification = factories.make_qualification(organisation, "SDS", "QT_WAVE_3", retrieval="MDR")
    actor = factories.member_actor(organisation)
    builders.to_final_draft(organisation, qualification, actor)
    builders.answer_everything(organisation, actor, leave=("J12", "J13"))

    with pytest.raises(Refused) as said:
        builders.submit_final(qualification, actor)
    assert "J12, J13" in " ".join(said.value.reasons)
    builders.answer_everything(organisation, actor)
    builders.submit_final(qualification, actor)
    assert _row(qualification).status == Status.FINAL_SUBMITTED


def test_r017_an_sds_without_a_retriever_is_not_asked():
    plain = Facts(role="SDS", all_roles=("SDS",), routes=("QT_WAVE_3",), retrieval="SUPPLIER")

    needed = blanks(questions_for(TEMPLATE, plain, FINAL), (), "SUBMISSION")

    assert "J11" in needed
    assert not {"J12", "J13"} & set(needed)


# --- R83, R84: who opens -------------------------------------------------------------------------


@pytest.mark.parametrize("body", ["BSC", "REC", "DIP"])
def test_r084_no_body_opens_the_qad_in_its_owners_place(desk, body):
    builders.receive_report(desk.qualification)
    lead = factories.staff_actor(body)

    with acting_as(lead), pytest.raises(Denied):
        opening.open_qad(organisation=desk.organisation, actor=lead, at=NOON)
    assert _row(desk.qualification).status == Status.INITIAL_DRAFT


def test_r084_off_the_sit_routes_no_body_makes_the_final_even_with_the_report(desk):
    builders.receive_report(desk.qualification)
    lead = factories.staff_actor("BSC")

    with acting_as(lead), pytest.raises(Refused, match="next time the organisation opens"):
        opening.open_final(qualification=desk.qualification, actor=lead, at=NOON)
    assert _row(desk.qualification).status == Status.INITIAL_DRAFT


def test_r083_a_director_who_opens_first_makes_the_final(desk):
    builders.receive_report(desk.qualification)
    plain = {"is_master_admin": False, "is_author": False}
    director = factories.member_actor(desk.organisation, is_director=True, **plain)

    builders.open_qad(desk.organisation, director)

    assert _row(desk.qualification).status == Status.FINAL_DRAFT


def test_nt20_the_bodies_of_the_role_hear_that_the_qad_is_final_now(db):
    desk = doors.make_desk("MEM_SMART")
    leads = {body: factories.staff_actor(body).person_id for body in ("BSC", "REC", "DIP")}
    builders.receive_report(desk.qualification)
    builders.open_qad(desk.organisation, desk.actor)

    told = _told("final_opened")

    assert {body for body, person in leads.items() if person in told} == {"REC", "DIP"}
    assert desk.actor.person_id in told


# --- R23, and before the first opening -----------------------------------------------------------


@pytest.mark.parametrize("service", [submitting.submit_initial, submitting.submit_final])
def test_r023_nothing_is_submitted_online_for_an_entrant_on_paper(db, service):
    builders.publish_reference_data()
    organisation = factories.make_organisation(entrant="NEW_MHHS_ONLY")
    held, actor = factories.make_qualification(organisation), factories.member_actor(organisation)

    with acting_as(actor), pytest.raises(Refused, match="on paper"):
        service(qualification=held, actor=actor, at=NOON)


@pytest.mark.parametrize("verb", ["initial", "final"])
def test_what_was_never_opened_is_not_submitted_either(db, verb):
    builders.publish_reference_data()
    organisation = factories.make_organisation()
    held, member = factories.make_qualification(organisation), factories.make_member(organisation)
    url = f"/api/v1/organisations/{organisation.slug}/qualifications/{held.pk}/submit/{verb}/"

    answer = doors.signed_in(member.person).post(url)

    assert answer.status_code == 409
    assert "has not been opened yet" in answer.content.decode()


# --- NT16: who hears of a section ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "readers"), [("P", {"DIP"}), ("E", {"BSC", "REC"}), ("N", {"BSC", "REC", "DIP"})]
)
def test_nt16_only_the_bodies_that_read_a_section_hear_of_it(desk, section, readers):
    leads = {body: factories.staff_actor(body).person_id for body in ("BSC", "REC", "DIP")}

    with acting_as(desk.actor):
        submitting.submit_section(part=_own(desk), section=section, actor=desk.actor, at=NOON)

    told = _told("section_submitted")
    assert {body for body, person in leads.items() if person in told} == readers


def _own(desk):
    return Part.objects.select_related("organisation").get(
        organisation=desk.organisation, qualification=None
    )
