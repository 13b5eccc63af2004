"""The audit trail: append-only events, chained by hash; the database writes the links."""

from django.db import models

from foundation.ids import new_id
from foundation.tenancy.managers import TenantManager
from foundation.tenancy.protection import ADD, EVERY, OWN, Protection, Rule


class AuditEvent(models.Model):
    """One thing that happened. No foreign keys: an event outlives whatever it tells of.

    ``chain``, ``seq``, ``prev_hash``, ``hash`` and ``recorded_at`` (true time) are set by the
    database; the application cannot choose them. ``payload`` is canonical JSON as text and holds
    no confidential content: identifiers, field names, states and hashes.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    chain = models.CharField(max_length=60)
    seq = models.BigIntegerField(default=0)
    organisation_id = models.UUIDField(null=True, blank=True)
    action = models.CharField(max_length=80)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    object_label = models.CharField(max_length=200, blank=True)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    actor_kind = models.CharField(max_length=20)
    actor_body = models.CharField(max_length=10, blank=True)
    because = models.TextField(blank=True)
    payload = models.TextField(default="{}")
    at = models.DateTimeField(help_text="Portal time.")
    recorded_at = models.DateTimeField(null=True, help_text="True time, set by the database.")
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    objects = TenantManager()
    protection = Protection(
        participant=Rule(ADD, OWN),
        reviewer=Rule(ADD, EVERY),
        login=Rule("INSERT", "organisation_id IS NULL"),
        gate=Rule("INSERT", "organisation_id IS NULL"),
        system=Rule(ADD),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="one_event_a_place")]
        indexes = [
            models.Index(fields=["organisation_id", "-at"]),
            models.Index(fields=["object_type", "object_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq} {self.action}"


class AuditHead(models.Model):
    """The last link of each chain; only the database's trigger writes it."""

    chain = models.CharField(primary_key=True, max_length=60)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    protection = Protection(reviewer=Rule("SELECT"), system=Rule("SELECT"))

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq}"
