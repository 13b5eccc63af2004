"""Taking a QAD through its stages for tests: answers of every kind, submissions, reports."""

from datetime import date, datetime

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants.models import Organisation, Qualification
from submissions import bank
from submissions.content import Content
from submissions.enums import WRITABLE_SECTIONS
from submissions.models import Part
from submissions.services import answering, opening, submitting
from submissions.services import evidence as evidence_services
from submissions.services.templates import import_template
from submissions.sheet import read
from submissions.template_types import Question
from tests.factories import NOON
from waves.models import Timetable
from waves.services.timetable import import_timetable

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def publish_reference_data() -> None:
    """Publish the template and the timetable, where the database has none."""
    fixtures = bank.FILE.parent
    with acting_as(PORTAL):
        import_template(text=bank.FILE.read_text(encoding="utf-8"), actor=PORTAL, at=NOON)
        if not Timetable.objects.exists():
            import_timetable(
                csv_text=(fixtures / "timetable_v1.csv").read_text(encoding="utf-8"),
                header_text=(fixtures / "timetable_v1.toml").read_text(encoding="utf-8"),
                actor=PORTAL,
                at=NOON,
            )


def open_qad(organisation: Organisation, actor: Actor, at: datetime = NOON) -> list[Qualification]:
    """Open the QAD as its owner."""
    with acting_as(actor):
        return opening.open_qad(organisation=organisation, actor=actor, at=at)


def part_of(organisation: Organisation, qualification: Qualification | None = None) -> Part:
    """Return a part of the organisation's QAD."""
    with acting_as(PORTAL):
        return Part.objects.select_related("organisation").get(
            organisation=organisation, qualification=qualification
        )


def content_for(question: Question, said: str = "We do this every working day.") -> Content:
    """Return valid content for a question of any kind."""
    value: dict = {}
    if question.choices:
        value["choice"] = question.choices[0].value
    if question.options:
        value["choices"] = [question.options[0].value]
    if "NUMBER" in question.kinds:
        value["number"] = 12
    if "DATE" in question.kinds:
        value["date"] = "2026-02-14"
    if "DECLARATION" in question.kinds:
        value["declared"] = True
    if question.columns:
        value["rows"] = [{c.key: _cell(c) for c in question.columns if not c.optional}]
    return Content(text=f"{question.code}: {said}", value=value, is_ready=True)


def _cell(column) -> str:
    by_type = {
        "NUMBER": "3",
        "DATE": "14/02/2026",
        "YES_NO": "yes",
        "ROLE": "SUPPLIER",
        "ROUTE": "QT_WAVE_3",
        "MPID": "FENM",
    }
    return column.choices[0] if column.choices else by_type.get(column.type, "as agreed")


def answer_everything(
    organisation: Organisation,
    actor: Actor,
    at: datetime = NOON,
    *,
    leave: tuple[str, ...] = (),
    said: str = "We do this every working day.",
) -> int:
    """Answer every open question of every part but those left out; return how many."""
    written = 0
    with acting_as(actor):
        for _ in range(2):  # choices open further questions
            sheet = read(organisation)
            for own in sheet.parts.values():
                for one in own.questions:
                    if own.sections[one.question.section].status not in WRITABLE_SECTIONS:
                        continue
                    if not one.is_open or own.is_answered(one) or one.code in leave:
                        continue
                    _answer(own, one.question, actor, at, said)
                    written += 1
    return written


def _answer(own, question: Question, actor: Actor, at: datetime, said: str) -> None:
    if "T04" not in question.code:
        seen = own.answers[question.code].revision if question.code in own.answers else 0
        answering.save_answer(
            part=own.part,
            question_code=question.code,
            sent=content_for(question, said),
            revision=seen,
            actor=actor,
            at=at,
        )
    if question.evidence_required:
        add_evidence(own.part, question, actor, at)


def add_evidence(part: Part, question: Question, actor: Actor, at: datetime) -> None:
    """Attach the kind of evidence that a question takes."""
    if "file" in question.evidence:
        evidence_services.add_file(
            part=part,
            question_code=question.code,
            name=f"{question.code}.pdf",
            content=PDF,
            actor=actor,
            at=at,
        )
    else:
        evidence_services.add_reference(
            part=part,
            question_code=question.code,
            title="Test run",
            tool="ADO",
            identifier="48213",
            link="https://testtool.example/48213",
            as_of=min(date(2025, 11, 10), at.date()),
            actor=actor,
            at=at,
        )


def submit_initial(qualification: Qualification, actor: Actor, at: datetime = NOON):
    """Submit the Initial QAD."""
    with acting_as(actor):
        return submitting.submit_initial(qualification=qualification, actor=actor, at=at)


def submit_final(qualification: Qualification, actor: Actor, at: datetime = NOON):
    """Submit the Final QAD."""
    with acting_as(actor):
        return submitting.submit_final(qualification=qualification, actor=actor, at=at)


def receive_report(qualification: Qualification, at: datetime = NOON) -> None:
    """Let the test completion report be in, as its upload would record it."""
    with acting_as(PORTAL):
        rows = Qualification.objects.filter(pk=qualification.pk)
        if qualification.trio:
            rows = Qualification.objects.filter(trio=qualification.trio)
        rows.update(report_received_at=at)


def to_final_draft(organisation: Organisation, qualification: Qualification, actor: Actor) -> None:
    """Open the QAD, let the report come in, and open it again: it is the Final now."""
    open_qad(organisation, actor)
    receive_report(qualification)
    open_qad(organisation, actor)
