"""What people send about answers and evidence, made into clean values.

The questionnaire does without Django forms: an answer is one small set of fields, read here by
the kinds that its question takes.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict

from foundation.documents.types import ALLOWED
from foundation.ui.forms import DateField
from submissions.content import MAX_ROWS, Content
from submissions.template_types import Question

MARKS = "marks"
READY, NOT_APPLICABLE, COME_BACK = "ready", "not_applicable", "come_back"
ROWS = "rows"
MAX_BLANK_LINES = 50


def sent_content(question: Question, post: QueryDict) -> Content:
    """Return the content of an answer as its form sent it; nothing is judged yet."""
    marks = post.getlist(MARKS)
    return Content(
        text=plain_lines(post.get("text", "")),
        value=_sent_value(question, post),
        is_not_applicable=NOT_APPLICABLE in marks,
        not_applicable_reason=plain_lines(post.get("not_applicable_reason", "")),
        is_ready=READY in marks,
        come_back=COME_BACK in marks,
    )


def sent_revision(post: QueryDict) -> int:
    """Return the revision that the sender saw; 0 when nothing sensible was sent."""
    given = post.get("revision", "")
    return int(given) if given.isascii() and given.isdigit() else 0


def blank_lines(query: QueryDict) -> int:
    """Return how many empty lines of a table somebody asked for."""
    given = query.get("lines", "")
    return min(int(given), MAX_BLANK_LINES) if given.isascii() and given.isdigit() else 0


def plain_lines(text: str) -> str:
    """Return text with one kind of line end, none at its foot, and without NUL characters."""
    return _storable(text).replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def _storable(text: str) -> str:
    return text.replace("\x00", "")  # PostgreSQL keeps no NUL


def _sent_value(question: Question, post: QueryDict) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind in question.kinds:
        found |= _READERS.get(kind, _nothing)(question, post)
    return found


def _nothing(question: Question, post: QueryDict) -> dict[str, Any]:
    return {}


def _choice(question: Question, post: QueryDict) -> dict[str, Any]:
    return {"choice": post["choice"]} if post.get("choice") else {}


def _choices(question: Question, post: QueryDict) -> dict[str, Any]:
    return {"choices": post.getlist("choices")} if post.getlist("choices") else {}


def _number(question: Question, post: QueryDict) -> dict[str, Any]:
    given = post.get("number", "").replace(",", "").replace(" ", "")
    return {"number": given} if given else {}


def _date(question: Question, post: QueryDict) -> dict[str, Any]:
    day, month, year = (post.get(f"date_{place}", "").strip() for place in range(3))
    if not (day or month or year):
        return {}
    return {"date": f"{year}-{month.zfill(2)}-{day.zfill(2)}"}


def _declared(question: Question, post: QueryDict) -> dict[str, Any]:
    return {"declared": True} if post.get("declared") else {}


def _rows(question: Question, post: QueryDict) -> dict[str, Any]:
    keys = [column.key for column in question.columns]
    numbers = {int(name.split("-")[1]) for name in post if _is_cell(name)}
    rows = []
    for number in sorted(numbers)[: MAX_ROWS + MAX_BLANK_LINES]:
        names = [f"{ROWS}-{number}-{place}" for place in range(len(keys))]
        cells = [_storable(post.get(name, "")).strip() for name in names]
        row = {key: cell for key, cell in zip(keys, cells, strict=True) if cell}
        if row:
            rows.append(row)
    return {"rows": rows} if rows else {}


def _is_cell(name: str) -> bool:
    parts = name.split("-")
    return (
        parts[0] == ROWS and len(parts) == 3 and all(p.isascii() and p.isdigit() for p in parts[1:])
    )


_READERS = {
    "CHOICE": _choice,
    "MULTI_CHOICE": _choices,
    "NUMBER": _number,
    "DATE": _date,
    "DECLARATION": _declared,
    "TABLE": _rows,
}


def content_from(data: Mapping[str, Any]) -> Content:
    """Return content from plain data, such as a kept revision or a merge under way."""
    value = data.get("value")
    return Content(
        text=_storable(str(data.get("text", ""))),
        value=_shaped(value) if isinstance(value, Mapping) else {},
        is_not_applicable=bool(data.get("is_not_applicable")),
        not_applicable_reason=_storable(str(data.get("not_applicable_reason", ""))),
        is_ready=bool(data.get("is_ready")),
        come_back=bool(data.get("come_back")),
    )


def _shaped(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a value whose parts have the shape of their kind, whatever was sent as them."""
    shapes = {"choice": str, "date": str, "declared": bool, "choices": _texts, "rows": _lines}
    return {str(key): shapes.get(key, _plain)(given) for key, given in value.items()}


def _plain(given: Any) -> Any:
    return given if isinstance(given, int | float) else _storable(str(given))


def _texts(given: Any) -> list[str]:
    return [_storable(str(each)) for each in given] if isinstance(given, list) else []


def _lines(given: Any) -> list[dict[str, str]]:
    rows = given if isinstance(given, list) else []
    return [
        {str(key): _storable(str(cell)) for key, cell in row.items()}
        for row in rows
        if isinstance(row, Mapping)
    ]


ACCEPT = ",".join(f".{ending}" for ending in ALLOWED)


class FileForm(forms.Form):
    """A file as evidence."""

    file = forms.FileField(
        label="File",
        max_length=255,
        help_text="PDF, Word, Excel, PowerPoint, CSV, text, pictures or a ZIP archive of them.",
        widget=forms.FileInput({"accept": ACCEPT}),
    )
    title = forms.CharField(
        label="Title",
        max_length=200,
        required=False,
        help_text="How it stands in the evidence index. Left empty, the file's own name is taken.",
    )

    def clean_file(self):
        """Refuse what is too large before it is read."""
        given = self.cleaned_data["file"]
        if given.size > settings.EVIDENCE_MAX_BYTES:
            limit = settings.EVIDENCE_MAX_BYTES // (1024 * 1024)
            raise forms.ValidationError(
                f"{given.name} is larger than {limit} MB. Send it in parts."
            )
        return given


class ReplacementForm(FileForm):
    """A new version of a file; its title follows it."""

    title = None


class ReferenceForm(forms.Form):
    """Evidence that stays where it is, such as in the test tool (R74)."""

    tool = forms.CharField(
        label="Tool", max_length=80, help_text="The tool or store that holds it, such as ADO."
    )
    identifier = forms.CharField(
        label="Identifier",
        max_length=120,
        help_text="By which it is found there, such as QT-S-0417.",
    )
    title = forms.CharField(
        label="Title", max_length=200, required=False, help_text="What it shows, in a few words."
    )
    link = forms.URLField(
        label="Link",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="If it has an address; it has to start with https://.",
    )
    as_of = DateField(label="As of", help_text="The day on which its state was as you cite it.")
