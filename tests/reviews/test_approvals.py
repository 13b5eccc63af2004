"""Approvals: on what was shown, for the parts a body governs, standing until a change (D.5)."""

import copy

import pytest

from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from reviews import facts, queries
from reviews.models import Approval
from reviews.services import approvals, plans, reopening, threads
from submissions.content import Content
from submissions.services import answering, submitting
from tests.reviews import builders as b


@pytest.fixture(scope="module")
def final(shared):
    return b.to(b.scene(), Status.FINAL_SUBMITTED)


@pytest.fixture(scope="module")
def agreed(shared):
    return b.to(b.scene(), Status.CONTENT_AGREED)


@pytest.fixture(scope="module")
def mixed(shared):
    """A Supplier and a Smart MEM in one organisation, both with their Final submitted."""
    here = b.add_role(b.scene(), "MEM_SMART")
    return b.to(here, Status.FINAL_SUBMITTED)


def given(part):
    with acting_as(PORTAL):
        return {row.body: row.status for row in Approval.objects.filter(part=part)}


def approve(here, body, part, seen=None):
    lead, seen = here.leads[body], seen if seen is not None else here.newest(part).sha256
    with acting_as(lead):
        return approvals.approve(part=part, seen_sha256=seen, actor=lead, at=here.tick())


def known(here, place=0):
    subject = here.fresh(place)
    with acting_as(PORTAL):
        return facts.of_qualification(subject)


@pytest.mark.django_db
def test_r101_the_content_is_agreed_when_every_body_approved_both_parts_and_confirmed(final):
    here = copy.copy(final)
    seen = []
    for body in ("BSC", "REC", "DIP"):
        for part in (here.part(None), here.part()):
            approve(here, body, part)
        b.confirm(here, body)
        seen.append(here.qualification.status)

    assert seen == [Status.FINAL_REVIEW, Status.FINAL_REVIEW, Status.CONTENT_AGREED]
    assert here.qualification.content_agreed_at == here.at


@pytest.mark.django_db
@pytest.mark.parametrize("left", ["organisation", "role", "confirmation"])
@pytest.mark.parametrize("body", ["BSC", "REC", "DIP"])
def test_r101_r100_one_opinion_outstanding_means_no_agreement(final, body, left):
    here = copy.copy(final)
    for each in ("BSC", "REC", "DIP"):
        for scope, place in (("organisation", None), ("role", 0)):
            if (each, scope) != (body, left):
                approve(here, each, here.part(place))
        if (each, "confirmation") != (body, left):
            b.confirm(here, each)

    assert here.statuses == [Status.FINAL_REVIEW]


@pytest.mark.django_db
def test_the_order_of_opinions_does_not_matter(final):
    here = copy.copy(final)
    for body in ("DIP", "BSC", "REC"):
        b.confirm(here, body)
    for body in ("REC", "DIP", "BSC"):
        b.approve(here, body)

    assert here.statuses == [Status.CONTENT_AGREED]


@pytest.mark.django_db
@pytest.mark.parametrize("place", [0, None])
def test_r103_an_approval_needs_the_hash_of_the_newest_version(final, place):
    here = copy.copy(final)
    part = here.part(place)

    with pytest.raises(Refused, match="changed since you opened it"):
        approve(here, "BSC", part, seen="0" * 64)
    assert given(part) == {}


@pytest.mark.django_db
def test_an_approval_of_the_same_version_is_given_once(final):
    here = copy.copy(final)
    approve(here, "BSC", here.part())

    with pytest.raises(Refused, match="approved this version already"):
        approve(here, "BSC", here.part())


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["OBSERVATION", "FINDING"])
def test_d5_own_findings_are_settled_or_planned_before_a_body_approves(final, kind):
    here = copy.copy(final)
    thread = b.raise_thread(here, "REC", kind)

    with pytest.raises(Refused, match=f"REC holds {thread.reference}"):
        approve(here, "REC", here.part())
    approve(here, "BSC", here.part())
    with acting_as(here.leads["REC"]):
        threads.clear(thread=thread, actor=here.leads["REC"], at=here.tick())
    approve(here, "REC", here.part())

    assert given(here.part()) == {"BSC": "APPROVED", "REC": "APPROVED"}


@pytest.mark.django_db
def test_d5_an_open_comment_does_not_hold_the_approval_itself(final):
    here = copy.copy(final)
    b.raise_thread(here, "REC")

    assert approve(here, "REC", here.part()).status == "APPROVED"


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Status.INITIAL_SUBMITTED, Status.INITIAL_REVIEWED])
def test_d5_nothing_is_approved_before_the_final_is_submitted(shared, status):
    here = b.to(b.scene(), status)

    for part in (here.part(), here.part(None)):
        with pytest.raises(Refused, match="no Final submission"):
            approve(here, "BSC", part)


@pytest.mark.django_db
def test_r008_without_the_dip_manager_nothing_is_agreed(shared):
    here = b.to(b.scene("MEM_SMART"), Status.FINAL_SUBMITTED)
    b.approve(here, "REC")
    b.confirm(here, "REC")

    assert here.statuses == [Status.FINAL_REVIEW]


@pytest.mark.django_db
def test_r101_r021_each_role_needs_the_bodies_that_govern_it(mixed):
    here = copy.copy(mixed)
    for body in ("REC", "DIP"):
        b.approve(here, body, 1)
        b.confirm(here, body, 1)

    # REC and DIP govern the Supplier too: with the organisation part they began to read it.
    assert here.statuses == [Status.FINAL_REVIEW, Status.CONTENT_AGREED]
    assert given(here.part(None)) == {"REC": "APPROVED", "DIP": "APPROVED"}


@pytest.mark.django_db
def test_r013_bsc_approves_the_organisation_part_of_a_mixed_qad_but_not_its_mem_part(mixed):
    here = copy.copy(mixed)
    approve(here, "BSC", here.part(None))

    with pytest.raises(Denied, match="governs no role"):
        approve(here, "BSC", here.part(1))


@pytest.mark.django_db
def test_r013_bsc_has_no_say_where_only_mems_are_sought(shared):
    here = b.to(b.scene("MEM_ADV"), Status.FINAL_SUBMITTED)

    for part in (here.part(), here.part(None)):
        with pytest.raises(Denied, match="governs no role"):
            approve(here, "BSC", part)


# --- asking for more (R104)


@pytest.mark.django_db
def test_r104_a_body_asks_for_more_with_a_reason(final):
    here = copy.copy(final)
    part, lead = here.part(), here.leads["DIP"]
    seen = here.newest(part).sha256
    with acting_as(lead):
        with pytest.raises(Invalid):
            approvals.ask_for_more(
                part=part, seen_sha256=seen, reason=" ", actor=lead, at=here.tick()
            )
        approvals.ask_for_more(
            part=part, seen_sha256=seen, reason="Show the recovery test.", actor=lead,
            at=here.tick(),
        )  # fmt: skip

    lack = next(each for each in _lacks(here) if each.body == "DIP" and each.scope == "role")
    assert (given(part), lack.holder) == ({"DIP": "FURTHER_SUBMISSION"}, "PARTICIPANT")
    assert "Show the recovery test." in lack.what


def _lacks(here):
    from reviews.qualified import own_missing

    return [each for each in own_missing(known(here)) if each.key == "approval"]


@pytest.mark.django_db
def test_a_body_that_asked_for_more_may_approve_after_all(final):
    here = copy.copy(final)
    part, lead = here.part(), here.leads["DIP"]
    with acting_as(lead):
        approvals.ask_for_more(
            part=part, seen_sha256=_sha(part), reason="Show it.", actor=lead, at=here.tick()
        )
    approve(here, "DIP", part)

    assert given(part) == {"DIP": "APPROVED"}


def _sha(part):
    from submissions.queries import latest_versions

    return latest_versions([part.pk])[part.pk].sha256


# --- lapsing (R89, R103)


def _reopen(here, letter, place, body="REC"):
    subject, part = here.qualification, here.part(place)
    with acting_as(here.admin):
        asked = reopening.request(
            qualification=subject, sections=[(part, letter)], reason="A figure is wrong.",
            actor=here.admin, at=here.tick(),
        )  # fmt: skip
    with acting_as(here.leads[body]):
        return reopening.grant(request=asked, actor=here.leads[body], at=here.tick())


def _resubmit(here, code, place, text="We stop within a quarter of an hour."):
    part = here.part(place)
    with acting_as(here.admin):
        if text:
            from submissions.models import Answer

            revision = Answer.objects.get(part=part, question=code).revision
            answering.save_answer(
                part=part, question_code=code, sent=Content(text=text), revision=revision,
                actor=here.admin, at=here.tick(),
            )  # fmt: skip
        submitting.resubmit_final(
            qualification=_subject(here),
            actor=here.admin,
            at=here.tick(),
            unchanged_because="It holds.",
        )


def _subject(here):
    from participants.models import Qualification

    return Qualification.objects.select_related("organisation").get(pk=here.ids[0])


LAPSES = {
    "role section changed": ("H", "H03", 0, "We stop at once."),
    "organisation section changed": ("E", "E02", None, "We meet each morning."),
    "role section sent back unchanged": ("H", "H03", 0, ""),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("letter", "code", "place", "text"), LAPSES.values(), ids=LAPSES.keys())
def test_r089_opinions_of_the_reopened_part_lapse_and_those_of_the_other_stand(
    agreed, letter, code, place, text
):
    here = copy.copy(agreed)
    touched, other = here.part(place), here.part(0 if place is None else None)
    _reopen(here, letter, place)
    while_open = (given(touched), given(other))
    _resubmit(here, code, place, text)

    assert while_open == (
        dict.fromkeys(("BSC", "REC", "DIP"), "LAPSED"),
        dict.fromkeys(("BSC", "REC", "DIP"), "APPROVED"),
    )
    assert (given(touched), here.statuses) == (while_open[0], [Status.FINAL_REVIEW])


@pytest.mark.django_db
def test_r103_a_lapsed_approval_is_given_again_and_the_content_agreed_anew(agreed):
    here = copy.copy(agreed)
    _reopen(here, "H", 0)
    _resubmit(here, "H03", 0)
    for body in ("BSC", "REC", "DIP"):
        approve(here, body, here.part())
        b.confirm(here, body)

    assert here.statuses == [Status.CONTENT_AGREED]
    assert known(here).approval_stands("role", "BSC")


@pytest.mark.django_db
def test_r089_while_a_section_is_reopened_its_part_cannot_be_approved(agreed):
    here = copy.copy(agreed)
    _reopen(here, "H", 0)

    with pytest.raises(Refused):
        approve(here, "BSC", here.part())


@pytest.mark.django_db
def test_an_opinion_says_which_version_it_covers_and_who_gave_it(final):
    here = copy.copy(final)
    part = here.part()
    approve(here, "BSC", part)

    with acting_as(here.admin):
        row = queries.approvals([part.pk])[part.pk, "BSC"]
    newest = here.newest(part)
    assert (row.version, row.covers_sha256) == (newest, newest.sha256)
    assert (row.by_name, row.at) == (here.leads["BSC"].name, here.at)


@pytest.mark.django_db
def test_r099_an_agreed_plan_is_enough_to_approve(final):
    here = copy.copy(final)
    thread, lead = b.raise_thread(here, "BSC", "FINDING"), here.leads["BSC"]
    with acting_as(here.admin):
        plans.propose(
            thread=thread, text="We will test it.", owner_name="Tom", due_on=b.tomorrow(here),
            actor=here.admin, at=here.tick(),
        )  # fmt: skip
    with pytest.raises(Refused, match="BSC holds F-1"):
        approve(here, "BSC", here.part())
    with acting_as(lead):
        plans.agree(thread=thread, actor=lead, at=here.tick())

    assert approve(here, "BSC", here.part()).status == "APPROVED"
