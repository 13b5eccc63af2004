"""What the lists of this floor can be narrowed by.

The filters are written out: read off a model, they would ask its tenant manager before anybody
acts.
"""

import django_filters as filters

from foundation.errors import Denied
from participants import queries
from participants.access.filtering import Moment, TrueOrFalse
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
        return queries.search(rows, value, by_mpid=self.request.actor.is_staff)

    def narrow(self, rows, name: str, value: str):
        if not self.request.actor.is_staff:
            raise Denied("Your roles are read at the address of your organisation.")
        return queries.narrowed(rows, self.request.actor, **{name: value})


class QualificationFilter(filters.FilterSet):
    organisation = filters.CharFilter(field_name="organisation__slug")
    mpid = filters.CharFilter(field_name="mpids__code")
    role = filters.ChoiceFilter(choices=Role.choices)
    route = filters.ChoiceFilter(choices=Route.choices)
    status = filters.ChoiceFilter(choices=Status.choices)
    is_new_entrant = TrueOrFalse()
    mpids_split = TrueOrFalse()
    since = Moment(field_name="status_since", lookup_expr="gte")


class MpidFilter(filters.FilterSet):
    code = filters.CharFilter(lookup_expr="iexact")


class MemberFilter(filters.FilterSet):
    is_active = TrueOrFalse()
    is_master_admin = TrueOrFalse()
    is_author = TrueOrFalse()
    is_director = TrueOrFalse()
    is_delegate = TrueOrFalse()


class NoticeFilter(filters.FilterSet):
    unread = TrueOrFalse(field_name="read_at", lookup_expr="isnull")
    kind = filters.CharFilter()


class EventFilter(filters.FilterSet):
    action = filters.CharFilter(lookup_expr="startswith")
    object_type = filters.CharFilter()
    object_id = filters.CharFilter()
    actor_id = filters.UUIDFilter()
    actor_body = filters.ChoiceFilter(choices=Body.choices)
    after = Moment(field_name="at", lookup_expr="gte")
    before = Moment(field_name="at", lookup_expr="lt")
