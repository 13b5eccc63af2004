"""The question page: every kind of answer, saving, conflicts, history, and who only reads."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.models import Area
from participants.services import people
from submissions import bank
from submissions.content import Content
from submissions.models import AnswerRevision, SectionProgress
from submissions.services import answering
from tests import factories
from tests.factories import NOON
from tests.submissions import builders
from tests.submissions.doors import make_desk, post_of, question, signed_in, statements

READ, READ_LIMITED, SAVE = 9, 10, 13
AUTOSAVE = {"headers": {"X-Autosave": "1"}}
# One question of each kind, and those that take two.
KINDS = ("H03", "A02", "A07", "C01", "J02", "J01", "P01", "S04", "Q01", "B06", "H01")


@pytest.fixture
def desk(db):
    return make_desk()


def _save(desk, code: str, text: str, revision: int, actor=None, at=NOON) -> None:
    part = desk.part_for(question(code))
    with acting_as(actor or desk.actor):
        answering.save_answer(
            part=part,
            question_code=code,
            sent=Content(text=text),
            revision=revision,
            actor=actor or desk.actor,
            at=at,
        )


def test_the_nine_kinds_are_all_in_the_table_below(db):
    builders.publish_reference_data()
    kinds = {kind for code in KINDS for kind in question(code).kinds}
    with acting_as(PORTAL):
        known = {kind for each in bank.current()[1].questions for kind in each.kinds}
    assert kinds == known
    assert len(kinds) == 9


@pytest.mark.parametrize("code", KINDS)
def test_an_answer_of_every_kind_goes_in_by_form_and_comes_back(desk, code):
    asked = question(code)
    value = json.loads(json.dumps(builders.content_for(asked).value))
    if "number" in value:
        value["number"] = "1200"
    typed = post_of(asked, value, text="With words.\r\nTwo lines.", marks="ready", revision="0")
    if "number" in value:
        typed["number"] = "1,200"

    answer = desk.client.post(desk.address(code), typed)

    assert answer.status_code == 302
    saved = desk.answer(code)
    assert saved.value == value
    assert saved.text == "With words.\nTwo lines."
    assert saved.is_ready
    page = desk.client.get(desk.address(code))
    assert page.status_code == 200
    again = desk.client.post(desk.address(code), typed | {"revision": "1"})
    assert (again.status_code, desk.answer(code).revision) == (302, 1)  # nothing changed


@pytest.mark.parametrize(
    ("code", "sent", "said"),
    [
        ("S04", {"number": "some"}, "enter a number"),
        ("J02", {"date_0": "31", "date_1": "2", "date_2": "2026"}, "enter a date"),
        ("A07", {"choice": "other"}, "choose one of the answers"),
        ("C01", {"choices": "other"}, "choose among the answers"),
        ("J01", {"rows-0-0": "Rota", "rows-0-3": "tomorrow"}, "line 1, Dated"),
        ("H03", {"marks": "not_applicable"}, "say why the question does not apply"),
    ],
)
def test_what_cannot_be_taken_comes_back_as_typed_with_the_remedy(desk, code, sent, said):
    desk.client.post(desk.address("S01"), {"choice": "sought", "revision": "0"})

    answer = desk.client.post(desk.address(code), {"text": "Typed & kept", "revision": "0"} | sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Typed &amp; kept" in page
    for name, value in sent.items():
        kept = (f'value="{value}"', f">{value}</textarea>")
        assert name in ("choice", "choices") or any(one in page for one in kept)
    assert desk.answer(code) is None


def test_not_applicable_with_a_reason_is_an_answer(desk):
    desk.client.post(
        desk.address("H03"),
        {"marks": "not_applicable", "not_applicable_reason": "No DIP.", "revision": "0"},
    )
    saved = desk.answer("H03")
    assert (saved.is_not_applicable, saved.not_applicable_reason) == (True, "No DIP.")


def test_a_table_grows_without_script(desk):
    url = desk.address("J01")
    asked = question("J01")
    rows = [{"document": f"LWI-{n}", "process": "Reads"} for n in range(4)]
    typed = post_of(asked, {"rows": rows}, revision="0", then="lines")

    answer = desk.client.post(url, typed, follow=True)

    page = answer.content.decode()
    assert desk.answer("J01").value["rows"] == rows
    assert 'name="rows-13-0"' in page  # four lines and ten empty ones
    gaps = post_of(asked, {"rows": [rows[0], {}, rows[2]]}, revision="1")
    desk.client.post(url, gaps)
    assert desk.answer("J01").value["rows"] == [rows[0], rows[2]]


def test_saving_leads_on_to_the_next_question_or_stays(desk):
    url = desk.address("H03")
    page = desk.client.get(url).content.decode()
    assert "Save and go to H04" in page

    stays = desk.client.post(url, {"text": "One.", "revision": "0", "then": "stay"})
    goes_on = desk.client.post(url, {"text": "Two.", "revision": "1", "then": "H04"})
    ends = desk.client.post(url, {"text": "Three.", "revision": "2", "then": "section"})
    elsewhere = desk.client.post(url, {"text": "Four.", "revision": "3", "then": "//evil.example"})

    section = url.removesuffix("H03/")
    assert [a.headers["Location"] for a in (stays, goes_on, ends, elsewhere)] == [
        url,
        f"{section}H04/",
        section,
        url,
    ]


def test_autosave_answers_with_the_revision_and_the_time(desk):
    with moments.at(NOON + timedelta(seconds=7)):
        answer = desk.client.post(
            desk.address("H03"), {"text": "By itself.", "revision": "0"}, **AUTOSAVE
        )

    told = answer.json()
    assert (answer.status_code, told["revision"], told["saved_at"]) == (200, 1, "12:00:07")


def test_autosave_tells_how_far_the_answer_and_its_section_are_now(desk):
    page = desk.client.get(desk.address("H03")).content.decode()
    sent = {"text": "By itself.", "revision": "0"}
    draft = desk.client.post(desk.address("H03"), sent, **AUTOSAVE).json()["standing"]
    sent = {"text": "By itself.", "revision": "1", "marks": "ready"}
    ready = desk.client.post(desk.address("H03"), sent, **AUTOSAVE).json()["standing"]

    assert [page.count(f'data-live="{name}"') for name in ("status", "shape", "ready")] == [1, 1, 1]
    assert "Draft" in draft["status"] and draft["ready"].startswith("0 of ")
    assert "Ready for Initial" in ready["status"] and ready["ready"].startswith("1 of ")
    assert draft["shape"] != ready["shape"]


def test_an_answer_without_its_evidence_says_what_is_missing(desk):
    code = "H01"  # a document is asked for; words may stand beside it
    asked = question(code)
    _save(desk, code, "All of it is said.", 0)

    page = desk.client.get(desk.address(code)).content.decode()

    assert "Answered, evidence missing" in page
    assert "not answered yet" not in page
    part = desk.part_for(asked)
    with acting_as(desk.actor):
        builders.add_evidence(part, asked, desk.actor, NOON)
    assert "evidence missing" not in desk.client.get(desk.address(code)).content.decode()


def test_autosave_says_what_cannot_be_taken(desk):
    answer = desk.client.post(desk.address("S04"), {"number": "x", "revision": "0"}, **AUTOSAVE)

    assert answer.status_code == 422
    assert answer.json() == {"errors": {"S04": "S04: enter a number, such as 1200."}}


BASE = "Found by people.\n\nHeld for 48 hours.\n\nRestored in eight hours."
THEIRS = "Found by people.\n\nHeld for 72 hours.\n\nRestored in four hours."
YOURS = "Found by people and probes.\n\nHeld for 48 hours.\n\nRestored in six hours."


@pytest.fixture
def collision(desk):
    """Both began with revision 1; Tom saved since, and Priya has not."""
    _save(desk, "H03", BASE, 0)
    tom = factories.member_actor(desk.organisation, name="Tom Elsworth", is_master_admin=False)
    _save(desk, "H03", THEIRS, 1, actor=tom, at=NOON + timedelta(minutes=3))
    return desk


def _hidden(page: str) -> dict[str, str]:
    form = page[page.index("/merge/") :]
    found = {}
    for name in ("mine", "base", "revision", "shown"):
        rest = form[form.index(f'name="{name}" value="') :]
        raw = rest.split('value="', 1)[1].split('"', 1)[0]
        found[name] = raw.replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")
    return found


@pytest.mark.parametrize("by_itself", [True, False])
def test_a_conflict_shows_base_theirs_and_yours_and_saves_nothing(collision, by_itself):
    extra = AUTOSAVE if by_itself else {}
    answer = collision.client.post(
        collision.address("H03"), {"text": YOURS, "revision": "1"}, **extra
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Tom changed this answer too" in page
    assert "2 of 3 changes fit together, and one needs your choice" in page
    assert ("<html" in page) is not by_itself
    assert "Tom’s taken" in page
    assert "Yours taken" in page
    assert json.loads(_hidden(page)["mine"])["text"] == YOURS
    assert collision.answer("H03").text == THEIRS


@pytest.mark.parametrize(
    ("choice", "last"),
    [
        ("theirs", "Restored in four hours."),
        ("yours", "Restored in six hours."),
        ("anew", "Restored in four hours.\n\nRestored in six hours."),
    ],
)
def test_a_conflict_is_settled_without_script_and_no_word_is_lost(collision, choice, last):
    url = collision.address("H03")
    page = collision.client.post(url, {"text": YOURS, "revision": "1"}).content.decode()
    key = next(part.split('"')[0] for part in page.split('name="')[1:] if part.startswith("c-text"))

    unchosen = collision.client.post(f"{url}merge/", _hidden(page) | {"then": "save"})
    shown = collision.client.post(f"{url}merge/", _hidden(page) | {key: choice, "then": "show"})
    merged = f"Found by people and probes.\n\nHeld for 72 hours.\n\n{last}"
    assert "Choose first: 1 place not chosen yet" in unchosen.content.decode()
    assert merged in shown.content.decode()
    hidden = _hidden(shown.content.decode())
    saved = collision.client.post(
        f"{url}merge/",
        hidden | {key: choice, "then": "save", "text": f"{merged}\r\n\r\nAnd a last word."},
    )

    assert saved.status_code == 302
    answer = collision.answer("H03")
    assert answer.text == f"{merged}\n\nAnd a last word."
    assert answer.revision == 3


def test_a_third_save_in_between_meets_what_was_merged(collision):
    url = collision.address("H03")
    page = collision.client.post(url, {"text": YOURS, "revision": "1"}).content.decode()
    key = next(part.split('"')[0] for part in page.split('name="')[1:] if part.startswith("c-text"))
    shown = collision.client.post(f"{url}merge/", _hidden(page) | {key: "yours", "then": "show"})
    eve = factories.member_actor(collision.organisation, name="Eve Marsh", is_master_admin=False)
    _save(collision, "H03", THEIRS + "\n\nEve was here.", 2, actor=eve)

    text = "Merged by Priya."
    answer = collision.client.post(
        f"{url}merge/",
        _hidden(shown.content.decode()) | {key: "yours", "then": "save", "text": text},
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Eve changed this answer too" in page
    assert json.loads(_hidden(page)["mine"])["text"] == text
    assert "Eve was here." in page


def test_two_choices_that_differ_are_a_choice_and_one_is_not(desk):
    url = desk.address("C01")
    desk.client.post(url, {"choice": "none", "revision": "0"})
    tom = factories.make_member(desk.organisation, name="Tom Elsworth", is_master_admin=False)
    signed_in(tom.person).post(url, {"choice": "partial", "text": "Some.", "revision": "1"})

    page = desk.client.post(url, {"choice": "full", "revision": "1"}).content.decode()
    shown = desk.client.post(
        f"{url}merge/", _hidden(page) | {"c-value.choice": "yours", "then": "show"}
    )
    hidden = _hidden(shown.content.decode())
    done = desk.client.post(
        f"{url}merge/", hidden | {"c-value.choice": "yours", "then": "save", "text": "Some."}
    )

    assert "Partial: we rely on others" in page
    assert done.status_code == 302
    saved = desk.answer("C01")
    assert (saved.value, saved.text) == ({"choice": "full"}, "Some.")


def test_the_preview_saves_nothing_and_lets_no_markup_through(desk):
    answer = desk.client.post(
        f"{desk.address('H03')}preview/", {"text": "**Loud** <script>alert(1)</script>"}
    )

    page = answer.content.decode()
    assert "<strong>Loud</strong>" in page
    assert "<script" not in page
    assert desk.answer("H03") is None


def test_cells_of_a_table_are_shown_letter_by_letter(desk):
    hostile = "[x](javascript:alert(1)) | <b>**b**"
    desk.client.post(desk.address("J01"), {"rows-0-0": hostile, "revision": "0"})
    reader = desk.colleague(is_master_admin=False, is_author=False, is_director=True)

    page = reader.get(desk.address("J01")).content.decode()

    assert "[x](javascript:alert(1)) | &lt;b&gt;**b**" in page
    assert 'href="javascript' not in page


def test_the_history_keeps_every_revision_and_brings_one_back(collision):
    url = collision.address("H03")
    index = collision.client.get(f"{url}history/").content.decode()
    one = collision.client.get(f"{url}history/1/").content.decode()
    assert "Revision 1" in index
    assert "Tom Elsworth" in index
    assert '<del><span class="vh">[removed: </span>48<span class="vh">]</span></del>' in one
    assert "Bring this revision back" in one

    answer = collision.client.post(f"{url}history/1/restore/", {"revision": "2"})

    assert answer.status_code == 302
    saved = collision.answer("H03")
    assert (saved.text, saved.revision) == (BASE, 3)
    with acting_as(PORTAL):
        assert AnswerRevision.objects.filter(answer=saved).count() == 3
    assert collision.client.get(f"{url}history/77/").status_code == 404


def test_bringing_a_revision_back_over_a_newer_save_is_a_conflict(collision):
    url = collision.address("H03")
    answer = collision.client.post(f"{url}history/1/restore/", {"revision": "1"})

    assert answer.status_code == 409
    assert collision.answer("H03").text == THEIRS


def test_a_locked_section_is_shown_with_the_reason_and_typed_words_are_given_back(desk):
    part = desk.role_part
    with acting_as(PORTAL):
        SectionProgress.objects.filter(part=part, section="H").update(status="LOCKED")
    url = desk.address("H03")

    page = desk.client.get(url).content.decode()
    answer = desk.client.post(url, {"text": "Too late, but mine.", "revision": "0"})
    by_itself = desk.client.post(url, {"text": "Too late.", "revision": "0"}, **AUTOSAVE)

    assert "Section H is locked since its submission" in page
    assert "<textarea" not in page
    assert answer.status_code == 409
    assert "Too late, but mine." in answer.content.decode()
    assert (by_itself.status_code, "<html" in by_itself.content.decode()) == (409, False)
    assert desk.answer("H03") is None


def _limited(desk):
    member = factories.make_member(desk.organisation, is_master_admin=False)
    with acting_as(desk.actor):
        area = people.ensure_area(
            organisation_id=desk.organisation.pk, qualification=desk.qualification, section="H"
        )
        people.change_membership(membership=member, areas=[area], actor=desk.actor, at=NOON)
        assert Area.objects.count() == 1
    return signed_in(member.person)


def test_a_limited_author_writes_its_sections_and_reads_the_others(desk):
    limited = _limited(desk)

    own = limited.post(desk.address("H03"), {"text": "Mine.", "revision": "0"})
    other = limited.post(desk.address("J02"), {"text": "Not mine.", "revision": "0"})
    page = limited.get(desk.address("J02")).content.decode()

    assert (own.status_code, other.status_code) == (302, 403)
    assert "Section J is not among the sections that you may write" in page
    assert "<textarea" not in page
    assert desk.answer("J02") is None


def test_a_director_who_does_not_write_reads(desk):
    _save(desk, "H03", "**Written** by others.", 0)
    director = desk.colleague(is_master_admin=False, is_author=False, is_director=True)

    page = director.get(desk.address("H03")).content.decode()
    answer = director.post(desk.address("H03"), {"text": "Mine.", "revision": "1"})

    assert "<strong>Written</strong> by others." in page
    assert "You may read this QAD" in page
    assert answer.status_code == 403


def test_a_member_without_any_standing_is_denied(desk):
    nobody = desk.colleague(is_master_admin=False, is_author=False)
    assert nobody.get(desk.address("H03")).status_code == 403
    assert nobody.get(desk.qad).status_code == 403


@pytest.mark.parametrize("tail", ["", "history/", "history/1/", "evidence/file/"])
def test_living_answers_do_not_exist_for_bodies_and_strangers(desk, tail):
    _save(desk, "H03", "A secret draft.", 0)
    url = desk.address("H03") + tail
    stranger = make_desk()
    crossed = url.replace(desk.slug, stranger.slug)

    for client, address in (
        (signed_in(factories.make_staff("BSC")), url),
        (stranger.client, url),
        (stranger.client, crossed),
    ):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "A secret draft" not in answer.content.decode()
        assert client.post(address, {"text": "x", "revision": "1"}).status_code in (404, 405)


def test_addresses_that_name_no_question_of_the_part_do_not_exist(desk):
    part = desk.role_part.pk
    for tail in (f"{part}/H/A01/", f"{part}/J/H03/", f"{desk.own_part.pk}/H/H03/", f"{part}/Z/"):
        assert desk.client.get(f"{desk.qad}{tail}").status_code == 404


def test_what_is_not_asked_is_shown_with_the_reason(desk):
    page = desk.client.get(desk.address("C02")).content.decode()
    assert "This is not asked of you" in page
    assert "It depends on C01, which is not answered yet." in page


def test_what_is_asked_at_final_may_be_drafted_before(desk):
    page = desk.client.get(desk.address("D05")).content.decode()
    assert "This is asked at the Final stage." in page
    answer = desk.client.post(desk.address("D05"), {"text": "Early.", "revision": "0"})
    assert answer.status_code == 302


def test_at_final_the_page_shows_what_changed_since_initial(desk):
    _save(desk, "H03", BASE, 0)
    builders.submit_initial(desk.qualification, desk.actor)
    builders.receive_report(desk.qualification)
    desk.client.get(desk.qad)
    _save(desk, "H03", THEIRS, 1, at=NOON + timedelta(days=1))

    page = desk.client.get(desk.address("H03")).content.decode()

    assert "Changes since Initial" in page
    assert '<ins><span class="vh">[added: </span>72<span class="vh">]</span></ins>' in page
    assert "Initial, as submitted" in page


def test_the_statements_of_reading_and_saving_do_not_grow(desk):
    url = desk.address("H03")
    _save(desk, "H03", "First.", 0)
    few, _ = statements(desk.client, url)
    builders.answer_everything(desk.organisation, desk.actor)
    builders.submit_initial(desk.qualification, desk.actor)
    for number in range(1, 9):
        _save(desk, "H03", f"Again {number}.", number, at=NOON + timedelta(hours=number))
    many, _ = statements(desk.client, url)
    limited, _ = statements(_limited(desk), url)
    revision = desk.answer("H03").revision

    saving, answer = _count_save(desk, url, revision)

    assert answer.json()["revision"] == revision + 2
    assert (few, many, limited, saving) == (READ, READ, READ_LIMITED, SAVE)


def _count_save(desk, url: str, revision: int):
    desk.client.post(url, {"text": "Warm.", "revision": str(revision)}, **AUTOSAVE)
    sent = {"text": "Counted.", "revision": str(revision + 1)}
    with CaptureQueriesContext(connection) as seen:
        answer = desk.client.post(url, sent, **AUTOSAVE)
    return len(seen) - 3, answer


def test_the_section_page_lists_its_questions_and_takes_as_many_statements(desk):
    url = desk.address("H03").removesuffix("H03/")
    few, answer = statements(desk.client, url)
    builders.answer_everything(desk.organisation, desk.actor)
    many, _ = statements(desk.client, url)

    assert "H03 Fault handling" in answer.content.decode()
    assert (few, many) == (8, 8)
    assert entry.member_actor(desk.member).is_participant


def test_colleagues_see_each_other_on_a_question_for_a_minute_and_nobody_else_does(desk):
    url = f"{desk.address('H03')}here/"
    colleague = desk.colleague(name="Tom Elsworth")
    stranger = make_desk()
    with moments.at(NOON):
        alone = desk.client.get(url).content.decode()
        seen = colleague.get(url).content.decode()
    with moments.at(NOON + timedelta(seconds=30)):
        both = desk.client.get(url).content.decode()
        elsewhere = desk.client.get(f"{desk.address('H04')}here/").content.decode()
        outside = [stranger.client.get(url), signed_in(factories.make_staff()).get(url)]
    with moments.at(NOON + timedelta(seconds=120)):
        gone = desk.client.get(url).content.decode()

    assert (alone.strip(), elsewhere.strip(), gone.strip()) == ("", "", "")
    assert "Priya Nadarajan is also on this question" in seen
    assert "Tom Elsworth is also on this question" in both
    assert [answer.status_code for answer in outside] == [404, 404]
    assert f'hx-get="{url}"' in desk.client.get(desk.address("H03")).content.decode()
