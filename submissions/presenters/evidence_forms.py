"""The pages on which evidence is added to an answer, and chosen from the library."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.http import Http404

from foundation.clock.words import short_day
from foundation.ui.blocks import Action, Note, Pagination
from foundation.ui.fields import CheckboxesField, Choice, TextField
from foundation.ui.pages import FormPage, Head
from foundation.ui.parts import Link
from submissions.models import Evidence
from submissions.presenters.evidence import size_in_words
from submissions.template_types import Question


def _page(
    asked: Question, url: str, form: BaseForm, title: str, button: str, lead: str, multipart: bool
) -> FormPage:
    return FormPage(
        head=Head(
            title=title,
            lead=lead,
            crumbs=[Link(f"{asked.code} {asked.title}", url), Link("Evidence")],
        ),
        form=form,
        submit=Action(text=button, kind="primary", method="submit"),
        cancel=Link("Cancel", f"{url}#evidence"),
        multipart=multipart,
    )


def file_form(asked: Question, url: str, form: BaseForm) -> FormPage:
    """Return the form that adds a file."""
    lead = f"For {asked.code}. The bodies see it once you submit; its bytes are never changed."
    return _page(asked, url, form, "Add a file", "Add it", lead, True)


def reference_form(asked: Question, url: str, form: BaseForm) -> FormPage:
    """Return the form that points to evidence elsewhere."""
    lead = "For evidence that stays where it is, such as a test run. Nothing is copied (QA&P 10.2)."
    return _page(asked, url, form, "Point to a test or link", "Add it", lead, False)


def replacement_form(asked: Question, url: str, form: BaseForm, *, piece: Evidence) -> FormPage:
    """Return the form that puts a new version in place of a file."""
    lead = (
        f"{piece.title} becomes version {piece.version + 1} everywhere it is cited. What was"
        " submitted keeps the version that it was submitted with."
    )
    return _page(asked, url, form, "Replace the file", "Replace it", lead, True)


def sent_ids(texts: Iterable[str]) -> list[UUID]:
    """Return the ids that were sent, or 404."""
    try:
        return [UUID(text) for text in texts]
    except ValueError:
        raise Http404 from None


def narrowed(rows: QuerySet[Evidence], text: str) -> QuerySet[Evidence]:
    """Return the pieces whose title, tool or identifier holds the text."""
    rows = rows.filter(withdrawn_at=None)
    if not text:
        return rows
    return rows.filter(
        Q(title__icontains=text) | Q(tool__icontains=text) | Q(identifier__icontains=text)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryChoice:
    """``submissions/library_choice.html``: the form, a search above it and the pages below."""

    page: FormPage
    search: TextField
    pagination: Pagination | None = None


def library_choice(
    asked: Question,
    url: str,
    rows: Sequence[Evidence],
    pagination: Pagination | None,
    *,
    text: str,
    error: str = "",
) -> LibraryChoice:
    """Return the library to choose from, without what the answer cites already."""
    field = CheckboxesField(
        name="evidence",
        label="Choose one or more",
        error=error,
        choices=[_choice(one) for one in rows],
    )
    found = "Nothing is found." if text else "Nothing else is in the library."
    page = FormPage(
        head=Head(
            title=f"Cite evidence in {asked.code}",
            lead="One file may support several answers; it is stored once.",
            crumbs=[Link(f"{asked.code} {asked.title}", url), Link("Evidence library")],
        ),
        fields=[field] if rows else [],
        before="" if rows else found,
        errors=[Link(error, "#id_evidence")] if error else [],
        submit=Action(text="Cite what I chose", kind="primary", method="submit"),
        cancel=Link("Cancel", f"{url}#evidence"),
    )
    search = TextField(name="q", label="Find evidence", value=text)
    return LibraryChoice(page=page, search=search, pagination=pagination)


def _choice(one: Evidence) -> Choice:
    kind = size_in_words(one.file.size) if one.file else f"Reference, {one.tool} {one.identifier}"
    cited = ", ".join(sorted({use.question for use in one.uses.all()}))
    where = f", cited in {cited}" if cited else ""
    hint = f"{kind}, added by {one.added_by_name} {short_day(one.added_at)}{where}"
    return Choice(value=str(one.pk), label=one.title, hint=hint)


def removed_note(piece: Evidence, asked: Question, url: str) -> Note:
    """Return the message after taking a piece away, with the way to put it back."""
    return Note(
        lead=f"{piece.title} was taken away from {asked.code}.",
        text="It stays in the library.",
        action=Action(
            text="Put it back",
            url=f"{url}evidence/library/",
            method="post",
            hidden={"evidence": str(piece.pk)},
        ),
    )
