"""What an organisation said before it had a login: the Pre-Qualification Submission."""

from django.db import models

from foundation.tenancy.protection import ADD, CHANGE, OWN, Protection, Rule, TenantKey
from participants.enums import Route
from participants.models import OfOrganisation
from waves.enums import PreQualificationState


class PreQualification(OfOrganisation):
    """A Pre-Qualification Submission (QA&P 9.3): what the organisation said before it had a login.

    ``legacy_readiness`` feeds other assurance and stays out of every gate and pack (R30, 7.3.2).
    ``earlier`` is the ledger of what bodies decided on its versions: accepted, or returned and
    why. Plans as they stood before are the versions (R31, 10.5.1).
    """

    state = models.CharField(
        max_length=10, choices=PreQualificationState.choices, default=PreQualificationState.DRAFT
    )
    preferred_route = models.CharField(max_length=20, choices=Route.choices, blank=True)
    key_contact_name = models.CharField(max_length=200)
    key_contact_email = models.EmailField()
    preferences = models.JSONField(
        default=dict, blank=True, help_text="Market role -> preferred wave, where they differ."
    )
    pit_approach = models.TextField(blank=True)
    pit_timescales = models.TextField(blank=True)
    pit_complete_on = models.DateField(null=True, blank=True)
    reliance = models.TextField(blank=True, help_text="On whom, for what; or that there is none.")
    mpids_not_taken_forward = models.TextField(blank=True)
    target_migration_on = models.DateField(null=True, blank=True)
    legacy_readiness = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    submitted_by_name = models.CharField(max_length=200, blank=True)
    earlier = models.JSONField(default=list, blank=True)
    received_on = models.DateField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by_name = models.CharField(max_length=200, blank=True)

    protection = Protection(
        participant=Rule(CHANGE, OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE)
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="one_pre_qualification")
        ]

    def __str__(self) -> str:
        return f"Pre-Qualification Submission of {self.organisation}"


class PreQualificationVersion(OfOrganisation):
    """The submission as it was handed in, each time; never changed (R31)."""

    submission = TenantKey(PreQualification, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    submitted_by_name = models.CharField(max_length=200)

    protection = Protection(participant=Rule(ADD, OWN), reviewer=Rule(ADD), system=Rule(CHANGE))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_pqs_version_each")
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"version {self.number} of {self.submission}"
