"""What a signature no longer covers, named: questions, sections, items, papers (R105, R111)."""

import copy
from copy import deepcopy

import pytest

from foundation.tenancy.acting import acting_as
from participants.enums import Status
from reviews.coverage import Section, lost
from submissions import bank
from submissions.models import Answer
from submissions.services import answering, submitting
from tests.reviews import builders as b
from tests.reviews.doors import door, text_of
from tests.reviews.papers import of, reopen, sign, signatures
from tests.submissions import builders as qads

SIGNED = {
    "qualification": {
        "mpids": ["FENM"], "organisation": "Fennmoor", "company_number": "1", "role": "SUPPLIER",
        "route": "QT_WAVE_2",
    },
    "parts": [
        {"part": "organisation", "version": 1, "sections": [{"section": "A", "sha256": "a"}]},
        {"part": "role", "version": 3, "sections": [{"section": "H", "sha256": "h"}]},
    ],
    "open_items": [{"reference": "F-1", "plan": None}],
    "assertions": [],
    "reports": [{"kind": "QT"}],
}  # fmt: skip


def changed(change):
    now = deepcopy(SIGNED)
    change(now)
    return lost(SIGNED, now)


def test_r105_a_signature_covers_what_is_the_same():
    assert not lost(SIGNED, deepcopy(SIGNED))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda now: now["parts"][1]["sections"][0].update(sha256="x"), "section H"),
        (lambda now: now["parts"][1]["sections"].append({"section": "J", "sha256": "j"}),
         "section J"),
        (lambda now: now["parts"].pop(0), "section A"),
        (lambda now: now["open_items"].clear(), "F-1"),
        (lambda now: now["open_items"][0].update(plan={"number": 1}), "F-1"),
        (lambda now: now["open_items"].append({"reference": "O-2", "plan": None}), "O-2"),
        (lambda now: now["assertions"].append({}), "the Management Assertion"),
        (lambda now: now["reports"].clear(), "the test completion reports"),
        (lambda now: now["qualification"]["mpids"].append("FNMS"), "the MPIDs"),
        (lambda now: now["qualification"].update(organisation="F"), "the name of the company"),
    ],
)  # fmt: skip
def test_r111_whatever_changed_after_the_signature_is_named(change, words):
    assert changed(change).words == words


def test_a_section_is_named_by_its_questions_where_they_are_known():
    assert Section("role", "H", ["H03", "H07"]).words == "H03, H07"


@pytest.fixture(scope="module")
def agreed(shared):
    return b.to(b.scene(), Status.CONTENT_AGREED)


def _reopened(here):
    client = door(here.director)
    sign(client, here)
    reopen(here)
    return client


def _sheet(client, here):
    return text_of(client.get(f"{of('sheet', here)}?signature={signatures(here)[0].pk}"))


@pytest.mark.django_db
def test_r111_reopened_and_not_yet_changed_the_void_signature_says_so(agreed):
    here = copy.copy(agreed)
    client = _reopened(here)

    assert "Nothing of what it covered has changed so far." in _sheet(client, here)


def _rewrite(here, code):
    part, subject = here.part(), here.fresh()
    question = bank.of_part(part).question(code)
    with acting_as(here.admin):
        revision = Answer.objects.get(part=part, question=code).revision
        answering.save_answer(
            part=part, question_code=code, revision=revision, actor=here.admin, at=here.tick(),
            sent=qads.content_for(question, "Otherwise from now on."),
        )  # fmt: skip
        submitting.resubmit_final(
            qualification=subject, actor=here.admin, at=here.tick(), unchanged_because=""
        )


@pytest.mark.django_db
def test_r111_who_signs_again_reads_which_questions_the_earlier_signature_no_longer_covers(agreed):
    here = copy.copy(agreed)
    client = _reopened(here)
    _rewrite(here, "J01")

    said = "This signature no longer covers J01."
    assert said in _sheet(client, here)
    assert said in text_of(client.get(of("sign_off_of", here)))
    assert "Margaret Iwu signed on" in text_of(client.get(of("sign_off_of", here)))


@pytest.mark.django_db
def test_r111_while_nothing_changed_the_receipt_says_that_it_covers_the_qad(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    sign(client, here)
    said = text_of(client.get(of("sign_off_of", here)))

    assert "Covers the QAD as it stands" in said
    assert "Changed since" not in said
