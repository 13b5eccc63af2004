"""``acting_as(actor)``: the only door to tenant tables; it opens the transaction and both lines."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import connection, transaction

from foundation.clock import moments
from foundation.tenancy.actor import Actor, ActorKind
from foundation.tenancy.database_roles import ROLE_OF

_current: ContextVar[Actor | None] = ContextVar("portal_actor", default=None)
Switch = Callable[..., tuple[Actor | None, datetime]]

_SWITCH_SQL = (
    "select set_config('role', %s, true), set_config('app.org', %s, true),"
    f" set_config('app.person', %s, true), {moments.NOW_SQL}"
)
_RESET_SQL = (
    "select set_config('role', 'none', true), set_config('app.org', '', true),"
    " set_config('app.person', '', true)"
)


class ContextError(RuntimeError):
    """Tenant data was touched without an actor, or the actor was switched in mid-transaction."""


def current_actor() -> Actor:
    """Return who acts in this context; raise ContextError when nobody does."""
    actor = _current.get()
    if actor is None:
        raise ContextError("No actor: tenant tables are reached only inside acting_as(actor).")
    return actor


def is_acting() -> bool:
    """Return whether an actor is at work in this context."""
    return _current.get() is not None


@contextmanager
def acting_as(actor: Actor) -> Iterator[Actor]:
    """Open one transaction in which every statement runs with this actor's reach and time."""

    def switch(cursor) -> tuple[Actor, datetime]:
        organisation = str(actor.organisation_id) if actor.organisation_id else ""
        cursor.execute(_SWITCH_SQL, [ROLE_OF[actor.kind], organisation, str(actor.person_id)])
        return actor, cursor.fetchone()[3]

    with entering(switch) as entered:
        yield entered


@contextmanager
def entering(switch: Switch) -> Iterator[Actor | None]:
    """Open the transaction and let ``switch(cursor)`` set role and settings and name the actor.

    Everything is local to the transaction, so that a pooled connection carries nothing over.
    ``None`` as actor means that the person has no business here: nothing is opened to them.
    """
    if _current.get() is not None:
        raise ContextError("The actor cannot be switched inside a transaction.")
    with transaction.atomic():
        with connection.cursor() as cursor:
            actor, moment = switch(cursor)
        token = _current.set(actor)
        try:
            if moments.is_held():
                yield actor
            else:
                with moments.at(moment):
                    yield actor
        finally:
            _current.reset(token)
        _reset_inside_outer_transaction()


def _reset_inside_outer_transaction() -> None:
    # Settings outlive a released savepoint: where an outer transaction goes on (as in tests),
    # they are taken back by hand. After an error the rollback of the savepoint does the same, and
    # a statement here would only hide the error.
    if len(connection.savepoint_ids) and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute(_RESET_SQL)


__all__ = [
    "ActorKind",
    "ContextError",
    "acting_as",
    "current_actor",
    "entering",
    "is_acting",
]
