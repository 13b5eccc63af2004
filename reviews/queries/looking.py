"""What a body wrote on the answers of a part, and on which versions of them."""

from django.db.models import Max

from reviews.enums import Side
from reviews.models import Message
from submissions.models import Part


def spoken(part: Part, body: str) -> list[tuple[str, int]]:
    """Return each question that a body wrote on, with the last version that it wrote of."""
    rows = Message.objects.filter(thread__part=part, side=Side.BODY, body=body).order_by()
    grouped = rows.values("thread__question").annotate(last=Max("version_number"))
    return list(grouped.values_list("thread__question", "last"))
