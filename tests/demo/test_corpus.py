"""The corpus of the demonstration refers only to what the portal knows."""

from datetime import date, timedelta

import pytest

from participants.enums import Body, Duty, Entrant, OrganisationKind, Retrieval, Status
from participants.market_roles import MARKET_ROLES, TRIO
from qadportal.demo import wording
from qadportal.demo.corpus import ORGANISATION_PART
from qadportal.demo.reading import EVIDENCE, corpus
from reviews.enums import Outcome, Severity, ThreadKind
from submissions import bank
from submissions.content import problems
from submissions.template_file import parse
from waves.routes import ROUTES, route_objections

CORPUS = corpus()
BANK = parse(bank.FILE.read_text(encoding="utf-8"))
BEYOND_STATES = {"NOT_OPENED", "ARMED", "TRIO_HELD", "DEFERRED"}
QUALIFICATIONS = [(o, q) for o in CORPUS.organisations for q in o.qualification]


def _voices(question) -> list[wording.Voice]:
    if question.scope == "ORGANISATION":
        return [wording.Voice(o) for o in CORPUS.organisations if o.qualification and o.answers]
    return [
        wording.Voice(o, q) for o, q in QUALIFICATIONS if q.role in question.roles and o.answers
    ]


def test_there_are_as_many_organisations_and_kinds_as_the_demonstration_needs() -> None:
    assert len(CORPUS.organisations) >= 24
    assert {q.role for _, q in QUALIFICATIONS} == set(MARKET_ROLES)
    assert {q.route for _, q in QUALIFICATIONS} == set(ROUTES)
    assert {q.pathway for _, q in QUALIFICATIONS} >= {1, 2, 3, 5, 6}
    stages = {q.stage for _, q in QUALIFICATIONS}
    assert stages >= set(Status.values) - {Status.WITHDRAWN}
    assert stages <= set(Status.values) | BEYOND_STATES


def test_every_word_of_an_organisation_is_known() -> None:
    for each in CORPUS.organisations:
        assert each.kind in OrganisationKind.values and each.entrant in Entrant.values
        assert sum(person.master_admin for person in each.people) >= 1
        assert all(person.email.endswith(".example") for person in each.people)
    for _, q in QUALIFICATIONS:
        assert q.retrieval in Retrieval.values
        assert (q.role == "SDS") == bool(q.retrieval)
        assert not route_objections(q.role, q.route, q.new_entrant)


def test_people_have_one_address_each() -> None:
    addresses = [p.email for o in CORPUS.organisations for p in o.people]
    addresses += [each.email for each in CORPUS.staff]
    assert len(addresses) == len({address.lower() for address in addresses})


def test_staff_belong_to_bodies_and_duties() -> None:
    for each in CORPUS.staff:
        assert each.body in Body.values and set(each.duties) <= set(Duty.values)
    for duty in Duty.values:
        assert any(duty in each.duties for each in CORPUS.staff), duty


def test_the_trio_always_stands_together() -> None:
    for each in CORPUS.organisations:
        roles = {q.role for q in each.qualification}
        assert not roles & set(TRIO) or roles >= set(TRIO), each.slug


def test_every_question_of_the_bank_has_an_answer_and_no_other() -> None:
    assert set(CORPUS.answers) == {question.code for question in BANK.questions}


@pytest.mark.parametrize("question", BANK.questions, ids=lambda question: question.code)
def test_every_voice_finds_a_valid_answer(question) -> None:
    on = date(2025, 9, 1)
    for voice in _voices(question):
        variant = wording.choose(CORPUS.answers[question.code], voice)
        if variant is None:  # asked only of those who want it
            assert question.when, f"{question.code} of {voice.organisation.slug}"
            continue
        first = wording.content(question, variant, voice, on)
        assert problems(question, first) == []
        later = wording.final_content(question, first, variant, voice, on, on + timedelta(days=60))
        assert problems(question, later) == []


@pytest.mark.parametrize("question", BANK.questions, ids=lambda question: question.code)
def test_every_variant_keeps_to_the_kind_of_its_question(question) -> None:
    columns = {column.key: column for column in question.columns}
    for each in CORPUS.answers[question.code]:
        assert set(each.fits) <= set(MARKET_ROLES)
        final = each.final
        for row in (*each.rows, *(final.rows if final else ())):
            assert set(row) <= set(columns)
        if question.evidence_required:
            taken = (each.files and "file" in question.evidence) or (
                each.references and "reference" in question.evidence
            )
            assert taken, f"{question.code}{each.variant} brings no evidence"
        assert not each.files or "file" in question.evidence, each.variant
        assert not each.references or "reference" in question.evidence, each.variant


def test_every_thread_hangs_where_its_body_reads() -> None:
    for thread in CORPUS.threads:
        place = next(o for o in CORPUS.organisations if o.slug == thread.organisation)
        question = BANK.question(thread.question)
        assert thread.kind in ThreadKind.values and thread.severity in Severity.values
        assert (question.scope == "ORGANISATION") == (thread.role == ORGANISATION_PART), thread.id
        assert thread.body == thread.messages[0].by
        for message in thread.messages:
            if message.by == "participant":
                assert place.person(message.who).author or place.person(message.who).master_admin
            else:
                assert any(s.name == message.who and s.body == message.by for s in CORPUS.staff)


def test_texts_that_are_pointed_at_exist() -> None:
    for _, q in QUALIFICATIONS:
        keys = [d.reasons for d in q.decisions] + [c for d in q.decisions for c in d.conditions]
        keys += [q.reopening.reason] if q.reopening else []
        keys += [q.moved.reason] if q.moved else []
        keys += [q.dip_user.note] if q.dip_user else []
        keys += [q.pack] if q.pack else []
        assert set(keys) <= set(CORPUS.texts)
        assert {d.outcome for d in q.decisions} <= set(Outcome.values)


def test_evidence_that_is_named_exists() -> None:
    for variants in CORPUS.answers.values():
        for each in variants:
            named = (*each.files, *(each.final.files if each.final else ()))
            assert set(named) <= set(CORPUS.files)
    reports = [q.report.file for _, q in QUALIFICATIONS if q.report]
    assert all(CORPUS.files[name].summary for name in reports)
    for file in CORPUS.files.values():
        names = {file.file, *file.files_by_organisation.values()}
        names |= {file.final_file} if file.final_file else set()
        assert all((EVIDENCE / name).is_file() for name in names)
