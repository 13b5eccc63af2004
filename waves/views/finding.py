"""Finding what a page is about, among what the actor may see; everything else is a 404."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from participants import queries as people
from participants.models import Organisation, Qualification


def organisation_of(request: HttpRequest, slug: str) -> Organisation:
    """Return the organisation of the address."""
    return get_object_or_404(people.organisations(request.actor), slug=slug)


def held_by(request: HttpRequest, organisation: Organisation) -> list[Qualification]:
    """Return its qualifications, as far as the actor may see them."""
    return list(people.of_organisation(request.actor, organisation.pk))


def qualification_of(request: HttpRequest, organisation: Organisation, key: UUID) -> Qualification:
    """Return one of its qualifications."""
    return get_object_or_404(people.of_organisation(request.actor, organisation.pk), pk=key)
