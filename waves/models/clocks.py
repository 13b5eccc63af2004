"""Dated duties, the moments at which they speak up, and the sign of life of the sweep."""

from django.db import models

from foundation.tenancy.protection import (
    ALL,
    CHANGE,
    OWN,
    REFERENCE,
    Protection,
    Rule,
    TenantKey,
)
from participants.enums import Body
from participants.models import OfOrganisation, Qualification
from waves.enums import ObligationState, ReminderKind, ReminderState
from waves.models.timetable import Timetable


class Obligation(OfOrganisation):
    """A dated duty of somebody; it says why its date is its date.

    ``activity`` is a key of the timetable or ``pit_sufficiency``. ``body`` is set where each
    body has a clock of its own. ``due_on`` is a London date; it ends at ``due_at``, the first
    instant of the next London day. ``because`` is the sentence of the date card, ``reason`` its
    parts (rule, sum, cap, what binds, clause, note, standing).
    """

    qualification = TenantKey(Qualification, related_name="obligations")
    activity = models.CharField(max_length=60)
    body = models.CharField(max_length=10, choices=Body.choices, blank=True)
    sequence = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(
        max_length=10, choices=ObligationState.choices, default=ObligationState.RUNNING
    )
    label = models.CharField(max_length=120)
    started_on = models.DateField(null=True, blank=True)
    opens_on = models.DateField(null=True, blank=True)
    due_on = models.DateField()
    due_at = models.DateTimeField()
    cap_on = models.DateField(null=True, blank=True)
    because = models.TextField()
    reason = models.JSONField(default=dict)
    timetable = models.ForeignKey(Timetable, models.PROTECT, related_name="+")
    met_at = models.DateTimeField(null=True, blank=True)
    spans = models.JSONField(default=list, help_text="Pauses: [{from, to, why}] in London dates.")

    protection = Protection(
        participant=Rule(CHANGE, OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE)
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["qualification", "activity", "body", "sequence"],
                name="one_obligation_each",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="obligation_open", condition=models.Q(state="RUNNING")
            ),
            models.Index(fields=["organisation", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.label} by {self.due_on}"


class Reminder(OfOrganisation):
    """A moment at which a running obligation speaks up; the sweep fires each once."""

    obligation = TenantKey(Obligation, related_name="reminders")
    kind = models.CharField(max_length=10, choices=ReminderKind.choices)
    fire_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=ReminderState.choices, default=ReminderState.PENDING
    )
    fired_at = models.DateTimeField(null=True, blank=True)

    protection = Protection(participant=Rule(CHANGE, OWN), reviewer=Rule(CHANGE), system=Rule(ALL))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "kind", "fire_at"], name="one_reminder_each"
            )
        ]
        indexes = [
            models.Index(
                fields=["fire_at"], name="reminder_pending", condition=models.Q(state="PENDING")
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.obligation}"


class SweepHeartbeat(models.Model):
    """When the sweep last ran, for whoever watches from outside."""

    name = models.CharField(primary_key=True, max_length=40)
    last_started_at = models.DateTimeField(null=True)
    last_finished_at = models.DateTimeField(null=True)
    fired = models.PositiveBigIntegerField(default=0)

    protection = REFERENCE

    def __str__(self) -> str:
        return self.name
