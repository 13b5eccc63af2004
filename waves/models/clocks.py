"""When, and along which road: the timetable, obligations, Pre-Qualification, test reports."""

from django.db import models

from foundation.ids import new_id
from foundation.tenancy.protection import (
    ADD,
    ALL,
    CHANGE,
    OWN,
    READ,
    REFERENCE,
    Protection,
    Rule,
    TenantKey,
)
from participants.enums import Body, Route
from participants.models import OfOrganisation, Qualification
from waves.enums import (
    ObligationState,
    PreQualificationState,
    ReminderKind,
    ReminderState,
    ReportKind,
)


class Timetable(models.Model):
    """A published version of all activities on all routes; Appendix C is the first."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    csv = models.TextField(help_text="The file as imported; it is parsed, never edited.")
    header = models.TextField(default="", help_text="The TOML file beside it, as imported.")
    sha256 = models.CharField(max_length=64, help_text="Of the table and its header together.")
    published_at = models.DateTimeField()
    published_by_name = models.CharField(max_length=200)
    reason = models.TextField(blank=True)

    protection = REFERENCE

    class Meta:
        get_latest_by = "published_at"

    def __str__(self) -> str:
        return f"timetable {self.version}"


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


class PreQualification(OfOrganisation):
    """A Pre-Qualification Submission (QA&P 9.3): what the organisation said before it had a login.

    ``legacy_readiness`` feeds other assurance and stays out of every gate and pack (R30, 7.3.2).
    ``earlier`` keeps the plan as it stood before each later change (R31, 10.5.1).
    """

    state = models.CharField(
        max_length=10, choices=PreQualificationState.choices, default=PreQualificationState.DRAFT
    )
    preferred_route = models.CharField(max_length=20, choices=Route.choices, blank=True)
    key_contact_name = models.CharField(max_length=200)
    key_contact_email = models.EmailField()
    pit_approach = models.TextField(blank=True)
    target_migration_on = models.DateField(null=True, blank=True)
    legacy_readiness = models.TextField(blank=True)
    earlier = models.JSONField(default=list, blank=True)
    received_on = models.DateField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by_name = models.CharField(max_length=200, blank=True)

    protection = Protection(participant=Rule(READ, OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="one_pre_qualification")
        ]

    def __str__(self) -> str:
        return f"Pre-Qualification Submission of {self.organisation}"


class CompletionReport(OfOrganisation):
    """A test completion report as uploaded; it stands outside the QAD's versions (X5).

    ``summary`` holds what the report says in figures: tests planned, run and passed, open
    defects by severity, and work-off items.
    """

    qualification = TenantKey(Qualification, related_name="completion_reports")
    kind = models.CharField(max_length=3, choices=ReportKind.choices)
    file = TenantKey("documents.StoredFile", related_name="+")
    summary = models.JSONField(default=dict)
    work_off_agreed = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    received_by_name = models.CharField(max_length=200)
    supplied_by = models.CharField(max_length=10, choices=Body.choices, blank=True)
    sufficiency_confirmed_at = models.DateTimeField(null=True, blank=True)
    sufficiency_confirmed_by_name = models.CharField(max_length=200, blank=True)

    protection = Protection(participant=Rule(ADD, OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE))

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.qualification}"
