"""Meetings of the BSC PAB and what stands on their agendas (R116, QA&P 10.2)."""

from django.db import models

from foundation.ids import new_id
from foundation.tenancy.protection import ALL, CHANGE, OWN, READ, Protection, Rule, TenantKey
from participants.models import OfOrganisation, Qualification
from reviews.enums import MeetingState


class Meeting(models.Model):
    """A meeting of the BSC PAB; it holds nothing of any one organisation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=120)
    held_on = models.DateField()
    status = models.CharField(
        max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    planned_at = models.DateTimeField()
    planned_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Held, or cancelled.")
    ended_by_name = models.CharField(max_length=200, blank=True)
    because = models.TextField(blank=True, help_text="Why it was cancelled.")

    protection = Protection(participant=Rule(READ), reviewer=Rule(CHANGE), system=Rule(CHANGE))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["held_on"],
                condition=~models.Q(status="CANCELLED"),
                name="one_meeting_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.title


class MeetingItem(OfOrganisation):
    """An application on an agenda: a qualification; those of a trio stand beside one another."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    qualification = TenantKey(Qualification, related_name="meeting_items")
    position = models.PositiveSmallIntegerField()
    put_at = models.DateTimeField()
    put_by_name = models.CharField(max_length=200)

    protection = Protection(participant=Rule(READ, OWN), reviewer=Rule(ALL), system=Rule(ALL))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "qualification"], name="once_on_an_agenda")
        ]

    def __str__(self) -> str:
        return f"{self.qualification} at {self.meeting}"
