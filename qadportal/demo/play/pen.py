"""Writing in one part at one moment: answers, their Final words, and the evidence they cite."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from foundation.tenancy.actor import Actor
from qadportal.demo import wording
from qadportal.demo.corpus import ORGANISATION_PART, Variant
from qadportal.demo.play.scene import Said, Scene
from submissions.content import Content
from submissions.services import answering, evidence
from submissions.sheet import PartSheet
from submissions.template_types import Question


@dataclass(frozen=True, slots=True)
class Pen:
    """Somebody who writes in a part, within an actor and a moment that hold already."""

    scene: Scene
    key: str
    actor: Actor
    at: datetime

    @property
    def sheet(self) -> PartSheet:
        """The part as it stands."""
        return self.scene.sheet(self.key)

    def answer(self, question: Question) -> None:
        """Answer a question by the variant that fits, with its evidence; or leave it."""
        voice, on = self.scene.voice(self.key), self.at.date()
        variant = wording.choose(self.scene.corpus.answers[question.code], voice)
        if variant is None:
            return
        content = wording.content(question, variant, voice, on)
        self._save(question, content)
        self.scene.said[self.key, question.code] = Said(variant, content, on)
        for name in variant.files:
            self._cite(question, name)
        self._refer(question, variant)

    def revise(self, question: Question, *, reopened: bool = False) -> None:
        """Bring an answer to its Final words, once.

        What a reopening will change keeps its first words until then.
        """
        said = self.scene.said.get((self.key, question.code))
        if said is None or said.is_final or (not reopened and self._is_held_back(question.code)):
            return
        voice, on = self.scene.voice(self.key), self.at.date()
        content = wording.final_content(question, said.content, said.variant, voice, said.on, on)
        if content != said.content:
            self._save(question, content)
        self.scene.said[self.key, question.code] = Said(said.variant, content, on, is_final=True)
        self._renew_files(question, said.variant)

    def _is_held_back(self, code: str) -> bool:
        return any(
            each.reopening and code in each.reopening.changed
            for each in self.scene.own.qualification
            if self.key in (ORGANISATION_PART, each.key)
        )

    def _save(self, question: Question, content: Content) -> None:
        sheet = self.sheet
        before = sheet.answers.get(question.code)
        sheet.answers[question.code] = answering.save_answer(
            part=sheet.part,
            question_code=question.code,
            sent=content,
            revision=before.revision if before else 0,
            actor=self.actor,
            at=self.at,
        )

    def _cite(self, question: Question, name: str) -> None:
        """Attach a file, or cite it again where the part has it already."""
        place = {"part": self.sheet.part, "question_code": question.code}
        held = self.scene.evidence.get((self.key, name))
        if held is not None:
            evidence.cite(**place, evidence=held, actor=self.actor, at=self.at)
        else:
            called, content = self.scene.file(name)
            held = self.scene.evidence[self.key, name] = evidence.add_file(
                **place,
                name=called,
                content=content,
                title=self.scene.corpus.files[name].title,
                actor=self.actor,
                at=self.at,
            )
        self.sheet.evidence.setdefault(question.code, []).append(held)

    def _refer(self, question: Question, variant: Variant) -> None:
        if "reference" not in question.evidence:
            return
        words, on = self.scene.voice(self.key).words(), self.at.date()
        for one in (*variant.references, *self._references_of_the_tour(question.code)):
            made = evidence.add_reference(
                part=self.sheet.part,
                question_code=question.code,
                title=wording.fill(one["title"], words, on),
                tool=one["tool"],
                identifier=wording.fill(one["identifier"], words, on),
                link=wording.fill(one["link"], words, on),
                as_of=wording.day_of(one["as_of"], on),
                actor=self.actor,
                at=self.at,
            )
            self.sheet.evidence.setdefault(question.code, []).append(made)

    def _references_of_the_tour(self, code: str) -> list[Mapping[str, str]]:
        names = ("title", "tool", "identifier", "link", "as_of")
        return [
            {name: getattr(each, name) for name in names}
            for each in self.scene.corpus.references
            if code in each.questions and each.organisation == self.scene.own.slug
        ]

    def _renew_files(self, question: Question, variant: Variant) -> None:
        """Replace files that have a Final version, once, and add what the Final answer brings."""
        for name in variant.final.files if variant.final else ():
            if (self.key, name) not in self.scene.evidence:
                self._cite(question, name)
        for name in variant.files:
            held = self.scene.evidence[self.key, name]
            if self.scene.corpus.files[name].final_file and held.version == 1:
                called, content = self.scene.file(name, final=True)
                self.scene.evidence[self.key, name] = evidence.replace_file(
                    part=self.sheet.part,
                    question_code=question.code,
                    evidence=held,
                    name=called,
                    content=content,
                    actor=self.actor,
                    at=self.at,
                )
