"""How far the portal's time stands from the database's; one row, movable in a demonstration."""

from django.db import models


class PortalTime(models.Model):
    """The offset that is added to the database's clock; absent or zero in production."""

    only = models.BooleanField(primary_key=True, default=True)
    offset = models.DurationField()
    set_by_name = models.CharField(max_length=200)
    set_at = models.DateTimeField(help_text="True time of the last change.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(only=True), name="one_portal_time")
        ]

    def __str__(self) -> str:
        return f"portal time {self.offset} from the database's"
