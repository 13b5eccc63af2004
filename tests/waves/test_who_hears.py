"""Of a Pre-Qualification Submission the bodies hear that have to do with it (R7, R29, NT4)."""

import pytest

from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from tests import factories
from tests.factories import NOON
from waves.services import pre_qualification

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("roles", "told"),
    [
        (["MEM_SMART"], {"REC"}),
        (["ADS"], {"BSC"}),
        (["SUPPLIER"], {"BSC", "REC"}),
        (["ADS", "MEM_ADV"], {"BSC", "REC"}),
        ([], {"BSC"}),  # no role yet: the body that registered it
    ],
)
def test_r007_nt4_an_accepted_submission_is_told_to_the_bodies_of_its_roles(roles, told):
    leads = {body: factories.staff_actor(body) for body in ("BSC", "REC", "DIP", "MHHSP")}
    organisation = factories.make_organisation()
    for role in roles:
        factories.make_qualification(organisation, role)
    lead = leads["REC" if told == {"REC"} else "BSC"]

    with acting_as(lead):
        kept = pre_qualification.record(
            organisation=organisation, actor=lead, at=NOON, preferred_route="QT_WAVE_3",
            key_contact_name="Priya", key_contact_email="priya@example.org",
            received_on=NOON.date(),
        )  # fmt: skip
        pre_qualification.accept(pre_qualification=kept, actor=lead, at=NOON)

    with acting_as(PORTAL):
        heard = set(Notice.objects.filter(path__contains="first-admin").values_list("person_id"))
    assert {body for body, who in leads.items() if (who.person_id,) in heard} == told
