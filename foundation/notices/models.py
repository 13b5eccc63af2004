"""The outbox: notices written in the transaction of their event, sent after it, each once."""

from django.db import models

from foundation.ids import new_id
from foundation.tenancy.managers import TenantManager
from foundation.tenancy.protection import CHANGE, MINE, OWN, Protection, Rule


class MailState(models.TextChoices):
    NEW = "NEW", "To be sent"
    SENDING = "SENDING", "Being sent"
    SENT = "SENT", "Sent"
    DEAD = "DEAD", "Could not be sent"
    PORTAL_ONLY = "PORTAL_ONLY", "Shown in the portal only"
    DAILY = "DAILY", "Waits for the daily digest"
    GATHERED = "GATHERED", "Waits for the digest after a silence"
    DIGESTED = "DIGESTED", "Sent in a digest"


class Notice(models.Model):
    """One notice to one person: shown in the portal and mailed once.

    ``dedupe_key`` makes a second writing of the same notice a no-op; it is the Message-ID too.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dedupe_key = models.CharField(max_length=200, unique=True)
    person_id = models.UUIDField(null=True, blank=True, help_text="Empty before an account exists.")
    email = models.EmailField()
    organisation_id = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    path = models.CharField(max_length=300, blank=True, help_text="Where it leads in the portal.")
    created_at = models.DateTimeField(help_text="Portal time.")
    read_at = models.DateTimeField(null=True, blank=True)
    mail_state = models.CharField(max_length=12, choices=MailState.choices, default=MailState.NEW)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    objects = TenantManager()
    protection = Protection(
        participant=Rule(CHANGE, MINE, check=OWN),  # writes to others, reads only its own
        reviewer=Rule(CHANGE),
        gate=Rule("SELECT, UPDATE", MINE),
        login=Rule("SELECT, INSERT", "organisation_id IS NULL"),
        system=Rule(CHANGE),
    )

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-created_at"]),
            models.Index(
                fields=["created_at"],
                name="notice_to_send",
                condition=models.Q(mail_state__in=("NEW", "SENDING")),
            ),
            models.Index(
                fields=["email", "created_at"],
                name="notice_for_a_digest",
                condition=models.Q(mail_state__in=("DAILY", "GATHERED")),
            ),
        ]

    def __str__(self) -> str:
        return self.subject
