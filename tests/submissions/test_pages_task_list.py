"""The task list: opening, counts, objections, and what a body sees of it."""

import re

import pytest

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Qualification
from participants.services import people
from submissions import queries
from submissions.models import Part, Version
from tests import factories
from tests.factories import NOON
from tests.submissions import builders
from tests.submissions.doors import make_desk, signed_in, statements
from waves.services import clocks

STATEMENTS = 10
ROLES = ("SUPPLIER", "SDS", "ADS", "UMSDS", "MEM_ADV", "MEM_SMART")  # with the trio, all nine


@pytest.fixture
def desk(db):
    return make_desk()


def _parts(organisation) -> int:
    with acting_as(PORTAL):
        return Part.objects.filter(organisation=organisation).count()


def test_the_first_opening_by_its_owner_makes_the_parts(db):
    builders.publish_reference_data()
    organisation = factories.make_organisation()
    factories.make_qualification(organisation)
    client = signed_in(factories.make_member(organisation).person)

    answer = client.get(f"/o/{organisation.slug}/qad/")

    assert answer.status_code == 200
    assert _parts(organisation) == 2
    page = answer.content.decode()
    assert "Initial QAD for Supplier" in page
    assert "The organisation" in page
    assert "Pre-integration testing" in page


def test_a_body_sees_parts_and_states_and_opens_nothing(db):
    builders.publish_reference_data()
    organisation = factories.make_organisation()
    qualification = factories.make_qualification(organisation)
    builders.receive_report(qualification)
    staff = signed_in(factories.make_staff("BSC"))

    answer = staff.get(f"/o/{organisation.slug}/qad/")

    assert answer.status_code == 200
    assert "The participant has not opened its QAD" in answer.content.decode()
    assert _parts(organisation) == 0


def test_r084_a_body_that_looks_first_leaves_the_initial_and_the_owner_makes_it_final_once(desk):
    builders.receive_report(desk.qualification)
    staff = signed_in(factories.make_staff("REC"))

    assert staff.get(desk.qad).status_code == 200
    assert desk.now().status == Status.INITIAL_DRAFT
    first = desk.client.get(desk.qad).content.decode()
    assert desk.now().status == Status.FINAL_DRAFT
    opened_at = desk.now().final_opened_at
    second = desk.client.get(desk.qad).content.decode()

    assert "is now the Final" in first
    assert "is now the Final" not in second
    assert "Final QAD for Supplier" in second
    assert desk.now().final_opened_at == opened_at


def test_opening_a_bookmarked_question_makes_the_final_as_well(desk):
    builders.receive_report(desk.qualification)

    answer = desk.client.get(desk.address("H03"))

    assert answer.status_code == 302
    assert desk.now().status == Status.FINAL_DRAFT
    assert desk.client.get(desk.address("H03")).status_code == 200


def test_every_section_has_its_ticks_and_counts(desk):
    page = desk.client.get(desk.qad).content.decode()
    assert "0 of 8" in page  # section H, one of nine questions does not apply
    desk.client.post(desk.address("H03"), {"text": "Found by people.", "marks": "ready"})

    page = desk.client.get(desk.qad).content.decode()

    assert "1 of 8" in page
    assert "1 ready, 0 in draft, 7 blank" in page


def test_what_authors_mean_to_come_back_to_is_named_and_can_be_listed_alone(desk):
    before = desk.client.get(desk.qad).content.decode()
    assert "To come back to" not in before
    sent = {"text": "Half of it.", "marks": ["ready", "come_back"], "then": "stay"}
    desk.client.post(desk.address("H03"), sent)

    page = desk.client.get(desk.qad).content.decode()
    alone = desk.client.get(f"{desk.qad}?show=later").content.decode()
    section = desk.client.get(desk.address("H03").removesuffix("H03/")).content.decode()
    form = desk.client.get(desk.address("H03")).content.decode()

    assert "Come back to H03" in page
    assert "To come back to (1)" in page
    assert "Technical solution: systems" in alone
    assert "Business solution: people" not in alone
    assert "Come back to this" in section
    assert re.search(r'value="come_back"[^>]*checked', form)
    assert desk.answer("H03").come_back


def test_the_flag_is_the_authors_own_and_is_never_submitted(desk):
    desk.client.post(desk.address("H03"), {"text": "", "marks": ["come_back"], "then": "stay"})
    builders.submit_initial(desk.qualification, desk.actor)
    part = desk.role_part
    with acting_as(PORTAL):
        version = Version.objects.filter(part=part).latest()
        frozen = queries.frozen(version, "H")["H"]["questions"]

    h03 = next(each for each in frozen if each["code"] == "H03")

    assert desk.answer("H03").come_back
    assert h03["answer"] is None  # a mark alone is no answer


def test_what_is_given_at_sign_off_is_no_blank(desk):
    builders.to_final_draft(desk.organisation, desk.qualification, desk.actor)
    page = desk.client.get(desk.qad)
    rows = [row for group in page.context["page"].groups for row in group.sections]
    declarations = next(row for row in rows if row.letter == "T")

    assert declarations.note == "T05 is given at sign-off"
    assert "T05" not in str(page.context["page"].submit.refusal.reasons)


def test_only_sections_with_blanks_are_shown_when_asked_for(desk):
    builders.answer_everything(desk.organisation, desk.actor, leave=("E01",))

    page = desk.client.get(f"{desk.qad}?show=blank").content.decode()

    assert "Business solution: people" in page
    assert "Technical solution: change risk" not in page


def test_at_initial_blanks_do_not_object_and_at_final_each_is_a_link(desk):
    page = desk.client.get(desk.qad).content.decode()
    assert "Blanks are allowed" in page
    assert "Not yet" not in page
    builders.receive_report(desk.qualification)
    desk.client.get(desk.qad)
    builders.answer_everything(desk.organisation, desk.actor, leave=("H03", "T01"))

    page = desk.client.get(desk.qad).content.decode()

    assert "Two required answers are blank." in page
    assert f'href="{desk.address("H03")}">H03</a>' in page
    assert f'href="{desk.address("T01")}">T01</a>' in page
    assert "Not yet, for one reason" in page


def test_a_limited_author_is_told_that_only_others_submit(desk):
    page = desk.colleague(is_master_admin=False, is_limited=True).get(desk.qad).content.decode()
    assert "Only a master admin, or an author of all sections, may submit." in page
    assert "Check, then submit" not in page
    assert "No section is yours to write yet." in page


def test_a_limited_authors_sections_stand_first_and_the_others_are_to_read(desk):
    member = factories.make_member(desk.organisation, is_master_admin=False)
    with acting_as(desk.actor):
        area = people.ensure_area(
            organisation_id=desk.organisation.pk, qualification=desk.qualification, section="H"
        )
        people.change_membership(membership=member, areas=[area], actor=desk.actor, at=NOON)

    page = signed_in(member.person).get(desk.qad).content.decode()

    yours, rest = page.split("Yours to write")[1].split("The organisation, to read")
    assert "Technical solution: systems" in yours and "Technical solution: systems" not in rest
    assert "Supplier, to read" in rest
    assert "You write section H." in page


def test_the_date_names_the_submission_that_it_is_of(desk):
    held = desk.now()
    with acting_as(PORTAL), moments.at(NOON):
        clocks.sync(qualification=held, actor=PORTAL, at=NOON)
    before = desk.client.get(desk.qad).content.decode()
    builders.answer_everything(desk.organisation, desk.actor)
    builders.submit_initial(desk.qualification, desk.actor)
    after = desk.client.get(desk.qad).content.decode()

    assert "Submit the Initial by" in before and "Submit the Final by" not in before
    assert "Submit the Final by" in after and "Submit the Initial by" not in after


def test_without_a_named_role_the_list_opens_where_it_was_left_else_where_it_is_urgent(desk):
    later = factories.make_qualification(desk.organisation, "ADS", "QT_WAVE_4")
    builders.open_qad(desk.organisation, desk.actor)
    sooner = desk.now()
    with acting_as(PORTAL), moments.at(NOON):
        for held in (later, sooner):
            clocks.sync(qualification=held, actor=PORTAL, at=NOON)

    first = desk.client.get(desk.qad).content.decode()
    desk.client.get(f"{desk.qad}{later.pk}/")
    again = desk.client.get(desk.qad).content.decode()

    assert "Initial QAD for Supplier" in first
    assert "Initial QAD for Advanced Data Service" in again


def test_a_version_counts_no_blanks_and_lists_nothing_that_is_asked_only_at_final(desk):
    builders.answer_everything(desk.organisation, desk.actor, leave=("H03", "H04"))
    builders.submit_initial(desk.qualification, desk.actor)

    part = desk.role_part
    with acting_as(PORTAL):
        version = Version.objects.get(part=part)
    page = desk.client.get(f"{desk.qad}{version.part_id}/versions/1/").content.decode()

    assert "H03" not in version.changed and "H05" in version.changed
    assert 'id="H-H03"' in page and "Left blank." in page
    assert "Completion of SIT or Qualification Testing" not in page


def test_the_trio_stands_on_one_page(db):
    desk = make_desk("LDSO", "SIT_M10_READY")
    page = desk.client.get(desk.qad).content.decode()

    assert "Initial QAD for LDSO, SMRA / ERDA and UMSO" in page
    assert page.count("Declarations") == 3


def test_a_role_is_chosen_by_its_name_or_by_its_qualification(desk):
    other = factories.make_qualification(desk.organisation, "SDS")
    desk.client.get(desk.qad)

    by_role = desk.client.get(f"{desk.qad}?role=SDS").content.decode()
    by_key = desk.client.get(f"{desk.qad}{other.pk}/").content.decode()

    assert "Initial QAD for Smart Data Service" in by_role
    assert "Initial QAD for Smart Data Service" in by_key
    assert f'href="{desk.qad}{desk.qualification.pk}/"' in by_key


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"entrant": "NEW_MHHS_ONLY"}, "answers on paper"),
        ({"kind": "THIRD_PARTY"}, "A third party has no QAD of its own"),
    ],
)
def test_r023_who_has_no_qad_here_is_told_why(db, fields, said):
    builders.publish_reference_data()
    organisation = factories.make_organisation(**fields)
    client = signed_in(factories.make_member(organisation).person)

    answer = client.get(f"/o/{organisation.slug}/qad/")

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert _parts(organisation) == 0


def test_a_qad_of_another_organisation_does_not_exist(desk):
    stranger = make_desk()

    assert stranger.client.get(desk.qad).status_code == 404
    assert stranger.client.get(f"{stranger.qad}{desk.qualification.pk}/").status_code == 404


def test_a_body_that_does_not_govern_the_role_does_not_find_its_qualification(db):
    desk = make_desk("MEM_SMART")
    staff = signed_in(factories.make_staff("BSC"))

    assert staff.get(desk.qad).status_code == 404
    assert signed_in(factories.make_staff("REC")).get(desk.qad).status_code == 200


def test_a_code_body_opens_the_final_before_the_report_on_a_sit_route(db):
    desk = make_desk(route="SIT_M11_READY")
    url = f"{desk.qad}{desk.qualification.pk}/open-final/"
    assert desk.client.post(url).status_code == 403

    answer = signed_in(factories.make_staff("BSC")).post(url, follow=True)

    assert answer.status_code == 200
    assert desk.now().status == Status.FINAL_DRAFT


def test_the_statements_are_the_same_with_one_and_with_nine_qualifications(desk):
    few, answer = statements(desk.client, desk.qad)
    assert answer.status_code == 200
    many = make_desk()
    for role in ROLES[1:]:
        factories.make_qualification(many.organisation, role)
    factories.make_qualification(many.organisation, "LDSO", "SIT_M10_READY")
    many.client.get(many.qad)
    builders.answer_everything(many.organisation, many.actor)
    builders.submit_initial(many.qualification, many.actor)
    with acting_as(PORTAL):
        assert Qualification.objects.filter(organisation=many.organisation).count() == 9

    more, answer = statements(many.client, f"{many.qad}?role=SUPPLIER")
    trio, _ = statements(many.client, f"{many.qad}?role=LDSO")

    assert answer.status_code == 200
    assert (few, more, trio) == (STATEMENTS, STATEMENTS, STATEMENTS)


def test_the_overview_of_a_body_takes_the_same_statements_for_one_and_for_nine(desk):
    staff = signed_in(factories.make_staff("BSC"))
    few, _ = statements(staff, desk.qad)
    for role in ROLES[1:]:
        factories.make_qualification(desk.organisation, role)
    desk.client.get(desk.qad)
    builders.submit_initial(desk.qualification, desk.actor)

    more, answer = statements(staff, desk.qad)

    assert "Version 1" in answer.content.decode()
    assert (few, more) == (7, 7)
