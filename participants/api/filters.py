"""What the lists of this floor can be narrowed by."""

import django_filters as filters

from foundation.audit.models import AuditEvent
from foundation.notices.models import Notice
from participants import queries
from participants.enums import Role, Route, Status
from participants.models import Membership, Mpid, Organisation, Qualification


class OrganisationFilter(filters.FilterSet):
    q = filters.CharFilter(method="find", label="A part of the name, or an MPID")
    role = filters.ChoiceFilter(choices=Role.choices, method="narrow")
    route = filters.ChoiceFilter(choices=Route.choices, method="narrow")
    status = filters.ChoiceFilter(choices=Status.choices, method="narrow")

    class Meta:
        model = Organisation
        fields = ("kind", "entrant", "company_number")

    def find(self, rows, name: str, value: str):
        return queries.search(rows, value)

    def narrow(self, rows, name: str, value: str):
        return queries.narrowed(rows, self.request.actor, **{name: value})


class QualificationFilter(filters.FilterSet):
    organisation = filters.CharFilter(field_name="organisation__slug")
    mpid = filters.CharFilter(field_name="mpids__code")
    since = filters.IsoDateTimeFilter(field_name="status_since", lookup_expr="gte")

    class Meta:
        model = Qualification
        fields = ("role", "route", "status", "is_new_entrant", "mpids_split")


class MpidFilter(filters.FilterSet):
    class Meta:
        model = Mpid
        fields = ("code",)


class MemberFilter(filters.FilterSet):
    class Meta:
        model = Membership
        fields = ("is_active", "is_master_admin", "is_author", "is_director", "is_delegate")


class NoticeFilter(filters.FilterSet):
    unread = filters.BooleanFilter(field_name="read_at", lookup_expr="isnull")

    class Meta:
        model = Notice
        fields = ("kind",)


class EventFilter(filters.FilterSet):
    action = filters.CharFilter(lookup_expr="startswith")
    after = filters.IsoDateTimeFilter(field_name="at", lookup_expr="gte")
    before = filters.IsoDateTimeFilter(field_name="at", lookup_expr="lt")

    class Meta:
        model = AuditEvent
        fields = ("object_type", "object_id", "actor_id", "actor_body")
