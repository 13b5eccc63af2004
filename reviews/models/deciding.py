"""Decision packs and decisions."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from foundation.ids import new_id
from foundation.tenancy.protection import CHANGE, Protection, Rule, TenantKey
from participants.enums import Body
from participants.models import OfOrganisation, Qualification
from reviews.enums import Outcome, PackState
from reviews.models.meetings import Meeting
from reviews.models.papers import SignOff
from reviews.models.reach import BODIES_WRITE


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
    recommendation = models.TextField(
        blank=True, help_text="One text for all: packs ordered before each application had its own."
    )
    recommendations = models.JSONField(
        default=dict, blank=True, help_text="{qualification id: what is recommended on it}"
    )

    protection = Protection(reviewer=Rule(CHANGE), system=Rule(CHANGE))

    class Meta:
        indexes = [models.Index(fields=["body", "-asked_at"])]

    def __str__(self) -> str:
        return self.title

    def recommended(self, qualifications: Iterable[UUID]) -> str:
        """Return what is recommended on an application; the trio's stands with any of its roles."""
        own = (self.recommendations.get(str(key), "") for key in qualifications)
        return next(filter(None, own), self.recommendation)


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
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(null=True, blank=True)
    interests = models.TextField(
        blank=True, help_text="Interests that members declared, as minuted; within the body."
    )
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=200)
    effective_at = models.DateTimeField(null=True, blank=True)

    protection = BODIES_WRITE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["qualification", "body", "sequence"], name="one_decision_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_outcome_display()}"
