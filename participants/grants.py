"""Section assignments of authors: the only importer of django-guardian."""

from collections.abc import Iterable
from uuid import UUID

from guardian.shortcuts import assign_perm, get_objects_for_user, remove_perm

from foundation.tenancy.actor import Actor
from participants.models import Area, Membership, Person

ANSWER = "participants.answer_area"


def granted_areas(person: Person) -> list[Area]:
    """Return the areas in which a person may write, in the acting organisation."""
    areas = Area.objects.all()
    return list(
        get_objects_for_user(person, ANSWER, klass=areas, use_groups=False, with_superuser=False)
    )


def set_areas(membership: Membership, areas: Iterable[Area]) -> None:
    """Make the grants of a member exactly these areas."""
    wanted = {area.pk: area for area in areas}
    held = {area.pk: area for area in granted_areas(membership.person)}
    for key in held.keys() - wanted.keys():
        remove_perm(ANSWER, membership.person, held[key])
    for key in wanted.keys() - held.keys():
        assign_perm(ANSWER, membership.person, wanted[key])


def writable_sections(actor: Actor) -> frozenset[tuple[UUID | None, str]] | None:
    """Return (qualification id or None, section) pairs a limited author may write; None: all."""
    if "LIMITED" not in actor.duties:
        return None
    person = Person(pk=actor.person_id, is_active=True)
    return frozenset((area.qualification_id, area.section) for area in granted_areas(person))
