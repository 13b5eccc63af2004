"""What the API shows and takes of threads, plans, approvals, reviews and reopening."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from foundation.tenancy.acting import current_actor
from participants import grants
from participants.access.inputs import Line, Taken
from participants.access.outputs import Shown, ShownRow
from reviews.enums import Severity, ThreadKind
from reviews.models import ActionPlan, Approval, BodyReview, Message, ReopenRequest, Thread
from reviews.policy import is_within
from reviews.services.threads import MAX_TEXT
from reviews.visibility import Subject, acts


class MessageSerializer(ShownRow):
    """One message of a thread; ``version_number`` is the version its writer had before them."""

    side = serializers.CharField(read_only=True, help_text="BODY or PARTICIPANT.")

    class Meta:
        model = Message
        fields = ("id", "side", "body", "author_name", "text", "version_number", "at")


class PlanSerializer(ShownRow):
    """What the participant will do about an observation or finding."""

    thread = serializers.UUIDField(source="thread_id", read_only=True)

    class Meta:
        model = ActionPlan
        fields = (
            *("id", "thread", "number", "text", "owner_name", "due_on", "status"),
            *("proposed_at", "proposed_by_name", "agreed_at", "agreed_by_name"),
            *("done_at", "done_note", "returned_because"),
        )


class ThreadSerializer(ShownRow):
    """A comment, observation or finding; ``holder`` says whose turn it is."""

    organisation = serializers.CharField(source="organisation.slug", read_only=True)
    part = serializers.UUIDField(source="part_id", read_only=True)
    qualification = serializers.UUIDField(
        source="part.qualification_id", read_only=True, allow_null=True
    )
    version = serializers.UUIDField(source="version_id", read_only=True)
    reference = serializers.CharField(read_only=True)
    joined = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="Further bodies behind it."
    )

    class Meta:
        model = Thread
        fields = (
            *("id", "reference", "organisation", "part", "qualification", "question", "body"),
            *(
                "joined",
                "kind",
                "severity",
                "subject",
                "status",
                "holder",
                "holder_since",
                "due_on",
            ),
            *("stage", "version", "raised_at", "raised_by_name", "settled_at", "settled_by_name"),
        )


class ThreadDetailSerializer(ThreadSerializer):
    """A thread with everything that was said and planned, and what you can do with it now."""

    # The words that these may hold stand at Thread, once.
    kind = serializers.CharField(read_only=True)
    status = serializers.CharField(read_only=True)
    messages = MessageSerializer(many=True, read_only=True)
    plans = PlanSerializer(many=True, read_only=True)
    acts = serializers.SerializerMethodField()

    class Meta(ThreadSerializer.Meta):
        fields = (*ThreadSerializer.Meta.fields, "messages", "plans", "acts")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_acts(self, thread: Thread) -> list[str]:
        actor = current_actor()
        subject = Subject(
            thread.organisation_id, (), thread.body, thread.kind, thread.status,
            is_within=is_within(thread, grants.writable_sections(actor)),
        )  # fmt: skip
        return list(acts(actor, subject))


class RaiseInput(Taken):
    """What a body raises on a submitted answer (R98)."""

    part = serializers.UUIDField()
    question = serializers.CharField(max_length=6)
    kind = serializers.CharField(help_text=", ".join(ThreadKind.values))
    subject = Line(max_length=200)
    text = serializers.CharField(max_length=MAX_TEXT)
    severity = serializers.ChoiceField(
        Severity.choices, default="", allow_blank=True, help_text="Findings have one."
    )
    due_on = serializers.DateField(
        default=None, allow_null=True, help_text="Until when a reply is asked for; a day ahead."
    )


class TextInput(Taken):
    """What is said."""

    text = serializers.CharField(max_length=MAX_TEXT)


class OptionalTextInput(Taken):
    """What is said, if anything."""

    text = serializers.CharField(max_length=MAX_TEXT, default="", allow_blank=True)


class ReasonInput(Taken):
    """Why."""

    reason = serializers.CharField(max_length=MAX_TEXT)


class OptionalReasonInput(Taken):
    """Why, if there is something to say."""

    reason = serializers.CharField(max_length=MAX_TEXT, default="", allow_blank=True)


class PlanInput(Taken):
    """What will be done, by whom, by when."""

    text = serializers.CharField(max_length=MAX_TEXT)
    owner_name = Line(max_length=200)
    due_on = serializers.DateField()


class NoteInput(Taken):
    """A note."""

    note = serializers.CharField(max_length=MAX_TEXT, default="", allow_blank=True)


class ApprovalSerializer(ShownRow):
    """One body's opinion of a part; ``stands`` says that it approves the part as it is now."""

    part = serializers.UUIDField(source="part_id", read_only=True)
    qualification = serializers.UUIDField(
        source="part.qualification_id", read_only=True, allow_null=True
    )
    version = serializers.IntegerField(source="version.number", read_only=True)
    stands = serializers.SerializerMethodField()

    class Meta:
        model = Approval
        fields = (
            *("id", "part", "qualification", "body", "status", "version", "covers_sha256"),
            *("stands", "at", "by_name", "because", "lapsed_at", "lapsed_because"),
        )

    def get_stands(self, approval: Approval) -> bool:
        return approval.status == "APPROVED" and approval.covers_sha256 == approval.newest_sha256


class SeenInput(Taken):
    """The hash of the version that was read (R103)."""

    seen_sha256 = serializers.CharField(max_length=64)


class AskForMoreInput(SeenInput):
    """What is needed before the part can be approved."""

    reason = serializers.CharField(max_length=MAX_TEXT)


class BodyReviewSerializer(ShownRow):
    """One body's reading at one stage; at Final its end confirms the comments as addressed."""

    qualification = serializers.UUIDField(source="qualification_id", read_only=True)

    class Meta:
        model = BodyReview
        fields = (
            *("id", "qualification", "body", "stage", "started_at", "started_by_name"),
            *("completed_at", "completed_by_name"),
        )


class NamedSection(Shown, Taken):
    """A section of a part."""

    part = serializers.UUIDField()
    section = serializers.CharField(max_length=4)


class ReopenRequestSerializer(ShownRow):
    """A request to reopen named sections of a locked Final QAD (R88)."""

    qualification = serializers.UUIDField(source="qualification_id", read_only=True)
    organisation = serializers.CharField(source="organisation.slug", read_only=True)
    sections = NamedSection(many=True, read_only=True)

    class Meta:
        model = ReopenRequest
        fields = (
            *("id", "organisation", "qualification", "sections", "reason", "status"),
            *("requested_at", "requested_by_name", "decided_at", "decided_by_body"),
            *("decided_by_name", "decision_reason"),
        )


class ReopenInput(Taken):
    """Which sections, and why."""

    qualification = serializers.UUIDField()
    sections = NamedSection(many=True, allow_empty=False)
    reason = serializers.CharField(max_length=MAX_TEXT)
