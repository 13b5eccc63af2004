"""Making people, organisations and qualifications for tests, through the services."""

from datetime import UTC, datetime
from functools import cache
from itertools import count

from django.contrib.auth.hashers import make_password

from foundation.tenancy.acting import acting_as, is_acting
from foundation.tenancy.actor import PORTAL, Actor
from participants import entry
from participants.models import Membership, Mpid, Organisation, Person, Qualification
from participants.services import organisations

NOON = datetime(2025, 11, 18, 12, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
_number = count(1)


@cache
def _hashed() -> str:
    return make_password(PASSWORD)  # slow on purpose, so once


def _as_portal():
    assert not is_acting(), "factories open their own context"
    return acting_as(PORTAL)


def make_person(name: str = "Ada Quill", **fields) -> Person:
    """Make an account with the tests' password."""
    with _as_portal():
        person = Person(
            name=name,
            email=fields.pop("email", f"person{next(_number)}@example.org"),
            created_at=fields.pop("created_at", NOON),
            **fields,
        )
        person.password = _hashed()
        person.save()
        return person


def make_staff(body: str = "BSC", *duties: str, name: str = "Ruth Adeyemi") -> Person:
    """Make a staff account; a lead reviewer unless duties are named."""
    return make_person(name, body=body, duties=list(duties) or ["REVIEWER", "LEAD"])


def staff_actor(body: str = "BSC", *duties: str) -> Actor:
    """Make a staff account and return it as an actor."""
    return entry.staff_actor(make_staff(body, *duties))


def make_organisation(name: str = "", **fields) -> Organisation:
    """Make an organisation."""
    name = name or f"Orchard Energy {next(_number)}"
    with _as_portal():
        return organisations.create_organisation(
            name=name,
            legal_name=fields.pop("legal_name", f"{name} Ltd"),
            actor=PORTAL,
            at=NOON,
            **fields,
        )


def make_member(
    organisation: Organisation, *, name: str = "Priya Nadarajan", **flags
) -> Membership:
    """Make a person with a place in the organisation: a master admin and author by default."""
    person = make_person(name)
    chosen = {"is_master_admin": True, "is_author": True} | flags
    with _as_portal():
        return Membership.objects.create(
            organisation=organisation, person=person, joined_at=NOON, **chosen
        )


def member_actor(organisation: Organisation, **flags) -> Actor:
    """Make a member and return it as an actor."""
    return entry.member_actor(make_member(organisation, **flags))


def make_mpids(organisation: Organisation, *codes: str) -> list[Mpid]:
    """Give the organisation MPIDs; one of a fresh code when none is named."""
    wanted = codes or (f"{next(_number):04d}",)
    with _as_portal():
        return organisations.add_mpids(
            organisation=organisation, codes=wanted, actor=PORTAL, at=NOON
        )


def make_qualification(
    organisation: Organisation, role: str = "SUPPLIER", route: str = "QT_WAVE_3", **fields
) -> Qualification:
    """Open a qualification (the first of three for the trio) with an MPID of its own.

    A second one in the same role takes the exception that lets MPIDs be split (R22).
    """
    mpids = fields.pop("mpids", None) or make_mpids(organisation)
    with _as_portal():
        same = Qualification.objects.filter(organisation=organisation, role=role)
        fields.setdefault("mpids_split", same.exists())
        return organisations.add_qualification(
            organisation=organisation,
            role=role,
            route=route,
            mpids=mpids,
            actor=PORTAL,
            at=NOON,
            **fields,
        )[0]
