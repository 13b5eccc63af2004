"""Letters, signatures, and what else has to be on record before a decision."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from foundation.tenancy.protection import TenantKey
from participants.enums import Body
from participants.models import OfOrganisation, Qualification
from reviews.enums import Capacity, DipUserState, LetterState, SignOffState
from reviews.models.reach import BODIES_WRITE, BOTH


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

    protection = BOTH

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

    protection = BOTH

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

    protection = BODIES_WRITE

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

    protection = BODIES_WRITE

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

    protection = BOTH

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["qualification"], name="one_assertion_in_force")
        ]

    def __str__(self) -> str:
        return f"assertion by {self.made_by_name}"
