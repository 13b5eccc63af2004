"""What: the question bank, parts of a QAD, answers, evidence, and the frozen versions of them."""

from django.db import models

from foundation.ids import new_id
from foundation.tenancy.protection import (
    ADD,
    ALL,
    CHANGE,
    OWN,
    READ,
    REFERENCE,
    Protection,
    Rule,
    TenantKey,
)
from participants.models import OfOrganisation, Qualification
from submissions.enums import EvidenceKind, SectionState, Stage


class Template(models.Model):
    """A published version of the QAD's sections and questions, kept as the file it came in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    toml = models.TextField(help_text="The file as imported; it is parsed, never edited.")
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by_name = models.CharField(max_length=200)

    protection = REFERENCE

    class Meta:
        get_latest_by = "published_at"

    def __str__(self) -> str:
        return f"QAD template {self.version}"


class Part(OfOrganisation):
    """The organisation's part of a QAD (no qualification), or the part of one qualification.

    Answers, versions and approvals hang on parts: organisation sections are shared (R20).
    """

    qualification = TenantKey(Qualification, null=True, blank=True, related_name="parts")
    template = models.ForeignKey(Template, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.INITIAL)
    opened_at = models.DateTimeField()
    final_opened_at = models.DateTimeField(null=True, blank=True)
    delegate_signs = models.BooleanField(
        default=False, help_text="A letter of delegated authority is in hand for this role."
    )

    # Both sides work on a part's row: writers lock it, reviewers read the state it is in.
    protection = Protection(
        participant=Rule(CHANGE, OWN), reviewer=Rule("SELECT, UPDATE"), system=Rule(CHANGE)
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "qualification"],
                name="one_part_each",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return "organisation part" if self.qualification_id is None else "role part"

    @property
    def is_organisation_part(self) -> bool:
        return self.qualification_id is None


class SectionProgress(OfOrganisation):
    """Where a section of a part stands (domain D.2)."""

    part = TenantKey(Part, related_name="sections")
    section = models.CharField(max_length=4)
    status = models.CharField(
        max_length=20, choices=SectionState.choices, default=SectionState.OPEN
    )
    since = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by_name = models.CharField(max_length=200, blank=True)

    protection = Protection(
        participant=Rule(CHANGE, OWN), reviewer=Rule("SELECT, UPDATE"), system=Rule(CHANGE)
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "section"], name="one_progress_a_section")
        ]

    def __str__(self) -> str:
        return f"section {self.section}: {self.get_status_display()}"


class Answer(OfOrganisation):
    """The living answer to one question; bodies never read it, only versions of it.

    ``value`` holds what is not prose: {"choice": ..}, {"choices": [..]}, {"number": ..},
    {"date": "2026-02-14"}, {"rows": [{column: text}]}, {"declared": true}.
    """

    part = TenantKey(Part, related_name="answers")
    question = models.CharField(max_length=6)
    text = models.TextField(blank=True)
    value = models.JSONField(default=dict, blank=True)
    is_not_applicable = models.BooleanField(default=False)
    not_applicable_reason = models.TextField(blank=True)
    is_ready = models.BooleanField(default=False)
    come_back = models.BooleanField(
        default=False, help_text="Its authors' own mark; it is never submitted."
    )
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()
    updated_by_id = models.UUIDField()
    updated_by_name = models.CharField(max_length=200)

    protection = Protection(participant=Rule(CHANGE, OWN), system=Rule(CHANGE))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "question"], name="one_answer_a_question")
        ]

    def __str__(self) -> str:
        return f"answer to {self.question}"


class AnswerRevision(OfOrganisation):
    """An answer as it once stood; append-only."""

    answer = TenantKey(Answer, related_name="revisions")
    revision = models.PositiveIntegerField()
    content = models.JSONField()
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)

    protection = Protection(participant=Rule("SELECT, INSERT, UPDATE", OWN), system=Rule(CHANGE))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "revision"], name="one_revision_a_number")
        ]

    def __str__(self) -> str:
        return f"revision {self.revision}"


class Evidence(OfOrganisation):
    """A file with its versions, or a reference into a test tool (R74, QA&P 10.2)."""

    kind = models.CharField(max_length=10, choices=EvidenceKind.choices)
    title = models.CharField(max_length=200)
    tool = models.CharField(max_length=80, blank=True)
    identifier = models.CharField(max_length=120, blank=True)
    link = models.URLField(max_length=500, blank=True)
    as_of = models.DateField(null=True, blank=True)
    file = TenantKey("documents.StoredFile", null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    protection = Protection(participant=Rule(CHANGE, OWN), system=Rule(CHANGE))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="FILE", file__isnull=False)
                | models.Q(kind="REFERENCE", file__isnull=True, as_of__isnull=False),
                name="evidence_is_file_or_reference",
            )
        ]

    def __str__(self) -> str:
        return self.title


class EvidenceVersion(OfOrganisation):
    """An earlier or present state of a piece of evidence; append-only."""

    evidence = TenantKey(Evidence, related_name="versions")
    number = models.PositiveIntegerField()
    file = TenantKey("documents.StoredFile", null=True, blank=True, related_name="+")
    content = models.JSONField(default=dict, help_text="Title and reference as they stood.")
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=200)

    protection = Protection(participant=Rule(ADD, OWN), system=Rule(ADD))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "number"], name="one_version_a_number")
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class EvidenceUse(OfOrganisation):
    """A piece of evidence cited by the answer to a question."""

    part = TenantKey(Part, related_name="evidence_uses")
    question = models.CharField(max_length=6)
    evidence = TenantKey(Evidence, related_name="uses")
    added_at = models.DateTimeField()

    protection = Protection(participant=Rule(ALL, OWN), system=Rule(ALL))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["part", "question", "evidence"], name="one_use_a_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.evidence} for {self.question}"


class FrozenSection(OfOrganisation):
    """The content of one section at the moment of a submission; never changes.

    ``content`` is canonical JSON: the questions as asked, the answers, the evidence with hashes.
    """

    part = TenantKey(Part, related_name="frozen_sections")
    section = models.CharField(max_length=4)
    stage = models.CharField(max_length=8, choices=Stage.choices)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()

    protection = Protection(participant=Rule(ADD, OWN), reviewer=Rule(READ), system=Rule(ADD))

    def __str__(self) -> str:
        return f"section {self.section} frozen {self.frozen_at:%Y-%m-%d}"


class Version(OfOrganisation):
    """What was submitted, frozen and hashed: reviewers, approvals and signatures point here.

    ``manifest`` lists the frozen sections: [{"section", "frozen", "sha256"}]; ``sha256`` is the
    hash of its canonical form. ``changed`` names the questions that differ from the version
    before.
    """

    part = TenantKey(Part, related_name="versions")
    number = models.PositiveIntegerField()
    stage = models.CharField(max_length=8, choices=Stage.choices)
    manifest = models.JSONField()
    sha256 = models.CharField(max_length=64)
    changed = models.JSONField(default=list)
    is_whole = models.BooleanField(help_text="The whole part was submitted, not one section.")
    submitted_at = models.DateTimeField()
    submitted_by_name = models.CharField(max_length=200)

    protection = Protection(participant=Rule(ADD, OWN), reviewer=Rule(READ), system=Rule(ADD))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "number"], name="one_version_of_a_part")
        ]
        get_latest_by = "number"

    def __str__(self) -> str:
        return f"version {self.number}"
