"""Reading a QAD the second time: only what needs eyes, what changed, what carries over."""

import copy
import json

import pytest
from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.errors import Invalid, Refused
from foundation.ids import new_id
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from reviews.models import Message
from reviews.services import accepting, reopening
from submissions.content import Content
from submissions.models import Answer, Version
from submissions.services import answering, submitting
from tests import factories
from tests.reviews import builders as b
from tests.reviews.calls import held as address
from tests.reviews.calls import post
from tests.reviews.doors import door, statements, text_of

PART, SECTION, QUESTION = 12, 12, 15


@pytest.fixture(scope="module")
def reviewed(shared):
    """A Supplier whose Final is under review; every body ended its Initial review."""
    return b.to(b.scene(), Status.FINAL_REVIEW)


def url(here, *more, **asked):
    names = ("part", "part_section", "part_question")
    place = reverse(
        f"reviews:{names[len(more)]}", args=[here.organisation.slug, here.part().pk, *more]
    )
    return place + (
        "?" + "&".join(f"{key}={value}" for key, value in asked.items()) if asked else ""
    )


def reopen(here, *letters):
    subject, part, lead = here.fresh(), here.part(), here.leads["BSC"]
    with acting_as(here.admin):
        asked = reopening.request(
            qualification=subject, sections=[(part, each) for each in letters],
            reason="A figure is wrong.", actor=here.admin, at=here.tick(),
        )  # fmt: skip
    with acting_as(lead):
        reopening.grant(request=asked, actor=lead, at=here.tick())


def rewrite(here, code="H03", text="We restart within one hour now."):
    part = here.part()
    with acting_as(here.admin):
        before = Answer.objects.get(part=part, question=code)
        answering.save_answer(
            part=part, question_code=code, revision=before.revision, actor=here.admin,
            sent=Content(text=text, value=before.value, is_ready=True), at=here.tick(),
        )  # fmt: skip


def resubmit(here, because=""):
    subject = here.fresh()
    with acting_as(here.admin):
        return submitting.resubmit_final(
            qualification=subject, actor=here.admin, at=here.tick(), unchanged_because=because
        )


def accept(here, *codes, body="BSC"):
    part, lead = here.part(), here.leads[body]
    number = here.newest(part).number
    with acting_as(lead):
        accepting.accept_all(
            part=part, questions=codes, seen_version=number, actor=lead, at=here.tick()
        )


def rows_of(page):
    table = page.context["page"].table
    return {str(row.cells[0])[:3]: str(row.cells[1].word) for row in table.rows} if table else {}


@pytest.fixture
def again(reviewed, db):
    """H03 changed in a resubmission; BSC had accepted all of H before."""
    here = copy.copy(reviewed)
    accept(here, "H01", "H03", "H04")
    reopen(here, "H")
    rewrite(here)
    resubmit(here)
    return here


@pytest.mark.django_db
def test_the_default_shows_only_what_needs_eyes_with_its_reason_and_the_rest_is_one_key_away(again):
    client, number = door(again.leads["BSC"]), again.newest(again.part()).number

    page = client.get(url(again, "H"))
    shown = rows_of(page)

    assert shown["H03"] == f"Changed since version {number - 1}: answer"
    assert not {"H01", "H04"} & set(shown)
    assert 'data-key="s"' in page.content.decode()
    assert "opinions carried over" in text_of(page)

    everything = rows_of(client.get(url(again, "H", show="all")))
    assert everything["H01"] == f"Carried over from version {number - 1}"
    assert set(shown) < set(everything)


@pytest.mark.django_db
def test_the_part_opens_on_what_needs_eyes_and_can_be_narrowed_to_a_section(again):
    client = door(again.leads["BSC"])

    page = client.get(url(again))
    listed = rows_of(page)
    narrowed = rows_of(client.get(url(again, show="eyes", section="H")))

    assert f"Needs your eyes ({len(listed)})" in text_of(page)
    assert "H03" in listed
    assert {code[0] for code in narrowed} == {"H"}
    assert "All sections" in text_of(client.get(url(again, show="all")))


@pytest.mark.django_db
def test_every_body_has_its_own_eyes(again):
    number = again.newest(again.part()).number
    found = rows_of(door(again.leads["REC"]).get(url(again, "H")))

    assert found["H03"] == "Changed since version 1: answer"
    assert number == 3


@pytest.mark.django_db
def test_the_question_shows_what_changed_in_words_that_are_spoken_too(again):
    page = door(again.leads["BSC"]).get(url(again, "H", "H03"))
    html, said = page.content.decode(), text_of(page)

    assert '<ins><span class="vh">[added: </span>' in html
    assert '<del><span class="vh">[removed: </span>' in html
    assert "What changed" in said
    assert "Compared with version 2" in said


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["now", "before", "sides", "final", "initial", "nonsense"])
@pytest.mark.parametrize("against", ["", "1", "2", "3", "99", "x"])
def test_any_two_versions_are_compared_and_nonsense_is_the_usual_view(again, view, against):
    answer = door(again.leads["BSC"]).get(url(again, "H", "H03", view=view, against=against))

    assert answer.status_code == 200
    wanted = against if against in ("1", "2") else "2"
    assert f"Before, version {wanted}" in text_of(answer)


@pytest.mark.django_db
def test_the_way_to_the_next_answer_that_needs_eyes_crosses_sections(again):
    client = door(again.leads["BSC"])
    codes = list(rows_of(client.get(url(again))))
    args = [again.organisation.slug, again.part().pk]
    after = reverse("reviews:next_for_eyes", args=args)
    before = reverse("reviews:previous_for_eyes", args=args)

    walked = [client.get(f"{after}?from={code}").url for code in codes]

    assert [each.split("/")[-2] for each in walked[:-1]] == codes[1:]
    assert walked[-1].endswith("?show=eyes")
    assert client.get(f"{before}?from={codes[1]}").url == url(again, codes[0][0], codes[0])
    assert client.get(f"{before}?from={codes[0]}").url.endswith("?show=eyes")
    assert client.get(after).url == url(again, codes[0][0], codes[0])


@pytest.mark.django_db
def test_a_comment_offers_the_answer_then_once_the_answer_changed(reviewed):
    here = copy.copy(reviewed)
    b.raise_thread(here)
    client = door(here.leads["BSC"])
    assert "on version 2" in text_of(client.get(url(here, "H", "H03")))
    assert "the answer then" not in text_of(client.get(url(here, "H", "H03")))
    reopen(here, "H")
    rewrite(here)
    resubmit(here)

    page = client.get(url(here, "H", "H03"))
    own = door(here.admin).get(
        reverse("reviews:threads", args=[here.organisation.slug, here.part().pk, "H03"])
    )

    assert "on version 2, changed since: the answer then" in text_of(page)
    assert f"{url(here, 'H', 'H03')}?view=before&amp;against=2" in page.content.decode()
    version = reverse("submissions:version", args=[here.organisation.slug, here.part().pk, 2])
    assert f'href="{version}#H-H03"' in own.content.decode()


@pytest.mark.django_db
def test_a_body_reads_what_was_submitted_and_no_draft_of_it(reviewed):
    here = copy.copy(reviewed)
    reopen(here, "H")
    rewrite(here, text="Not yet handed in.")
    client = door(here.leads["BSC"])

    for place in (url(here), url(here, "H"), url(here, "H", "H03")):
        assert "Not yet handed in." not in text_of(client.get(place))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["next_for_eyes", "previous_for_eyes"])
def test_r001_the_ways_between_answers_do_not_exist_for_others(again, name):
    place = reverse(f"reviews:{name}", args=[again.organisation.slug, again.part().pk])

    assert door(again.admin).get(place).status_code == 404
    stranger = factories.member_actor(factories.make_organisation())
    assert door(stranger).get(place).status_code == 404
    assert door(factories.staff_actor("MHHSP", "TEST_MANAGER")).get(place).status_code == 404


# --- handed in again without a change


@pytest.mark.django_db
def test_nothing_changed_is_asked_about_and_the_reason_is_read_by_the_bodies(reviewed):
    here = copy.copy(reviewed)
    reopen(here, "H", "J")
    rewrite(here)

    with pytest.raises(Refused, match=r"Nothing has changed in section J \(Supplier\)") as refused:
        resubmit(here)
    assert [each["section"] for each in refused.value.detail["unchanged"]] == ["J"]
    assert here.statuses == [Status.FINAL_REOPENED]
    with pytest.raises(Invalid):
        resubmit(here, "x" * 2001)

    resubmit(here, "J was right as it was.")

    assert here.statuses == [Status.FINAL_REVIEW]
    with acting_as(PORTAL):
        event = AuditEvent.objects.get(action="section.resubmitted_unchanged")
        told = Notice.objects.filter(kind="final_resubmitted").order_by("created_at").last().text
    assert (event.because, json.loads(event.payload)["sections"]) == (
        "J was right as it was.",
        ["J"],
    )
    assert "Nothing changed in J" in told
    client = door(here.leads["BSC"])
    for place in (url(here), url(here, show="all"), url(here, "J")):
        assert "“J was right as it was.”" in text_of(client.get(place))
    assert "J was right" not in text_of(client.get(url(here, "H")))


@pytest.mark.django_db
def test_a_change_in_every_reopened_section_asks_nothing_and_leaves_no_flag(again):
    with acting_as(PORTAL):
        assert not AuditEvent.objects.filter(action="section.resubmitted_unchanged").exists()
    assert "Nothing changed in" not in text_of(door(again.leads["BSC"]).get(url(again)))


@pytest.mark.django_db
def test_what_is_changed_and_changed_back_is_no_change(reviewed):
    here = copy.copy(reviewed)
    reopen(here, "H")
    part = here.part()
    with acting_as(PORTAL):
        before = Answer.objects.get(part=part, question="H03").text
    rewrite(here)
    rewrite(here, text=before)

    with pytest.raises(Refused, match="Nothing has changed in section H"):
        resubmit(here)


@pytest.mark.django_db
def test_the_participant_is_questioned_on_the_page_and_by_the_api(reviewed):
    here = copy.copy(reviewed)
    reopen(here, "H")
    client = door(here.admin)
    slug, key = here.organisation.slug, here.ids[0]
    check = client.get(reverse("submissions:check", args=[slug, key]))
    submit = reverse("submissions:submit", args=[slug, key, "reopened"])

    assert "Nothing has changed in section H (Supplier). Submit all the same?" in text_of(check)
    assert 'name="unchanged_because"' in check.content.decode()
    assert client.post(submit, {"unchanged_because": " "}).status_code == 409

    by_api = post(here.admin, address(here, "submit/reopened/"))
    assert by_api.status_code == 409
    assert by_api.json()["conflict"]["unchanged"][0]["section"] == "H"
    done = post(here.admin, address(here, "submit/reopened/"), unchanged_because="It holds.")
    assert done.status_code == 200
    part = here.part()
    with acting_as(PORTAL):
        assert Version.objects.filter(part=part).count() == 2


@pytest.mark.django_db
def test_a_page_takes_the_reason(reviewed):
    here = copy.copy(reviewed)
    reopen(here, "H")
    client = door(here.admin)
    args = [here.organisation.slug, here.ids[0], "reopened"]

    answer = client.post(
        reverse("submissions:submit", args=args), {"unchanged_because": "It holds."}, follow=True
    )

    assert "were submitted" in text_of(answer)
    assert here.statuses == [Status.FINAL_REVIEW]


# --- participants compare their own versions


@pytest.mark.django_db
def test_an_owner_and_a_body_compare_two_versions_and_see_only_what_differs(again):
    place = reverse("submissions:version", args=[again.organisation.slug, again.part().pk, 3])
    for client in (door(again.admin), door(again.leads["REC"])):
        page = client.get(f"{place}?against=2")
        said = text_of(page)

        sections = page.context["page"].sections
        assert [one.code for part in sections for one in part.answers] == ["H03"]
        assert "[removed: " in said
        assert "What you read has this hash" in said
        assert "Changed since version 1" in said
        assert "H01" in text_of(client.get(place))
    for nonsense in ("3", "99", "x", "0"):
        assert "[removed: " not in text_of(client.get(f"{place}?against={nonsense}"))
    stranger = factories.member_actor(factories.make_organisation())
    assert door(stranger).get(f"{place}?against=2").status_code == 404


@pytest.mark.django_db
def test_comparing_versions_takes_no_further_statement(again):
    client = door(again.admin)
    place = reverse("submissions:version", args=[again.organisation.slug, again.part().pk, 3])

    assert statements(client, place) == statements(client, f"{place}?against=1")


# --- as many statements for much as for little


@pytest.mark.django_db
def test_statements_are_exact_for_one_and_for_three_hundred(again):
    client = door(again.leads["BSC"])
    step = reverse("reviews:next_for_eyes", args=[again.organisation.slug, again.part().pk])
    places = [url(again), url(again, "H"), url(again, "H", "H03")]
    b.raise_thread(again)
    few = [statements(client, each) for each in places]
    _three_hundred(again)

    assert [statements(client, each) for each in places] == few == [PART, SECTION, QUESTION]
    assert client.get(step).status_code == 302


def _three_hundred(here):
    """Every answer changes and is talked about, three hundred messages of the body in all."""
    part, lead = here.part(), here.leads["BSC"]
    with acting_as(PORTAL):
        codes = list(Answer.objects.filter(part=part).values_list("question", flat=True))
    row = b.raise_thread(here, question="H04")
    with acting_as(lead):
        Message.objects.bulk_create(
            Message(
                id=new_id(), organisation_id=row.organisation_id, thread=row, side="BODY",
                body="BSC", author_id=lead.person_id, author_name=lead.name, text="And?",
                version_number=1 + at % 3, at=here.at,
            )
            for at in range(300)
        )  # fmt: skip
    accept(here, *[code for code in codes if code[0] in "HJ" and code not in ("H03", "H04")][:20])
    letters = sorted({code[0] for code in codes} & set("HJKB"))
    reopen(here, *letters)
    for code in codes:
        if code[0] in letters:
            rewrite(here, code, f"Now {code} says this.")
    resubmit(here)
    assert len(codes) > 40
