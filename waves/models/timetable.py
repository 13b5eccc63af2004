"""The timetable in force, those before it, and drafts of the next."""

from django.db import models

from foundation.ids import new_id
from foundation.tenancy import database_roles as roles
from foundation.tenancy.protection import ADD, ALL, CHANGE, READ, Shared
from waves.enums import DraftState

# Everybody reads timetables; planners of the bodies publish them.
PUBLISHED = Shared(dict.fromkeys(roles.ALL_ROLES, READ) | {roles.REVIEWER: ADD, roles.SYSTEM: ALL})
STAFF_ONLY = Shared({roles.REVIEWER: CHANGE, roles.SYSTEM: ALL})


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
    authority = models.CharField(
        max_length=200, blank=True, help_text="Who approved it: a change request, a minute."
    )

    protection = PUBLISHED

    class Meta:
        get_latest_by = "published_at"

    def __str__(self) -> str:
        return f"timetable {self.version}"


class TimetableDraft(models.Model):
    """The next timetable while a planner writes it: a copy of the last one, with its changes.

    ``revision`` rises with every saved change, so that two planners cannot overwrite each other.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=200)
    version = models.CharField(max_length=20)
    based_on = models.ForeignKey(Timetable, models.PROTECT, related_name="drafts")
    status = models.CharField(max_length=12, choices=DraftState.choices, default=DraftState.DRAFT)
    csv = models.TextField()
    header = models.TextField()
    reason = models.TextField(blank=True)
    authority = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)
    drafted_by_name = models.CharField(max_length=200)
    drafted_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published = models.OneToOneField(
        Timetable, models.PROTECT, null=True, blank=True, related_name="draft"
    )

    protection = STAFF_ONLY

    def __str__(self) -> str:
        return f"draft of timetable {self.version}"
