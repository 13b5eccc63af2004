"""Playing the participant's side: writing section by section, submitting, reopening."""

from datetime import datetime
from zlib import crc32

from participants.market_roles import TRIO
from qadportal.demo.corpus import ORGANISATION_PART
from qadportal.demo.play.pen import Pen
from qadportal.demo.play.scene import Scene
from qadportal.demo.script.acts import Act
from submissions.applicability import SIGN_OFF, AskedQuestion
from submissions.enums import SectionState, Stage
from submissions.services import opening, submitting

UNDERTAKING = "directors_undertaking"
ONE_IN = 29  # of the Initial answers one in so many is left blank, as R80 lets it


def write(scene: Scene, act: Act) -> None:
    """Somebody writes one section of a part: what is asked and not answered yet."""
    actor = scene.author(act.data["section"])
    with scene.acting(actor, act.at):
        if not any(about == act.about for about, _ in scene.said):
            opening.open_qad(organisation=scene.organisation, actor=actor, at=act.at)
        pen = Pen(scene, act.about, actor, act.at)
        if _write_section(pen, act.data["section"]):
            del scene.sheets[act.about]  # a choice opens further questions
            _write_section(pen, act.data["section"])
    _undertake(scene, act.about, act.at)


def _undertake(scene: Scene, key: str, at: datetime) -> None:
    """The director gives what only a director gives (R112)."""
    with scene.acting(scene.director(), at) as actor:
        pen = Pen(scene, key, actor, at)
        for one in pen.sheet.questions:
            if not one.question.has(UNDERTAKING) or not one.is_open or pen.sheet.is_answered(one):
                continue
            if pen.sheet.sections[one.question.section].status != SectionState.LOCKED:
                pen.answer(one.question)


def _write_section(pen: Pen, letter: str) -> bool:
    """Write what a section asks; return whether a choice was made that others depend on."""
    sheet, chosen = pen.sheet, False
    if sheet.sections[letter].status == SectionState.LOCKED:
        return False
    for one in sheet.questions:
        if one.question.section != letter or not one.is_open or _is_left(pen, one):
            continue
        if not sheet.is_answered(one):
            pen.answer(one.question)
            chosen = chosen or bool(one.question.choices)
        elif sheet.part.stage == Stage.FINAL:
            pen.revise(one.question)
    return chosen


def _is_left(pen: Pen, one: AskedQuestion) -> bool:
    """Whether a question stays blank: for now, for the signature, or because it can wait."""
    scene, question = pen.scene, one.question
    if question.has("at_sign_off") or question.has(UNDERTAKING):
        return True
    if pen.sheet.part.stage == Stage.FINAL:
        blanks = {code for each in scene.own.qualification for code in each.blanks}
        waits = one.required_for == SIGN_OFF and not _report_is_in(scene, pen.key)
        return waits or question.code in blanks
    spoken_of = {each.question for each in scene.corpus.threads_of(scene.own.slug)}
    rare = crc32(f"{scene.own.slug}{question.code}".encode()) % ONE_IN == 0
    return rare and question.code not in spoken_of and not question.choices


def _report_is_in(scene: Scene, key: str) -> bool:
    return any(about == key and kind != "PIT" for about, kind in scene.reports)


def submit_section(scene: Scene, act: Act) -> None:
    """One section goes in, blanks and all."""
    actor = scene.author(act.data["section"])
    with scene.acting(actor, act.at):
        submitting.submit_section(
            part=scene.part(act.about), section=act.data["section"], actor=actor, at=act.at
        )


def submit_initial(scene: Scene, act: Act) -> None:
    """The Initial QAD goes in."""
    with scene.acting(scene.admin, act.at) as actor:
        submitting.submit_initial(qualification=scene.row(act.about), actor=actor, at=act.at)


def open_final(scene: Scene, act: Act) -> None:
    """The owner opens the QAD, which makes it Final; or a code body opens it (R83, R85)."""
    if act.who:
        with scene.acting(scene.cast.lead(act.who), act.at) as actor:
            opening.open_final(qualification=scene.row(act.about), actor=actor, at=act.at)
        return
    with scene.acting(scene.admin, act.at) as actor:
        opening.open_qad(organisation=scene.organisation, actor=actor, at=act.at)


def submit_final(scene: Scene, act: Act) -> None:
    """What is still blank is answered on the day; then the Final QAD goes in and locks."""
    for key in (ORGANISATION_PART, *_group(scene, act.about)):
        _undertake(scene, key, act.at)
    with scene.acting(scene.admin, act.at) as actor:
        for key in (ORGANISATION_PART, *_group(scene, act.about)):
            _fill_blanks(Pen(scene, key, actor, act.at))
        submitting.submit_final(qualification=scene.row(act.about), actor=actor, at=act.at)


def _group(scene: Scene, key: str) -> list[str]:
    if scene.told(key).role not in TRIO:
        return [key]
    return [other for other in scene.keys if scene.told(other).role in TRIO]


def _fill_blanks(pen: Pen) -> None:
    sheet = pen.sheet
    blank = {each.code for each in sheet.blanks()}
    for one in sheet.questions:
        state = sheet.sections[one.question.section].status
        if one.question.has(UNDERTAKING):
            continue
        if one.code in blank and state != SectionState.LOCKED:
            pen.answer(one.question)


def change_reopened(scene: Scene, act: Act) -> None:
    """The answers for which sections were reopened get their new words."""
    for code in scene.told(act.about).reopening.changed:
        question = scene.template.question(code)
        key = ORGANISATION_PART if question.scope == "ORGANISATION" else act.about
        actor = scene.author(question.section)
        with scene.acting(actor, act.at):
            Pen(scene, key, actor, act.at).revise(question, reopened=True)


def resubmit(scene: Scene, act: Act) -> None:
    """The reopened sections go in again."""
    with scene.acting(scene.admin, act.at) as actor:
        submitting.resubmit_final(
            qualification=scene.row(act.about),
            actor=actor,
            at=act.at,
            unchanged_because="Its answers hold; it was reopened together with the others.",
        )
