"""What the API shows and takes of people, organisations and qualifications."""

import json
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from foundation.audit.models import AuditEvent
from foundation.notices.models import Notice
from participants.access.inputs import Line, Taken
from participants.access.outputs import Shown, ShownRow
from participants.enums import Body, Duty, Entrant, OrganisationKind, Retrieval
from participants.models import (
    ApiToken,
    Invitation,
    Membership,
    Mpid,
    Organisation,
    Person,
    Qualification,
)
from participants.queries import mpid_codes
from participants.services.accounts import RECORD_FACES, THEMES
from participants.services.people import FLAGS
from participants.services.tokens import LIFETIMES


class OrganisationSerializer(ShownRow):
    class Meta:
        model = Organisation
        fields = (
            "id",
            "slug",
            "name",
            "legal_name",
            "company_number",
            "kind",
            "entrant",
            "is_bsc_party",
            "uses_dcp",
            "created_at",
            "created_by_body",
        )


class OrganisationInput(Taken):
    name = Line(max_length=120)
    legal_name = Line(max_length=200)
    company_number = Line(max_length=12, required=False, allow_blank=True)
    kind = serializers.ChoiceField(OrganisationKind.choices, required=False)
    entrant = serializers.ChoiceField(Entrant.choices, required=False)
    is_bsc_party = serializers.BooleanField(required=False)
    uses_dcp = serializers.BooleanField(required=False)


class OrganisationChange(OrganisationInput):
    name = Line(max_length=120, required=False)
    legal_name = Line(max_length=200, required=False)


class MpidSerializer(ShownRow):
    class Meta:
        model = Mpid
        fields = ("id", "code", "note")


class MpidsInput(Taken):
    codes = serializers.ListField(child=serializers.CharField(max_length=10), allow_empty=False)


class QualificationSerializer(ShownRow):
    organisation = serializers.CharField(source="organisation.slug", read_only=True)
    mpids = serializers.SerializerMethodField(help_text="By code.")
    stage = serializers.ChoiceField([("INITIAL", "Initial"), ("FINAL", "Final")], read_only=True)

    class Meta:
        model = Qualification
        fields = (
            "id",
            "organisation",
            "role",
            "route",
            "status",
            "status_since",
            "stage",
            "trio",
            "mpids",
            "mpids_split",
            "retrieval",
            "is_new_entrant",
            "created_at",
            "initial_submitted_at",
            "initial_reviewed_at",
            "report_received_at",
            "final_opened_at",
            "final_submitted_at",
            "content_agreed_at",
            "signed_off_at",
            "qualified_at",
        )

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_mpids(self, qualification: Qualification) -> list[str]:
        """Return the codes that were read with the row, or else read them."""
        if "codes" in qualification.__dict__:
            return qualification.codes
        return mpid_codes([qualification.pk]).get(qualification.pk, [])


class RetrievalInput(Taken):
    retrieval = serializers.ChoiceField(Retrieval.choices, allow_blank=True)


class MemberSerializer(ShownRow):
    person = serializers.UUIDField(source="person_id", read_only=True)
    name = serializers.CharField(source="person.name", read_only=True)
    email = serializers.EmailField(source="person.email", read_only=True)

    class Meta:
        model = Membership
        fields = (
            "id",
            "person",
            "name",
            "email",
            *FLAGS,
            "is_limited",
            "is_active",
            "joined_at",
            "disabled_at",
        )


class MemberChange(Taken):
    is_master_admin = serializers.BooleanField(required=False)
    is_author = serializers.BooleanField(required=False)
    is_director = serializers.BooleanField(required=False)
    is_delegate = serializers.BooleanField(required=False)
    is_active = serializers.BooleanField(required=False)
    because = serializers.CharField(required=False, allow_blank=True, max_length=500)


class InvitationSerializer(ShownRow):
    class Meta:
        model = Invitation
        fields = ("id", "email", "name", *FLAGS, "invited_by_name", "invited_at", "expires_at")


class InvitationInput(Taken):
    email = serializers.EmailField()
    name = Line(max_length=200)
    is_master_admin = serializers.BooleanField(required=False)
    is_author = serializers.BooleanField(required=False)
    is_director = serializers.BooleanField(required=False)
    is_delegate = serializers.BooleanField(required=False)
    because = serializers.CharField(required=False, allow_blank=True, max_length=500)


class MeSerializer(ShownRow):
    body = serializers.ChoiceField(Body.choices, read_only=True, allow_blank=True)
    duties = serializers.ListField(child=serializers.ChoiceField(Duty.choices), read_only=True)

    class Meta:
        model = Person
        fields = ("id", "email", "name", "body", "duties", "theme", "record_face", "single_keys")


class MeChange(Taken):
    name = Line(max_length=200, required=False)
    theme = serializers.ChoiceField(THEMES, required=False, allow_blank=True)
    record_face = serializers.ChoiceField(RECORD_FACES, required=False, allow_blank=True)
    single_keys = serializers.BooleanField(required=False)


class TokenSerializer(ShownRow):
    class Meta:
        model = ApiToken
        fields = ("id", "name", "created_at", "expires_at", "last_used_at", "revoked_at")


class TokenInput(Taken):
    name = Line(max_length=100)
    days = serializers.ChoiceField(
        LIFETIMES, default=90, help_text="How long it is in force, in days."
    )


class TokenMade(TokenSerializer):
    secret = serializers.CharField(read_only=True, help_text="Shown this once.")

    class Meta(TokenSerializer.Meta):
        fields = (*TokenSerializer.Meta.fields, "secret")


class NoticeSerializer(ShownRow):
    class Meta:
        model = Notice
        fields = ("id", "kind", "subject", "text", "path", "created_at", "read_at", "mail_state")


class ReadSerializer(Shown):
    marked = serializers.IntegerField(help_text="How many notices were new.")


class EventSerializer(ShownRow):
    payload = serializers.SerializerMethodField()

    class Meta:
        model = AuditEvent
        fields = (
            "id",
            "chain",
            "seq",
            "organisation_id",
            "action",
            "object_type",
            "object_id",
            "object_label",
            "actor_id",
            "actor_name",
            "actor_kind",
            "actor_body",
            "because",
            "payload",
            "at",
            "recorded_at",
            "prev_hash",
            "hash",
        )

    @extend_schema_field({"type": "object", "additionalProperties": True})
    def get_payload(self, event: AuditEvent) -> dict[str, Any]:
        return json.loads(event.payload)
