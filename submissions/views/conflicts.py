"""Gathering base, theirs and yours, where two saves of one answer met."""

from dataclasses import replace

from django.http import QueryDict

from submissions.content import Content
from submissions.forms import content_from
from submissions.merging import merge, shared
from submissions.models import Answer, AnswerRevision, Part
from submissions.presenters.conflict import Conflict
from submissions.services.answering import snapshot
from submissions.template_types import Question
from submissions.views.desks import url_of


def conflict(
    part: Part, asked: Question, mine: Content, seen: int, post: QueryDict | None = None
) -> Conflict:
    """Return base, theirs and yours; the base is the revision seen, or the last kept before it."""
    current = Answer.objects.get(part=part, question=asked.code)
    theirs = content_from(snapshot(current))
    compared = merge(_base(current, seen) or shared(theirs, mine), theirs, mine)
    post = post or QueryDict()
    choices = {
        one.key: post[f"c-{one.key}"] for one in compared.open_choices if post.get(f"c-{one.key}")
    }
    return Conflict(
        question=asked,
        url=url_of(part, asked),
        compared=compared,
        theirs_by=current.updated_by_name,
        theirs_id=current.updated_by_id,
        base_revision=seen,
        revision=current.revision,
        choices=choices,
        asked=post.get("then") in ("show", "save"),
    )


def _base(answer: Answer, seen: int) -> Content | None:
    # Autosaves of one writer within minutes are one row of history, so that the very revision
    # may be gone; an earlier one serves, and where there is none, what the two have in common.
    rows = AnswerRevision.objects.filter(answer=answer, revision__lte=seen)
    kept = rows.order_by("-revision").first()
    if kept is None:
        return None if seen else Content()
    return content_from(kept.content)


def with_text(content: Content, text: str | None) -> Content:
    """Return merged content with the prose as its reader changed it."""
    if text is None:
        return content
    return replace(content, text=text.replace("\r\n", "\n").rstrip("\n"))
