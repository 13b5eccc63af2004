"""Background work that a page can watch: one row a job, polled, never a result backend."""

from django.db import models

from foundation.ids import new_id
from foundation.tenancy.managers import TenantManager
from foundation.tenancy.protection import CHANGE, OWN, Protection, Rule


class JobState(models.TextChoices):
    QUEUED = "QUEUED", "Waiting to start"
    RUNNING = "RUNNING", "Running"
    DONE = "DONE", "Done"
    FAILED = "FAILED", "Failed"


class Job(models.Model):
    """A piece of background work: who asked for it, how far it is, and where its result lies."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    result_file_id = models.UUIDField(null=True, blank=True)
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()
    protection = Protection(
        participant=Rule("SELECT, INSERT", OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE)
    )

    class Meta:
        indexes = [models.Index(fields=["kind", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_state_display()})"
