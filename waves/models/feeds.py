"""Private addresses under which a calendar program reads dates."""

from django.db import models

from foundation.ids import new_id
from foundation.tenancy.protection import ALL, CHANGE, MINE, Protection, Rule
from participants.models import Organisation, Person


class CalendarFeed(models.Model):
    """A private, revocable link to a person's dates, of everything or of one organisation.

    The link is shown once and kept as a hash; it reads what its person may read at that moment.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="calendar_feeds")
    about = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    last_read_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    protection = Protection(
        participant=Rule(CHANGE, MINE),
        reviewer=Rule(CHANGE, MINE),
        gate=Rule(CHANGE, MINE),
        login=Rule("SELECT, UPDATE"),
        system=Rule(ALL),
    )

    def __str__(self) -> str:
        return self.name
