"""Searching: every reader finds what they may read, and nothing tells them that there is more."""

import json

import pytest

from foundation import searching
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from foundation.ui.parts import plain
from participants.models import Organisation, Qualification
from reviews.services import threads
from submissions.models import Answer, FrozenSection
from tests.reviews import builders as b
from tests.reviews.desks import heading, of_lead, of_member, of_staff, place, rows, words
from tests.reviews.doors import statements

pytestmark = pytest.mark.usefixtures("at_noon")
SEARCH = "/desk/search/"


def _say(here: b.Scene, text: str, question: str = "H03") -> None:
    """Freeze a section anew with this answer to one of its questions."""
    part = here.part()
    with acting_as(PORTAL):
        rows = FrozenSection.objects.filter(part=part, section=question[0])
        newest = rows.order_by("-frozen_at").first()
        content = json.loads(newest.content)
        asked = next(each for each in content["questions"] if each["code"] == question)
        asked["answer"]["text"] = text
        FrozenSection.objects.create(
            organisation_id=part.organisation_id, part=part, section=question[0],
            stage=newest.stage, content=json.dumps(content), sha256="0" * 64,
            frozen_at=here.tick(),
        )  # fmt: skip


def _turn_into_sds(here: b.Scene) -> None:
    """Give the scene's organisation a role that the REC does not govern."""
    with acting_as(PORTAL):
        Qualification.objects.filter(pk__in=here.ids).update(role="SDS")


def _found(client, text: str, view: str = "", url: str = SEARCH) -> list[str]:
    return rows(client, f"{url}?q={text}&view={view}")


def test_what_is_asked_is_one_line_of_bounded_length():
    assert searching.asked("  two\n\x00lines ") == "two lines"
    assert len(searching.asked("x" * 5000)) == searching.LONGEST


def test_a_snippet_shows_what_was_found_and_escapes_nothing_into_markup():
    shown = searching.shown("the \ue000restart\ue001 <b>after</b>")

    assert plain(shown) == "the restart <b>after</b>"
    assert plain(searching.shown("nothing")) == "nothing"
    assert plain(searching.shown("| When | \ue000Who\ue001 |\n|---|---|")) == " · When · Who · "


@pytest.mark.django_db
def test_a_body_finds_what_was_submitted_in_any_form_of_the_word(final):
    _say(final, "Our telescopes reconcile every night.")
    client = of_lead(final)

    assert _found(client, "telescope", "answers") == ["H03"]
    assert _found(client, '"telescopes reconciled"', "answers") == ["H03"]
    assert "telescopes reconcile every night" in words(client, f"{SEARCH}?q=telescope")
    assert _found(client, "telescope -night", "answers") == []


@pytest.mark.django_db
def test_r1_what_is_not_submitted_is_found_by_its_owner_alone(final):
    part = final.part()
    with acting_as(PORTAL):
        Answer.objects.filter(part=part, question="H03").update(text="A draft of parsnips.")

    own = place(final, "search/")
    assert _found(of_member(final.organisation), "parsnip", "answers", own) == ["H03"]
    assert heading(of_lead(final), f"{SEARCH}?q=parsnip") == "Nothing found."


@pytest.mark.django_db
def test_r7_a_body_finds_nothing_of_questions_and_roles_that_it_does_not_read(final):
    _say(final, "Our telescopes reconcile every night.")
    b.raise_thread(final, "BSC", text="What of the telescopes?")
    _turn_into_sds(final)

    assert heading(of_lead(final, "REC"), f"{SEARCH}?q=telescope") == "Nothing found."
    assert heading(of_lead(final, "DIP"), f"{SEARCH}?q=telescope") == "Two found."


@pytest.mark.django_db
def test_r1_a_participant_finds_nothing_of_another_organisation(final, submitted):
    other = submitted["initial"]
    _say(final, "Our telescopes reconcile every night.")
    b.raise_thread(final, "BSC", text="What of the telescopes?")
    client = of_member(other.organisation)

    url = f"/o/{other.organisation.slug}/search/"
    assert heading(client, f"{url}?q=telescope") == "Nothing found."
    assert client.get(f"{place(final, 'search/')}?q=telescope").status_code == 404
    assert client.get(f"{SEARCH}?q=telescope").status_code in (403, 404)


@pytest.mark.django_db
def test_a_thread_is_found_by_its_subject_its_messages_its_plan_and_its_number(final):
    raised = b.raise_thread(final, "BSC", "FINDING", subject="Gateways", text="How many swans?")
    with acting_as(final.admin):
        threads.respond(thread=raised, text="There are herons.", actor=final.admin, at=final.tick())
    client, member = of_lead(final), of_member(final.organisation)

    for asked in ("gateway", "swan", "heron", "F-1", "f1"):
        assert _found(client, asked, "threads") == ["F-1"], asked
        assert _found(member, asked, "threads", place(final, "search/")) == ["F-1"], asked
    assert _found(client, "F-2", "threads") == []


@pytest.mark.django_db
def test_organisations_are_found_by_name_and_only_those_in_reach(final):
    name = final.organisation.name

    assert name in _found(of_lead(final), name, "organisations")
    _turn_into_sds(final)
    with acting_as(PORTAL):
        Organisation.objects.filter(pk=final.organisation.pk).update(created_by_body="BSC")
    assert name not in _found(of_lead(final, "REC"), name, "organisations")


@pytest.mark.django_db
def test_r11_the_programme_finds_organisations_and_nothing_that_they_wrote(final):
    _say(final, "Our telescopes reconcile every night.")
    client = of_staff("MHHSP", "LEAD")

    assert heading(client, f"{SEARCH}?q=telescope") == "Nothing found."
    assert "Answers" not in words(client, f"{SEARCH}?q=telescope")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked", ["", "the", '"', "a & | !", "' OR 1=1 --", "%", "\x00", "x" * 900]
)
def test_whatever_is_typed_is_answered(final, asked):
    for client, url in (
        (of_lead(final), SEARCH),
        (of_member(final.organisation), place(final, "search/")),
    ):
        assert client.get(url, {"q": asked, "view": "<b>"}).status_code == 200


@pytest.mark.django_db
def test_a_search_asks_as_often_for_one_as_for_many(final):
    _say(final, "Our telescopes reconcile every night.")
    b.raise_thread(final, "BSC", text="What of the telescopes?")
    pairs = [
        (of_lead(final), f"{SEARCH}?q=telescopes"),
        (of_member(final.organisation), f"{place(final, 'search/')}?q=telescopes"),
    ]
    few = [statements(*pair) for pair in pairs]
    for _ in range(60):
        b.raise_thread(final, "BSC", text="More telescopes.")

    assert [statements(*pair) for pair in pairs] == few
    assert max(few) <= 12
    assert "The best 50 are shown" in words(pairs[0][0], f"{SEARCH}?q=telescopes&view=threads")


@pytest.mark.django_db
def test_an_answer_of_an_earlier_version_is_not_found(final):
    _say(final, "Our telescopes reconcile every night.")
    _say(final, "Our microscopes reconcile every night.")

    client = of_lead(final)
    assert heading(client, f"{SEARCH}?q=telescope") == "Nothing found."
    assert _found(client, "microscope", "answers") == ["H03"]


@pytest.mark.django_db
def test_a_word_of_the_questions_alone_finds_no_answer(final):
    part = final.part()
    with acting_as(PORTAL):
        rows = FrozenSection.objects.filter(part=part).order_by("frozen_at")
        asked = {each["ask"] for row in rows for each in json.loads(row.content)["questions"]}
        said = " ".join(
            json.dumps(each["answer"])
            for row in rows
            for each in json.loads(row.content)["questions"]
        ).lower()
    word = next(
        word for ask in sorted(asked) for word in ask.lower().split()
        if word.isalpha() and len(word) > 8 and word[:6] not in said
    )  # fmt: skip
    with acting_as(PORTAL):
        assert FrozenSection.objects.filter(part=part, content__icontains=word).exists()
        assert not FrozenSection.objects.filter(searching.has(word), part=part).exists()
