"""Coming in: from a signed-in person and an organisation in the address to one Actor."""

from datetime import datetime

from foundation.tenancy.actor import Actor, ActorKind
from foundation.tenancy.database_roles import GATE, PARTICIPANT
from participants.models import Membership, Person


def staff_actor(person: Person) -> Actor:
    """Return the actor that a staff account is, everywhere."""
    return Actor(
        kind=ActorKind.REVIEWER,
        person_id=person.pk,
        name=person.name,
        body=person.body,
        duties=frozenset(person.duties),
    )


def gate_actor(person: Person) -> Actor:
    """Return the actor that a person is before an organisation is chosen."""
    return Actor(kind=ActorKind.GATE, person_id=person.pk, name=person.name)


def member_actor(membership: Membership) -> Actor:
    """Return the actor that a member is in its organisation."""
    return Actor(
        kind=ActorKind.PARTICIPANT,
        person_id=membership.person_id,
        name=membership.person.name,
        organisation_id=membership.organisation_id,
        duties=membership.duties,
    )


def member_switch(person: Person, slug: str):
    """Return the switch that enters an organisation by its slug, in one round trip.

    The database function looks the membership up with the gate's reach and then takes on the
    participant's role; without a membership it stays at the gate, and the actor is None.
    """

    def switch(cursor) -> tuple[Actor | None, datetime]:
        cursor.execute("select * from app.enter_organisation(%s, %s)", [str(person.pk), slug])
        organisation_id, admin, author, director, delegate, limited, moment = cursor.fetchone()
        if organisation_id is None:
            return None, moment
        place = Membership(
            organisation_id=organisation_id,
            person=person,
            is_master_admin=admin,
            is_author=author,
            is_director=director,
            is_delegate=delegate,
            is_limited=limited,
        )
        return member_actor(place), moment

    return switch


# The only names put in are two constants of ours.
ENTER_SQL = f"""
CREATE FUNCTION app.enter_organisation(person uuid, place text,
  OUT organisation uuid, OUT admin boolean, OUT author boolean, OUT director boolean,
  OUT delegate boolean, OUT limited boolean, OUT moment timestamptz)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('app.person', person::text, true), set_config('role', '{GATE}', true);
  SELECT m.organisation_id, m.is_master_admin, m.is_author, m.is_director, m.is_delegate,
         m.is_limited
    INTO organisation, admin, author, director, delegate, limited
    FROM public.participants_membership m
    JOIN public.participants_organisation o ON o.id = m.organisation_id
   WHERE m.person_id = person AND m.is_active AND o.slug = place;
  moment := clock_timestamp()
    + coalesce((SELECT p."offset" FROM public.clock_portaltime p), interval '0');
  IF organisation IS NOT NULL THEN
    PERFORM set_config('app.org', organisation::text, true),
            set_config('role', '{PARTICIPANT}', true);
  END IF;
END $$;
"""  # noqa: S608
