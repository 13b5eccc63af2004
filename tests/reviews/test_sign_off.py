"""Signing: by the right person, over the hash of exactly what was shown (R105 to R112, D.6)."""

import copy
import json

import pytest

from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from reviews.models import SignOff
from reviews.services import gates, letters, plans, sign_off, threads
from submissions import finding
from submissions.models import Part
from submissions.versions import digest
from tests import factories
from tests.reviews import builders as b
from tests.submissions.builders import PDF


@pytest.fixture(scope="module")
def agreed(shared):
    return b.to(b.scene(), Status.CONTENT_AGREED)


@pytest.fixture(scope="module")
def mem(shared):
    return b.to(b.scene("MEM_SMART"), Status.CONTENT_AGREED)


def content(here, actor, capacity="DIRECTOR"):
    with acting_as(actor):
        return sign_off.content_to_sign(_subject(here), capacity)


def _subject(here):
    return Qualification.objects.select_related("organisation").get(pk=here.ids[0])


def sign(here, actor, seen):
    with acting_as(actor):
        return sign_off.sign(
            qualification=_subject(here), seen_sha256=seen, actor=actor, at=here.tick()
        )


# --- what is signed


@pytest.mark.django_db
def test_r105_the_content_names_both_versions_every_section_and_the_statement(agreed):
    here = copy.copy(agreed)
    shown = content(here, here.director)
    by_part = {part["part"]: part for part in shown.data["parts"]}

    for scope, place in (("organisation", None), ("role", 0)):
        newest = here.newest(here.part(place))
        assert by_part[scope]["sha256"] == newest.sha256
        assert by_part[scope]["sections"] == [
            {"section": row["section"], "sha256": row["sha256"]} for row in newest.manifest
        ]
    assert "complete and accurate" in shown.statement
    assert shown.data["statement"]["version"] == "1.0"
    assert digest(shown.text) == shown.sha256


@pytest.mark.django_db
def test_the_content_is_the_same_whoever_reads_it(agreed):
    here = copy.copy(agreed)

    assert content(here, here.director).sha256 == content(here, here.leads["BSC"]).sha256


@pytest.mark.django_db
def test_x18_open_findings_with_agreed_plans_are_part_of_what_is_signed(shared):
    here = b.to(b.scene("SDS"), Status.FINAL_REVIEW)
    finding = b.raise_thread(here, kind="FINDING")
    with acting_as(here.admin):
        plans.propose(
            thread=finding, text="We will test it.", owner_name="Tom Ellery",
            due_on=b.tomorrow(here), actor=here.admin, at=here.tick(),
        )  # fmt: skip
    with acting_as(here.leads["BSC"]):
        plans.agree(thread=finding, actor=here.leads["BSC"], at=here.tick())
    b.to(here, Status.CONTENT_AGREED)

    item = content(here, here.director).data["open_items"][0]
    assert (item["reference"], item["plan"]["owner"]) == ("F-1", "Tom Ellery")


@pytest.mark.django_db
def test_the_signature_keeps_what_was_signed_and_one_flipped_byte_is_seen(agreed):
    here = copy.copy(agreed)
    signed = b.sign(here)

    assert (signed.signer_name, signed.capacity) == (here.director.name, "DIRECTOR")
    assert signed.signed_at == here.at
    assert json.loads(signed.content)["statement"]["text"] == signed.statement
    assert sign_off.is_intact(signed)
    signed.content = signed.content.replace("accurate", "accurata", 1)
    assert not sign_off.is_intact(signed)


@pytest.mark.django_db
def test_r105_what_was_not_shown_is_not_signed(agreed):
    here = copy.copy(agreed)

    with pytest.raises(Refused, match="changed since you opened it"):
        sign(here, here.director, "0" * 64)
    assert here.statuses == [Status.CONTENT_AGREED]


@pytest.mark.django_db
def test_a_finding_cleared_after_the_page_was_opened_means_reading_again(shared):
    here = b.to(b.scene("SDS"), Status.FINAL_REVIEW)
    finding, lead = b.raise_thread(here, kind="OBSERVATION"), here.leads["BSC"]
    with acting_as(here.admin):
        plans.propose(
            thread=finding, text="We will test it.", owner_name="Tom", due_on=b.tomorrow(here),
            actor=here.admin, at=here.tick(),
        )  # fmt: skip
    with acting_as(lead):
        plans.agree(thread=finding, actor=lead, at=here.tick())
    b.to(here, Status.CONTENT_AGREED)
    seen = content(here, here.director).sha256
    with acting_as(lead):
        threads.clear(thread=finding, actor=lead, at=here.tick())

    with pytest.raises(Refused, match="changed since"):
        sign(here, here.director, seen)


# --- when (R100, R110, R119)


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Status.FINAL_REVIEW, Status.SIGNED_OFF, Status.QUALIFIED])
def test_r100_signing_opens_with_agreed_content_only(shared, status):
    here = b.to(b.scene("SDS"), status)
    seen = content(here, here.director).sha256

    with pytest.raises(Refused):
        sign(here, here.director, seen)


@pytest.mark.django_db
def test_r100_a_comment_raised_after_agreement_holds_the_signature(agreed):
    here = copy.copy(agreed)
    comment, lead = b.raise_thread(here, "REC"), here.leads["REC"]

    with pytest.raises(Refused, match="REC has not confirmed"):
        sign(here, here.director, content(here, here.director).sha256)
    with acting_as(lead):
        threads.close(thread=comment, actor=lead, at=here.tick())
    b.confirm(here, "REC")

    assert b.sign(here).status == "SIGNED"


@pytest.mark.django_db
@pytest.mark.parametrize("agree_plans", [False, True])
def test_r085_r110_sit_signs_once_report_and_work_off_plans_are_there(shared, agree_plans):
    here = b.scene("SDS", "SIT_M11_READY")
    b.to(here, Status.CONTENT_AGREED)
    _report(here, agree_plans)

    if agree_plans:
        assert b.sign(here).status == "SIGNED"
    else:
        with pytest.raises(Refused, match="work-off plans"):
            b.sign(here)


def _report(here, agreed):
    from foundation.documents.services import store
    from waves.models import CompletionReport

    with acting_as(PORTAL):
        stored = store(
            name="sit.pdf", content=PDF, actor=PORTAL, at=here.tick(),
            organisation_id=here.organisation.pk,
        )  # fmt: skip
        CompletionReport.objects.create(
            organisation=here.organisation, qualification_id=here.ids[0], kind="SIT", file=stored,
            work_off_agreed=agreed, received_at=here.at, received_by_name="MHHSP",
        )  # fmt: skip


@pytest.mark.django_db
def test_r119_split_mpids_need_the_management_assertion_before_the_signature(shared):
    here = b.to(b.scene("SDS", mpids_split=True), Status.CONTENT_AGREED)

    with pytest.raises(Refused, match="Management Assertion"):
        b.sign(here)
    subject = here.qualification
    with acting_as(here.director):
        gates.make_assertion(
            qualification=subject, mpids_remaining=["ZZZ9"], complete_by=b.tomorrow(here),
            text="They follow in the next wave.", actor=here.director, at=here.tick(),
        )  # fmt: skip

    assert json.loads(b.sign(here).content)["assertions"][0]["mpids_remaining"] == ["ZZZ9"]


# --- who (R106, R107, R108)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["admin", "secretary", "decision_maker"])
def test_r105_nobody_but_director_or_delegate_signs(agreed, who):
    here = copy.copy(agreed)
    seen = content(here, here.director).sha256

    with pytest.raises(Denied):
        sign(here, getattr(here, who), seen)


@pytest.mark.django_db
def test_r001_a_director_of_another_organisation_signs_nothing(agreed):
    here = copy.copy(agreed)
    stranger = factories.member_actor(factories.make_organisation(), is_director=True)
    seen, subject = content(here, here.director).sha256, here.qualification

    with acting_as(stranger), pytest.raises(Denied):
        sign_off.sign(qualification=subject, seen_sha256=seen, actor=stranger, at=here.tick())


@pytest.mark.parametrize("role", MARKET_ROLES)
def test_r106_a_delegate_signs_for_rec_only_roles_alone(role):
    from foundation.tenancy.actor import Actor, ActorKind

    delegate = Actor(
        ActorKind.PARTICIPANT, PORTAL.person_id, "Tom", PORTAL.person_id, duties={"DELEGATE"}
    )
    subject = Qualification(role=role, organisation_id=PORTAL.person_id)
    if role in ("MEM_ADV", "MEM_SMART"):
        assert sign_off.capacity_of(delegate, subject) == "DELEGATE"
    else:
        with pytest.raises(Denied, match="company director has to sign"):
            sign_off.capacity_of(delegate, subject)


def draft(here, membership=None):
    subject = here.qualification
    with acting_as(here.leads["REC"]):
        return letters.draft(
            qualification=subject, delegate=membership or here.delegate_membership,
            actor=here.leads["REC"], at=here.tick(),
        )  # fmt: skip


def hand_in(here, letter, actor=None):
    actor = actor or here.director
    with acting_as(actor):
        return letters.sign_letter(
            letter=letter, name="letter.pdf", content=PDF, actor=actor, at=here.tick()
        )


def accept(here, letter):
    with acting_as(here.leads["REC"]):
        return letters.accept_letter(letter=letter, actor=here.leads["REC"], at=here.tick())


@pytest.mark.django_db
def test_r107_a_delegate_signs_with_an_accepted_letter(mem):
    here = copy.copy(mem)
    letter = accept(here, hand_in(here, draft(here)))
    signed = b.sign(here, signer=here.delegate)

    assert (signed.capacity, signed.letter_id) == ("DELEGATE", letter.pk)
    assert "letter of delegated authority" in signed.statement
    assert here.statuses == [Status.SIGNED_OFF]


@pytest.mark.django_db
@pytest.mark.parametrize("upto", ["none", "drafted", "signed", "revoked"])
def test_r107_without_an_accepted_letter_a_delegate_signs_nothing(mem, upto):
    here = copy.copy(mem)
    letter = draft(here) if upto != "none" else None
    if upto in ("signed", "revoked"):
        letter = hand_in(here, letter)
    if upto == "revoked":
        letter = accept(here, letter)
        with acting_as(here.director):
            letters.revoke_letter(letter=letter, actor=here.director, at=here.tick())

    with pytest.raises(Refused, match="no letter of delegated authority"):
        b.sign(here, signer=here.delegate)


@pytest.mark.django_db
def test_r107_the_letter_is_asked_for_while_one_is_in_hand(mem):
    here = copy.copy(mem)

    def asked():
        with acting_as(PORTAL):
            own = finding.part_sheet(Part.objects.get(qualification_id=here.ids[0]))
        return next(one for one in own.questions if one.code == "T04")

    before = asked()
    letter = draft(here)
    during = asked()
    with acting_as(here.director):
        letters.revoke_letter(letter=letter, actor=here.director, at=here.tick())

    assert (before.applies, during.applies, asked().applies) == (False, True, False)
    assert before.because == "A company director signs for this role, not a delegate."
    assert during.required_for == "SIGN_OFF"


@pytest.mark.django_db
def test_r107_a_letter_for_somebody_else_does_not_help(mem):
    here = copy.copy(mem)
    other = factories.make_member(here.organisation, name="Eva Lind", is_delegate=True)
    accept(here, hand_in(here, draft(here, other)))

    with pytest.raises(Refused, match="no letter of delegated authority"):
        b.sign(here, signer=here.delegate)


@pytest.mark.django_db
def test_r106_no_letter_for_a_role_under_the_bsc(agreed):
    with pytest.raises(Refused, match="company director has to sign"):
        draft(copy.copy(agreed))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ({"is_delegate": False}, "not named as a delegate"),
        ({"is_delegate": True, "is_director": True}, "needs no letter"),
        ({"is_delegate": True, "is_active": False}, "active member"),
    ],
)
def test_r107_a_letter_names_an_employee_who_is_a_delegate(mem, flags, said):
    here = copy.copy(mem)

    with pytest.raises(Refused, match=said):
        draft(here, factories.make_member(here.organisation, name="Eva Lind", **flags))


@pytest.mark.django_db
def test_r107_a_letter_is_for_one_organisation_and_one_at_a_time(mem):
    here = copy.copy(mem)
    stranger = factories.make_member(factories.make_organisation(), is_delegate=True)
    with pytest.raises(Refused, match="active member of the organisation"):
        draft(here, stranger)
    draft(here)

    with pytest.raises(Refused, match="a letter for this role already"):
        draft(here)


@pytest.mark.django_db
def test_r107_a_director_does_not_authorise_himself(mem):
    here = copy.copy(mem)
    letter = draft(here)
    both = factories.entry.Actor(
        kind=here.delegate.kind, person_id=here.delegate.person_id, name=here.delegate.name,
        organisation_id=here.delegate.organisation_id, duties=frozenset({"DIRECTOR", "DELEGATE"}),
    )  # fmt: skip

    with pytest.raises(Refused, match="another employee"):
        hand_in(here, letter, both)


@pytest.mark.django_db
def test_nt24_each_step_of_a_letter_is_told_to_who_acts_next(mem):
    here = copy.copy(mem)
    accept(here, hand_in(here, draft(here)))

    with acting_as(PORTAL):
        told = set(
            Notice.objects.filter(kind__startswith="letter").values_list("kind", "person_id")
        )
    assert ("letter_drafted", here.director.person_id) in told
    assert ("letter_signed", here.leads["REC"].person_id) in told
    assert ("letter_accepted", here.delegate.person_id) in told


# --- declining


@pytest.mark.django_db
def test_declining_changes_nothing_and_is_told_with_its_reason(agreed):
    here = copy.copy(agreed)
    subject = here.qualification
    with acting_as(here.director):
        with pytest.raises(Invalid):
            sign_off.decline(qualification=subject, reason="", actor=here.director, at=here.tick())
        sign_off.decline(
            qualification=subject, reason="D05 is out of date.", actor=here.director,
            at=here.tick(),
        )  # fmt: skip

    with acting_as(PORTAL):
        told = Notice.objects.filter(kind="signature_declined", text="D05 is out of date.")
        assert here.admin.person_id in set(told.values_list("person_id", flat=True))
        assert not SignOff.objects.filter(qualification_id=here.ids[0]).exists()
    assert here.statuses == [Status.CONTENT_AGREED]


@pytest.mark.django_db
def test_declining_twice_is_refused_and_told_once(agreed):
    here = copy.copy(agreed)
    said = {"qualification": here.qualification, "reason": "D05 is out of date."}
    with acting_as(here.director):
        sign_off.decline(**said, actor=here.director, at=here.tick())
    with acting_as(PORTAL):
        before = Notice.objects.filter(kind="signature_declined").count()
    with acting_as(here.director), pytest.raises(Refused, match="declined to sign this content"):
        sign_off.decline(**said, actor=here.director, at=here.tick())
    with acting_as(PORTAL):
        assert before
        assert Notice.objects.filter(kind="signature_declined").count() == before
