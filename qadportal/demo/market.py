"""A whole invented market for measurements: thousands of organisations, written in bulk.

It writes rows past the services on purpose, since a measurement needs volume and not history; so
it leaves no audit trail, and it is refused outside a demonstration.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from foundation.ids import new_id
from participants.enums import Status
from participants.market_roles import MARKET_ROLES
from participants.models import Membership, Mpid, Organisation, Person, Qualification
from participants.models import QualificationMpid as Place
from reviews.enums import Severity, Side, ThreadKind, ThreadState
from reviews.models import Message, Thread
from submissions import bank
from submissions.enums import SectionState, Stage
from submissions.models import Answer, FrozenSection, Part, SectionProgress, Version
from submissions.versions import canonical, digest, manifest_digest
from waves.routes import open_routes

ROLES = ("SUPPLIER", "SDS", "ADS", "UMSDS", "MEM_ADV", "MEM_SMART")
STATES = (
    Status.INITIAL_DRAFT,
    Status.INITIAL_SUBMITTED,
    Status.INITIAL_REVIEW,
    Status.INITIAL_REVIEWED,
    Status.FINAL_SUBMITTED,
    Status.FINAL_REVIEW,
    Status.CONTENT_AGREED,
)
SENTENCE = (
    "Messages are checked on arrival, held in order while a fault lasts, and reconciled with the"
    " settlement day before the working day begins; two people are on duty and a third is on call. "
)


class Market:
    """Builds organisations one batch at a time, from a seed, the same each time."""

    def __init__(self, *, at: datetime, seed: int = 7, comments: int = 6) -> None:
        self.at = at
        self.random = Random(seed)  # noqa: S311 - invented data, not a secret
        self.comments = comments
        self.template_id, self.template = bank.current()

    def write(self, count: int, first: int = 0) -> int:
        """Write ``count`` organisations with all that hangs on them; return the number of rows."""
        numbers, rows = iter(range(first, first + count)), 0
        while batch := list(islice(numbers, 50)):
            rows += self._write_batch(batch)
        return rows

    def _write_batch(self, batch: Sequence[int]) -> int:
        rows: dict[type, list] = {}
        for number in batch:
            for row in self._organisation(number):
                rows.setdefault(type(row), []).append(row)
        for model, instances in rows.items():
            model.objects.bulk_create(instances, batch_size=500)
        return sum(len(instances) for instances in rows.values())

    def _organisation(self, number: int) -> Iterator:
        organisation = Organisation(
            slug=f"market-{number:05d}",
            name=f"Market Participant {number:05d}",
            legal_name=f"Market Participant {number:05d} Limited",
            created_at=self.at,
            created_by_body="BSC",
        )
        person = Person(
            email=f"market{number:05d}@market.example",
            name=f"Person {number:05d}",
            created_at=self.at,
        )
        person.set_unusable_password()
        yield organisation
        yield person
        yield Membership(
            organisation=organisation, person=person, is_master_admin=True, joined_at=self.at
        )
        yield from self._qad(organisation, number, person)

    def _qad(self, organisation: Organisation, number: int, person: Person) -> Iterator:
        part = self._part(organisation, None)
        yield part
        yield from self._sections(part, person)
        for place in range(self.random.randint(1, 3)):
            role = self.random.choice(ROLES)
            qualification = Qualification(
                organisation=organisation,
                role=role,
                route=self.random.choice(open_routes(role, False)).code,
                status=self.random.choice(STATES),
                status_since=self.at - timedelta(days=self.random.randint(0, 60)),
                created_at=self.at,
                initial_submitted_at=self.at - timedelta(days=self.random.randint(5, 40)),
            )
            mpid = Mpid(organisation=organisation, code=_code(number * 3 + place))
            yield qualification
            yield mpid
            yield Place(
                organisation=organisation, qualification=qualification, mpid=mpid, role=role
            )
            own = self._part(organisation, qualification)
            yield own
            yield from self._sections(own, person)

    def _part(self, organisation: Organisation, qualification: Qualification | None) -> Part:
        return Part(
            organisation=organisation,
            qualification=qualification,
            template_id=self.template_id,
            opened_at=self.at,
        )

    def _sections(self, part: Part, person: Person) -> Iterator:
        scope = "ROLE" if part.qualification else "ORGANISATION"
        manifest = []
        for section in self.template.sections:
            questions = section.in_scope(scope)
            if not questions:
                continue
            yield SectionProgress(
                organisation=part.organisation,
                part=part,
                section=section.code,
                status=SectionState.SUBMITTED_INITIAL,
                since=self.at,
            )
            answers = [self._answer(part, question.code, person) for question in questions]
            yield from answers
            frozen = _frozen(part, section.code, questions, answers, self.at)
            manifest.append(
                {"section": section.code, "frozen": str(frozen.pk), "sha256": frozen.sha256}
            )
            yield frozen
        version = Version(
            organisation=part.organisation,
            part=part,
            number=1,
            stage=Stage.INITIAL,
            manifest=manifest,
            sha256=manifest_digest(manifest),
            is_whole=True,
            submitted_at=self.at,
            submitted_by_name=person.name,
        )
        yield version
        if part.qualification:
            yield from self._threads(part, version)

    def _answer(self, part: Part, question: str, person: Person) -> Answer:
        return Answer(
            organisation=part.organisation,
            part=part,
            question=question,
            text=SENTENCE * self.random.randint(2, 6),
            is_ready=True,
            revision=1,
            updated_at=self.at,
            updated_by_id=person.pk,
            updated_by_name=person.name,
        )

    def _threads(self, part: Part, version: Version) -> Iterator:
        for _ in range(self.comments):
            body = self.random.choice(MARKET_ROLES[part.qualification.role].bodies)
            key = new_id()
            yield Thread(
                id=key,
                organisation=part.organisation,
                part=part,
                question=self.random.choice(("H03", "J04", "K01", "B05")),
                body=body,
                kind=ThreadKind.COMMENT,
                number=key.int % 2_000_000_000,
                subject="How is silence found?",
                severity=Severity.NONE,
                status=ThreadState.OPEN,
                holder=Side.PARTICIPANT,
                holder_since=self.at,
                stage=Stage.INITIAL,
                version=version,
                raised_at=self.at,
                raised_by_id=key,
                raised_by_name=f"{body} reader",
            )
            yield Message(
                organisation=part.organisation,
                thread_id=key,
                side=Side.BODY,
                body=body,
                author_id=key,
                author_name=f"{body} reader",
                text="Please say how a message that never came is noticed, and by whom.",
                version_number=1,
                at=self.at,
            )


def _frozen(part: Part, letter: str, questions, answers: Sequence[Answer], at) -> FrozenSection:
    content = {
        "section": letter,
        "stage": Stage.INITIAL.value,
        "questions": [
            {
                "code": question.code,
                "title": question.title,
                "ask": question.ask,
                "kind": question.kind,
                "phase": question.phase,
                "applies": True,
                "is_open": True,
                "because": "",
                "mandatory": False,
                "answer": {
                    "text": answer.text,
                    "value": {},
                    "is_not_applicable": False,
                    "not_applicable_reason": "",
                    "by": answer.updated_by_name,
                    "at": at.isoformat(),
                },
                "evidence": [],
            }
            for question, answer in zip(questions, answers, strict=True)
        ],
    }
    text = canonical(json.loads(json.dumps(content)))
    return FrozenSection(
        organisation=part.organisation,
        part=part,
        section=letter,
        stage=Stage.INITIAL,
        content=text,
        sha256=digest(text),
        frozen_at=at,
    )


def _code(number: int) -> str:
    """Return a four-character MPID for a number; invented markets begin theirs with a digit."""
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    tail = ""
    for _ in range(3):
        number, place = divmod(number, 36)
        tail = signs[place] + tail
    return signs[number % 10] + tail
