"""One organisation while its acts are played: its rows, its people, what was answered so far."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants import entry
from participants.models import Membership, Mpid, Organisation, Qualification
from qadportal.demo import corpus as c
from qadportal.demo.play.cast import Cast
from qadportal.demo.reading import EVIDENCE
from qadportal.demo.wording import Voice
from submissions import finding
from submissions.content import Content
from submissions.models import Evidence, Part
from submissions.sheet import PartSheet
from submissions.template_types import Template
from waves.models import CompletionReport


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was given: which variant, what it became, and on which day."""

    variant: c.Variant
    content: Content
    on: date
    is_final: bool = False


@dataclass
class Scene:
    """The state of one organisation's play."""

    own: c.Organisation
    corpus: c.Corpus
    template: Template
    cast: Cast
    organisation: Organisation | None = None
    members: dict[str, Actor] = field(default_factory=dict)
    keys: dict[str, UUID] = field(default_factory=dict)  # key of a qualification -> its id
    said: dict[tuple[str, str], Said] = field(default_factory=dict)
    evidence: dict[tuple[str, str], Evidence] = field(default_factory=dict)
    reports: dict[tuple[str, str], CompletionReport] = field(default_factory=dict)
    threads: dict[str, UUID] = field(default_factory=dict)
    sheets: dict[str, PartSheet] = field(default_factory=dict)  # as read, until something moves

    @contextmanager
    def acting(self, actor: Actor, at: datetime) -> Iterator[Actor]:
        """Let somebody act at a moment of the past."""
        with moments.at(at), acting_as(actor):
            yield actor

    def join(self, membership: Membership) -> None:
        """Note a member as an actor, as its membership now stands."""
        self.members[membership.person.name] = entry.member_actor(membership)

    @property
    def portal(self) -> Actor:
        """The portal itself, which opens accounts."""
        return PORTAL

    @property
    def admin(self) -> Actor:
        """The first master admin."""
        return self.members[self.own.admin.name]

    def director(self) -> Actor:
        """The organisation's director."""
        return self.members[next(each.name for each in self.own.people if each.director)]

    def told(self, key: str) -> c.Qualification:
        """Return what the corpus tells of a qualification."""
        return next(each for each in self.own.qualification if each.key == key)

    def row(self, key: str) -> Qualification:
        """Return a qualification's row as it stands (within an actor)."""
        return Qualification.objects.select_related("organisation").get(pk=self.keys[key])

    def organisation_mpids(self, codes: set[str]) -> list[Mpid]:
        """Return MPIDs of the organisation (within an actor)."""
        return list(Mpid.objects.filter(organisation=self.organisation, code__in=codes))

    def part(self, key: str) -> Part:
        """Return the part of a qualification, or the organisation's (within an actor)."""
        qualification = None if key == c.ORGANISATION_PART else self.keys[key]
        rows = Part.objects.select_related("organisation", "qualification")
        return rows.get(organisation=self.organisation, qualification_id=qualification)

    def sheet(self, key: str) -> PartSheet:
        """Return a part with all that is answered (within an actor), read once until it moves."""
        if key not in self.sheets:
            self.sheets[key] = finding.part_sheet(self.part(key))
        return self.sheets[key]

    def voice(self, key: str) -> Voice:
        """Return who speaks in a part."""
        return Voice(self.own, None if key == c.ORGANISATION_PART else self.told(key))

    def author(self, section: str) -> Actor:
        """Return who writes a section: whoever is limited to it, else one of the authors."""
        writers = [each for each in self.own.people if each.author or each.master_admin]
        special = [each for each in writers if section in each.limited_to]
        free = [each for each in writers if not each.limited_to]
        chosen = special[0] if special else free[ord(section[0]) % len(free)]
        return self.members[chosen.name]

    def file(self, name: str, *, final: bool = False) -> tuple[str, bytes]:
        """Return the name and the bytes of a file of the corpus."""
        told = self.corpus.files[name]
        chosen = told.final_file if final and told.final_file else told.name_for(self.own.slug)
        return chosen, _bytes(chosen)


_read: dict[str, bytes] = {}


def _bytes(name: str) -> bytes:
    if name not in _read:
        _read[name] = (EVIDENCE / name).read_bytes()
    return _read[name]
