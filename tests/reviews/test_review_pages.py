"""The pages of review in the hands of those who use them: every page opens, every act is done."""

import copy

import pytest
from django.urls import reverse

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from reviews.models import Approval, ReopenRequest, Thread
from reviews.services import threads
from tests import factories
from tests.reviews import builders as b
from tests.reviews.doors import door, statements, text_of


@pytest.fixture(scope="module")
def initial(shared):
    here = b.to(b.scene(), Status.INITIAL_SUBMITTED)
    b.raise_thread(here)
    return here


@pytest.fixture(scope="module")
def final(shared):
    here = b.to(b.scene(), Status.FINAL_REVIEW)
    b.raise_thread(here)
    b.raise_thread(here, "REC", "FINDING")
    return here


@pytest.fixture(scope="module")
def trio(shared):
    return b.to(b.scene("LDSO", "NON_SIT_LDSO_M10"), Status.INITIAL_SUBMITTED)


def slug(here):
    return here.organisation.slug


def url(name, here, *more):
    return reverse(f"reviews:{name}", args=[slug(here), *more])


def question(here, code="H03", *more, name="part_question"):
    return url(name, here, here.part().pk, code[0], code, *more)


STAFF_PAGES = ["qad", "qualified", "findings", "approvals", "reopening_of"]


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["BSC", "REC", "DIP"])
@pytest.mark.parametrize("name", STAFF_PAGES)
def test_every_page_of_an_organisation_opens_for_its_bodies(final, name, body):
    here = copy.copy(final)

    assert door(here.leads[body]).get(url(name, here)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["qualified", "findings", "approvals", "reopening_of"])
@pytest.mark.parametrize("who", ["admin", "director", "delegate"])
def test_participants_see_their_own_matrix_findings_approvals_and_requests(final, name, who):
    here = copy.copy(final)

    assert door(getattr(here, who)).get(url(name, here)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", STAFF_PAGES)
def test_r001_the_pages_of_an_organisation_do_not_exist_for_another(final, name):
    here = copy.copy(final)
    stranger = door(factories.member_actor(factories.make_organisation()))

    assert stranger.get(url(name, here)).status_code == 404


@pytest.mark.django_db
def test_r001_a_strangers_thread_is_not_found_like_one_that_never_was(final):
    here = copy.copy(final)
    stranger = door(factories.member_actor(factories.make_organisation()))
    with acting_as(PORTAL):
        thread = Thread.objects.filter(part=here_part(here)).first()

    for address in (
        url("threads", here, here.part().pk, "H03"),
        url("act_form", here, thread.pk, "propose_plan"),
    ):
        assert stranger.get(address).status_code == 404
    assert stranger.post(url("act", here, thread.pk), {"act": "respond"}).status_code == 404


def here_part(here):
    from submissions.models import Part

    return Part.objects.get(qualification_id=here.ids[0])


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["queue", "qualified_all", "all_findings", "reopening"])
def test_the_desk_pages_open(final, name):
    assert door(final.leads["BSC"]).get(reverse(f"reviews:{name}")).status_code == 200


@pytest.mark.django_db
def test_the_queue_says_what_to_open_first(initial):
    here = copy.copy(initial)
    said = text_of(door(here.leads["BSC"]).get(reverse("reviews:queue")))

    assert here.organisation.name in said
    assert " first." in said
    assert "to read." in said


@pytest.mark.django_db
def test_r011_the_programme_reads_no_qad_under_review(final):
    here = copy.copy(final)
    programme = door(factories.staff_actor("MHHSP", "TEST_MANAGER"))

    assert programme.get(url("qad", here)).status_code == 404
    assert programme.get(question(here)).status_code == 404


@pytest.mark.django_db
def test_r096_what_only_the_final_asks_is_no_gap_in_the_initial(initial):
    here = copy.copy(initial)
    client, part = door(here.leads["BSC"]), here.part()

    whole = text_of(client.get(url("part", here, part.pk)))
    section = text_of(client.get(url("part_section", here, part.pk, "D")))

    assert "Completion of SIT or Qualification Testing" not in whole
    assert "Nothing of this section is to be read yet." in section


@pytest.mark.django_db
def test_the_first_look_at_a_part_starts_the_review(trio):
    here = copy.copy(trio)
    door(here.leads["REC"]).get(url("part", here, here.part().pk))

    assert here.qualification.status == Status.INITIAL_REVIEW


@pytest.mark.django_db
def test_a_question_shows_the_answer_as_submitted_the_threads_and_the_opinions(final):
    here = copy.copy(final)
    said = text_of(door(here.leads["BSC"]).get(question(here)))

    assert "H03: We do this every working day." in said
    assert "How long does it take?" in said
    assert "REC already asks about this" in said
    assert "BSC on H03, version" in said


@pytest.mark.django_db
def test_a_question_names_every_ask_of_the_other_bodies_whose_turn_and_since_when(final):
    here = copy.copy(final)
    finding = b.raise_thread(here, "REC", "FINDING", subject="Nobody on call")

    said = text_of(door(here.leads["DIP"]).get(question(here)))

    assert "BSC and REC already ask about this" in said
    assert f"REC {finding.reference} “Nobody on call”" in said
    assert f"; with {here.organisation.name} " in said


@pytest.mark.django_db
def test_who_drafts_reads_the_open_asks_first_and_not_what_is_closed(final):
    here = copy.copy(final)
    closed = b.raise_thread(here, "REC", subject="Settled long ago")
    with acting_as(here.leads["REC"]):
        threads.close(thread=closed, text="", actor=here.leads["REC"], at=here.tick())
    page = url("raise", here, here.part().pk, "H", "H03", "comment")

    bsc, dip = (text_of(door(here.leads[body]).get(page)) for body in ("BSC", "DIP"))

    assert "REC already asks about this." in bsc
    assert "BSC asks about this already." in bsc
    assert "How long does it take?" in bsc
    assert "BSC and REC already ask about this." in dip
    assert "DIP asks about this already" not in dip
    assert "Settled long ago" not in bsc + dip


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["comment", "finding"])
def test_drafting_takes_as_many_statements_with_one_open_ask_as_with_many(final, kind):
    here = copy.copy(final)
    client = door(here.leads["DIP"])
    page = url("raise", here, here.part().pk, "H", "H03", kind)
    few = statements(client, page)
    for _ in range(12):
        b.raise_thread(here, "REC")

    assert statements(client, page) == few


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["", "changed", "final", "initial", "sides", "nonsense"])
def test_every_reading_of_an_answer_opens(final, view):
    here = copy.copy(final)

    assert door(here.leads["DIP"]).get(f"{question(here)}?view={view}").status_code == 200


@pytest.mark.django_db
def test_r008_a_question_for_the_dip_manager_alone_does_not_exist_for_the_others(final):
    here = copy.copy(final)
    part = here.part(None)
    address = url("part_question", here, part.pk, "P", "P01")

    assert door(here.leads["DIP"]).get(address).status_code == 200
    assert door(here.leads["BSC"]).get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "fields"),
    [("comment", {}), ("observation", {}), ("finding", {"severity": "HIGH"})],
)
def test_r098_a_reviewer_raises_a_thread_on_its_form(initial, kind, fields):
    here = copy.copy(initial)
    client = door(here.leads["REC"])
    address = question(here, "H03", kind, name="raise")
    blank = client.post(address, {"subject": "", "text": ""})
    sent = client.post(address, {"subject": "Restart", "text": "How long?", **fields})

    assert client.get(address).status_code == 200
    assert blank.status_code == 422
    assert sent.status_code == 302
    with acting_as(PORTAL):
        assert Thread.objects.filter(kind=kind.upper(), body="REC", subject="Restart").count() == 1


@pytest.mark.django_db
def test_what_was_typed_comes_back_with_the_reason(initial):
    here = copy.copy(initial)
    sent = door(here.leads["REC"]).post(
        question(here, "H03", "finding", name="raise"), {"subject": "Restart", "text": "How?"}
    )

    assert sent.status_code == 422
    assert 'value="Restart"' in sent.content.decode()
    assert "Choose how severe the finding is." in sent.content.decode()


@pytest.mark.django_db
def test_r097_a_participant_answers_on_the_threads_page_and_in_the_panel(final):
    here = copy.copy(final)
    client, part = door(here.admin), here.part()
    with acting_as(PORTAL):
        thread = Thread.objects.get(part=part, kind="COMMENT")
    page = url("threads", here, part.pk, "H03")
    panel = client.get(page, headers={"HX-Request": "true"})
    blank = client.post(url("act", here, thread.pk), {"act": "respond", "text": " "})
    sent = client.post(url("act", here, thread.pk), {"act": "respond", "text": "Two hours."})

    assert "<html" in client.get(page).content.decode()
    assert "<html" not in panel.content.decode()
    assert "Write what you mean to say." in blank.content.decode()
    assert blank.status_code == 422
    assert sent.status_code == 302
    with acting_as(PORTAL):
        assert Thread.objects.get(pk=thread.pk).status == "RESPONDED"


@pytest.mark.django_db
def test_r099_a_finding_goes_its_whole_way_through_the_pages(final):
    here = copy.copy(final)
    ours, theirs = door(here.admin), door(here.leads["REC"])
    with acting_as(PORTAL):
        finding = Thread.objects.get(part=here_part(here), kind="FINDING")
    plan = {"text": "We will test it.", "owner_name": "Tom", "due_on_0": "1", "due_on_1": "6",
            "due_on_2": "2027"}  # fmt: skip
    form, act = (lambda name: url("act_form", here, finding.pk, name)), url("act", here, finding.pk)
    steps = [
        (ours, form("propose_plan"), plan),
        (theirs, form("return_plan"), {"text": "Sooner."}),
        (ours, form("propose_plan"), plan),
        (theirs, act, {"act": "agree_plan"}),
        (ours, form("mark_done"), {"text": "Tested."}),
        (theirs, form("return_action"), {"text": "Where?"}),
        (ours, form("mark_done"), {"text": "Here."}),
        (theirs, act, {"act": "clear"}),
    ]
    for client, address, sent in steps:
        if address != act:
            assert client.get(address).status_code == 200
        assert client.post(address, sent).status_code == 302

    with acting_as(PORTAL):
        assert Thread.objects.get(pk=finding.pk).status == "CLEARED"


@pytest.mark.django_db
def test_a_form_that_was_open_while_the_thread_moved_on_is_answered_with_where_it_stands(final):
    here = copy.copy(final)
    ours, theirs = door(here.admin), door(here.leads["REC"])
    with acting_as(PORTAL):
        finding = Thread.objects.get(part=here_part(here), kind="FINDING")
    plan = {"text": "We will test it.", "owner_name": "Tom", "due_on_0": "1", "due_on_1": "6",
            "due_on_2": "2027"}  # fmt: skip
    late = url("act_form", here, finding.pk, "return_plan")
    ours.post(url("act_form", here, finding.pk, "propose_plan"), plan)
    theirs.post(url("act", here, finding.pk), {"act": "agree_plan"})

    sent, opened = theirs.post(late, {"text": "Sooner."}), theirs.get(late)

    assert sent.status_code == 409
    assert "F-1 has moved on since you opened it: Plan agreed." in text_of(sent)
    assert opened.status_code == 302
    assert ours.post(url("act_form", here, finding.pk, "nothing"), {}).status_code == 404


@pytest.mark.django_db
def test_r099_another_body_is_offered_no_act_and_is_turned_down(final):
    here = copy.copy(final)
    with acting_as(PORTAL):
        finding = Thread.objects.get(part=here_part(here), kind="FINDING")
    client = door(here.leads["BSC"])

    assert client.get(url("act_form", here, finding.pk, "return_plan")).status_code == 404
    assert client.post(url("act", here, finding.pk), {"act": "clear"}).status_code == 403


@pytest.mark.django_db
def test_approving_goes_by_the_hash_that_was_shown(final):
    here = copy.copy(final)
    client, part = door(here.leads["DIP"]), here.part()
    stale = client.post(url("approve", here, part.pk), {"seen": "0" * 64})
    seen = here.newest(part).sha256
    assert seen in client.get(url("approvals", here)).content.decode()
    done = client.post(url("approve", here, part.pk), {"seen": seen})

    assert (stale.status_code, done.status_code) == (409, 302)
    with acting_as(PORTAL):
        assert Approval.objects.get(part=part, body="DIP").status == "APPROVED"


@pytest.mark.django_db
def test_a_button_that_cannot_be_pressed_says_why(final):
    here = copy.copy(final)
    said = text_of(door(here.leads["REC"]).get(url("approvals", here)))

    assert "REC holds F-1 neither cleared nor with an agreed plan." in said


@pytest.mark.django_db
def test_asking_for_more_and_confirming_comments_by_their_forms(final):
    here = copy.copy(final)
    client, part = door(here.leads["DIP"]), here.part()
    more = url("ask_for_more", here, part.pk)
    seen = here.newest(part).sha256

    assert client.get(more).status_code == 200
    assert client.post(more, {"reason": "", "seen": seen}).status_code == 422
    assert client.post(more, {"reason": "Show it.", "seen": seen}).status_code == 302
    assert client.post(url("confirm_comments", here, here.ids[0])).status_code == 302


@pytest.mark.django_db
def test_completing_the_initial_review_by_its_button(initial):
    here = copy.copy(initial)
    address = url("complete_initial", here, here.ids[0])

    assert door(here.leads["DIP"]).post(address).status_code == 302
    assert door(here.leads["DIP"]).post(address).status_code == 409
    assert door(here.secretary).post(address).status_code == 403


@pytest.mark.django_db
def test_r088_r089_a_request_to_reopen_is_asked_for_and_granted(final):
    here = copy.copy(final)
    ours, theirs, part = door(here.admin), door(here.leads["BSC"]), here.part()
    ask = url("request_reopening", here, here.ids[0])
    assert ours.get(ask).status_code == 200
    assert ours.post(ask, {"reason": "Wrong."}).status_code == 422
    assert ours.post(ask, {"sections": [f"{part.pk}:H"], "reason": "Wrong."}).status_code == 302
    with acting_as(PORTAL):
        asked = ReopenRequest.objects.get(qualification_id=here.ids[0])
    one = url("reopening_one", here, asked.pk)

    assert ours.get(one).status_code == 200
    assert theirs.post(one, {"reason": "Yes."}).status_code == 422
    assert theirs.post(one, {"decision": "grant"}).status_code == 302
    assert here.statuses == [Status.FINAL_REOPENED]


@pytest.mark.django_db
def test_the_matrix_of_the_trio_is_one_lock(trio):
    here = copy.copy(trio)
    page = door(here.leads["BSC"]).get(url("qualified", here))
    said = text_of(page)

    assert "0 of 5 decisions." in said
    assert 'colspan="3"' in page.content.decode()
    assert "Not yet: locked together" in said


@pytest.mark.django_db
def test_r007_the_rec_does_not_see_the_umso_in_the_matrix(trio):
    here = copy.copy(trio)

    assert "UMSO" in text_of(door(here.leads["BSC"]).get(url("qualified", here)))
    page = door(here.leads["REC"]).get(url("qualified", here)).context["page"]
    assert [column.role for column in page.columns] == ["LDSO", "SMRA / ERDA"]


# --- as many statements for much as for little


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["queue", "qualified_all", "all_findings", "reopening"])
def test_desk_pages_take_the_same_statements_for_one_row_and_for_many(shared, name):
    few = b.to(b.scene(), Status.INITIAL_SUBMITTED)
    b.raise_thread(few)
    client = door(few.leads["BSC"])
    before = statements(client, reverse(f"reviews:{name}"))
    for _ in range(3):
        more = b.to(b.scene("SDS"), Status.INITIAL_SUBMITTED)
        b.raise_thread(more)
        b.raise_thread(more, kind="FINDING")

    assert statements(client, reverse(f"reviews:{name}")) == before


def _more(here, count):
    """Let threads gather on the answer that the pages show."""
    for number in range(count):
        b.raise_thread(here, ("BSC", "REC", "DIP")[number % 3], ("COMMENT", "FINDING")[number % 2])


BUDGETS = {
    "qualified": 12, "findings": 12, "approvals": 12, "reopening_of": 12, "qad": 12, "part": 15,
    "part_section": 15, "part_question": 15, "threads": 15, "queue": 12, "qualified_all": 12,
    "all_findings": 12, "reopening": 12,
}  # fmt: skip


def _address(here, name):
    part = here.part().pk
    more = {
        "part": [part],
        "part_section": [part, "H"],
        "part_question": [part, "H", "H03"],
        "threads": [part, "H03"],
    }
    if name in ("queue", "qualified_all", "all_findings", "reopening"):
        return reverse(f"reviews:{name}")
    return url(name, here, *more.get(name, []))


@pytest.mark.django_db
@pytest.mark.parametrize("name", BUDGETS)
def test_pages_take_the_same_statements_for_two_threads_and_for_forty(final, name):
    here = copy.copy(final)
    client, address = door(here.leads["BSC"]), _address(here, name)
    client.get(_address(here, "part"))  # begins the review, once
    before = statements(client, address)
    _more(here, 40)

    assert statements(client, address) == before
    assert before <= BUDGETS[name]
