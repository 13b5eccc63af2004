"""Threads of comments, observations and findings, with their messages and action plans."""

from collections.abc import Sequence

from django.db import models

from foundation.tenancy.protection import ADD, OWN, Protection, Rule, TenantKey
from participants.enums import Body
from participants.models import OfOrganisation
from reviews.enums import PlanState, Severity, Side, ThreadKind, ThreadState
from reviews.models.reach import BODIES_WRITE, BOTH
from submissions.enums import Stage
from submissions.models import Part, Version


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
    due_on = models.DateField(null=True, blank=True, help_text="Until when a reply is asked for.")
    stage = models.CharField(max_length=8, choices=Stage.choices)
    version = TenantKey(Version, related_name="threads")
    raised_at = models.DateTimeField()
    raised_by_id = models.UUIDField()
    raised_by_name = models.CharField(max_length=200)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_name = models.CharField(max_length=200, blank=True)

    protection = BOTH
    joined: Sequence[str] = ()  # the further bodies that stand behind it, where a query tells

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


class Joining(OfOrganisation):
    """A further body that stands behind what another raised, so that it is asked only once.

    It reads the answer too, and confirms nothing while the matter is open; settling stays with
    the body that raised it (R99). A body that no longer needs it leaves.
    """

    thread = TenantKey(Thread, related_name="joinings")
    body = models.CharField(max_length=10, choices=Body.choices)
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    left_at = models.DateTimeField(null=True, blank=True)

    protection = BODIES_WRITE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "body"], name="one_joining_a_body")
        ]

    def __str__(self) -> str:
        return f"{self.body} with {self.thread}"


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

    protection = BOTH

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="one_plan_a_number")
        ]

    def __str__(self) -> str:
        return f"plan {self.number}, due {self.due_on}"
