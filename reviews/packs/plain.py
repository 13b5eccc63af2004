"""PURE: a pack's dataclasses built from the values of a TOML file."""

from dataclasses import fields, is_dataclass
from enum import EnumType
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def build(kind: type[T], value: Any) -> T:
    """Return `kind` from a table (by name), a list (in order) or one word (its first field)."""
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), value)  # type: ignore[return-value]
    if isinstance(kind, UnionType):
        chosen = [part for part in get_args(kind) if part is not NoneType]
        return build(chosen[0], value) if len(chosen) == 1 else value
    if isinstance(kind, EnumType):
        return kind(value)
    if is_dataclass(kind):
        return _dataclass(kind, value)
    return value


def _tuple(kinds: tuple[Any, ...], value: list[Any]) -> tuple[Any, ...]:
    if kinds[-1] is Ellipsis:
        return tuple(build(kinds[0], part) for part in value)
    return tuple(build(kind, part) for kind, part in zip(kinds, value, strict=True))


def _dataclass(kind: Any, value: Any) -> Any:
    names = [field.name for field in fields(kind)]
    if isinstance(value, dict):
        given = value
    elif isinstance(value, list):
        given = dict(zip(names, value, strict=False))
    else:
        given = {names[0]: value}
    hints = get_type_hints(kind)
    return kind(**{name: build(hints[name], part) for name, part in given.items()})
