"""What the lists of this floor can be narrowed by.

The filters are written out: read off a model, they would ask its tenant manager before anybody
acts.
"""

import django_filters as filters

from participants.access.filtering import Moment, TrueOrFalse
from participants.enums import Body, Role, Route, Status
from reviews.enums import (
    SETTLED,
    ApprovalState,
    LetterState,
    Outcome,
    PackState,
    PlanState,
    ReopenState,
    Severity,
    Side,
    SignOffState,
    ThreadKind,
    ThreadState,
)
from submissions.enums import Stage


class ThreadFilter(filters.FilterSet):
    organisation = filters.CharFilter(field_name="organisation__slug")
    qualification = filters.UUIDFilter(field_name="part__qualification_id")
    part = filters.UUIDFilter(field_name="part_id")
    question = filters.CharFilter()
    body = filters.ChoiceFilter(choices=Body.choices)
    kind = filters.ChoiceFilter(choices=ThreadKind.choices)
    status = filters.ChoiceFilter(choices=ThreadState.choices)
    severity = filters.ChoiceFilter(choices=Severity.choices)
    holder = filters.ChoiceFilter(choices=Side.choices)
    stage = filters.ChoiceFilter(choices=Stage.choices)
    is_open = TrueOrFalse(method="narrow", label="Neither closed nor cleared")
    raised_after = Moment(field_name="raised_at", lookup_expr="gte")
    raised_before = Moment(field_name="raised_at", lookup_expr="lt")

    def narrow(self, rows, name: str, value: bool):
        return rows.exclude(status__in=SETTLED) if value else rows.filter(status__in=SETTLED)


class PlanFilter(filters.FilterSet):
    thread = filters.UUIDFilter(field_name="thread_id")
    body = filters.ChoiceFilter(field_name="thread__body", choices=Body.choices)
    status = filters.ChoiceFilter(choices=PlanState.choices)
    due_after = filters.DateFilter(field_name="due_on", lookup_expr="gte")
    due_before = filters.DateFilter(field_name="due_on", lookup_expr="lte")


class ApprovalFilter(filters.FilterSet):
    part = filters.UUIDFilter(field_name="part_id")
    qualification = filters.UUIDFilter(field_name="part__qualification_id")
    body = filters.ChoiceFilter(choices=Body.choices)
    status = filters.ChoiceFilter(choices=ApprovalState.choices)


class BodyReviewFilter(filters.FilterSet):
    body = filters.ChoiceFilter(choices=Body.choices)
    stage = filters.ChoiceFilter(choices=Stage.choices)


class ReopenFilter(filters.FilterSet):
    qualification = filters.UUIDFilter(field_name="qualification_id")
    status = filters.ChoiceFilter(choices=ReopenState.choices)


class SignOffFilter(filters.FilterSet):
    qualification = filters.UUIDFilter(field_name="qualification_id")
    status = filters.ChoiceFilter(choices=SignOffState.choices)


class LetterFilter(filters.FilterSet):
    qualification = filters.UUIDFilter(field_name="qualification_id")
    status = filters.ChoiceFilter(choices=LetterState.choices)


class DecisionFilter(filters.FilterSet):
    organisation = filters.CharFilter(field_name="organisation__slug")
    qualification = filters.UUIDFilter(field_name="qualification_id")
    role = filters.ChoiceFilter(field_name="qualification__role", choices=Role.choices)
    body = filters.ChoiceFilter(choices=Body.choices)
    outcome = filters.ChoiceFilter(choices=Outcome.choices)
    held = TrueOrFalse(field_name="effective_at", lookup_expr="isnull")
    decided_after = filters.DateFilter(field_name="decided_on", lookup_expr="gte")
    decided_before = filters.DateFilter(field_name="decided_on", lookup_expr="lte")


class PackFilter(filters.FilterSet):
    status = filters.ChoiceFilter(choices=PackState.choices)
    qualification = filters.UUIDFilter(method="holding", label="Packs that hold this one")

    def holding(self, rows, name: str, value):
        return rows.filter(qualifications__contains=[value])


class QualifiedFilter(filters.FilterSet):
    organisation = filters.CharFilter(field_name="organisation__slug")
    role = filters.ChoiceFilter(choices=Role.choices)
    route = filters.ChoiceFilter(choices=Route.choices)
    status = filters.ChoiceFilter(choices=Status.choices)
