"""Rows to plain data without asking each field of each row how: the way is found once a class."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

from rest_framework import fields, serializers
from rest_framework.relations import RelatedField

_LEFT_OUT = object()  # a key that a row does not have, of a field that need not be there
Way = Callable[[Any], Any]
_AS_IT_IS = (fields.ChoiceField, fields.BooleanField, fields.IntegerField, fields.JSONField)


class Shown(serializers.Serializer):
    """A serializer that only shows; it says what its fields would, in a third of the time.

    Moments are UTC.
    """

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Return one row as plain data."""
        every, some = _ways(type(self), isinstance(instance, dict))
        said = {name: way(instance) for name, way in every}
        for name in some:
            if said[name] is _LEFT_OUT:
                del said[name]
        return said


class ShownRow(Shown, serializers.ModelSerializer):
    """The same of a model."""


@cache
def _ways(
    serializer: type[Shown], of_dict: bool
) -> tuple[tuple[tuple[str, Way], ...], tuple[str, ...]]:
    """Return how each field is shown, and which fields may be left out."""
    shown = {name: each for name, each in serializer().fields.items() if not each.write_only}
    some = tuple(name for name, each in shown.items() if _missing(each) is _LEFT_OUT)
    return tuple((name, _way(each, of_dict)) for name, each in shown.items()), some


def _way(field: fields.Field, of_dict: bool) -> Way:
    if isinstance(field, serializers.SerializerMethodField):
        return getattr(field.parent, field.method_name)
    if isinstance(field, RelatedField | serializers.ManyRelatedField):
        return lambda row: field.to_representation(field.get_attribute(row))
    read, convert = _reader(field, of_dict), _conversion(field)
    if convert is None:
        return read

    def converted(row: Any) -> Any:
        value = read(row)
        return value if value is None or value is _LEFT_OUT else convert(value)

    return converted


def _reader(field: fields.Field, of_dict: bool) -> Way:
    names, missing = field.source_attrs, _missing(field)
    if len(names) > 1:
        read = _walker(names)
    else:
        read = itemgetter(names[0]) if of_dict else attrgetter(names[0])
    if missing is fields.empty:
        return read

    def read_or_stand_in(row: Any) -> Any:
        try:
            return read(row)
        except (AttributeError, KeyError):
            return missing

    return read_or_stand_in


def _walker(names: Sequence[str]) -> Way:
    straight = attrgetter(".".join(names))

    def walk(row: Any) -> Any:
        try:
            value = straight(row)
        except AttributeError:  # something on the way is plain data, or missing
            return fields.get_attribute(row, names)
        return value() if callable(value) else value

    return walk


def _missing(field: fields.Field) -> Any:
    """What stands for a value that a row does not have; ``empty`` where it must have one."""
    if field.default is not fields.empty:
        return field.default
    if field.allow_null:
        return None
    return fields.empty if field.required or field.read_only else _LEFT_OUT


def _conversion(field: fields.Field) -> Callable[[Any], Any] | None:
    if isinstance(field, fields.UUIDField):
        return str
    if isinstance(field, fields.DateTimeField):
        return _moment
    if isinstance(field, fields.DateField):
        return _day
    if isinstance(field, _AS_IT_IS):
        return None
    if isinstance(field, fields.CharField):
        return _text
    return field.to_representation


def _text(value: Any) -> str:
    return value if type(value) is str else str(value)


def _day(value: date | str) -> str:
    return value if isinstance(value, str) else value.isoformat()  # plain data holds it as text


def _moment(value: datetime | str) -> str:
    if isinstance(value, str):
        return value
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
