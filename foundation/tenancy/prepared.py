"""A statement written once with the ORM, compiled once a process, and asked with other values.

Compiling a statement of many sub-selects costs ten times what asking it does. So it is compiled
for a stand-in: an actor of the same kind with made-up ids, and made-up values. Where these stand
among the parameters, every question puts the acting organisation, its person and the real values.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from secrets import randbelow, token_hex
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import QuerySet

from foundation.tenancy.acting import _current, current_actor
from foundation.tenancy.actor import Actor

Value = UUID | str | datetime
MOST = 200  # forms of one statement that are kept; one for each set of duties that staff have
_ACTOR = "actor."  # before the names of the actor's ids, so that no value can be called so
_MAKE: Mapping[type, Callable[[], Value]] = {
    UUID: uuid4,
    str: lambda: token_hex(16),
    datetime: lambda: datetime(1, 1, 2, tzinfo=UTC) + timedelta(microseconds=randbelow(10**14)),
}


class PreparedError(RuntimeError):
    """A statement cannot be asked with other values: one of its own got into it."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement with the names of its columns, and where its values go."""

    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, str], ...]
    names: tuple[str, ...]
    converters: tuple[tuple[int, list, Any], ...]

    def ask(self, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        params = list(self.params)
        for place, name in self.places:
            params[place] = values[name]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            return [dict(zip(self.names, self._read(row), strict=True)) for row in cursor]

    def _read(self, row: tuple) -> list:
        values = list(row)
        for place, converts, expression in self.converters:
            for convert in converts:
                values[place] = convert(values[place], expression, connection)
        return values


class Prepared:
    """A statement that ``build(actor, *shape, **values)`` returns as a queryset of ``values()``.

    ``build`` may look at the kind, body and duties of its actor and at ``shape``: each gives a
    form of its own. It must take the actor's ids and the values as they come, and pass them on.
    """

    def __init__(self, build: Callable[..., QuerySet]) -> None:
        self._build = build
        self._forms: dict[Hashable, _Compiled] = {}

    def rows(self, *shape: Hashable, **values: Value) -> list[dict[str, Any]]:
        """Ask for whoever acts, and return its rows."""
        actor = current_actor()
        key = (actor.kind, actor.body, actor.duties, shape, frozenset(values))
        form = self._forms.get(key)
        if form is None:
            if len(self._forms) >= MOST:
                self._forms.clear()
            form = self._forms[key] = self._compile(actor, shape, values)
        return form.ask({**values, **_ids(actor)})

    def _compile(self, actor: Actor, shape: tuple, values: Mapping[str, Value]) -> _Compiled:
        other = replace(
            actor, person_id=uuid4(), organisation_id=actor.organisation_id and uuid4(), name=""
        )
        made = {name: _MAKE[type(value)]() for name, value in values.items()}
        token = _current.set(other)  # only while the statement is written; nothing is asked
        try:
            query = self._build(other, *shape, **made).query
            compiler = query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
        finally:
            _current.reset(token)
        names = tuple(query.selected or ())
        if not names:
            raise PreparedError("A prepared statement says its columns with values().")
        stand_ins = made | _ids(other)
        places = tuple(
            (place, name)
            for place, param in enumerate(params)
            for name, stand_in in stand_ins.items()
            if stand_in is not None and param == stand_in
        )
        _check(params, places, stand_ins, {**values, **_ids(actor)})
        found = compiler.get_converters([each[0] for each in compiler.select[: compiler.col_count]])
        converters = tuple((place, converts, of) for place, (converts, of) in found.items())
        return _Compiled(sql, tuple(params), places, names, converters)


def _ids(actor: Actor) -> dict[str, UUID | None]:
    found = {"person": actor.person_id, "organisation": actor.organisation_id}
    return {f"{_ACTOR}{name}": key for name, key in found.items()}


def _check(
    params: tuple,
    places: tuple,
    stand_ins: Mapping[str, Value | None],
    real: Mapping[str, Value | None],
) -> None:
    """Every value has its place, and none of this question's own is left in the statement."""
    taken, known = {place for place, _ in places}, {name for _, name in places}
    left = [str(param) for place, param in enumerate(params) if place not in taken]
    lost = [
        name
        for name, value in stand_ins.items()
        if (name not in known and not name.startswith(_ACTOR))
        or (value is not None and any(str(value) in param for param in left))
    ]
    if lost:
        raise PreparedError(f"Not found among the parameters as given: {sorted(lost)}")
    own = {str(value) for value in real.values() if isinstance(value, UUID)}
    if own & set(left):
        raise PreparedError("An id of the present actor or question stands in the statement.")
