"""What an actor can see of an organisation's QAD; everything else does not exist (404)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from foundation.documents.models import StoredFile
from foundation.tenancy.actor import Actor
from participants import grants, policy
from participants import queries as people
from participants.models import Organisation, Qualification
from participants.roles import governs
from submissions import bank, living, queries, sheet
from submissions.frozen import content_by_part as content_by_part
from submissions.frozen import initial_sections as initial_sections
from submissions.models import Evidence, FrozenSection, Part, Version
from submissions.sheet import PartSheet, Sheet
from submissions.template_types import Question


def organisation(actor: Actor, slug: str) -> Organisation:
    """Return the organisation at an address, if the actor may know of it."""
    found = get_object_or_404(people.organisations(actor), slug=slug)
    policy.require(actor, "organisation.read", found)
    return found


def require_owner(actor: Actor) -> None:
    """Raise 404 for everybody but a member: what is not submitted does not exist to them."""
    if not actor.is_participant:
        raise Http404


def own_part(actor: Actor, slug: str, key: UUID) -> Part:
    """Return a part for its owner; to everybody else its living answers do not exist."""
    require_owner(actor)
    rows = Part.objects.filter(organisation__slug=slug)
    part = get_object_or_404(rows.select_related("organisation", "qualification"), pk=key)
    policy.require(actor, "organisation.read", part)
    return part


def part(actor: Actor, slug: str, key: UUID) -> Part:
    """Return a part whose submitted versions the actor may read (R7, R11, R13)."""
    policy.require(actor, "qad.read")
    if actor.is_participant:
        return own_part(actor, slug, key)
    place = organisation(actor, slug)
    rows = Part.objects.filter(organisation=place).select_related("organisation", "qualification")
    found = get_object_or_404(rows, pk=key)
    if not sees(actor, found):
        raise Http404
    return found


def question(one: Part, code: str) -> Question:
    """Return a question of a part by its code, or 404."""
    scope = "ORGANISATION" if one.is_organisation_part else "ROLE"
    try:
        found = bank.of_part(one).question(code)
    except KeyError:
        raise Http404 from None
    if found.scope != scope:
        raise Http404
    return found


def may_write(actor: Actor, one: Part, letter: str) -> bool:
    """Return whether a writer's reach includes a section; only limited authors are asked for."""
    allowed = grants.writable_sections(actor)
    return allowed is None or (one.qualification_id, letter) in allowed


def require_writing(actor: Actor, one: Part, letter: str) -> None:
    """Raise Denied where a limited author's writing does not reach a section."""
    grants.require_section(actor, one.qualification_id, letter)


def sees(actor: Actor, one: Part) -> bool:
    """Return whether a part is any business of the actor's."""
    if not actor.is_staff:
        return True
    return one.qualification is None or governs(actor.body, one.qualification.role)


def parts(actor: Actor, place: Organisation) -> list[Part]:
    """Return the parts of an organisation's QAD that the actor may know of."""
    return [one for one in queries.parts_of(place.pk) if sees(actor, one)]


def qualification(actor: Actor, place: Organisation, key: UUID) -> Qualification:
    """Return a qualification of an organisation, if the actor may see it."""
    return get_object_or_404(people.of_organisation(actor, place.pk), pk=key)


def together(held: Sequence[Qualification], chosen: Qualification) -> list[Qualification]:
    """Return what is submitted together: the trio, or the one alone (R14)."""
    if chosen.trio is None:
        return [chosen]
    return [each for each in held if each.trio == chosen.trio]


def held_by(place: Organisation) -> list[Qualification]:
    """Return all of an organisation's qualifications, by market role."""
    return list(Qualification.objects.filter(organisation=place).order_by("role", "pk"))


def section_sheet(one: Part, held: Sequence[Qualification], letter: str) -> PartSheet:
    """Read one section of a part, in one statement; 404 where there is no such section.

    Of the other sections only choices are read: they decide what is asked.
    """
    try:
        codes = {each.code for each in bank.of_part(one).section(letter).questions}
    except KeyError:
        raise Http404 from None
    now = living.of_questions(one.pk, codes)
    whole = sheet.part_sheet(one, one.organisation, held, now)
    return replace(
        whole,
        questions=tuple(each for each in whole.questions if each.code in codes),
        answers={code: row for code, row in now.answers.items() if code in codes},
    )


def part_sheet(one: Part) -> PartSheet:
    """Read one part as it stands, in two statements."""
    place = one.organisation
    return sheet.of(place, held_by(place), [one]).parts[one.qualification_id]


def group_sheet(
    place: Organisation, held: Sequence[Qualification], group: Collection[Qualification]
) -> Sheet:
    """Read the organisation's part and those of some qualifications, in two statements."""
    keys = {None, *(each.pk for each in group)}
    wanted = [one for one in queries.parts_among(place, held) if one.qualification_id in keys]
    return sheet.of(place, held, wanted)


def versions_of(some: Iterable[Part]) -> dict[UUID, list[Version]]:
    """Return the versions of parts, newest first, in one statement."""
    found: dict[UUID, list[Version]] = {}
    rows = Version.objects.filter(part_id__in=[one.pk for one in some])
    for row in rows.order_by("-number", "pk"):
        found.setdefault(row.part_id, []).append(row)
    return found


def evidence(actor: Actor, slug: str, key: UUID) -> Evidence:
    """Return a piece of evidence for its owner."""
    if not actor.is_participant:
        raise Http404
    rows = Evidence.objects.filter(organisation__slug=slug).select_related("file", "organisation")
    found = get_object_or_404(rows, pk=key)
    policy.require(actor, "organisation.read", found)
    return found


def stored_file(actor: Actor, slug: str, key: UUID) -> StoredFile:
    """Return a stored file of an organisation, if the actor may download it.

    A body gets what was released to it; of evidence, only what a part it reads has cited, and
    only those of its staff who read what is submitted (R11).
    """
    place = organisation(actor, slug)
    found = get_object_or_404(StoredFile, pk=key, organisation_id=place.pk)
    if actor.is_staff:
        policy.require(actor, "file.read")
        _require_released(actor, place, found)
    return found


def _require_released(actor: Actor, place: Organisation, found: StoredFile) -> None:
    citing = FrozenSection.objects.filter(organisation=place, content__contains=str(found.pk))
    roles = set(citing.values_list("part__qualification__role", flat=True))
    reads = policy.may(actor, "qad.read") and any(
        role is None or governs(actor.body, role) for role in roles
    )
    open_to_body = not roles or reads
    if found.released_at is None or not open_to_body:
        raise Http404
