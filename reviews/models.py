"""Judgement: threads, findings and plans, approvals, reopening, sign-off, decisions, packs."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from foundation.ids import new_id
from foundation.tenancy.protection import (
    ADD,
    CHANGE,
    OWN,
    READ,
    Protection,
    Rule,
    TenantKey,
)
from participants.enums import Body
from participants.models import OfOrganisation, Qualification
from reviews.enums import (
    ApprovalState,
    Capacity,
    DipUserState,
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
from submissions.models import Part, Version

_BOTH = Protection(participant=Rule(CHANGE, OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE))
_BODIES_WRITE = Protection(participant=Rule(READ, OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE))
# A submission makes approvals lapse, so participants may change them; policy lets them no more.
_LAPSES = Protection(
    participant=Rule("SELECT, UPDATE", OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE)
)


class BodyReview(OfOrganisation):
    """One body's reading of one qualification at one stage: begun, completed, confirmed.

    At Initial ``completed_at`` ends the body's review (D.1); at Final it is the confirmation
    that all open comments are addressed sufficiently (R100, Appendix C).
    """

    qualification = TenantKey(Qualification, related_name="body_reviews")
    body = models.CharField(max_length=10, choices=Body.choices)
    stage = models.CharField(max_length=8, choices=Stage.choices)
    started_at = models.DateTimeField(null=True, blank=True)
    started_by_name = models.CharField(max_length=200, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by_name = models.CharField(max_length=200, blank=True)

    protection = _LAPSES

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["qualification", "body", "stage"], name="one_review_a_body_and_stage"
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} review of {self.qualification}"


class Thread(OfOrganisation):
    """What one body raises on one question: a comment, an observation or a finding (D.4).

    ``holder`` says whose turn it is, since ``holder_since``.
    """

    part = TenantKey(Part, related_name="threads")
    question = models.CharField(max_length=6)
    body = models.CharField(max_length=10, choices=Body.choices)
    kind = models.CharField(max_length=12, choices=ThreadKind.choices)
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=200)
    severity = models.CharField(max_length=8, choices=Severity.choices, blank=True)
    status = models.CharField(max_length=16, choices=ThreadState.choices)
    holder = models.CharField(max_length=12, choices=Side.choices)
    holder_since = models.DateTimeField()
    stage = models.CharField(max_length=8, choices=Stage.choices)
    version = TenantKey(Version, related_name="threads")
    raised_at = models.DateTimeField()
    raised_by_id = models.UUIDField()
    raised_by_name = models.CharField(max_length=200)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_name = models.CharField(max_length=200, blank=True)

    protection = _BOTH

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "number"], name="one_thread_a_number"
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "status"]),
            models.Index(fields=["part", "question"]),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How people call it: F-12, O-3, C-40."""
        return f"{self.kind[0]}-{self.number}"


class Message(OfOrganisation):
    """One message in a thread; append-only, tied to the version its writer had before them."""

    thread = TenantKey(Thread, related_name="messages")
    side = models.CharField(max_length=12, choices=Side.choices)
    body = models.CharField(max_length=10, choices=Body.choices, blank=True)
    author_id = models.UUIDField()
    author_name = models.CharField(max_length=200)
    text = models.TextField()
    version_number = models.PositiveIntegerField()
    at = models.DateTimeField()

    protection = Protection(participant=Rule(ADD, OWN), reviewer=Rule(ADD), system=Rule(ADD))

    class Meta:
        indexes = [models.Index(fields=["thread", "at"])]

    def __str__(self) -> str:
        return f"{self.author_name}, {self.at:%Y-%m-%d}"


class ActionPlan(OfOrganisation):
    """What the participant will do about an observation or finding, by when, and who agreed it."""

    thread = TenantKey(Thread, related_name="plans")
    number = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    owner_name = models.CharField(max_length=200)
    due_on = models.DateField()
    status = models.CharField(max_length=10, choices=PlanState.choices)
    proposed_at = models.DateTimeField()
    proposed_by_name = models.CharField(max_length=200)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by_name = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_note = models.TextField(blank=True)
    returned_because = models.TextField(blank=True)

    protection = _BOTH

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="one_plan_a_number")
        ]

    def __str__(self) -> str:
        return f"plan {self.number}, due {self.due_on}"


class Approval(OfOrganisation):
    """One body's opinion of the organisation part or of one role part, at a version (D.5)."""

    part = TenantKey(Part, related_name="approvals")
    body = models.CharField(max_length=10, choices=Body.choices)
    status = models.CharField(max_length=20, choices=ApprovalState.choices)
    version = TenantKey(Version, related_name="approvals")
    covers_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    because = models.TextField(blank=True)
    lapsed_at = models.DateTimeField(null=True, blank=True)
    lapsed_because = models.TextField(blank=True)

    protection = _LAPSES

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "body"], name="one_approval_a_body_and_part")
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_status_display()}"


class ReopenRequest(OfOrganisation):
    """A request to reopen named sections of a locked Final QAD (R88, R89, D.13)."""

    qualification = TenantKey(Qualification, related_name="reopen_requests")
    sections = models.JSONField(help_text='[{"part": id, "section": letter}]')
    reason = models.TextField()
    status = models.CharField(
        max_length=10, choices=ReopenState.choices, default=ReopenState.REQUESTED
    )
    requested_at = models.DateTimeField()
    requested_by_name = models.CharField(max_length=200)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_body = models.CharField(max_length=10, choices=Body.choices, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decision_reason = models.TextField(blank=True)

    protection = _BOTH

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["qualification"],
                condition=models.Q(status="REQUESTED"),
                name="one_open_request",
            )
        ]

    def __str__(self) -> str:
        return f"reopening of {', '.join(s['section'] for s in self.sections)}"


class DelegationLetter(OfOrganisation):
    """A letter of delegated authority for one REC-only qualification (R106, R107, footnote 9)."""

    qualification = TenantKey(Qualification, related_name="letters")
    delegate_id = models.UUIDField()
    delegate_name = models.CharField(max_length=200)
    director_name = models.CharField(max_length=200)
    file = TenantKey("documents.StoredFile", null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10, choices=LetterState.choices)
    drafted_at = models.DateTimeField()
    drafted_by_name = models.CharField(max_length=200)
    signed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by_name = models.CharField(max_length=200, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    protection = _BOTH

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["qualification"],
                condition=~models.Q(status="REVOKED"),
                name="one_letter_in_hand",
            )
        ]

    def __str__(self) -> str:
        return f"letter for {self.delegate_name}"


class SignOff(OfOrganisation):
    """A signature over the hash of exactly what was shown, by server time (R105, R108, D.6)."""

    qualification = TenantKey(Qualification, related_name="sign_offs")
    status = models.CharField(max_length=8, choices=SignOffState.choices)
    signer_id = models.UUIDField()
    signer_name = models.CharField(max_length=200)
    capacity = models.CharField(max_length=10, choices=Capacity.choices)
    letter = TenantKey(DelegationLetter, null=True, blank=True, related_name="sign_offs")
    statement = models.TextField()
    content = models.TextField(help_text="Canonical JSON of what was signed.")
    content_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    void_because = models.TextField(blank=True)

    protection = _BOTH

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["qualification"],
                condition=models.Q(status="SIGNED"),
                name="one_signature_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"signed by {self.signer_name}"


class DipUserConfirmation(OfOrganisation):
    """The DIP Manager's word on DIP User status: a gate before any decision (R114)."""

    qualification = TenantKey(Qualification, related_name="dip_confirmations")
    status = models.CharField(max_length=10, choices=DipUserState.choices)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    protection = _BODIES_WRITE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["qualification"], name="one_dip_confirmation")
        ]

    def __str__(self) -> str:
        return self.get_status_display()


class Accession(OfOrganisation):
    """A code body's record that the organisation acceded and is a Qualified Party (R118, 11.3)."""

    qualification = TenantKey(Qualification, related_name="accessions")
    body = models.CharField(max_length=10, choices=Body.choices)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    protection = _BODIES_WRITE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["qualification", "body"], name="one_accession_a_body")
        ]

    def __str__(self) -> str:
        return f"{self.body} accession"


class ManagementAssertion(OfOrganisation):
    """That the remaining MPIDs of a split role will finish in time (R119, QA&P 11.3, 11.4.1)."""

    qualification = TenantKey(Qualification, related_name="assertions")
    mpids_remaining = ArrayField(models.CharField(max_length=4))
    complete_by = models.DateField()
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)

    protection = _BOTH

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["qualification"], name="one_assertion_in_force")
        ]

    def __str__(self) -> str:
        return f"assertion by {self.made_by_name}"


class Pack(models.Model):
    """A decision pack: what was printed, from which content, under which seal.

    ``organisation_id`` is empty where the pack holds the applications of several; staff only.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=200)
    body = models.CharField(max_length=10, choices=Body.choices)
    qualifications = ArrayField(models.UUIDField())
    status = models.CharField(max_length=10, choices=PackState.choices)
    job_id = models.UUIDField()
    file_id = models.UUIDField(null=True, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)
    manifest = models.TextField(blank=True)
    pages = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=200)
    problem = models.TextField(blank=True)
    recommendation = models.TextField(blank=True)

    protection = Protection(reviewer=Rule(CHANGE), system=Rule(CHANGE))

    class Meta:
        indexes = [models.Index(fields=["body", "-asked_at"])]

    def __str__(self) -> str:
        return self.title


class Decision(OfOrganisation):
    """One deciding body's decision on one qualification; a later one replaces a deferral (D.7).

    ``effective_at`` stays empty while the trio waits for its last decision (R14).
    """

    qualification = TenantKey(Qualification, related_name="decisions")
    body = models.CharField(max_length=10, choices=Body.choices)
    sequence = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reasons = models.TextField(blank=True)
    conditions = models.JSONField(default=list, blank=True)
    decided_on = models.DateField()
    minute_reference = models.CharField(max_length=60, blank=True)
    sign_off = TenantKey(SignOff, related_name="decisions")
    pack = models.ForeignKey(Pack, models.PROTECT, null=True, blank=True, related_name="decisions")
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=200)
    effective_at = models.DateTimeField(null=True, blank=True)

    protection = _BODIES_WRITE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["qualification", "body", "sequence"], name="one_decision_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_outcome_display()}"
