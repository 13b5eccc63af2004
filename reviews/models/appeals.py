"""An appeal against a decision, as far as the portal keeps it (R122, QA&P 11.3)."""

from django.db import models

from foundation.tenancy.protection import TenantKey
from participants.models import OfOrganisation
from reviews.enums import AppealState
from reviews.models.deciding import Decision
from reviews.models.reach import BOTH


class Appeal(OfOrganisation):
    """That a participant appeals, to whom, and what came of it; the appeal itself is made there."""

    decision = TenantKey(Decision, related_name="appeals")
    status = models.CharField(
        max_length=10, choices=AppealState.choices, default=AppealState.LODGED
    )
    lodged_on = models.DateField()
    grounds = models.TextField()
    lodged_at = models.DateTimeField()
    lodged_by_name = models.CharField(max_length=200)
    ended_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    because = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    protection = BOTH

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision"], name="one_appeal_a_decision")]

    def __str__(self) -> str:
        return f"appeal against {self.decision}"
