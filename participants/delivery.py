"""To whom a notice still goes, and how: the person's own choice, and its standing today."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from foundation.notices.delivery import Delivery, decides
from foundation.notices.models import Notice
from participants.models import Membership, Person
from participants.notice_topics import ALWAYS, MailChoice, choice_of

_WAYS = {
    MailChoice.NOW: Delivery.NOW,
    MailChoice.DAILY: Delivery.DAILY,
    MailChoice.PORTAL: Delivery.PORTAL,
}


@decides
def by_choice_and_standing(notices: Sequence[Notice]) -> Mapping[UUID, Delivery]:
    """Follow each person's choices; mail nothing to whoever has left the organisation or body."""
    named = [row for row in notices if row.person_id and row.kind not in ALWAYS]
    people = Person.objects.in_bulk({row.person_id for row in named}) if named else {}
    inside = _places(named, people)
    ways = {}
    for row in named:
        person = people.get(row.person_id)
        if person is None or not person.is_active or not _stands(row, person, inside):
            ways[row.pk] = Delivery.PORTAL
        else:
            ways[row.pk] = _WAYS[choice_of(person.mail_choices, row.kind)]
    return ways


def _stands(row: Notice, person: Person, inside: set[tuple[UUID, UUID]]) -> bool:
    if row.organisation_id is None or person.is_staff_of_a_body:
        return True
    return (row.person_id, row.organisation_id) in inside


def _places(rows: Sequence[Notice], people: Mapping[UUID, Person]) -> set[tuple[UUID, UUID]]:
    wanted = Q()
    for row in rows:
        person = people.get(row.person_id)
        if row.organisation_id and person is not None and not person.is_staff_of_a_body:
            wanted |= Q(person_id=row.person_id, organisation_id=row.organisation_id)
    if not wanted:
        return set()
    places = Membership.objects.filter(wanted, is_active=True)
    return set(places.values_list("person_id", "organisation_id"))
