"""Narrowing lists: a filter set is built only where something was asked for."""

from datetime import UTC, datetime
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django_filters.fields import IsoDateTimeField
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

_WORDS = {"true": True, "false": False}


class AskedFilters(DjangoFilterBackend):
    """Filters by the query; a list that nobody narrows builds no form."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        """Return the rows that were asked for; what cannot be taken is a 422."""
        asked = getattr(view, "filterset_class", None)
        if asked is None or not request.query_params.keys() & asked.base_filters.keys():
            return queryset
        return super().filter_queryset(request, queryset, view)


class _TrueOrFalse(forms.Field):
    widget = forms.TextInput

    def clean(self, value: Any) -> bool | None:
        if value in self.empty_values:
            return None
        if value not in _WORDS:
            raise forms.ValidationError("Say true or false.")
        return _WORDS[value]


class _Moment(IsoDateTimeField):
    def clean(self, value: Any) -> datetime | None:
        try:
            moment = super().clean(value)
            return moment and moment.astimezone(UTC)
        except (OverflowError, ValueError):
            raise forms.ValidationError("Give a moment such as 2025-11-18T12:00:00Z.") from None


class Moment(filters.IsoDateTimeFilter):
    """A moment in any zone; one that falls out of the calendar is refused."""

    field_class = _Moment


class TrueOrFalse(filters.BooleanFilter):
    """A yes or no; any other word is refused, where it would otherwise narrow nothing."""

    field_class = _TrueOrFalse
