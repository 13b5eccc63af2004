"""Places in the four waves: asked for, indicated, allocated, moved (QA&P 9.3.2, domain D.8)."""

from django.db import models

from foundation.ids import new_id
from foundation.tenancy.protection import CHANGE, OWN, Protection, Rule, TenantKey
from participants.enums import Route
from participants.models import Organisation, Qualification
from waves.enums import Judgement, PlaceNoteKind, PlaceState, ScenarioState
from waves.models.testing import OfQualification
from waves.models.timetable import STAFF_ONLY


class WaveCapacity(models.Model):
    """What a wave can take, in places and in reviewer-weeks of each body; soft (R36)."""

    route = models.CharField(primary_key=True, max_length=20, choices=Route.choices)
    places = models.PositiveIntegerField()
    reviewer_weeks = models.JSONField(default=dict, help_text="Body -> reviewer-weeks.")
    note = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    changed_by_name = models.CharField(max_length=200)

    protection = STAFF_ONLY

    def __str__(self) -> str:
        return f"capacity of {self.get_route_display()}"


class Place(OfQualification):
    """A qualification's place in a wave; the wave it holds is the qualification's route.

    ``wanted`` is another wave that it waits for, is offered, asks for or would be moved to.
    """

    qualification = TenantKey(Qualification, related_name="places")
    status = models.CharField(
        max_length=24, choices=PlaceState.choices, default=PlaceState.REQUESTED
    )
    status_since = models.DateTimeField()
    requested = models.CharField(max_length=20, choices=Route.choices)
    indicated = models.CharField(max_length=20, choices=Route.choices, blank=True)
    wanted = models.CharField(max_length=20, choices=Route.choices, blank=True)
    because = models.TextField(blank=True, help_text="Why it is wanted, in its asker's words.")
    offer_until = models.DateField(null=True, blank=True)
    is_at_risk = models.BooleanField(default=False)
    weight = models.PositiveSmallIntegerField(
        default=1, help_text="Reviewer-weeks that each body needs for it."
    )

    protection = Protection(
        participant=Rule(CHANGE, OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE)
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["qualification"], name="one_place_a_qualification")
        ]

    def __str__(self) -> str:
        return f"place of {self.qualification}"


class PlaceNote(OfQualification):
    """The ledger of a place: moves, checkpoint judgements, engagement; rows are only added.

    ``is_shared`` rows are read by the organisation; the others stay with the bodies.
    """

    place = TenantKey(Place, related_name="notes")
    kind = models.CharField(max_length=12, choices=PlaceNoteKind.choices)
    judgement = models.CharField(max_length=6, choices=Judgement.choices, blank=True)
    text = models.TextField(blank=True)
    from_route = models.CharField(max_length=20, choices=Route.choices, blank=True)
    to_route = models.CharField(max_length=20, choices=Route.choices, blank=True)
    is_shared = models.BooleanField(default=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    protection = Protection(
        participant=Rule("SELECT, INSERT", f"{OWN} AND is_shared"),
        reviewer=Rule("SELECT, INSERT"),
        system=Rule(CHANGE),
    )

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.place}"

    @property
    def role(self) -> str:
        return self.place.role


class Scenario(models.Model):
    """A what-if copy of the wave board; it changes nothing until it is applied.

    ``moves`` maps a place to the wave that it would take; ``capacity`` overrides what waves take.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    status = models.CharField(
        max_length=10, choices=ScenarioState.choices, default=ScenarioState.OPEN
    )
    moves = models.JSONField(default=dict)
    capacity = models.JSONField(default=dict)
    explanation = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_name = models.CharField(max_length=200, blank=True)

    protection = STAFF_ONLY

    def __str__(self) -> str:
        return self.title


class Dependant(OfQualification):
    """Whom to look at again because somebody they rely on moved; for the bodies alone (R34)."""

    qualification = TenantKey(Qualification, related_name="flags")
    cause = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField()
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_name = models.CharField(max_length=200, blank=True)
    settled_note = models.TextField(blank=True)

    protection = Protection(reviewer=Rule(CHANGE), system=Rule(CHANGE))

    def __str__(self) -> str:
        return f"{self.qualification}, to look at again"  # its own history reads this: no name
