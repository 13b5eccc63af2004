"""Checking a paper: whether the portal keeps it as it is, and whether it still holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import BaseForm

from foundation.clock.words import instant
from foundation.ui.blocks import Action
from foundation.ui.pages import Column, FormPage, Head, Row, Table
from foundation.ui.parts import Lines, Status, Words
from participants.access.addresses import address
from reviews.queries.verifying import Known

KINDS = {
    "pack": "Decision pack",
    "seal": "Seal of a decision pack",
    "signature": "What was signed",
    "sheet": "Applicant’s Confirmation",
    "letter": "Letter of delegated authority",
    "version": "Submitted version",
    "evidence": "Evidence",
    "file": "File",
}
# What a later event takes from each: a pack or a version stays what it was, a signature falls.
_FELL = {"pack": "Not the newest", "seal": "Not the newest", "version": "Not the newest"}
_OWN = {"pack": "Your body", "seal": "Your body", "file": "Your organisation"}
_LEAD = (
    "Papers that leave the portal can come back changed. Give one here, and the portal says whether"
    " it is, byte for byte, what it keeps, and whether it still holds."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyPage(FormPage):
    """``reviews/verify.html``: the form, and above it what was found."""

    asked: str = ""
    result: Table | None = None
    unknown: str = ""


def verify_page(form: BaseForm, sha256: str, found: Sequence[Known]) -> VerifyPage:
    """Return the page; before anything is asked ``sha256`` is empty."""
    return VerifyPage(
        head=_head(sha256, found),
        form=form,
        multipart=True,
        submit=Action(text="Check it", kind="primary", method="submit"),
        asked=sha256,
        result=_table(found) if found else None,
        unknown=_UNKNOWN if sha256 and not found else "",
    )


_UNKNOWN = (
    "It may have been changed since it left the portal, if only by saving it again in another"
    " program; it may never have been here; or it is not yours to read. The portal does not say"
    " which."
)


def _head(sha256: str, found: Sequence[Known]) -> Head:
    if not sha256:
        return Head(title="Is this paper what the portal keeps?", lead=_LEAD, browser_title="Check")
    if not found:
        title, kicker = "The portal knows nothing of this.", Status("Not known", "octagon")
    elif all(each.fell_at for each in found):
        title, kicker = "It is genuine, but it was overtaken.", Status("Genuine", "waiting")
    else:
        title, kicker = "It is what the portal keeps.", Status("Genuine", "check")
    return Head(
        title=title, lead=f"SHA-256 {grouped(sha256)}", kicker=kicker, browser_title="Check a paper"
    )


def grouped(sha256: str) -> str:
    """Return a hash in groups, so that it is read, compared and wrapped on a narrow screen."""
    return " ".join(sha256[at : at + 16] for at in range(0, len(sha256), 16))


def _table(found: Sequence[Known]) -> Table:
    return Table(
        caption="What it is",
        columns=[
            Column(label="What"),
            Column(label="Of"),
            Column(label="Made"),
            Column(label="Today"),
        ],
        rows=[_row(each) for each in found],
    )


def _row(one: Known) -> Row:
    return Row(
        cells=[
            Lines([KINDS[one.kind], one.title]),
            one.of or _OWN[one.kind],
            Lines([instant(one.at), *([f"by {one.by}"] if one.by else [])]),
            standing(one),
        ],
        url=_url(one),
    )


def standing(one: Known) -> Words:
    """Return whether something still holds, and since when and why it does not."""
    if one.fell_at is None:
        return Status("Stands", "check")
    fell = Status(_FELL.get(one.kind, "Void"), "octagon" if one.kind not in _FELL else "waiting")
    return Lines([fell, f"{instant(one.fell_at)}. {one.because}"])


def _url(one: Known) -> str:
    if one.kind in ("pack", "seal"):
        return address("reviews:pack", one.subject_id)
    if one.kind in ("signature", "sheet"):
        return address("reviews:sign_off_of", one.slug, one.subject_id)
    return address("reviews:letter", one.slug, one.subject_id) if one.kind == "letter" else ""
