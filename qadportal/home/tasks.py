"""Next, in order: what the organisation can do, the most pressing first."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from uuid import UUID

from django.urls import reverse

from foundation.clock.words import day, days
from foundation.ui.counting import joined
from foundation.ui.pages import Task
from foundation.ui.parts import DateLink, Status
from participants.access.addresses import address
from participants.enums import Status as Where
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from qadportal.home.reading import Ask, Duty, Home
from reviews.enums import ThreadKind, ThreadState
from submissions import bank
from submissions.presenters import addresses
from submissions.presenters.states import Progress, QuestionState
from submissions.sheet import PartSheet
from waves.pages import cards

SHOWN = 6
FINAL = "final_qad_window"
WRITING = ("initial_qad_window", FINAL)
SIGNING = "qad_signoff_deadline"
_REPLY, _ANSWER, _OTHER, _LATER = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A task with what it is ordered by."""

    due: date
    rank: int
    task: Task


def tasks(home: Home) -> list[Task]:
    """Return what is to be done: replies first, for somebody waits; then by date."""
    replies, answers = _replies(home, home.questions), _answers(home, home.parts)
    found = [*replies, *_plans(home), *answers, *_others(home)]
    return [each.task for each in sorted(found, key=_pressing)]


def first_step(home: Home, duty: Duty) -> Task:
    """Return how to set about a date: a QAD is written by its replies and its answers."""
    if duty.line.activity not in WRITING:
        return task_of(home, duty)
    mates = (each.pk for each in home.qualifications if _same(each, duty.qualification))
    parts = {None, *mates}
    asks = [ask for ask in home.questions if ask.part_key in parts]
    found = [*_replies(home, asks), *_answers(home, parts)]
    return min(found, key=_pressing).task if found else task_of(home, duty)


def step_in_words(task: Task) -> str:
    """Return a task as a button says it: "Continue with H03 Restart after a fault"."""
    if not task.code or task.code in task.title:
        return task.title
    ask, _, subject = task.title.partition(": ")  # "Reply to BSC: Restart after a fault"
    return f"{ask} on {task.code}" if subject else f"Continue with {task.code} {task.title}"


def _pressing(each: Ranked) -> tuple[date, int]:
    return each.due, each.rank


def _writing(home: Home, qualification: Qualification | None) -> Duty | None:
    """The date by which a part is to be submitted; the organisation's part goes with the first."""
    duties = [duty for duty in home.duties if duty.line.activity in WRITING]
    own = [duty for duty in duties if qualification and _same(duty.qualification, qualification)]
    return next(iter(own or (duties if qualification is None else ())), None)


def _same(one: Qualification, other: Qualification) -> bool:
    return one.pk == other.pk or (one.trio is not None and one.trio == other.trio)


def _date(duty: Duty | None, home: Home) -> tuple[DateLink | None, str]:
    if duty is None:
        return None, ""
    return cards.link(duty.line, home.slug), cards.left(duty.line, home.today)


def _replies(home: Home, questions: Sequence[Ask]) -> Iterator[Ranked]:
    """One line a question: several bodies may ask the same of it."""

    def place(ask: Ask) -> tuple:
        return (str(ask.part_key), ask.thread.question, _is_plan(ask))

    for _, group in groupby(sorted(questions, key=place), key=place):
        asks = list(group)
        qualification = next(q for q in home.qualifications if q.pk == asks[0].facts.id)
        duty = _writing(home, qualification)
        when, left = _date(duty, home)
        bodies = joined(sorted({ask.thread.body for ask in asks}))
        task = Task(
            code=asks[0].thread.reference if _is_plan(asks[0]) else asks[0].thread.question,
            title=_ask_title(asks, bodies),
            url=ask_url(home, asks[0]),
            note=_ask_note(home, asks[0]),
            status=Status(f"{bodies} {'waits' if len(asks) == 1 else 'wait'}", "reply_needed"),
            date=when,
            left=left,
        )
        yield Ranked(date.min, _REPLY, task)


def _plans(home: Home) -> Iterator[Ranked]:
    for ask in home.actions:
        thread = ask.thread
        due = thread.plan_due_on
        kind = ThreadKind(thread.kind).label.lower()
        task = Task(
            code=thread.reference,
            title=f"Carry out the plan for {thread.body} {kind} {thread.reference}",
            url=ask_url(home, ask),
            note=_ask_note(home, ask),
            status=Status("", "plan_agreed"),
            date=DateLink(day(due)) if due else None,
            left=days((due - home.today).days) if due and due >= home.today else "",
        )
        yield Ranked(due or home.today, _OTHER, task)


def _is_plan(ask: Ask) -> bool:
    thread = ask.thread
    return thread.kind != ThreadKind.COMMENT and thread.status == ThreadState.RAISED


def _ask_title(asks: Sequence[Ask], bodies: str) -> str:
    thread = asks[0].thread
    if _is_plan(asks[0]):
        kind = ThreadKind(thread.kind).label.lower()
        return f"Propose an action plan for {bodies} {kind} {thread.reference}"
    if len(asks) > 1:
        return f"Answer {bodies} on one question"
    return f"Reply to {bodies}: {thread.subject}"


def ask_url(home: Home, ask: Ask) -> str:
    """Return where a thread is answered: beside its question."""
    sheet = home.parts.get(ask.part_key)
    if sheet is None:
        return reverse("organisation_home", args=[home.slug])
    question = bank.of_part(sheet.part).question(ask.thread.question)
    return addresses.question(home.slug, sheet.part, question.section, question.code)


def _ask_note(home: Home, ask: Ask) -> str:
    sheet = home.parts.get(ask.part_key)
    return _where(sheet, ask.thread.question) if sheet else ask.facts.label


def _where(sheet: PartSheet, code: str) -> str:
    template = bank.of_part(sheet.part)
    section = template.section(template.question(code).section)
    held = sheet.part.qualification
    whose = MARKET_ROLES[held.role].short_label if held else "The organisation"
    return f"{whose}, {section.title}"


def _answers(home: Home, parts: Container[UUID | None]) -> Iterator[Ranked]:
    """The first few answers of each part that are not ready; the list behind has them all."""
    for key, written in home.parts.items():
        sheet, held = written.sheet, written.part.qualification if key else None
        duty = _writing(home, held) if key in parts else None
        if duty is None:
            continue
        when, left = _date(duty, home)
        for state in islice(written.undone, SHOWN):
            task = Task(
                code=state.one.code,
                title=state.one.question.title,
                url=addresses.question(
                    home.slug, sheet.part, state.one.question.section, state.one.code
                ),
                note=_where(sheet, state.one.code),
                status=_answer_status(sheet, state),
                date=when,
                left=left,
            )
            yield Ranked(duty.line.due, _ANSWER, task)


def _answer_status(sheet: PartSheet, state: QuestionState) -> Status:
    answer = sheet.answers.get(state.one.code)
    if state.progress is Progress.DRAFT:
        if state.lacks_evidence:
            return Status("Evidence missing", "draft")
        by = f", {answer.updated_by_name}" if answer else ""
        return Status(f"Draft{by}", "draft")
    return Status("Not answered", "not_started")


def _others(home: Home) -> Iterator[Ranked]:
    for duty in home.duties if home.reach is None else ():  # a limited author only writes
        if duty.line.activity in WRITING and _is_being_written(home, duty.qualification):
            continue  # its answers stand for it
        rank = _OTHER if is_ones_own(home, duty) else _LATER
        # Naming somebody takes a minute, and whoever is named may have to be found first.
        due = home.today if _lacks_signatory(home, duty) else duty.line.due
        yield Ranked(due, rank, task_of(home, duty))


def is_ones_own(home: Home, duty: Duty) -> bool:
    """Return whether the reader can act on a date: only who may sign signs, and then only."""
    if duty.line.activity != SIGNING:
        return True
    held = duty.qualification
    return held.status == Where.CONTENT_AGREED and held.pk in home.signable


def task_of(home: Home, duty: Duty) -> Task:
    """Return a date of the organisation's own as a task."""
    when, left = _date(duty, home)
    return Task(
        code="",
        title="Name who signs the QAD" if _lacks_signatory(home, duty) else duty.line.task,
        url=_duty_url(home, duty),
        note=_duty_note(home, duty),
        status=_duty_status(home, duty),
        date=when,
        left=left,
    )


def _lacks_signatory(home: Home, duty: Duty) -> bool:
    """Whether a signature comes near that nobody here is named to give (R105, R106)."""
    return duty.line.activity == SIGNING and duty.qualification.pk in home.without_signatory


def _duty_note(home: Home, duty: Duty) -> str:
    whose = f"{duty.track.name}, {duty.track.route}"
    if not _lacks_signatory(home, duty):
        return whose
    return f"{whose}. A master admin names a company director under People."


def _is_being_written(home: Home, qualification: Qualification) -> bool:
    return any(part.undone for part in home.parts_of(qualification))


def _duty_url(home: Home, duty: Duty) -> str:
    slug, key = home.slug, duty.qualification.pk
    if duty.line.activity in WRITING:
        opened = bool(home.parts_of(duty.qualification))
        return addresses.check(slug, key) if opened else addresses.qad(slug, key)
    if _lacks_signatory(home, duty):
        return reverse("participants:people", args=[slug])
    if duty.line.activity == SIGNING:
        found = address("reviews:sign_off_of", slug, key) or address("reviews:sign_off", slug)
        return found or cards.address(duty.line, slug)
    return address("waves:testing", slug) or cards.address(duty.line, slug)


def _duty_status(home: Home, duty: Duty) -> Status:
    if duty.line.activity == FINAL and duty.qualification.final_opened_at is None:
        return Status("Opens with the test report", "not_open")
    if _lacks_signatory(home, duty):
        return Status("Nobody could sign", "at_risk")
    if duty.line.activity == SIGNING and duty.qualification.status != Where.CONTENT_AGREED:
        return Status("Opens when the content is agreed", "not_open")
    if duty.line.activity == SIGNING and not is_ones_own(home, duty):
        return Status("Waits for a director", "waiting")
    return cards.state(duty.line, home.today)
