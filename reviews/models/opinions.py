"""What a body says of a submission: its reading, its word on an answer, its approval."""

from django.db import models

from foundation.tenancy.protection import TenantKey
from participants.enums import Body
from participants.models import OfOrganisation, Qualification
from reviews.enums import ApprovalState, ReopenState
from reviews.models.reach import BODIES_WRITE, BOTH, LAPSES
from submissions.enums import Stage
from submissions.models import Part, Version


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

    protection = LAPSES

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["qualification", "body", "stage"], name="one_review_a_body_and_stage"
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} review of {self.qualification}"


class Acceptance(OfOrganisation):
    """One body's word that an answer needs nothing more, given on a version of it (D.3).

    It stands until an answer differs in a later version, until the body takes it back, or until
    the body raises something on the same question. One row a body and question, used again.
    """

    part = TenantKey(Part, related_name="acceptances")
    question = models.CharField(max_length=6)
    body = models.CharField(max_length=10, choices=Body.choices)
    version = TenantKey(Version, related_name="acceptances")
    sha256 = models.CharField(max_length=64, help_text="Of the answer that was accepted.")
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    protection = BODIES_WRITE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["part", "question", "body"], name="one_acceptance_a_body_and_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} accepts {self.question}"


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

    protection = LAPSES

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

    protection = BOTH

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
