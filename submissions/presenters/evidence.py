"""Evidence as its lists show it: what it is, who added it, its state and its hash."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.clock.words import day, short_day
from foundation.documents.models import ScanState, StoredFile
from foundation.ui.blocks import Action
from foundation.ui.blocks import Evidence as Shown
from foundation.ui.parts import Status
from submissions.models import Evidence
from submissions.presenters import addresses

_SCANNED = {
    ScanState.PENDING: Status("", "scanning"),
    ScanState.CLEAN: Status("Scanned, nothing found", "check"),
    ScanState.BLOCKED: Status("Blocked by the scanner", "refused"),
    ScanState.UNSCANNED: Status("Not scanned", "ring"),
}


def size_in_words(size: int) -> str:
    """Return "412 kB" or "1.1 MB"."""
    if size < 1000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{size / 1000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB"


def short_hash(sha256: str) -> str:
    """Return the first digits of a hash, in groups of four."""
    return f"{sha256[:4]} {sha256[4:8]} {sha256[8:12]}"


@dataclass(frozen=True, slots=True)
class Hash:
    """A whole SHA-256: it may break over lines, and copies without a gap."""

    sha256: str

    def __html__(self) -> str:
        groups = ((self.sha256[at : at + 8],) for at in range(0, len(self.sha256), 8))
        return format_html(
            '<span class="id">{}</span>', format_html_join(SafeString("<wbr>"), "{}", groups)
        )


def scan_status(stored: StoredFile) -> Status:
    """Return what the scanner says of a file."""
    return _SCANNED[ScanState(stored.scan_state)]


def item(
    one: Evidence, slug: str, *, actions: Sequence[Action] = (), is_new: bool = False
) -> Shown:
    """Return one piece of evidence as a line of a list."""
    if one.file is None:
        return _reference(one, actions, is_new)
    stored = one.file
    note = [
        f"{size_in_words(stored.size)}, added by {one.added_by_name} {short_day(one.added_at)}",
        f", version {one.version}" if one.version > 1 else "",
        f", SHA-256 {short_hash(stored.sha256)}",
    ]
    settled = stored.scan_state in (ScanState.CLEAN, ScanState.UNSCANNED)
    status = Status("New since Initial", "new") if is_new and settled else scan_status(stored)
    is_open = stored.scan_state != ScanState.BLOCKED
    return Shown(
        name=one.title,
        url=addresses.stored_file(slug, stored.pk) if is_open else "",
        note="".join(note),
        status=status,
        actions=actions,
    )


def _reference(one: Evidence, actions: Sequence[Action], is_new: bool) -> Shown:
    where = " ".join(piece for piece in (one.tool, one.identifier) if piece)
    name = one.title if one.title == where else f"{where}: {one.title}"
    as_of = f"As of {day(one.as_of)}" if one.as_of else ""
    return Shown(
        name=name,
        url=one.link,
        note="Reference only. The evidence stays where it is (QA&P 10.2).",
        status=Status(
            f"{as_of}, new since Initial" if is_new else as_of, "new" if is_new else "done"
        ),
        reference=True,
        actions=actions,
    )


def frozen_item(held: Mapping[str, Any], slug: str) -> Shown:
    """Return one piece of evidence as a version holds it."""
    if held["kind"] == "REFERENCE":
        where = " ".join(piece for piece in (held["tool"], held["identifier"]) if piece)
        return Shown(
            name=where if held["title"] == where else f"{where}: {held['title']}",
            url=held["link"],
            note=f"Reference, as of {held['as_of']}",
            reference=True,
        )
    return Shown(
        name=held["title"],
        url=addresses.stored_file(slug, held["file"]),
        note=f"{size_in_words(held['size'])}, version {held['version']},"
        f" SHA-256 {short_hash(held['sha256'])}",
    )


def own_items(
    pieces: Iterable[Evidence], slug: str, place: str, seen: set[tuple], may_write: bool
) -> list[Shown]:
    """Return the evidence of an answer, with the ways to replace it or take it away.

    ``seen`` holds (id, version) of what went in with the Initial; empty while there was none.
    """
    return [
        item(
            one,
            slug,
            actions=_ways(one, place) if may_write else (),
            is_new=bool(seen) and (str(one.pk), one.version) not in seen,
        )
        for one in pieces
    ]


def _ways(one: Evidence, place: str) -> list[Action]:
    remove = Action(
        text="Take away",
        url=f"{place}evidence/{one.pk}/remove/",
        method="post",
        kind="quiet",
        small=True,
    )
    if one.file is None:
        return [remove]
    replace = Action(
        text="Replace", url=f"{place}evidence/{one.pk}/replace/", kind="quiet", small=True
    )
    return [replace, remove]
