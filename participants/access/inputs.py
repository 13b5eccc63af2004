"""What the API takes: known fields of the right type only, so that a slip is told and not lost."""

import re
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
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # all but tab and line ends
_BREAK = re.compile(r"[\t\n\r\u2028\u2029]")


class Line(serializers.CharField):
    """Text of one line, such as a name: it goes into lists, subjects of mail and file names."""

    def to_internal_value(self, data: Any) -> str:
        """Return the line; one that breaks is refused."""
        line = super().to_internal_value(data)
        if _BREAK.search(line):
            raise serializers.ValidationError("Give one line.")
        return line


class Taken(serializers.Serializer):
    """A serializer of what is sent; it refuses fields that it does not have (422)."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Return what was sent, checked."""
        if isinstance(data, Mapping | MultiValueDict) and (problems := dict(self._slips(data))):
            raise serializers.ValidationError(problems)
        return super().to_internal_value(data)

    def _slips(self, data: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
        is_json = not isinstance(data, MultiValueDict)
        for name in data:
            if name not in self.fields:
                yield str(name), ["There is no such field here."]
                continue
            value = data[name]
            said = (is_json and _wrong_type(self.fields[name], value)) or _wrong_text(value)
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


def _wrong_text(value: Any) -> str:
    """Return what is wrong with text, wherever in a value it stands; what prints it would choke."""
    if isinstance(value, str):
        return "Take the control characters out." if _CONTROL.search(value) else ""
    if isinstance(value, Mapping):
        inner = [*value.keys(), *value.values()]
    else:
        inner = value if isinstance(value, list) else []
    return next(filter(None, map(_wrong_text, inner)), "")
