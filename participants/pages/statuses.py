"""PURE: the words of this floor's states, each with its shape."""

from foundation.ui.parts import Status as Shown
from participants.enums import Status

# D.1 state -> key of the look's states, or a bare shape.
KINDS = {
    Status.INITIAL_DRAFT: "draft",
    Status.INITIAL_PART_SUBMITTED: "submitted",
    Status.INITIAL_SUBMITTED: "submitted",
    Status.INITIAL_REVIEW: "initial_under_review",
    Status.INITIAL_REVIEWED: "done",
    Status.FINAL_DRAFT: "draft",
    Status.FINAL_SUBMITTED: "submitted",
    Status.FINAL_REVIEW: "final_under_review",
    Status.FINAL_REOPENED: "draft",
    Status.CONTENT_AGREED: "submitted",
    Status.SIGNED_OFF: "submitted",
    Status.QUALIFIED: "qualified",
    Status.NOT_APPROVED: "refused",
    Status.WITHDRAWN: "not_needed",
}


def qualification_status(status: str, *, tag: bool = False) -> Shown:
    """Return where a qualification stands, in its word and shape."""
    return Shown(Status(status).label, KINDS[Status(status)], tag)


STANDINGS = {
    "is_master_admin": "Master admin",
    "is_author": "author",
    "is_director": "company director",
    "is_delegate": "delegate",
}


def standing(place: object) -> str:
    """Return what a membership or invitation is for: "Master admin and author"."""
    held = [word for flag, word in STANDINGS.items() if getattr(place, flag)]
    if not held:
        return "Nothing"
    text = held[0] if len(held) == 1 else f"{', '.join(held[:-1])} and {held[-1]}"
    return text[0].upper() + text[1:]
