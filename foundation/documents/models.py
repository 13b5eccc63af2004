"""Stored files: content-addressed, never overwritten, reached only through their row."""

from django.db import models

from foundation.ids import new_id
from foundation.tenancy.managers import TenantManager
from foundation.tenancy.protection import CHANGE, EVERY, OWN, Protection, Rule


class ScanState(models.TextChoices):
    PENDING = "PENDING", "Being scanned"
    CLEAN = "CLEAN", "Scanned, nothing found"
    BLOCKED = "BLOCKED", "Blocked by the scanner"
    UNSCANNED = "UNSCANNED", "Not scanned: no scanner is set up"


class StoredFile(models.Model):
    """One file as it was received: its bytes never change, and its name is only what it was called.

    ``released_at`` says since when the bodies may open it: the moment at which a submission
    froze a version that cites it (or at once, for what the bodies or the portal made).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = models.UUIDField(null=True, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120, help_text="By content, not by name.")
    storage_key = models.CharField(max_length=200)
    scan_state = models.CharField(max_length=12, choices=ScanState.choices)
    stored_at = models.DateTimeField()
    stored_by_id = models.UUIDField()
    stored_by_name = models.CharField(max_length=200)
    released_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()
    protection = Protection(
        participant=Rule(CHANGE, OWN),
        reviewer=Rule(CHANGE, "released_at IS NOT NULL"),
        system=Rule(CHANGE, EVERY),
    )

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "sha256"])]

    def __str__(self) -> str:
        return self.name
