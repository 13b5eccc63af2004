"""What the API shows and takes of signatures, letters, gates, decisions and packs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from foundation.jobs.models import JobState
from participants.access.inputs import Line, Taken
from participants.access.outputs import Shown, ShownRow
from participants.enums import Body
from participants.market_roles import GOVERNING_BODIES
from reviews.assembly.letters import words_of
from reviews.enums import Capacity, Outcome, Severity
from reviews.models import (
    Accession,
    Decision,
    DelegationLetter,
    DipUserConfirmation,
    ManagementAssertion,
    Pack,
    SignOff,
)


class LackSerializer(Shown):
    """One thing that is missing, who holds it, and since when."""

    key = serializers.CharField()
    what = serializers.CharField()
    holder = serializers.CharField()
    holder_label = serializers.CharField()
    criterion = serializers.IntegerField(help_text="Of the four of QA&P 11.3.")
    since = serializers.DateTimeField(allow_null=True)
    body = serializers.CharField(allow_blank=True)
    thread = serializers.UUIDField(allow_null=True)
    now = serializers.BooleanField(help_text="Its holder can act today.")


class ToSignSerializer(Shown):
    """Exactly what a signature covers now. ``text`` is what ``sha256`` is the hash of."""

    qualification = serializers.UUIDField(source="qualification.pk")
    may_sign = serializers.BooleanField(source="signer.may_sign")
    capacity = serializers.ChoiceField(Capacity.choices, source="signer.capacity", allow_blank=True)
    why_not = serializers.CharField(source="signer.why_not", allow_blank=True)
    missing = LackSerializer(source="lacks", many=True)
    due_on = serializers.DateField(source="due.due_on", allow_null=True, default=None)
    statement = serializers.CharField(source="content.statement")
    content = serializers.DictField(source="content.data")
    text = serializers.CharField(source="content.text")
    sha256 = serializers.CharField(source="content.sha256")


class SignInput(Taken):
    """A signature: the hash that was read, that it was read, and the password once more."""

    seen_sha256 = serializers.CharField(max_length=64)
    read = serializers.BooleanField()
    password = serializers.CharField(
        max_length=200, trim_whitespace=False, style={"input_type": "password"}
    )

    def validate_read(self, value: bool) -> bool:
        """Refuse what was not read."""
        if not value:
            raise serializers.ValidationError("Say that you have read what you sign.")
        return value


class SignOffSerializer(ShownRow):
    """A signature over the hash of exactly what was shown, by server time."""

    qualification = serializers.UUIDField(source="qualification_id", read_only=True)
    letter = serializers.UUIDField(source="letter_id", read_only=True, allow_null=True)

    class Meta:
        model = SignOff
        fields = (
            *("id", "qualification", "status", "signer_name", "capacity", "letter", "statement"),
            *("content_sha256", "signed_at", "voided_at", "void_because"),
        )


class SignOffDetailSerializer(SignOffSerializer):
    """A signature with the canonical text that it covers."""

    status = serializers.CharField(read_only=True)

    class Meta(SignOffSerializer.Meta):
        fields = (*SignOffSerializer.Meta.fields, "content")


class PrintingSerializer(Shown):
    """How far the printing of a sheet is."""

    state = serializers.ChoiceField(JobState.choices)


class LetterSerializer(ShownRow):
    """A letter of delegated authority for one role governed under the REC alone (R106, R107)."""

    qualification = serializers.UUIDField(source="qualification_id", read_only=True)
    file_sha256 = serializers.CharField(source="file.sha256", default="", read_only=True)
    text = serializers.SerializerMethodField()

    class Meta:
        model = DelegationLetter
        fields = (
            *("id", "qualification", "delegate_name", "director_name", "status", "text"),
            *("file_sha256", "drafted_at", "drafted_by_name", "signed_at", "accepted_at"),
            *("accepted_by_name", "revoked_at"),
        )

    def get_text(self, letter: DelegationLetter) -> str:
        return words_of(letter)


class DraftLetterInput(Taken):
    """For which qualification, and which member is the delegate."""

    qualification = serializers.UUIDField()
    delegate = serializers.UUIDField(help_text="A membership that is named as a delegate.")


class SignLetterInput(Taken):
    """The signed letter; without a file it is signed in place."""

    file = serializers.FileField(required=False)
    read = serializers.BooleanField()
    password = serializers.CharField(
        max_length=200, trim_whitespace=False, style={"input_type": "password"}
    )

    def validate_read(self, value: bool) -> bool:
        """Refuse what was not read."""
        if not value:
            raise serializers.ValidationError("Say that you have read what you sign.")
        return value


class DipUserSerializer(ShownRow):
    """The DIP Manager's word on DIP User status (R114)."""

    qualification = serializers.UUIDField(source="qualification_id", read_only=True)

    class Meta:
        model = DipUserConfirmation
        fields = ("id", "qualification", "status", "note", "at", "by_name")


class DipUserInput(Taken):
    """Confirmed, or not yet; what is not confirmed needs a note."""

    confirmed = serializers.BooleanField()
    note = serializers.CharField(max_length=1000, default="", allow_blank=True)


class AccessionSerializer(ShownRow):
    """A code body's record of accession (R118)."""

    qualification = serializers.UUIDField(source="qualification_id", read_only=True)

    class Meta:
        model = Accession
        fields = ("id", "qualification", "body", "note", "at", "by_name")


class AssertionSerializer(ShownRow):
    """The Management Assertion on the remaining MPIDs of a split role (R119)."""

    qualification = serializers.UUIDField(source="qualification_id", read_only=True)

    class Meta:
        model = ManagementAssertion
        fields = (
            *("id", "qualification", "mpids_remaining", "complete_by", "text"),
            *("made_at", "made_by_name"),
        )


class AssertionInput(Taken):
    """Which MPIDs follow, by when, and how."""

    mpids_remaining = serializers.ListField(
        child=serializers.CharField(max_length=4), allow_empty=False
    )
    complete_by = serializers.DateField()
    text = serializers.CharField(max_length=4000)


class ConditionSerializer(Shown):
    """A condition of an approval as it was recorded; ``reference`` is the finding it became."""

    text = serializers.CharField()
    due_on = serializers.DateField()
    reference = serializers.CharField()


class ConditionInput(Taken):
    """A condition of an approval."""

    text = serializers.CharField(max_length=2000)
    due_on = serializers.DateField()
    question = serializers.CharField(max_length=6, default="", allow_blank=True)
    severity = serializers.ChoiceField([each for each in Severity.choices if each[0]])


class AppealSerializer(Shown):
    """Where an appeal against a decision goes (R122)."""

    to = serializers.CharField()
    under = serializers.CharField()


class DecisionSerializer(ShownRow):
    """One body's decision; an approval that waits for its trio has no ``effective_at`` (R14)."""

    organisation = serializers.CharField(source="organisation.slug", read_only=True)
    qualification = serializers.UUIDField(source="qualification_id", read_only=True)
    sign_off = serializers.UUIDField(source="sign_off_id", read_only=True)
    pack = serializers.UUIDField(source="pack_id", read_only=True, allow_null=True)
    conditions = ConditionSerializer(many=True, read_only=True)
    decided_by = serializers.SerializerMethodField()
    appeal = serializers.SerializerMethodField()

    class Meta:
        model = Decision
        fields = (
            *("id", "organisation", "qualification", "body", "decided_by", "sequence", "outcome"),
            *("reasons", "conditions", "decided_on", "minute_reference", "sign_off", "pack"),
            *("recorded_at", "recorded_by_name", "effective_at", "appeal"),
        )

    def get_decided_by(self, decision: Decision) -> str:
        return GOVERNING_BODIES[decision.body].decided_by

    @extend_schema_field(AppealSerializer)
    def get_appeal(self, decision: Decision) -> dict[str, Any]:
        body = GOVERNING_BODIES[decision.body]
        return {"to": body.appeal_to, "under": body.appeal_under}


class DecisionInput(Taken):
    """A decision of your body; nothing of it has a default."""

    outcome = serializers.ChoiceField(Outcome.choices)
    reasons = serializers.CharField(max_length=10_000, default="", allow_blank=True)
    decided_on = serializers.DateField()
    minute_reference = Line(max_length=60, default="", allow_blank=True)
    conditions = ConditionInput(many=True, required=False)
    pack = serializers.UUIDField(required=False, allow_null=True)


class RecommendationInput(Taken):
    """What is recommended on one application; of a trio, on any of its three roles."""

    qualification = serializers.UUIDField()
    text = serializers.CharField(max_length=400, allow_blank=True)


class PackSerializer(ShownRow):
    """A decision pack of your body."""

    body = serializers.ChoiceField(Body.choices, read_only=True)
    qualifications = serializers.ListField(child=serializers.UUIDField(), read_only=True)
    recommendations = serializers.SerializerMethodField()

    class Meta:
        model = Pack
        fields = (
            *("id", "title", "body", "qualifications", "status", "pages", "seal", "file_sha256"),
            *("asked_at", "asked_by_name", "problem", "recommendations"),
        )

    @extend_schema_field(RecommendationInput(many=True))
    def get_recommendations(self, pack: Pack) -> list[dict[str, str]]:
        """Return what is recommended on each application, where something is."""
        said = [(key, pack.recommended([key])) for key in pack.qualifications]
        return [{"qualification": str(key), "text": text} for key, text in said if text]


class PackDetailSerializer(PackSerializer):
    """A pack with its manifest, and how far the building is."""

    status = serializers.CharField(read_only=True)
    done = serializers.IntegerField(source="progress.done", default=0, read_only=True)
    total = serializers.IntegerField(source="progress.total", default=0, read_only=True)

    class Meta(PackSerializer.Meta):
        fields = (*PackSerializer.Meta.fields, "manifest", "done", "total")


class PackInput(Taken):
    """Which applications, under which title, with which recommendation on each."""

    title = Line(max_length=120)
    qualifications = serializers.ListField(child=serializers.UUIDField(), allow_empty=False)
    recommendations = RecommendationInput(many=True, required=False)
