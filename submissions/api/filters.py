"""What the lists of this floor can be narrowed by."""

import django_filters as filters
from django.db.models import Q, QuerySet

from participants.enums import Role
from submissions.enums import EvidenceKind, Stage


class PartFilter(filters.FilterSet):
    stage = filters.ChoiceFilter(choices=Stage.choices)
    role = filters.ChoiceFilter(field_name="qualification__role", choices=Role.choices)
    qualification = filters.UUIDFilter(field_name="qualification_id")


class AnswerFilter(filters.FilterSet):
    question = filters.CharFilter()
    section = filters.CharFilter(method="of_section")
    is_ready = filters.BooleanFilter()
    is_not_applicable = filters.BooleanFilter()
    since = filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    def of_section(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        # Which questions a section has, only the part's template knows; the view has read it.
        questions = self.request.template.questions
        return rows.filter(question__in=[each.code for each in questions if each.section == value])


class EvidenceFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(choices=EvidenceKind.choices)
    question = filters.CharFilter(field_name="uses__question", distinct=True)
    q = filters.CharFilter(method="find", label="A part of the title, tool or identifier")

    def find(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        holds = Q(title__icontains=value) | Q(tool__icontains=value)
        return rows.filter(holds | Q(identifier__icontains=value))


class VersionFilter(filters.FilterSet):
    stage = filters.ChoiceFilter(choices=Stage.choices)
    is_whole = filters.BooleanFilter()
    after = filters.IsoDateTimeFilter(field_name="submitted_at", lookup_expr="gte")
