"""Gathering what the pages of one question need, in a constant number of statements."""

from django.http import Http404, HttpRequest

from foundation.clock import moments
from foundation.ui.blocks import Note
from participants import policy
from submissions import bank, finding, opinions, queries
from submissions.applicability import AskedQuestion
from submissions.content import Content
from submissions.enums import WRITABLE_SECTIONS
from submissions.frozen import FrozenInitial, content_by_part, initial_sections
from submissions.living import LivingSection
from submissions.models import Answer, Part, SectionProgress
from submissions.opinions import Opinions
from submissions.presenters import addresses
from submissions.presenters.desk import Desk, Typed
from submissions.presenters.evidence_forms import removed_note, sent_ids
from submissions.presenters.states import QuestionState, states_of
from submissions.services import answering
from submissions.sheet import PartSheet
from submissions.template_types import Question

HISTORY = 5


def question_of(part: Part, section: str, code: str) -> Question:
    """Return a question of a part at its address, or 404."""
    found = finding.question(part, code)
    if found.section != section:
        raise Http404
    return found


def url_of(part: Part, asked: Question) -> str:
    """Return the address of a question's page."""
    return addresses.question(part.organisation.slug, part, asked.section, asked.code)


def save(request: HttpRequest, part: Part, asked: Question, sent: Content, revision: int) -> Answer:
    """Save an answer for whoever asks, now."""
    return answering.save_answer(
        part=part,
        question_code=asked.code,
        sent=sent,
        revision=revision,
        actor=request.actor,
        at=moments.now(),
    )


def section_sheet(request: HttpRequest, part: Part, letter: str) -> PartSheet:
    """Return a section as it stands; the qualifications were read once for the request."""
    held = getattr(request, "held", None) or finding.held_by(part.organisation)
    return finding.section_sheet(part, held, letter)


def opinions_on(part: Part) -> Opinions:
    """Return what the bodies say of a part's answers."""
    return opinions.of_parts([part.pk]).get(part.pk, opinions.NONE)


def section_states(
    own: PartSheet, letter: str, initial: FrozenInitial | None, said: Opinions
) -> list[QuestionState]:
    """Return the questions of one section, each with how far it is; 404 without any."""
    before = content_by_part([initial])[own.part.pk] if initial else {}
    found = states_of(own, before, said, own.flagged).get(letter)
    if not found:
        raise Http404
    return found


def desk(
    request: HttpRequest,
    part: Part,
    asked: Question,
    *,
    typed: Typed | None = None,
    lines: int = 0,
    notes: tuple = (),
) -> Desk:
    """Return all that the page of a question is made of."""
    own = section_sheet(request, part, asked.section)
    frozen = next(iter(initial_sections([part.pk], asked.section)), None)
    said = opinions_on(part)
    neighbours = section_states(own, asked.section, frozen, said)
    one = next((state.one for state in neighbours if state.one.code == asked.code), None)
    if one is None:
        raise Http404
    answer = own.answers.get(asked.code)
    revisions = list(queries.revisions(answer)[:HISTORY]) if answer else []
    return Desk(
        slug=part.organisation.slug,
        own=own,
        one=one,
        neighbours=neighbours,
        initial=_as_submitted(frozen, asked.code),
        initial_row=frozen,
        revisions=revisions,
        actor=request.actor,
        why_not=why_not(request, own, one),
        typed=typed,
        lines=lines,
        notes=notes,
        now=moments.now(),
    )


def standing(
    request: HttpRequest, part: Part, asked: Question
) -> tuple[PartSheet, list[QuestionState]]:
    """Return a section as it stands after a save, as far as its authors are."""
    own = section_sheet(request, part, asked.section)
    return own, section_states(own, asked.section, None, opinions.NONE)


def notes(request: HttpRequest, part: Part, asked: Question) -> tuple[Note, ...]:
    """Return the message after a piece of evidence was taken away, with the way back."""
    gone = request.GET.get("removed")
    if not gone:
        return ()
    key = sent_ids([gone])[0]
    piece = finding.evidence(request.actor, part.organisation.slug, key)
    return (removed_note(piece, asked, url_of(part, asked)),)


def _as_submitted(frozen: FrozenInitial | None, code: str) -> dict | None:
    if frozen is None:
        return None
    content = content_by_part([frozen])[frozen.part_id][frozen.section]
    return next((each for each in content["questions"] if each["code"] == code), None)


def why_not(request: HttpRequest, own: PartSheet, one: AskedQuestion) -> str:
    """Return why the answer is shown and not asked for; empty where it can be written."""
    row = own.sections.get(one.question.section)
    if reason := _why_not(request, own.part, one.question, row):
        return reason
    return "" if one.applies else f"This is not asked of you. {one.because}"


def why_not_now(request: HttpRequest, part: Part, asked: Question) -> str:
    """Return why an answer cannot be written now, where the part's answers were not read."""
    row = SectionProgress.objects.filter(part=part, section=asked.section).first()
    return _why_not(request, part, asked, row)


def _why_not(
    request: HttpRequest, part: Part, asked: Question, row: SectionProgress | LivingSection | None
) -> str:
    letter, capability = asked.section, answering.written_with(asked)
    if not policy.may(request.actor, capability, part):
        if capability != "answer.write":
            return "Only a company director gives this undertaking (QA&P 11.4.2)."
        return "You may read this QAD. Its answers are written by its authors and master admins."
    if not finding.may_write(request.actor, part, letter):
        return f"Section {letter} is not among the sections that you may write. You may read it."
    if row is None or row.status not in WRITABLE_SECTIONS:
        return (
            f"Section {letter} is locked since its submission. To change it, ask for it to be"
            " reopened."
        )
    return ""


def address_after(part: Part, asked: Question, then: str) -> str:
    """Return where a save leads: to a named question of the section, to the section, or back."""
    if then == "section":
        return addresses.section(part.organisation.slug, part, asked.section)
    if then == "lines":
        return f"{url_of(part, asked)}?lines=10#id_rows"
    codes = {each.code for each in bank.of_part(part).section(asked.section).questions}
    if then not in codes:
        return url_of(part, asked)
    return url_of(part, question_of(part, asked.section, then))
