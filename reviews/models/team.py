"""How a body shares out its reading: who reads what, who has a conflict, who is away.

Nothing of this is ever a participant's to see.
"""

from django.db import models

from foundation.ids import new_id
from foundation.tenancy.protection import CHANGE, Protection, Rule, TenantKey
from participants.enums import Body
from participants.models import OfOrganisation, Person
from reviews.models.desk import WITHIN_BODIES
from submissions.models import Part


class Assignment(OfOrganisation):
    """Who of a body reads a part, or one section of it; a section's own reader comes first.

    ``section`` is empty for the whole part.
    """

    part = TenantKey(Part, related_name="assignments")
    section = models.CharField(max_length=4, blank=True)
    body = models.CharField(max_length=10, choices=Body.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    because = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    protection = WITHIN_BODIES

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["part", "section", "body"], name="one_reader_a_body_and_section"
            )
        ]
        indexes = [models.Index(fields=["person"])]

    def __str__(self) -> str:
        return f"{self.person} reads {self.section or 'all'} for {self.body}"


class Conflict(OfOrganisation):
    """A person's conflict of interest with an organisation: it judges nothing of it meanwhile."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField()
    declared_at = models.DateTimeField()
    declared_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    protection = Protection(reviewer=Rule(CHANGE), system=Rule(CHANGE))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=models.Q(ended_at=None),
                name="one_conflict_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"conflict of {self.person} with {self.organisation}"


class Absence(models.Model):
    """Days on which somebody of a body is away, both included, and who covers for them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    cover = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField()
    entered_by_name = models.CharField(max_length=200)

    protection = WITHIN_BODIES

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="absence_has_days"
            ),
            models.CheckConstraint(
                condition=~models.Q(cover=models.F("person")), name="nobody_covers_for_oneself"
            ),
        ]
        indexes = [models.Index(fields=["person", "ends_on"])]

    def __str__(self) -> str:
        return f"{self.person} away, {self.starts_on} to {self.ends_on}"
