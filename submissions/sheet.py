"""One organisation's whole QAD as it stands: read once, in a constant number of statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from participants.enums import Entrant
from participants.models import Organisation, Qualification
from submissions import living, queries
from submissions.applicability import SUBMISSION, AskedQuestion, blanks
from submissions.content import Content, is_answered
from submissions.facts import asked, choices_in, facts_of
from submissions.lifecycle import Blank, SubmitFacts
from submissions.living import Living, LivingAnswer, LivingEvidence, LivingSection
from submissions.models import Answer, Part
from waves.routes import ROUTES


def content_of(answer: Answer | LivingAnswer) -> Content:
    """Return an answer's row as content."""
    return Content(
        text=answer.text,
        value=answer.value,
        is_not_applicable=answer.is_not_applicable,
        not_applicable_reason=answer.not_applicable_reason,
        is_ready=answer.is_ready,
        come_back=answer.come_back,
    )


@dataclass(frozen=True, slots=True)
class PartSheet:
    """A part with its questions, answers, evidence and sections."""

    part: Part
    questions: tuple[AskedQuestion, ...]
    answers: dict[str, LivingAnswer]
    evidence: dict[str, list[LivingEvidence]]
    sections: dict[str, LivingSection]

    def is_answered(self, one: AskedQuestion) -> bool:
        """Return whether a question of this part has its answer."""
        answer = self.answers.get(one.code)
        pieces = len(self.evidence.get(one.code, ()))
        return is_answered(one.question, answer, pieces)

    @property
    def flagged(self) -> frozenset[str]:
        """The questions that their authors mean to come back to."""
        return frozenset(code for code, answer in self.answers.items() if answer.come_back)

    def blanks(self, by: str = SUBMISSION) -> list[Blank]:
        """Return the relevant questions that still need an answer (R87)."""
        given = {one.code for one in self.questions if self.is_answered(one)}
        titles = {one.code: one.question for one in self.questions}
        return [
            Blank(code, titles[code].title, str(self.part.pk), titles[code].section)
            for code in blanks(self.questions, given, by)
        ]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All parts of one organisation's QAD, with its qualifications."""

    organisation: Organisation
    qualifications: Sequence[Qualification]
    parts: dict[UUID | None, PartSheet]

    def of(self, qualification: Qualification | None) -> PartSheet:
        """Return the sheet of a qualification's part, or of the organisation's own."""
        return self.parts[qualification.pk if qualification else None]


def read(organisation: Organisation, part_ids: Iterable[UUID] | None = None) -> Sheet:
    """Read an organisation's QAD, or only some of its parts."""
    held = list(Qualification.objects.filter(organisation=organisation).order_by("role", "pk"))
    parts = queries.parts_of(organisation.pk)
    if part_ids is not None:
        wanted = set(part_ids)
        parts = [part for part in parts if part.pk in wanted]
    return of(organisation, held, parts)


def of(organisation: Organisation, held: Sequence[Qualification], parts: Iterable[Part]) -> Sheet:
    """Read what parts that are at hand hold now, in one statement."""
    chosen = list(parts)
    found = living.of_parts(part.pk for part in chosen)
    sheets = {
        part.qualification_id: part_sheet(part, organisation, held, found[part.pk])
        for part in chosen
    }
    return Sheet(organisation, held, sheets)


def part_sheet(
    part: Part, organisation: Organisation, held: Sequence[Qualification], now: Living
) -> PartSheet:
    """Return a part with its questions as they are put, and what it holds now."""
    chosen = choices_in({code: answer.value for code, answer in now.answers.items()})
    facts = facts_of(part, organisation, held, chosen)
    return PartSheet(
        part=part,
        questions=asked(part, facts),
        answers=now.answers,
        evidence=now.evidence,
        sections=now.sections,
    )


def submit_facts(sheet: Sheet, group: Sequence[Qualification]) -> SubmitFacts:
    """Return what the guards of a submission of these qualifications look at."""
    route = ROUTES[group[0].route]
    found = [blank for one in (None, *group) for blank in sheet.of(one).blanks()]
    name = "SIT Completion Report" if route.external_test == "SIT" else "QT Test Completion Report"
    return SubmitFacts(
        is_paper=sheet.organisation.entrant == Entrant.NEW_MHHS_ONLY,
        blanks=found,
        report_is_in=all(each.report_received_at for each in group),
        report_may_follow=route.final_before_report,
        report_name=name,
    )
