"""Testing as the portal knows it: references, figures and agreements, never the evidence (R74)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from foundation.tenancy.protection import ADD, CHANGE, OWN, READ, Protection, Rule, TenantKey
from participants.enums import Body
from participants.models import OfOrganisation, Qualification
from waves.enums import (
    CaseOutcome,
    CheckState,
    DefectState,
    DeliverableKind,
    DeliverableState,
    EntryCriterion,
    PlanState,
    ReportKind,
    TestStage,
    WorkOffKind,
    WorkOffState,
)

_BOTH_WRITE = Protection(participant=Rule(CHANGE, OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE))
_STAFF_WRITE = Protection(participant=Rule(READ, OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE))


class OfQualification(OfOrganisation):
    """Whatever hangs on one qualification; its market role decides which bodies may act (R7)."""

    class Meta:
        abstract = True

    @property
    def role(self) -> str:
        return self.qualification.role


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


class Deliverable(OfQualification):
    """A PIT deliverable of a Non-SIT party, as handed in; each hand-in is a row (R58)."""

    qualification = TenantKey(Qualification, related_name="deliverables")
    kind = models.CharField(max_length=12, choices=DeliverableKind.choices)
    number = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(
        max_length=10, choices=DeliverableState.choices, default=DeliverableState.SUBMITTED
    )
    file = TenantKey("documents.StoredFile", null=True, blank=True, related_name="+")
    link = models.URLField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    submitted_at = models.DateTimeField()
    submitted_by_name = models.CharField(max_length=200)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by_name = models.CharField(max_length=200, blank=True)
    review_note = models.TextField(blank=True)

    protection = _BOTH_WRITE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["qualification", "kind", "number"], name="one_deliverable_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class TestPlan(OfQualification):
    """A QT Test Plan; each agreed one is a baseline, and the earlier ones stay (D.11, R72).

    ``points`` is the plan as a curve: ``[{on, planned}]``, tests to have run by each date.
    """

    qualification = TenantKey(Qualification, related_name="test_plans")
    baseline = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=12, choices=PlanState.choices, default=PlanState.SUBMITTED)
    starts_on = models.DateField()
    ends_on = models.DateField()
    tests = models.PositiveIntegerField()
    points = models.JSONField(default=list)
    reason = models.TextField(blank=True, help_text="Why the plan is baselined anew.")
    file = TenantKey("documents.StoredFile", null=True, blank=True, related_name="+")
    link = models.URLField(max_length=500, blank=True)
    submitted_at = models.DateTimeField()
    submitted_by_name = models.CharField(max_length=200)
    approved_at = models.DateTimeField(null=True, blank=True)
    review_note = models.TextField(blank=True)
    agreed_by = models.JSONField(default=list, help_text="[{body, name, at}]")

    protection = _BOTH_WRITE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["qualification", "baseline"], name="one_baseline_each"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="plan_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"QT Test Plan, baseline {self.baseline}"


class TestCase(OfQualification):
    """One planned test by its reference in the test tool, with its latest outcome (R74).

    ``agreed`` marks a de-scoped or failed case whose exception was agreed (R61, R73).
    """

    qualification = TenantKey(Qualification, related_name="test_cases")
    stage = models.CharField(max_length=3, choices=TestStage.choices)
    reference = models.CharField(max_length=60)
    title = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(
        max_length=10, choices=CaseOutcome.choices, default=CaseOutcome.NOT_RUN
    )
    run_on = models.DateField(null=True, blank=True)
    link = models.URLField(max_length=500, blank=True)
    imported_at = models.DateTimeField()

    protection = _BOTH_WRITE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["qualification", "stage", "reference"], name="one_test_case_each"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class TestProgress(OfQualification):
    """How far testing was at the end of a day; the burn-up is drawn from these."""

    qualification = TenantKey(Qualification, related_name="test_progress")
    stage = models.CharField(max_length=3, choices=TestStage.choices, default=TestStage.QT)
    on = models.DateField()
    planned = models.PositiveIntegerField()
    run = models.PositiveIntegerField()
    passed = models.PositiveIntegerField()
    failed = models.PositiveIntegerField(default=0)
    blocked = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=200)

    protection = _BOTH_WRITE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["qualification", "stage", "on"], name="one_progress_a_day"
            ),
            models.CheckConstraint(
                condition=Q(run__lte=models.F("planned")) & Q(passed__lte=models.F("run")),
                name="progress_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} of {self.planned} on {self.on}"


class Defect(OfQualification):
    """A defect by its reference in the test tool; severity 1 is the gravest."""

    qualification = TenantKey(Qualification, related_name="defects")
    stage = models.CharField(max_length=3, choices=TestStage.choices)
    reference = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    severity = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=DefectState.choices, default=DefectState.OPEN)
    impact = models.TextField(blank=True)
    raised_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    link = models.URLField(max_length=500, blank=True)
    imported_at = models.DateTimeField()

    protection = _BOTH_WRITE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["qualification", "stage", "reference"], name="one_defect_each"
            ),
            models.CheckConstraint(
                condition=Q(severity__gte=1, severity__lte=4), name="severity_is_1_to_4"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class WorkOff(OfQualification):
    """A deferred PIT item, a work-off plan or an exception, through its steps (D.12, R63, R75).

    ``concerns`` holds references of the defects or test cases that it covers. ``may_outlast``
    says that the agreement lets a deferred item end after QT (R64).
    """

    qualification = TenantKey(Qualification, related_name="work_offs")
    kind = models.CharField(max_length=12, choices=WorkOffKind.choices)
    stage = models.CharField(max_length=3, choices=TestStage.choices)
    number = models.PositiveSmallIntegerField()
    status = models.CharField(
        max_length=10, choices=WorkOffState.choices, default=WorkOffState.PROPOSED
    )
    title = models.CharField(max_length=200)
    plan = models.TextField()
    concerns = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    due_on = models.DateField()
    may_outlast = models.BooleanField(default=False)
    in_approach_and_plan = models.BooleanField(default=False)
    proposed_at = models.DateTimeField()
    proposed_by_name = models.CharField(max_length=200)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by_name = models.CharField(max_length=200, blank=True)
    review_note = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by_name = models.CharField(max_length=200, blank=True)
    evidence = models.CharField(max_length=500, blank=True)

    protection = _BOTH_WRITE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["qualification", "number"], name="one_work_off_each")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class WorkOffAgreement(OfQualification):
    """One body's agreement to a work-off plan; all that govern the role must give theirs."""

    work_off = TenantKey(WorkOff, related_name="agreements")
    body = models.CharField(max_length=10, choices=Body.choices)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    protection = _STAFF_WRITE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work_off", "body"], name="one_agreement_a_body")
        ]

    def __str__(self) -> str:
        return f"{self.body} on {self.work_off}"

    @property
    def role(self) -> str:
        return self.work_off.role


class EntryCheck(OfQualification):
    """What the QT test manager found on one of the six entry criteria (R68)."""

    qualification = TenantKey(Qualification, related_name="entry_checks")
    criterion = models.CharField(max_length=12, choices=EntryCriterion.choices)
    state = models.CharField(max_length=10, choices=CheckState.choices, default=CheckState.OPEN)
    note = models.TextField(blank=True)
    checked_at = models.DateTimeField()
    checked_by_name = models.CharField(max_length=200)

    protection = _STAFF_WRITE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["qualification", "criterion"], name="one_entry_check")
        ]

    def __str__(self) -> str:
        return f"{self.get_criterion_display()}: {self.get_state_display()}"


class Milestone(OfQualification):
    """Something that happened to a qualification and that a person records: QT entry, a checkpoint.

    ``event`` is an event of the timetable or a gate's outcome; taking it back sets ``undone_at``.
    """

    qualification = TenantKey(Qualification, related_name="milestones")
    event = models.CharField(max_length=40)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    body = models.CharField(max_length=10, choices=Body.choices, blank=True)
    note = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_because = models.TextField(blank=True)

    protection = Protection(participant=Rule(ADD, OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["qualification", "event"],
                condition=Q(undone_at=None),
                name="one_milestone_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} of {self.qualification}"
