"""Writing answers: who may, where, and that no acknowledged word is lost."""

import threading

import pytest
from django.db import connection

from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.services import people
from submissions import bank
from submissions.content import Content, is_answered, problems
from submissions.enums import SectionState
from submissions.models import Answer, AnswerRevision, SectionProgress
from submissions.services import answering, evidence
from tests import factories
from tests.factories import NOON
from tests.foundation.files import PDF
from tests.submissions import builders


@pytest.fixture
def desk(db):
    """An opened QAD of a wave Supplier, its role part and its master admin."""
    builders.publish_reference_data()
    organisation = factories.make_organisation()
    qualification = factories.make_qualification(organisation)
    actor = factories.member_actor(organisation)
    builders.open_qad(organisation, actor)
    return organisation, builders.part_of(organisation, qualification), actor


def _save(part, actor, text, revision, code="H03"):
    with acting_as(actor):
        return answering.save_answer(
            part=part,
            question_code=code,
            sent=Content(text=text),
            revision=revision,
            actor=actor,
            at=NOON,
        )


def test_a_save_with_a_stale_revision_is_refused_with_both_texts(desk):
    _, part, actor = desk
    _save(part, actor, "first", 0)
    _save(part, actor, "theirs", 1)
    with pytest.raises(Refused) as refused:
        _save(part, actor, "mine", 1)
    assert refused.value.detail["theirs"]["text"] == "theirs"
    assert refused.value.detail["yours"]["text"] == "mine"
    assert refused.value.detail["revision"] == 2


def test_the_same_content_again_is_no_new_revision(desk):
    _, part, actor = desk
    _save(part, actor, "first", 0)
    again = _save(part, actor, "first", 0)
    assert again.revision == 1


def test_autosaves_of_one_writer_are_one_line_of_history(desk):
    organisation, part, actor = desk
    colleague = factories.member_actor(organisation)
    for number, text in enumerate(("a", "ab", "abc")):
        _save(part, actor, text, number)
    _save(part, colleague, "abcd", 3)
    with acting_as(PORTAL):
        kept = AnswerRevision.objects.order_by("revision").values_list("content__text", flat=True)
        assert list(kept) == ["abc", "abcd"]


def test_r088_a_locked_section_takes_no_answers(desk):
    _, part, actor = desk
    with acting_as(PORTAL):
        SectionProgress.objects.filter(part=part, section="H").update(status=SectionState.LOCKED)
    with pytest.raises(Refused, match="locked"):
        _save(part, actor, "late", 0)


def test_r005_an_author_limited_to_sections_writes_there_only(desk):
    organisation, part, admin = desk
    with acting_as(PORTAL):
        area = people.ensure_area(
            organisation_id=organisation.pk, qualification=part.qualification, section="H"
        )
    author = factories.make_member(organisation, is_master_admin=False)
    with acting_as(admin):
        people.change_membership(membership=author, actor=admin, at=NOON, areas=[area])
    with acting_as(PORTAL):
        author.refresh_from_db()
    limited = entry.member_actor(author)
    assert _save(part, limited, "within", 0).revision == 1
    with pytest.raises(Denied, match="Section J"):
        _save(part, limited, "outside", 0, code="J04")


def test_r005_a_limited_author_replaces_no_file_that_other_sections_cite(desk):
    organisation, part, admin = desk
    with acting_as(PORTAL):
        area = people.ensure_area(
            organisation_id=organisation.pk, qualification=part.qualification, section="H"
        )
    author = factories.make_member(organisation, is_master_admin=False)
    with acting_as(admin):
        people.change_membership(membership=author, actor=admin, at=NOON, areas=[area])
        said = {"part": part, "question_code": "H03", "actor": admin, "at": NOON}
        piece = evidence.add_file(name="plan.pdf", content=PDF, **said)
    with acting_as(PORTAL):
        author.refresh_from_db()
    limited = entry.member_actor(author)
    newer = {
        "evidence": piece,
        "name": "plan.pdf",
        "question_code": "H03",
        "part": part,
        "at": NOON,
    }
    with acting_as(limited):
        replaced = evidence.replace_file(content=PDF + b"2", actor=limited, **newer)
    assert replaced.version == 2

    with acting_as(admin):
        evidence.cite(part=part, question_code="J04", evidence=piece, actor=admin, at=NOON)
    with acting_as(limited), pytest.raises(Refused, match="section J"):
        evidence.replace_file(content=PDF + b"3", actor=limited, **newer)
    with acting_as(admin):
        assert evidence.replace_file(content=PDF + b"3", actor=admin, **newer).version == 3


def test_r001_another_organisation_cannot_write_here(desk):
    _, part, _ = desk
    stranger = factories.member_actor(factories.make_organisation())
    with pytest.raises(Denied):
        _save(part, stranger, "intruder", 0)


def test_a_director_who_is_no_author_does_not_write(desk):
    organisation, part, _ = desk
    director = factories.member_actor(
        organisation, is_master_admin=False, is_author=False, is_director=True
    )
    with pytest.raises(Denied):
        _save(part, director, "words", 0)


def test_a_question_of_another_part_is_refused(desk):
    _, part, actor = desk
    with pytest.raises(Invalid, match="A01"):
        _save(part, actor, "words", 0, code="A01")


def _questions():
    from submissions.template_file import load

    return load(bank.FILE).questions


@pytest.mark.parametrize("question", _questions(), ids=lambda q: q.code)
def test_every_question_takes_content_of_its_kind(question):
    sent = builders.content_for(question)
    assert problems(question, sent) == []
    assert is_answered(question, sent, pieces_of_evidence=1)


@pytest.mark.parametrize("question", _questions(), ids=lambda q: q.code)
def test_no_question_is_answered_by_nothing(question):
    assert not is_answered(question, None, pieces_of_evidence=0)
    assert not is_answered(question, Content(text="   "), pieces_of_evidence=0)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("C01", {"choice": "everything"}),
        ("C01", {"choices": ["nobody"]}),
        ("A02", {"rows": [{"colour": "red"}]}),
        ("A02", {"rows": "none"}),
        ("S04", {"number": "many"}),
        ("J02", {"date": "31/02/2026"}),
        ("T01", {"declared": "yes"}),
        ("H03", {"script": "<b>"}),
    ],
)
def test_content_of_another_kind_is_named_with_its_question(code, value):
    question = next(each for each in _questions() if each.code == code)
    found = problems(question, Content(value=value))
    assert len(found) == 1
    assert found[0].startswith(f"{code}: ")


def test_not_applicable_needs_a_reason():
    question = next(each for each in _questions() if each.code == "H03")
    assert problems(question, Content(is_not_applicable=True)) == [
        "H03: say why the question does not apply to you."
    ]


def test_two_savers_at_once_lose_nothing(committed):
    builders.publish_reference_data()
    organisation = factories.make_organisation()
    qualification = factories.make_qualification(organisation)
    actors = [factories.member_actor(organisation) for _ in range(4)]
    builders.open_qad(organisation, actors[0])
    part = builders.part_of(organisation, qualification)
    acknowledged: list[int] = []
    refused: list[int] = []

    def write(actor) -> None:
        seen = 0
        for number in range(12):
            try:
                seen = _save(part, actor, f"{actor.person_id} {number}", seen).revision
                acknowledged.append(seen)
            except Refused as conflict:
                seen = conflict.detail["revision"]
                refused.append(seen)
        connection.close()

    threads = [threading.Thread(target=write, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with acting_as(PORTAL):
        final = Answer.objects.get(part=part).revision
    assert len(acknowledged) + len(refused) == 48
    assert sorted(acknowledged) == list(range(1, final + 1))


def _undertake(part, actor):
    with acting_as(actor):
        return answering.save_answer(
            part=part,
            question_code="S08",
            sent=Content(value={"declared": True}),
            revision=0,
            actor=actor,
            at=NOON,
        )


@pytest.mark.parametrize(
    "flags",
    [
        {"is_master_admin": True, "is_author": True},
        {"is_master_admin": False, "is_author": True},
        {"is_master_admin": False, "is_author": False, "is_delegate": True},
    ],
    ids=["master admin", "author", "delegate"],
)
def test_r112_only_a_director_gives_the_undertaking_of_a_smart_exemption(desk, flags):
    organisation, part, _ = desk
    with pytest.raises(Denied, match="Only a company director"):
        _undertake(part, factories.member_actor(organisation, **flags))
    with acting_as(PORTAL):
        assert not Answer.objects.filter(question="S08").exists()


def test_r112_the_director_gives_it_and_writes_nothing_else(desk):
    organisation, part, _ = desk
    only = {"is_master_admin": False, "is_author": False, "is_director": True}
    director = factories.member_actor(organisation, **only)

    assert _undertake(part, director).value == {"declared": True}
    with pytest.raises(Denied):
        _save(part, director, "not mine to write", 0)
