"""What a body wrote on the answers of a part, and on which versions of them."""

from django.db.models import OuterRef, QuerySet, Subquery

from reviews.enums import Side
from reviews.models import Message, Thread


def with_last_word(rows: QuerySet[Thread]) -> QuerySet[Thread]:
    """Return threads with the last version that their body wrote of, as ``spoken``."""
    own = Message.objects.filter(thread=OuterRef("pk"), side=Side.BODY)
    last = own.order_by("-version_number").values("version_number")[:1]
    return rows.annotate(spoken=Subquery(last))
