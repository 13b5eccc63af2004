"""Whether a delegate signs for a role: told by the floor that keeps the letters (R107)."""

from participants.models import Qualification
from submissions.models import Part


def delegate_named(*, qualification: Qualification, signs: bool) -> None:
    """Note on a role part whether a letter of delegated authority is in hand, so that T04 is asked.

    The caller records why; a QAD that nobody has opened has no part to note it on.
    """
    Part.objects.filter(qualification=qualification).update(delegate_signs=signs)
