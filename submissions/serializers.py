"""What the API shows and takes of QADs: parts, questions, answers, evidence, versions."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from participants.access.inputs import Line, Taken
from participants.access.outputs import Shown
from participants.enums import Role, Route, Status
from submissions import bank
from submissions.enums import EvidenceKind, SectionState, Stage
from submissions.models import Part
from submissions.presenters.states import Progress
from submissions.resubmission import MAX_REASON
from submissions.template_types import KINDS, PHASES


class PartSerializer(Shown):
    """A part of a QAD: the organisation's, or that of one qualification."""

    id = serializers.UUIDField()
    qualification = serializers.UUIDField(source="qualification_id", allow_null=True)
    role = serializers.ChoiceField(
        Role.choices, source="qualification.role", default=None, allow_null=True
    )
    route = serializers.ChoiceField(
        Route.choices, source="qualification.route", default=None, allow_null=True
    )
    status = serializers.ChoiceField(
        Status.choices, source="qualification.status", default=None, allow_null=True
    )
    stage = serializers.ChoiceField(Stage.choices)
    template = serializers.SerializerMethodField()
    opened_at = serializers.DateTimeField()
    final_opened_at = serializers.DateTimeField(allow_null=True)
    newest_version = serializers.SerializerMethodField()

    def get_template(self, part: Part) -> str:
        return bank.of_part(part).version

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_newest_version(self, part: Part) -> int | None:
        return getattr(part, "newest", None)


class SectionSerializer(Shown):
    """Where a section of a part stands; the counts are the owner's alone."""

    section = serializers.CharField()
    title = serializers.CharField()
    status = serializers.ChoiceField(SectionState.choices)
    since = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    submitted_by_name = serializers.CharField()
    asked = serializers.IntegerField(required=False)
    ready = serializers.IntegerField(required=False)
    drafts = serializers.IntegerField(required=False)
    blank = serializers.IntegerField(required=False)
    changed = serializers.IntegerField(required=False)


class ChoiceSerializer(Shown):
    """A value that an answer may take."""

    value = serializers.CharField()
    label = serializers.CharField()


class ColumnSerializer(Shown):
    """A column of a table answer."""

    key = serializers.CharField()
    label = serializers.CharField()
    type = serializers.CharField()
    choices = serializers.ListField(child=serializers.CharField())
    optional = serializers.BooleanField()


class QuestionSerializer(Shown):
    """A question of the template."""

    code = serializers.CharField()
    section = serializers.CharField()
    title = serializers.CharField()
    ask = serializers.CharField()
    guidance = serializers.CharField()
    criterion = serializers.ListField(child=serializers.CharField())
    phase = serializers.ChoiceField(PHASES)
    kinds = serializers.ListField(child=serializers.ChoiceField(KINDS))
    choices = ChoiceSerializer(many=True)
    options = ChoiceSerializer(many=True)
    columns = ColumnSerializer(many=True)
    statement = serializers.CharField()
    unit = serializers.CharField()
    evidence = serializers.ListField(child=serializers.CharField())
    evidence_required = serializers.BooleanField()
    scope = serializers.CharField()
    source = serializers.CharField()


class AskedSerializer(Shown):
    """A question as it is put to a part now, and how far its answer is."""

    question = QuestionSerializer()
    applies = serializers.BooleanField()
    is_open = serializers.BooleanField()
    because = serializers.CharField()
    reviewers = serializers.ListField(child=serializers.CharField())
    required_for = serializers.CharField(help_text="SUBMISSION, SIGN_OFF, or empty.")
    progress = serializers.ChoiceField([each.value for each in Progress])
    is_answered = serializers.BooleanField()
    changed = serializers.BooleanField(help_text="It differs from what was submitted at Initial.")


class QuestionsAsked(serializers.Serializer):
    """What the questions of a part can be narrowed by."""

    section = serializers.CharField(required=False)
    applies = serializers.BooleanField(required=False)
    is_open = serializers.BooleanField(required=False)
    progress = serializers.ChoiceField([each.value for each in Progress], required=False)


class TemplateSectionSerializer(Shown):
    """A section of the template with its questions."""

    code = serializers.CharField()
    title = serializers.CharField()
    intro = serializers.CharField()
    scope = serializers.CharField()
    owner = serializers.CharField()
    questions = QuestionSerializer(many=True)


class TemplateSerializer(Shown):
    """The template in force."""

    id = serializers.CharField()
    version = serializers.CharField()
    title = serializers.CharField()
    source = serializers.CharField()
    standing = serializers.CharField()
    sections = TemplateSectionSerializer(many=True)


@extend_schema_field({"oneOf": [{"type": "string"}, {"type": "number"}]})
class NumberField(serializers.Field):
    """A number, in figures or as text; kept as it was given."""

    def to_internal_value(self, data: Any) -> str:
        """Return it as text; whether it is a number of the question's kind is asked later."""
        if isinstance(data, bool) or not isinstance(data, str | int | float):
            raise serializers.ValidationError("Give a number.")
        return serializers.CharField().run_validation(str(data))

    def to_representation(self, value: str) -> str:
        """Return it as text."""
        return value


class ValueSerializer(Shown, Taken):
    """What of an answer is not prose; each key belongs to a kind of question."""

    choice = serializers.CharField(required=False)
    choices = serializers.ListField(child=serializers.CharField(), required=False)
    number = NumberField(required=False)
    date = serializers.CharField(required=False, help_text="2026-02-14")
    declared = serializers.BooleanField(required=False)
    rows = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField(allow_blank=True)), required=False
    )


class AnswerSerializer(Shown):
    """A living answer; revision 0 stands for one that was not begun."""

    question = serializers.CharField()
    text = serializers.CharField()
    value = ValueSerializer()
    is_not_applicable = serializers.BooleanField()
    not_applicable_reason = serializers.CharField()
    is_ready = serializers.BooleanField()
    come_back = serializers.BooleanField(help_text="Its authors mean to come back to it.")
    revision = serializers.IntegerField()
    updated_at = serializers.DateTimeField(allow_null=True)
    updated_by_name = serializers.CharField()


class AnswerInput(Taken):
    """An answer to save; ``revision`` is the one that you read before you wrote."""

    text = serializers.CharField(allow_blank=True, trim_whitespace=False, default="")
    value = ValueSerializer(required=False)
    is_not_applicable = serializers.BooleanField(default=False)
    not_applicable_reason = serializers.CharField(allow_blank=True, default="")
    is_ready = serializers.BooleanField(default=False)
    come_back = serializers.BooleanField(default=False)
    revision = serializers.IntegerField(min_value=0)


class RevisionSerializer(Shown):
    """An answer as it once stood."""

    revision = serializers.IntegerField()
    content = serializers.JSONField()
    at = serializers.DateTimeField()
    by_name = serializers.CharField()


class EvidenceSerializer(Shown):
    """A piece of evidence; files are downloaded from ``/files/<file>/``."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(EvidenceKind.choices)
    title = serializers.CharField()
    version = serializers.IntegerField()
    file = serializers.UUIDField(source="file_id", allow_null=True)
    sha256 = serializers.CharField(source="file.sha256", default="")
    size = serializers.IntegerField(source="file.size", default=0)
    media_type = serializers.CharField(source="file.media_type", default="")
    scan_state = serializers.CharField(source="file.scan_state", default="")
    tool = serializers.CharField()
    identifier = serializers.CharField()
    link = serializers.CharField()
    as_of = serializers.DateField(allow_null=True)
    added_at = serializers.DateTimeField()
    added_by_name = serializers.CharField()


class EvidenceVersionSerializer(Shown):
    """An earlier or present state of a piece of evidence."""

    number = serializers.IntegerField()
    file = serializers.UUIDField(source="file_id", allow_null=True)
    content = serializers.JSONField()
    added_at = serializers.DateTimeField()
    added_by_name = serializers.CharField()


class EvidenceUseSerializer(Shown):
    """An answer that cites it."""

    part = serializers.UUIDField(source="part_id")
    question = serializers.CharField()
    added_at = serializers.DateTimeField()


class EvidenceDetailSerializer(EvidenceSerializer):
    """A piece of evidence with its versions and uses."""

    versions = EvidenceVersionSerializer(many=True, source="versions.all")
    uses = EvidenceUseSerializer(many=True, source="uses.all")


class EvidenceInput(Taken):
    """Evidence to add: a file (multipart), a reference, or a piece of the library to cite."""

    file = serializers.FileField(required=False)
    evidence = serializers.UUIDField(required=False, help_text="A piece of the library to cite.")
    title = Line(required=False, allow_blank=True, max_length=200, default="")
    tool = Line(required=False, allow_blank=True, max_length=80, default="")
    identifier = Line(required=False, allow_blank=True, max_length=120, default="")
    link = serializers.URLField(required=False, allow_blank=True, max_length=500, default="")
    as_of = serializers.DateField(required=False, allow_null=True, default=None)


class FileInput(Taken):
    """A new version of a file."""

    file = serializers.FileField()


class VersionSerializer(Shown):
    """A submitted version, frozen and hashed."""

    id = serializers.UUIDField()
    part = serializers.UUIDField(source="part_id")
    number = serializers.IntegerField()
    stage = serializers.ChoiceField(Stage.choices)
    is_whole = serializers.BooleanField()
    manifest = serializers.JSONField()
    sha256 = serializers.CharField()
    changed = serializers.ListField(child=serializers.CharField())
    submitted_at = serializers.DateTimeField()
    submitted_by_name = serializers.CharField()


class VersionDetailSerializer(VersionSerializer):
    """A version with what it holds, by section letter."""

    content = serializers.JSONField()


class LimitSerializer(Shown):
    """A section of a qualification's part, or of the organisation's own (no qualification)."""

    qualification = serializers.UUIDField(source="qualification_id", allow_null=True)
    section = serializers.CharField()


class LimitsSerializer(Shown):
    """What a member may write; unless limited, every section."""

    is_limited = serializers.BooleanField()
    sections = LimitSerializer(many=True)


class LimitInput(Taken):
    """A section of a qualification's part, or of the organisation's own (no qualification)."""

    qualification = serializers.UUIDField(allow_null=True, default=None)
    section = serializers.CharField(max_length=4)


class LimitsInput(Taken):
    """Every section that the member may write; none for all."""

    sections = LimitInput(many=True)


class ReopenedInput(Taken):
    """What goes with reopened sections; the reason only where nothing changed in one of them."""

    unchanged_because = serializers.CharField(
        required=False, allow_blank=True, max_length=MAX_REASON,
        help_text="Why sections go in again though nothing changed in them; reviewers read it.",
    )  # fmt: skip


class SubmittedSerializer(Shown):
    """A qualification after something was handed in."""

    id = serializers.UUIDField()
    role = serializers.ChoiceField(Role.choices)
    status = serializers.ChoiceField(Status.choices)
    initial_submitted_at = serializers.DateTimeField(allow_null=True)
    final_opened_at = serializers.DateTimeField(allow_null=True)
    final_submitted_at = serializers.DateTimeField(allow_null=True)
