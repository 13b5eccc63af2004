"""A new entrant for MHHS alone is on paper: tracked, gated and decided all the same (R23)."""

from datetime import timedelta

import pytest

from foundation.audit.models import AuditEvent
from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Qualification
from reviews import facts
from reviews.lifecycle.on_paper import PAPER_MOVES, PaperFacts, next_step
from reviews.models import Decision, SignOff
from reviews.qualified import missing
from reviews.services import decisions, gates, on_paper
from submissions.models import Part
from tests import factories
from tests.factories import NOON
from tests.submissions import builders as qads
from tests.submissions.doors import signed_in

STEPS = ("INITIAL_SUBMITTED", "INITIAL_REVIEWED", "FINAL_SUBMITTED", "CONTENT_AGREED", "SIGNED_OFF")
PAPER = {"on": NOON.date(), "reference": "BSC file 12/7", "signer_name": "Margaret Iwu"}


@pytest.mark.parametrize("move", PAPER_MOVES, ids=lambda move: move.name)
@pytest.mark.parametrize("status", Status)
def test_r023_a_step_on_paper_follows_the_one_before_it_alone(move, status):
    is_open = move.objections(status, PaperFacts(on_paper=True)) == ()

    assert is_open == (status in move.sources) == (next_step(status) is move)
    assert move.objections(status, PaperFacts(on_paper=False))


@pytest.fixture
def entrant(db) -> Qualification:
    qads.publish_reference_data()
    organisation = factories.make_organisation(entrant="NEW_MHHS_ONLY")
    return factories.make_qualification(organisation, "SUPPLIER", "QT_WAVE_4")


def record(held: Qualification, actor, **changes) -> Qualification:
    with acting_as(actor):
        return on_paper.record_step(qualification=held, **(PAPER | changes), actor=actor, at=NOON)


def known(held: Qualification):
    with acting_as(PORTAL):
        now = Qualification.objects.get(pk=held.pk)
        return facts.of_qualification(now)


def test_r023_a_body_records_each_step_and_the_clocks_follow(entrant):
    rec = factories.staff_actor("REC", "LEAD")

    seen = [record(entrant, rec).status for _ in STEPS]

    assert tuple(seen) == STEPS
    with acting_as(PORTAL):
        signed = SignOff.objects.get()
        assert (signed.signer_name, signed.capacity) == ("Margaret Iwu", "DIRECTOR")
        assert "on paper, kept as BSC file 12/7" in signed.statement
        assert AuditEvent.objects.filter(action__startswith="paper.").count() == 5
        assert not Part.objects.exists()  # nothing of it can be answered here
    with pytest.raises(Refused, match="Nothing of this application"):
        record(entrant, rec)


def test_r023_both_codes_decide_and_it_becomes_mhhs_qualified(entrant):
    leads = {body: factories.staff_actor(body, "LEAD", "ADMINISTRATOR") for body in ("BSC", "REC")}
    for _ in STEPS:
        record(entrant, leads["BSC"])
    assert {lack.key for lack in missing(known(entrant))} == {"accession", "dip_user", "decision"}
    for actor in leads.values():
        with acting_as(actor):
            gates.record_accession(qualification=entrant, actor=actor, at=NOON)
    dip = factories.staff_actor("DIP", "LEAD")
    with acting_as(dip):
        gates.confirm_dip_user(qualification=entrant, actor=dip, at=NOON)

    for body, duty in (("BSC", "PAB_SECRETARY"), ("REC", "DECISION_MAKER")):
        actor = factories.staff_actor(body, duty)
        with acting_as(actor):
            decisions.record(
                qualification=entrant, body=body, outcome="APPROVED", reasons="",
                decided_on=NOON.date(), minute_reference="PAB 331/04", actor=actor, at=NOON,
            )  # fmt: skip

    with acting_as(PORTAL):
        assert Qualification.objects.get(pk=entrant.pk).status == Status.QUALIFIED
        assert Decision.objects.count() == 2


def test_r023_nothing_is_decided_before_the_paper_is_signed(entrant):
    actor = factories.staff_actor("REC", "DECISION_MAKER")
    with acting_as(actor), pytest.raises(Refused, match="Nothing is signed"):
        decisions.record(
            qualification=entrant, body="REC", outcome="APPROVED", reasons="",
            decided_on=NOON.date(), actor=actor, at=NOON,
        )  # fmt: skip
    (first, *_) = missing(known(entrant))
    assert first.what == "The application is on paper, and is not recorded as signed."


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on": None}, "on"),
        ({"on": NOON.date() + timedelta(days=1)}, "on"),
        ({"reference": " "}, "reference"),
    ],
)
def test_r023_a_step_names_its_day_and_where_the_paper_is(entrant, changes, field):
    with pytest.raises(Invalid) as problem:
        record(entrant, factories.staff_actor("BSC", "LEAD"), **changes)
    assert list(problem.value.problems) == [field]


def test_r023_steps_keep_their_order_in_time_and_the_signature_its_director(entrant):
    lead = factories.staff_actor("BSC", "LEAD")
    record(entrant, lead)
    with pytest.raises(Invalid, match="step before"):
        record(entrant, lead, on=NOON.date() - timedelta(days=1))
    for _ in STEPS[1:-1]:
        record(entrant, lead)
    with pytest.raises(Invalid, match="director"):
        record(entrant, lead, signer_name="")


@pytest.mark.parametrize(
    ("body", "duty"), [("DIP", "LEAD"), ("BSC", "REVIEWER"), ("MHHSP", "LEAD")]
)
def test_r023_only_a_code_body_records_it(entrant, body, duty):
    with pytest.raises(Denied):
        record(entrant, factories.staff_actor(body, duty))
    member = factories.member_actor(entrant.organisation)
    with pytest.raises(Denied):
        record(entrant, member)


def test_r023_who_answers_in_the_portal_has_no_paper(db):
    qads.publish_reference_data()
    held = factories.make_qualification(factories.make_organisation())
    with pytest.raises(Refused, match="answers in the portal"):
        record(held, factories.staff_actor("BSC", "LEAD"))


def test_r023_the_gates_page_leads_to_the_next_step(entrant):
    lead = signed_in(factories.make_staff("BSC"))
    place = f"/o/{entrant.organisation.slug}/gates/{entrant.pk}"
    with acting_as(PORTAL):
        day = {"on_0": "18", "on_1": "11", "on_2": "2025", "on": "18/11/2025"}

    assert f"{place}/paper/" in lead.get(f"{place}/").content.decode()
    assert "The Initial application came" in lead.get(f"{place}/paper/").content.decode()
    assert lead.post(f"{place}/paper/", {"reference": "File 12"}).status_code == 422
    answer = lead.post(f"{place}/paper/", {"reference": "File 12", **day})

    assert (answer.status_code, answer.url) == (302, f"{place}/")
    with acting_as(PORTAL):
        assert Qualification.objects.get(pk=entrant.pk).status == "INITIAL_SUBMITTED"


@pytest.mark.parametrize("signed", [False, True])
def test_r023_every_page_that_says_where_it_stands_knows_of_paper(entrant, signed):
    lead = factories.staff_actor("BSC", "LEAD")
    for _ in STEPS if signed else ():
        record(entrant, lead)
    secretary = signed_in(factories.make_staff("BSC", "PAB_SECRETARY"))
    admin = signed_in(factories.make_member(entrant.organisation).person)

    slug = entrant.organisation.slug
    decision = secretary.get(f"/desk/decisions/{entrant.pk}/")
    matrix = admin.get(f"/o/{slug}/qualified/")

    assert decision.status_code == matrix.status_code == 200
    assert ("Margaret Iwu, Tue 18 Nov 2025, on paper" in decision.content.decode()) == signed
    assert "Answered and read on paper" in matrix.content.decode()
    assert admin.get(f"/o/{slug}/sign-off/").status_code == 200
    assert admin.get(f"/o/{slug}/qualifications/{entrant.pk}/dates/").status_code == 200
