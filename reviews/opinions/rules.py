"""PURE: from acceptances, threads, reviews and versions to one opinion a body and question."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from reviews.enums import SETTLED, Side, ThreadKind, ThreadState
from submissions.opinions import Open, Opinion, Opinions

_NOUNS = {
    ThreadKind.COMMENT: "thread",
    ThreadKind.OBSERVATION: "observation",
    ThreadKind.FINDING: "finding",
}
PLANNED = (ThreadState.PLAN_AGREED, ThreadState.ACTION_DONE)


@dataclass(frozen=True, slots=True)
class VersionSaid:
    """A submitted version and the questions whose answers differ from the one before."""

    number: int
    stage: str
    submitted_at: datetime
    changed: frozenset[str]


@dataclass(frozen=True, slots=True)
class AcceptanceSaid:
    """A body's acceptance of an answer on a version, by whom and when."""

    question: str
    body: str
    version: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ReviewSaid:
    """A body's reading at a stage, of a qualification that rests on the part."""

    body: str
    stage: str
    started_at: datetime | None
    completed_at: datetime | None
    started_by: str = ""
    completed_by: str = ""


@dataclass(frozen=True, slots=True)
class ThreadSaid:
    """A thread that is not settled."""

    reference: str
    question: str
    body: str
    kind: str
    status: str
    holder: str


@dataclass(frozen=True, slots=True)
class PartSaid:
    """All that bears on what the bodies say of a part; versions oldest first."""

    versions: Sequence[VersionSaid] = ()
    acceptances: Sequence[AcceptanceSaid] = ()
    approved_by: frozenset[str] = frozenset()  # whose approval covers the newest version
    reviews: Sequence[ReviewSaid] = ()
    threads: Sequence[ThreadSaid] = field(default=())
    approved: Mapping[str, int] = field(default_factory=dict)  # body: version, lapsed or not

    @property
    def newest(self) -> int:
        """The number of the newest version; 0 before the first."""
        return self.versions[-1].number if self.versions else 0

    @property
    def last_changes(self) -> dict[str, int]:
        """The last version in which each answer changed."""
        return {code: each.number for each in self.versions for code in each.changed}

    def acceptance(self, question: str, body: str) -> AcceptanceSaid | None:
        """Return a body's acceptance of an answer, whether it stands or has lapsed."""
        found = (
            each for each in self.acceptances if (each.question, each.body) == (question, body)
        )
        return next(found, None)

    def standing_acceptance(self, question: str, body: str) -> AcceptanceSaid | None:
        """Return a body's acceptance of an answer that has not changed since."""
        found = self.acceptance(question, body)
        later = [each for each in self.versions if found and each.number > found.version]
        return None if any(question in each.changed for each in later) else found

    def review(self, body: str) -> ReviewSaid | None:
        """Return a body's reading that began last."""
        begun = [each for each in self.reviews if each.body == body and each.started_at]
        return max(begun, key=lambda each: each.started_at, default=None)


def opinions_of(part: PartSaid) -> Opinions:
    """Return what the bodies say of every question of a part, the strongest word of each."""
    last = _last_changes(part.versions)
    said: dict[tuple[str, str], Opinion] = {}
    for question, version in last.items():
        for body in _content(part, version):
            said[question, body] = Opinion.READ
        for body in part.approved_by:
            said[question, body] = Opinion.ACCEPTED
    for each in part.acceptances:
        key = (each.question, each.body)
        if each.question not in last:
            continue
        if each.version >= last[each.question].number:
            said[key] = Opinion.ACCEPTED
        else:
            said.setdefault(key, Opinion.LAPSED)
    for question, body, opinion in _of_threads(part.threads):
        if said.get((question, body)) is not Opinion.ASKS:
            said[question, body] = opinion
    return Opinions(said, _begun(part), _open(part.threads))


def _last_changes(versions: Iterable[VersionSaid]) -> dict[str, VersionSaid]:
    return {code: version for version in versions for code in version.changed}


def _content(part: PartSaid, version: VersionSaid) -> Iterator[str]:
    """Bodies that ended a review after the answer came in as it is."""
    for review in part.reviews:
        if review.completed_at and review.completed_at >= version.submitted_at:
            yield review.body


def _begun(part: PartSaid) -> Mapping[str, Opinion]:
    if not part.versions:
        return {}
    stage = part.versions[-1].stage
    begun = {each.body for each in part.reviews if each.stage == stage and each.started_at}
    return dict.fromkeys(begun, Opinion.READING)


def _of_threads(threads: Iterable[ThreadSaid]) -> Iterator[tuple[str, str, Opinion]]:
    for each in threads:
        if each.status in SETTLED or each.status in PLANNED:
            continue
        asks = each.holder == Side.PARTICIPANT
        yield each.question, each.body, Opinion.ASKS if asks else Opinion.WAITING


def _open(threads: Iterable[ThreadSaid]) -> Mapping[str, Sequence[Open]]:
    found: dict[str, list[Open]] = {}
    for each in threads:
        if each.status in SETTLED:
            continue
        found.setdefault(each.question, []).append(
            Open(
                reference=each.reference,
                body=each.body,
                noun=_NOUNS[ThreadKind(each.kind)],
                waits_for_owner=each.holder == Side.PARTICIPANT,
                is_planned=each.status in PLANNED,
            )
        )
    return found
