"""How a body organises its own work; nothing of this is ever a participant's to see."""

from django.db import models

from foundation.ids import new_id
from foundation.tenancy.protection import ALL, MINE, Protection, Rule, TenantKey
from participants.enums import Body
from participants.models import OfOrganisation, Person
from reviews.enums import Severity, ThreadKind
from submissions.models import Part, Version

WITHIN_BODIES = Protection(reviewer=Rule(ALL), system=Rule(ALL))


class Draft(OfOrganisation):
    """A comment, observation or finding that is not sent yet, on the version it was written on."""

    part = TenantKey(Part, related_name="drafts")
    question = models.CharField(max_length=6)
    body = models.CharField(max_length=10, choices=Body.choices)
    kind = models.CharField(max_length=12, choices=ThreadKind.choices)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    severity = models.CharField(max_length=8, choices=Severity.choices, blank=True)
    due_on = models.DateField(null=True, blank=True, help_text="Until when a reply is asked for.")
    version = TenantKey(Version, related_name="drafts")
    author_id = models.UUIDField()
    author_name = models.CharField(max_length=200)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    protection = WITHIN_BODIES

    class Meta:
        indexes = [models.Index(fields=["body", "organisation"])]

    def __str__(self) -> str:
        return f"draft on {self.question}: {self.subject}"


class KeptView(models.Model):
    """A view of a queue that somebody keeps under a name, alone or for the whole body."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    body = models.CharField(max_length=10, choices=Body.choices)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=300)
    is_shared = models.BooleanField(default=False)
    kept_at = models.DateTimeField()

    protection = Protection(
        reviewer=Rule(ALL, f"{MINE} OR is_shared", check=MINE), system=Rule(ALL)
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="one_view_a_name")]

    def __str__(self) -> str:
        return self.name


class Wording(models.Model):
    """A text that a body often asks in, to begin a comment, observation or finding with."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.CharField(max_length=10, choices=Body.choices)
    title = models.CharField(max_length=80)
    text = models.TextField()
    changed_at = models.DateTimeField()
    changed_by_name = models.CharField(max_length=200)

    protection = WITHIN_BODIES

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "title"], name="one_wording_a_title")
        ]

    def __str__(self) -> str:
        return self.title
