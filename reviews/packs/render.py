"""Printing packs and sheets: plain values in, PDF out; the only importer of WeasyPrint.

The same values give the same bytes. A pack takes seconds and hundreds of megabytes, so it is
printed by a worker, never inside a request.
"""

import gc
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine

from foundation.errors import Refused
from reviews.packs import manifest, outline
from reviews.packs.content import Application, ConfirmationSheet, OpenItem, Pack, QadPrint
from reviews.packs.fetcher import PackagedFiles
from reviews.packs.road import RoadSheet
from reviews.reports import paper
from waves.reports.edition import Edition

Progress = Callable[[int, int], None]

OPEN_ITEMS = 6  # lines of the summary; the rest stand in sections B and D
# Control characters and halves of characters: no typeface draws them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "packs"
_PATIENT = (200_000, 50, 50)  # the collector, during layout: measured 14 to 18 % faster
_PATIENT_UP_TO = 10  # applications; beyond that memory matters more


@dataclass(frozen=True, slots=True)
class RenderedPack:
    """A printed pack with the list of its parts and the seal over that list."""

    pdf: bytes
    manifest: str
    seal: str
    pages: int


@dataclass(frozen=True, slots=True)
class Item:
    """An application as its pages need it."""

    application: Application
    slot: int
    sections: tuple[outline.Section, ...]
    open_items: tuple[OpenItem, ...]
    more_open: int = 0
    tight: bool = False

    @property
    def more_where(self) -> str:
        """Where the open items stand for which the summary has no room."""
        letters = [s.letter for s in self.sections if s.letter in ("B", "D")]
        if not letters:
            return "in the portal"
        return f"in section{'s' if len(letters) > 1 else ''} {' and '.join(letters)}"


def pack_pdf(pack: Pack, progress: Progress | None = None) -> RenderedPack:
    """Print a decision pack; refuse when a summary cannot be brought onto one page."""
    listed = manifest.parts(pack)
    text = manifest.manifest_text(pack, listed)
    seal = manifest.seal_of(text)
    with _unhurried_collector(len(pack.applications)):
        items = _fitted(pack, seal)
        values = {
            "pack": pack,
            "items": items,
            "agenda": _agenda(pack),
            "parts": listed,
            "seal": seal,
        }
        attached = [
            ("manifest.txt", "The list of parts that the seal is taken over", text.encode())
        ]
        attached += [(p.filename, p.title, p.content) for p in listed if p.content]
        with _page_by_page(progress, outline.expected_pages(pack)):
            document = _laid_out("pack.html", values)
        pages = len(document.pages)
        written = _written(document, attached, pack.printed_at)
        del document  # hundreds of megabytes that the last step has no need of
    pdf = _finished(written, is_duplex=True)
    if progress is not None:
        progress(pages, pages)
    return RenderedPack(pdf, text, seal, pages)


def confirmation_pdf(sheet: ConfirmationSheet) -> bytes:
    """Print the Applicant's Confirmation; refuse when it cannot be brought onto one page."""
    for tight in (False, True):
        document = _laid_out("confirmation.html", {"sheet": sheet, "tight": tight})
        if len(document.pages) == 1:
            return _finished(_written(document, [], sheet.signed_at), is_duplex=False)
    raise Refused(
        f"The Applicant's Confirmation of {sheet.applicant} does not fit on one page. "
        "Shorten its statements, then print again."
    )


def qad_pdf(qad: QadPrint) -> bytes:
    """Print a QAD as it was submitted: every answer and the evidence index."""
    document = _laid_out("qad.html", {"qad": qad})
    return _finished(_written(document, [], qad.printed_at), is_duplex=True)


def report_pdf(edition: Edition) -> bytes:
    """Print an edition of a report: its tables on landscape paper."""
    document = _laid_out("report.html", {"edition": edition, "sheets": paper.printed(edition)})
    return _finished(_written(document, [], edition.made_at), is_duplex=False)


def road_pdf(sheet: RoadSheet) -> bytes:
    """Print the road of a qualification; refuse when it cannot be brought onto one page."""
    for tight in ("", "tight", "tight tighter"):
        document = _laid_out("road.html", {"sheet": sheet, "tight": tight})
        if len(document.pages) == 1:
            return _finished(_written(document, [], sheet.printed_at), is_duplex=False)
    raise Refused(f"The road of {sheet.applicant} as {sheet.role} does not fit on one page.")


def html_of(template: str, values: dict[str, Any]) -> str:
    """Return a page as HTML, before layout."""
    context = Context(values, autoescape=True, use_l10n=False, use_tz=False)
    html = _engine().get_template(template).render(context)
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", html)


def new_fetcher() -> Any:
    """Return a fetcher that knows the packaged files only; any other address stops the print."""
    # Heavy: half a second to import, which only a printing worker should pay.
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class PackFetcher(URLFetcher):
        """Reads from memory; has no way to open a connection or a file."""

        def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
            kind, data = _packaged().read(url)
            return URLFetcherResponse(url, body=data, headers={"Content-Type": kind})

    return PackFetcher(
        timeout=2, allowed_protocols=set(), allow_redirects=False, fail_on_errors=True
    )


@cache
def _engine() -> Engine:
    # An engine of its own: no context processors, and a missing value shows in tests.
    return Engine(
        dirs=[_TEMPLATES],
        autoescape=True,
        string_if_invalid="[missing]",
        builtins=[*Engine.default_builtins, "reviews.packs.filters"],
    )


@cache
def _packaged() -> PackagedFiles:
    return PackagedFiles()


def _laid_out(template: str, values: dict[str, Any]) -> Any:
    from weasyprint import HTML  # noqa: PLC0415 (heavy, as above)

    page = HTML(string=html_of(template, values), base_url="pack:", url_fetcher=new_fetcher())
    return page.render(pdf_variant="pdf/ua-1")


def _written(document: Any, attached: Sequence[tuple[str, str, bytes]], moment: datetime) -> bytes:
    """Return the file as WeasyPrint writes it, with every date in it set to one moment."""
    from weasyprint import Attachment  # noqa: PLC0415 (heavy, as above)

    fixed = moment.astimezone(UTC)
    document.metadata.attachments = [
        Attachment(string=data, name=name, description=about, created=fixed, modified=fixed)
        for name, about, data in attached
    ]
    return document.write_pdf(pdf_variant="pdf/ua-1")


def _finished(pdf: bytes, *, is_duplex: bool) -> bytes:
    from reviews.packs.finish import finish  # noqa: PLC0415 (loads pikepdf, a compiled library)

    return finish(pdf, is_duplex=is_duplex)


def _agenda(pack: Pack) -> list[Any]:
    """Return the rows of the cover in the order of their numbers."""
    rows: list[Any] = [{"number": a.number, "application": a} for a in pack.applications]
    return sorted(rows + [_plain_row(item) for item in pack.agenda], key=lambda row: row["number"])


def _plain_row(item: Any) -> dict[str, Any]:
    return {
        "number": item.number,
        "application": None,
        "title": item.title,
        "to_decide": item.to_decide,
        "recommended": item.recommended,
    }


def _item(position: int, application: Application) -> Item:
    every = application.summary.open_items
    return Item(
        application=application,
        slot=outline.slot(position),
        sections=outline.sections(application),
        open_items=every[:OPEN_ITEMS],
        more_open=len(every[OPEN_ITEMS:]),
    )


def _fitted(pack: Pack, seal: str) -> list[Item]:
    """Return the items, each with its summary on one page: tight, then cut, then refused."""
    items = [_item(at, application) for at, application in enumerate(pack.applications)]
    waiting = list(range(len(items)))
    while waiting:
        counts = _summary_pages([items[at] for at in waiting], pack, seal)
        waiting = [at for at, count in zip(waiting, counts, strict=True) if count > 1]
        for at in waiting:
            items[at] = _smaller(items[at])
    return items


def _smaller(item: Item) -> Item:
    if not item.tight:
        return replace(item, tight=True)
    if not item.open_items:
        raise Refused(
            f"The summary of {item.application.name} (item {item.application.number}) does not fit "
            "on one page, although it is set tight and its open items are left out. Shorten the "
            "questions, the conditions or the reasons, then print again."
        )
    kept = item.open_items[: max(len(item.open_items) - 2, 0)]
    cut = len(item.open_items) - len(kept)
    return replace(item, open_items=kept, more_open=item.more_open + cut)


def _summary_pages(items: Sequence[Item], pack: Pack, seal: str) -> list[int]:
    """Return how many pages each summary takes, measured alone: far cheaper than the whole pack."""
    document = _laid_out("summaries.html", {"items": items, "pack": pack, "seal": seal})
    # A section that runs on has its anchor on every page that it reaches.
    return [
        sum(outline.anchor(item.application, "A") in page.anchors for page in document.pages)
        for item in items
    ]


@contextmanager
def _unhurried_collector(applications: int) -> Iterator[None]:
    """Let the garbage collector run seldom while boxes are made by the hundred thousand."""
    before = gc.get_threshold()
    if applications <= _PATIENT_UP_TO:
        gc.set_threshold(*_PATIENT)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _PageCounter(logging.Handler):
    def __init__(self, progress: Progress, expected: int) -> None:
        super().__init__(logging.INFO)
        self.progress, self.expected, self.done = progress, expected, 0

    def emit(self, record: logging.LogRecord) -> None:
        if "Page %d" in str(record.msg):
            self.done = max(self.done, int(record.args[-1]))
            self.progress(min(self.done, self.expected - 1), self.expected)


@contextmanager
def _page_by_page(progress: Progress | None, expected: int) -> Iterator[None]:
    """Report each page that is laid out, as WeasyPrint's own progress log tells it."""
    if progress is None:
        yield
        return
    log = logging.getLogger("weasyprint.progress")
    counter, level, propagate = _PageCounter(progress, expected), log.level, log.propagate
    log.addHandler(counter)
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(counter)
        log.setLevel(level)
        log.propagate = propagate
