"""A doubled click at the same moment, with real commits: the first counts, the second gets it."""

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from reviews.models import Decision, DelegationLetter, SignOff
from reviews.services import once, sign_off
from tests.reviews import builders as b
from tests.reviews.test_at_once import at_once, events, subject


def test_r105_two_clicks_at_once_sign_once(committed):
    here = b.to(b.scene(), Status.CONTENT_AGREED)
    with acting_as(here.director):
        seen = sign_off.content_to_sign(subject(here)).sha256

    def click(actor):
        once.sign(qualification=subject(here), seen_sha256=seen, actor=actor, at=here.at)

    found = at_once(*[(here.director, click)] * 3)

    assert found == ["done"] * 3
    with acting_as(PORTAL):
        assert SignOff.objects.filter(qualification_id=here.ids[0]).count() == 1
    assert (here.statuses, events(here, "qad.signed_off")) == ([Status.SIGNED_OFF], 1)


def test_d7_two_clicks_at_once_defer_once(committed):
    here = b.to(b.scene("SDS"), Status.SIGNED_OFF)

    def click(actor):
        once.decide(
            qualification=subject(here), body="BSC", outcome="DEFERRED", reasons="Next meeting.",
            decided_on=here.at.date(), minute_reference="333/03", actor=actor, at=here.at,
        )  # fmt: skip

    found = at_once(*[(here.secretary, click)] * 3)

    assert found == ["done"] * 3
    with acting_as(PORTAL):
        assert Decision.objects.filter(qualification_id=here.ids[0]).count() == 1


def test_r107_two_clicks_at_once_draft_one_letter(committed):
    here = b.scene("MEM_ADV")

    def click(actor):
        once.draft_letter(
            qualification=subject(here), delegate=here.delegate_membership, actor=actor, at=here.at
        )

    found = at_once(*[(here.leads["REC"], click)] * 3)

    assert found == ["done"] * 3
    with acting_as(PORTAL):
        assert DelegationLetter.objects.filter(qualification_id=here.ids[0]).count() == 1
