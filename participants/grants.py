"""Section assignments of authors: the only importer of django-guardian."""

from collections.abc import Iterable
from uuid import UUID

from guardian.shortcuts import assign_perm, get_objects_for_user, remove_perm

from foundation.errors import Denied
from foundation.tenancy.actor import Actor
from participants.models import Area, AreaGrant, Membership, Person

ANSWER = "participants.answer_area"


def granted_areas(person: Person, organisation_id: UUID) -> list[Area]:
    """Return the areas of an organisation in which a person may write."""
    areas = Area.objects.filter(organisation_id=organisation_id)
    return list(
        get_objects_for_user(person, ANSWER, klass=areas, use_groups=False, with_superuser=False)
    )


def set_areas(membership: Membership, areas: Iterable[Area]) -> None:
    """Make the grants of a member exactly these areas."""
    wanted = {area.pk: area for area in areas}
    held = {area.pk: area for area in granted_areas(membership.person, membership.organisation_id)}
    for key in held.keys() - wanted.keys():
        remove_perm(ANSWER, membership.person, held[key])
    for key in wanted.keys() - held.keys():
        assign_perm(ANSWER, membership.person, wanted[key])


def writable_sections(actor: Actor) -> frozenset[tuple[UUID | None, str]] | None:
    """Return (qualification id or None, section) pairs a limited author may write; None: all."""
    if "LIMITED" not in actor.duties:
        return None
    person = Person(pk=actor.person_id, is_active=True)
    return frozenset(
        (area.qualification_id, area.section)
        for area in granted_areas(person, actor.organisation_id)
    )


def require_section(actor: Actor, qualification_id: UUID | None, section: str) -> None:
    """Raise Denied where a limited author's writing does not reach a section (R5)."""
    allowed = writable_sections(actor)
    if allowed is not None and (qualification_id, section) not in allowed:
        raise Denied(f"Section {section} is not among the sections you may write.")


def granted_sections(organisation_id: UUID) -> dict[UUID, list[Area]]:
    """Return the areas granted in an organisation, by person, in one statement."""
    grants = AreaGrant.objects.filter(content_object__organisation_id=organisation_id)
    found: dict[UUID, list[Area]] = {}
    for grant in grants.select_related("content_object").order_by("content_object__section"):
        found.setdefault(grant.user_id, []).append(grant.content_object)
    return found
