"""Playing the participant's side: writing, citing evidence, submitting."""

from datetime import datetime
from zlib import crc32

from foundation.tenancy.actor import Actor
from qadportal.demo import wording
from qadportal.demo.corpus import ORGANISATION_PART, Variant
from qadportal.demo.play.scene import Said, Scene
from qadportal.demo.script.acts import Act
from submissions import finding
from submissions.content import Content
from submissions.models import Part
from submissions.services import answering, evidence, opening, submitting
from submissions.sheet import PartSheet
from submissions.template_types import Question

ONE_IN = 29  # of the Initial answers one in so many is left blank, as R80 lets it


def write(scene: Scene, act: Act) -> None:
    """Somebody writes one section of a part: what is asked and not answered yet."""
    actor = scene.author(act.data["section"])
    with scene.acting(actor, act.at):
        if act.about != ORGANISATION_PART or not scene.said:
            opening.open_qad(organisation=scene.organisation, actor=actor, at=act.at)
        sheet = finding.part_sheet(scene.part(act.about))
        if _write_section(scene, act, sheet, actor):  # a choice opens further questions
            _write_section(scene, act, finding.part_sheet(sheet.part), actor)


def _write_section(scene: Scene, act: Act, sheet: PartSheet, actor: Actor) -> bool:
    """Write what a section asks; return whether a choice was made that others depend on."""
    letter, chosen = act.data["section"], False
    if sheet.sections[letter].status == "LOCKED":
        return False
    for one in sheet.questions:
        if one.question.section != letter or not one.is_open:
            continue
        if _is_left(scene, act.about, sheet, one):
            continue
        if not sheet.is_answered(one):
            _answer(scene, act.about, sheet, one.question, actor, act.at)
            chosen = chosen or bool(one.question.choices)
        elif sheet.part.stage == "FINAL":
            revise(scene, act.about, sheet, one.question, actor, act.at)
    return chosen


def _is_left(scene: Scene, key: str, sheet: PartSheet, one) -> bool:
    """Whether a question stays blank: for now, for the signature, or because it can wait."""
    question = one.question
    if question.has("at_sign_off"):
        return True
    if sheet.part.stage == "FINAL":
        blanks = {code for each in scene.own.qualification for code in each.blanks}
        return question.code in blanks or (
            one.required_for == "SIGN_OFF" and not _report_is_in(scene, key)
        )
    fixed = {t.question for t in scene.corpus.threads_of(scene.own.slug)}
    rare = crc32(f"{scene.own.slug}{question.code}".encode()) % ONE_IN == 0
    return rare and question.code not in fixed and not question.choices


def _report_is_in(scene: Scene, key: str) -> bool:
    return any(about == key and kind != "PIT" for about, kind in scene.reports)


def _answer(
    scene: Scene, key: str, sheet: PartSheet, question: Question, actor: Actor, at: datetime
) -> None:
    voice, on = scene.voice(key), at.date()
    variant = wording.choose(scene.corpus.answers[question.code], voice)
    if variant is None:
        return
    content = wording.content(question, variant, voice, on)
    save(sheet, question, content, actor, at)
    scene.said[key, question.code] = Said(variant, content, on)
    cite(scene, key, sheet.part, question, variant, actor, at)


def save(
    sheet: PartSheet, question: Question, content: Content, actor: Actor, at: datetime
) -> None:
    """Save an answer over the revision that stands."""
    before = sheet.answers.get(question.code)
    sheet.answers[question.code] = answering.save_answer(
        part=sheet.part,
        question_code=question.code,
        sent=content,
        revision=before.revision if before else 0,
        actor=actor,
        at=at,
    )


def revise(
    scene: Scene,
    key: str,
    sheet: PartSheet,
    question: Question,
    actor: Actor,
    at: datetime,
    *,
    reopened: bool = False,
) -> None:
    """Bring an answer to its Final words; what a reopening will change keeps its first ones."""
    said = scene.said.get((key, question.code))
    held_back = {
        code
        for each in scene.own.qualification
        if each.reopening and key in (ORGANISATION_PART, each.key)
        for code in each.reopening.changed
    }
    if said is None or said.is_final or (question.code in held_back and not reopened):
        return
    voice, on = scene.voice(key), at.date()
    content = wording.final_content(question, said.content, said.variant, voice, said.on, on)
    if content != said.content:
        save(sheet, question, content, actor, at)
    scene.said[key, question.code] = Said(said.variant, content, on, is_final=True)
    _renew_files(scene, key, sheet.part, question, said.variant, actor, at)


def cite(
    scene: Scene,
    key: str,
    part: Part,
    question: Question,
    variant: Variant,
    actor: Actor,
    at: datetime,
) -> None:
    """Attach the files and references of an answer; a file of the part is stored once."""
    for name in variant.files:
        _cite_file(scene, key, part, question, name, actor, at)
    voice = scene.voice(key)
    extra = [
        each
        for each in scene.corpus.references
        if question.code in each.questions and each.organisation == scene.own.slug
    ]
    words = voice.words()
    for one in (*variant.references, *(_as_reference(each) for each in extra)):
        if "reference" not in question.evidence:
            continue
        plain = {name: wording.fill(text, words, at.date()) for name, text in one.items()
                 if name != "as_of"}  # fmt: skip
        evidence.add_reference(
            part=part,
            question_code=question.code,
            as_of=wording.day_of(one["as_of"], at.date()),
            actor=actor,
            at=at,
            **plain,
        )


def _as_reference(each) -> dict[str, str]:
    return {name: getattr(each, name) for name in ("title", "tool", "identifier", "link", "as_of")}


def _cite_file(
    scene: Scene, key: str, part: Part, question: Question, name: str, actor: Actor, at: datetime
) -> None:
    held = scene.evidence.get((key, name))
    if held is not None:
        evidence.cite(part=part, question_code=question.code, evidence=held, actor=actor, at=at)
        return
    called, content = scene.file(name)
    scene.evidence[key, name] = evidence.add_file(
        part=part,
        question_code=question.code,
        name=called,
        content=content,
        title=scene.corpus.files[name].title,
        actor=actor,
        at=at,
    )


def _renew_files(
    scene: Scene,
    key: str,
    part: Part,
    question: Question,
    variant: Variant,
    actor: Actor,
    at: datetime,
) -> None:
    """Replace files that have a Final version, once, and add what the Final answer brings."""
    for name in variant.final.files if variant.final else ():
        if (key, name) not in scene.evidence:
            _cite_file(scene, key, part, question, name, actor, at)
    for name in variant.files:
        held = scene.evidence[key, name]
        if scene.corpus.files[name].final_file and held.version == 1:
            called, content = scene.file(name, final=True)
            scene.evidence[key, name] = evidence.replace_file(
                part=part,
                question_code=question.code,
                evidence=held,
                name=called,
                content=content,
                actor=actor,
                at=at,
            )


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
    keys = [ORGANISATION_PART, *_group(scene, act.about)]
    for key in keys:
        _fill_blanks(scene, act, key)
    with scene.acting(scene.admin, act.at) as actor:
        submitting.submit_final(qualification=scene.row(act.about), actor=actor, at=act.at)


def _group(scene: Scene, key: str) -> list[str]:
    trio = ("LDSO", "SMRA_ERDA", "UMSO")
    role = scene.told(key).role
    return [k for k in scene.keys if scene.told(k).role in trio] if role in trio else [key]


def _fill_blanks(scene: Scene, act: Act, key: str) -> None:
    with scene.acting(scene.admin, act.at) as actor:
        sheet = finding.part_sheet(scene.part(key))
        blank = {each.code for each in sheet.blanks()}
        for one in sheet.questions:
            if one.code in blank and sheet.sections[one.question.section].status != "LOCKED":
                _answer(scene, key, sheet, one.question, actor, act.at)


def change_reopened(scene: Scene, act: Act) -> None:
    """The answers for which sections were reopened get their new words."""
    asked = scene.told(act.about).reopening
    for code in asked.changed:
        question = scene.template.question(code)
        key = ORGANISATION_PART if question.scope == "ORGANISATION" else act.about
        actor = scene.author(question.section)
        with scene.acting(actor, act.at):
            sheet = finding.part_sheet(scene.part(key))
            revise(scene, key, sheet, question, actor, act.at, reopened=True)


def resubmit(scene: Scene, act: Act) -> None:
    """The reopened sections go in again."""
    with scene.acting(scene.admin, act.at) as actor:
        submitting.resubmit_final(qualification=scene.row(act.about), actor=actor, at=act.at)
