"""What the lists of this floor can be narrowed by."""

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from participants.access.filtering import Moment, TrueOrFalse
from participants.enums import Role
from submissions.enums import EvidenceKind, Stage
from submissions.models import EvidenceUse


class PartFilter(filters.FilterSet):
    stage = filters.ChoiceFilter(choices=Stage.choices)
    role = filters.ChoiceFilter(field_name="qualification__role", choices=Role.choices)
    qualification = filters.UUIDFilter(field_name="qualification_id")


class AnswerFilter(filters.FilterSet):
    question = filters.CharFilter()
    section = filters.CharFilter(method="of_section")
    is_ready = TrueOrFalse()
    come_back = TrueOrFalse()
    is_not_applicable = TrueOrFalse()
    since = Moment(field_name="updated_at", lookup_expr="gte")

    def of_section(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        # Which questions a section has, only the part's template knows; the view has read it.
        questions = self.request.template.questions
        return rows.filter(question__in=[each.code for each in questions if each.section == value])


class EvidenceFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(choices=EvidenceKind.choices)
    question = filters.CharFilter(method="cited", label="Cited in answers to this question")
    q = filters.CharFilter(method="find", label="A part of the title, tool or identifier")

    def cited(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        uses = EvidenceUse.objects.filter(evidence_id=OuterRef("pk"), question=value)
        return rows.filter(Exists(uses))

    def find(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        holds = Q(title__icontains=value) | Q(tool__icontains=value)
        return rows.filter(holds | Q(identifier__icontains=value))


class VersionFilter(filters.FilterSet):
    stage = filters.ChoiceFilter(choices=Stage.choices)
    is_whole = TrueOrFalse()
    after = Moment(field_name="submitted_at", lookup_expr="gte")
