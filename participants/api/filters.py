"""What the lists of this floor can be narrowed by.

The filters are written out: read off a model, they would ask its tenant manager before anybody
acts.
"""

import django_filters as filters

from participants import queries
from participants.enums import Body, Entrant, OrganisationKind, Role, Route, Status


class OrganisationFilter(filters.FilterSet):
    q = filters.CharFilter(method="find", label="A part of the name, or an MPID")
    kind = filters.ChoiceFilter(choices=OrganisationKind.choices)
    entrant = filters.ChoiceFilter(choices=Entrant.choices)
    company_number = filters.CharFilter()
    role = filters.ChoiceFilter(choices=Role.choices, method="narrow")
    route = filters.ChoiceFilter(choices=Route.choices, method="narrow")
    status = filters.ChoiceFilter(choices=Status.choices, method="narrow")

    def find(self, rows, name: str, value: str):
        return queries.search(rows, value)

    def narrow(self, rows, name: str, value: str):
        return queries.narrowed(rows, self.request.actor, **{name: value})


class QualificationFilter(filters.FilterSet):
    organisation = filters.CharFilter(field_name="organisation__slug")
    mpid = filters.CharFilter(field_name="mpids__code")
    role = filters.ChoiceFilter(choices=Role.choices)
    route = filters.ChoiceFilter(choices=Route.choices)
    status = filters.ChoiceFilter(choices=Status.choices)
    is_new_entrant = filters.BooleanFilter()
    mpids_split = filters.BooleanFilter()
    since = filters.IsoDateTimeFilter(field_name="status_since", lookup_expr="gte")


class MpidFilter(filters.FilterSet):
    code = filters.CharFilter(lookup_expr="iexact")


class MemberFilter(filters.FilterSet):
    is_active = filters.BooleanFilter()
    is_master_admin = filters.BooleanFilter()
    is_author = filters.BooleanFilter()
    is_director = filters.BooleanFilter()
    is_delegate = filters.BooleanFilter()


class NoticeFilter(filters.FilterSet):
    unread = filters.BooleanFilter(field_name="read_at", lookup_expr="isnull")
    kind = filters.CharFilter()


class EventFilter(filters.FilterSet):
    action = filters.CharFilter(lookup_expr="startswith")
    object_type = filters.CharFilter()
    object_id = filters.CharFilter()
    actor_id = filters.UUIDFilter()
    actor_body = filters.ChoiceFilter(choices=Body.choices)
    after = filters.IsoDateTimeFilter(field_name="at", lookup_expr="gte")
    before = filters.IsoDateTimeFilter(field_name="at", lookup_expr="lt")
