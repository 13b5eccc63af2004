"""Exemptions that a Supplier holds or asks for, MPID by MPID (QA&P 11.4.2, D.10)."""

from django.db import models
from django.db.models import Q

from foundation.tenancy.protection import TenantKey
from participants.enums import Role
from participants.models import OfOrganisation, Qualification
from reviews.enums import EXEMPTION_OVER, ExemptionKind, ExemptionState
from reviews.models.reach import BOTH


class Exemption(OfOrganisation):
    """One exemption for one MPID; ``status`` is domain D.10, assigned by ``perform`` alone.

    ``points`` is the newest count by a body of what the exemption keeps away: unmetered points, or
    meters of the smart segment. ``checks`` and ``recorded`` hold who verified and who decided:
    {name: {"holds" | "outcome", "body", "by", "on", "note"}}.
    """

    qualification = TenantKey(Qualification, related_name="exemptions")
    mpid = models.CharField(max_length=4)
    kind = models.CharField(max_length=5, choices=ExemptionKind.choices)
    status = models.CharField(max_length=24, choices=ExemptionState.choices)
    status_since = models.DateTimeField()
    reasons = models.TextField()
    points = models.PositiveIntegerField(null=True, blank=True)
    points_on = models.DateField(null=True, blank=True)
    plan = models.TextField(blank=True)
    clear_by = models.DateField(null=True, blank=True)
    cap = models.PositiveIntegerField(null=True, blank=True)
    conditions = models.TextField(blank=True)
    in_force_from = models.DateField(null=True, blank=True)
    invited_for = models.DateField(null=True, blank=True)
    checks = models.JSONField(default=dict, blank=True)
    recorded = models.JSONField(default=dict, blank=True)
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=200)

    protection = BOTH

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "mpid", "kind"],
                condition=~Q(status__in=EXEMPTION_OVER),
                name="one_live_exemption_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.mpid}"

    @property
    def role(self) -> str:
        """Exemptions are for Suppliers alone (R124); what bodies may do follows from the role."""
        return Role.SUPPLIER


class ExemptionStep(OfOrganisation):
    """One thing that happened to an exemption, as both sides read it; never changed."""

    exemption = TenantKey(Exemption, related_name="steps")
    at = models.DateTimeField()
    what = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    by_name = models.CharField(max_length=200)

    protection = BOTH

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.what
