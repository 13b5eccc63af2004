"""Placing Reliance on somebody else's testing (QA&P 10.4, domain D.9)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from foundation.tenancy.protection import ADD, CHANGE, OWN, READ, Protection, Rule, TenantKey
from participants.enums import Body
from participants.models import Organisation, Qualification
from waves.enums import Extent, RelianceKind, RelianceOpinionKind, RelianceStage, RelianceState
from waves.models.testing import OfQualification


class Reliance(OfQualification):
    """A proposal to rely on another party's testing, in the words of the organisation (R44-R55).

    ``provider_name`` and ``provider_mpid`` are what the organisation typed; who that is in the
    portal stands in RelianceLink, which participants never reach (R10).
    """

    qualification = TenantKey(Qualification, related_name="reliances")
    kind = models.CharField(max_length=12, choices=RelianceKind.choices)
    status = models.CharField(
        max_length=16, choices=RelianceState.choices, default=RelianceState.DRAFT
    )
    status_since = models.DateTimeField()
    provider_name = models.CharField(max_length=200, blank=True)
    provider_mpid = models.CharField(max_length=4, blank=True)
    is_own = models.BooleanField(
        default=False, help_text="On another MPID of the same organisation."
    )
    is_identical = models.BooleanField(
        null=True, blank=True, help_text="Own MPIDs: set up and operated identically (R56)."
    )
    stages = ArrayField(
        models.CharField(max_length=12, choices=RelianceStage.choices), default=list, blank=True
    )
    extent = models.CharField(max_length=8, choices=Extent.choices, blank=True)
    has_agreement = models.BooleanField(
        default=False, help_text="Attested by the organisation (R49)."
    )
    attested_by_name = models.CharField(max_length=200, blank=True)
    attested_at = models.DateTimeField(null=True, blank=True)
    commonality = models.TextField(blank=True)
    bespoke = models.TextField(blank=True)
    hosting = models.TextField(blank=True)
    interfaces = models.TextField(blank=True)
    operations = models.TextField(blank=True)
    own_tests = models.TextField(blank=True, help_text="What the organisation still tests itself.")
    report_reference = models.CharField(max_length=300, blank=True)
    bodies_have_report = models.BooleanField(default=False)
    file = TenantKey("documents.StoredFile", null=True, blank=True, related_name="+")
    change_note = models.TextField(blank=True, help_text="What is new in this version (R52).")
    scope_agreed = models.BooleanField(
        default=False, help_text="Test scope of partial reliance, agreed with entry into QT (R51)."
    )
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    protection = Protection(
        participant=Rule(CHANGE, OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE)
    )

    def __str__(self) -> str:
        return f"reliance on {self.provider_name}"


class RelianceVersion(OfQualification):
    """A proposal as it was submitted; the bodies agree to this text (R52)."""

    reliance = TenantKey(Reliance, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    submitted_by_name = models.CharField(max_length=200)

    protection = Protection(participant=Rule(ADD, OWN), reviewer=Rule(READ), system=Rule(CHANGE))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reliance", "number"], name="one_reliance_version")
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"version {self.number} of {self.reliance}"

    @property
    def role(self) -> str:
        return self.reliance.role


class RelianceOpinion(OfQualification):
    """What one body says of one version of a proposal (R47)."""

    version = TenantKey(RelianceVersion, related_name="opinions")
    body = models.CharField(max_length=10, choices=Body.choices)
    verdict = models.CharField(max_length=12, choices=RelianceOpinionKind.choices)
    note = models.TextField(blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    protection = Protection(participant=Rule(READ, OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "body"], name="one_opinion_a_body")
        ]

    def __str__(self) -> str:
        return f"{self.body} on {self.version}"

    @property
    def role(self) -> str:
        return self.version.role


class RelianceLink(OfQualification):
    """Who the party relied on is in the portal, as the bodies found; no participant reads it (R10).

    ``provider`` is empty for a third party that is never qualified (R9, R44).
    """

    reliance = TenantKey(Reliance, related_name="links")
    provider_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    provider = models.ForeignKey(
        Qualification, models.PROTECT, null=True, blank=True, related_name="+"
    )
    linked_at = models.DateTimeField()
    linked_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)

    protection = Protection(reviewer=Rule(CHANGE), system=Rule(CHANGE))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reliance"], condition=models.Q(ended_at=None), name="one_link_a_reliance"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reliance}: {self.provider_organisation}"

    @property
    def role(self) -> str:
        return self.reliance.role
