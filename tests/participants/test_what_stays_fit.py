"""What an organisation cannot become, or be given, while it has the qualifications that it has."""

import pytest

from foundation.audit.models import AuditEvent
from foundation.errors import Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Organisation, Qualification
from participants.services import organisations as services
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

LOCKED = ("FINAL_SUBMITTED", "FINAL_REVIEW", "CONTENT_AGREED", "SIGNED_OFF")
ENDED = ("QUALIFIED", "NOT_APPROVED", "WITHDRAWN")


@pytest.fixture
def lead():
    return factories.staff_actor("BSC")


def _at(qualification: Qualification, status: str) -> Qualification:
    """Put a qualification in a state; how it comes there is not at issue here."""
    with acting_as(PORTAL):
        Qualification.objects.filter(pk=qualification.pk).update(status=status)
        return Qualification.objects.get(pk=qualification.pk)


def _change(organisation, lead, **changes):
    with acting_as(lead):
        services.change_organisation(organisation=organisation, actor=lead, at=NOON, **changes)
    with acting_as(PORTAL):
        return Organisation.objects.get(pk=organisation.pk)


def test_r009_an_organisation_with_qualifications_does_not_become_a_third_party(lead):
    free, held = factories.make_organisation(), factories.make_organisation()
    factories.make_qualification(held)

    assert _change(free, lead, kind="THIRD_PARTY").kind == "THIRD_PARTY"
    with pytest.raises(Refused, match="third party"):
        _change(held, lead, kind="THIRD_PARTY")


@pytest.mark.parametrize("role", ["LDSO", "SMRA_ERDA", "UMSO"])
def test_r024_no_role_of_the_trio_is_opened_for_an_mhhs_only_entrant(role):
    organisation = factories.make_organisation(entrant="NEW_MHHS_ONLY")

    with pytest.raises(Refused, match="legacy and MHHS"):
        factories.make_qualification(organisation, role, "QT_WAVE_3", is_new_entrant=True)


def test_r024_an_ldso_does_not_become_an_mhhs_only_entrant(lead):
    organisation = factories.make_organisation()
    factories.make_qualification(organisation, "LDSO", "NON_SIT_LDSO_M10")

    with pytest.raises(Refused, match="legacy and MHHS"):
        _change(organisation, lead, entrant="NEW_MHHS_ONLY")


def test_r023_a_qad_that_was_submitted_does_not_move_to_paper(lead):
    organisation = factories.make_organisation()
    held = factories.make_qualification(organisation)
    _at(held, "INITIAL_SUBMITTED")
    with pytest.raises(Refused, match="paper"):
        _change(organisation, lead, entrant="NEW_MHHS_ONLY")

    _at(held, "INITIAL_DRAFT")
    assert _change(organisation, lead, entrant="NEW_MHHS_ONLY").entrant == "NEW_MHHS_ONLY"


@pytest.mark.parametrize("status", LOCKED)
@pytest.mark.parametrize("asks", [{"is_bsc_party": False}, {"uses_dcp": True}])
def test_r090_an_access_agreement_is_not_asked_of_a_locked_final(lead, status, asks):
    organisation = factories.make_organisation()
    held = factories.make_qualification(organisation)
    _at(held, status)

    with pytest.raises(Refused, match="section P .* Next: the applicant asks under Reopening"):
        _change(organisation, lead, **asks)

    _at(held, "FINAL_REOPENED")
    changed = _change(organisation, lead, **asks)
    assert {name: getattr(changed, name) for name in asks} == asks


def test_r090_what_asks_for_less_may_be_corrected_at_any_time(lead):
    organisation = factories.make_organisation(is_bsc_party=False, uses_dcp=True)
    _at(factories.make_qualification(organisation), "FINAL_REVIEW")

    changed = _change(organisation, lead, is_bsc_party=True, uses_dcp=False, name="Orchard Two")

    assert (changed.is_bsc_party, changed.uses_dcp) == (True, False)


def test_r022_a_second_qualification_in_a_role_needs_the_exception(lead):
    organisation = factories.make_organisation()
    first = factories.make_qualification(organisation)

    with pytest.raises(Refused, match="go together"):
        factories.make_qualification(organisation, mpids_split=False)
    assert factories.make_qualification(organisation, mpids_split=True).mpids_split

    other = factories.make_organisation()
    _at(factories.make_qualification(other), Status.WITHDRAWN)
    assert not factories.make_qualification(other, mpids_split=False).mpids_split
    assert first.role == "SUPPLIER"


def test_r022_r119_a_second_one_that_splits_the_mpids_marks_the_first_and_tells_it(lead):
    organisation = factories.make_organisation()
    admin = factories.make_member(organisation)
    first = factories.make_qualification(organisation)
    other_role = factories.make_qualification(organisation, "SDS")

    factories.make_qualification(organisation, route="QT_WAVE_4", mpids_split=True)

    with acting_as(PORTAL):
        split = dict(Qualification.objects.values_list("pk", "mpids_split"))
        told = Notice.objects.get(kind="split")
        event = AuditEvent.objects.get(action="qualification.mpids_split")
    assert (split[first.pk], split[other_role.pk]) == (True, False)
    assert (told.email, event.object_id) == (admin.person.email, str(first.pk))


@pytest.mark.parametrize("status", LOCKED)
def test_r022_r119_no_split_while_the_first_could_not_answer_what_it_asks(lead, status):
    organisation = factories.make_organisation()
    _at(factories.make_qualification(organisation), status)

    with pytest.raises(Refused, match="Management Assertion"):
        factories.make_qualification(organisation, mpids_split=True)


@pytest.mark.parametrize("status", ENDED)
def test_r022_r144_what_has_ended_is_not_split_afterwards(lead, status):
    organisation = factories.make_organisation()
    first = _at(factories.make_qualification(organisation), status)

    factories.make_qualification(organisation, mpids_split=True)

    with acting_as(PORTAL):
        assert not Qualification.objects.get(pk=first.pk).mpids_split


@pytest.mark.parametrize("status", [*LOCKED, *ENDED])
def test_r017_how_an_sds_gets_its_data_stands_once_nothing_can_be_answered(lead, status):
    held = _at(factories.make_qualification(factories.make_organisation(), "SDS"), status)

    with acting_as(lead), pytest.raises(Refused, match="can be answered"):
        services.change_retrieval(qualification=held, retrieval="MDR", actor=lead, at=NOON)


@pytest.mark.parametrize("status", ["INITIAL_DRAFT", "INITIAL_REVIEW", "FINAL_DRAFT"])
def test_r017_how_an_sds_gets_its_data_may_change_while_it_answers(lead, status):
    held = _at(factories.make_qualification(factories.make_organisation(), "SDS"), status)

    with acting_as(lead):
        changed = services.change_retrieval(
            qualification=held, retrieval="BOTH", actor=lead, at=NOON
        )

    assert changed.retrieval == "BOTH"
