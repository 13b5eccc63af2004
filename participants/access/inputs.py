"""What the API takes: known fields of the right type only, so that a slip is told and not lost."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict
from rest_framework import fields, serializers

# Of JSON nothing is guessed: "false" is no boolean there, and 7 is no text. Forms carry text only.
_TYPES = (
    (fields.BooleanField, bool, "Give true or false."),
    (fields.IntegerField, int, "Give a whole number."),
    (fields.CharField, str, "Give text."),
)


class Taken(serializers.Serializer):
    """A serializer of what is sent; it refuses fields that it does not have (422)."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Return what was sent, checked."""
        if isinstance(data, Mapping | MultiValueDict) and (problems := dict(self._slips(data))):
            raise serializers.ValidationError(problems)
        return super().to_internal_value(data)

    def _slips(self, data: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
        for name in data:
            if name not in self.fields:
                yield str(name), ["There is no such field here."]
            elif not isinstance(data, MultiValueDict):
                said = _wrong_type(self.fields[name], data[name])
                if said:
                    yield name, [said]


def _wrong_type(field: fields.Field, value: Any) -> str:
    if isinstance(field, fields.ListField) and isinstance(value, list):
        return next(filter(None, (_wrong_type(field.child, each) for each in value)), "")
    for kind, wanted, said in _TYPES:
        if isinstance(field, kind) and value is not None:
            is_right = isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool))
            return "" if is_right else said
    return ""
