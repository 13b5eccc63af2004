"""What WeasyPrint leaves undone in a tagged PDF: scopes, artifacts, print flags, empty tags.

A file joined from two tagged ones loses the second one's tags without a word, so every mark of
every page is looked for in the tree: only running heads may be missing there.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

Claims = dict[tuple[int, int], set[int]]  # page -> the marks on it that elements claim

PRINT = 4  # the flag of an annotation that is printed
RUNNING_HEADS = 10  # marks of heads, foot and tab on a page, some of them in two lines
_DROPPED_WHEN_EMPTY = {"/Span", "/NonStruct", "/Div", "/P", "/Sect"}
# WeasyPrint writes a mark in one form, and text as hexadecimal only, so that this is no text.
_MARK = re.compile(rb"/\w+\s+<<\s*/MCID (\d+)\s*>>\s+BDC")
_ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"


class TagsLostError(RuntimeError):
    """A page holds marks that the structure tree does not know: it could not be read aloud."""


def finish(pdf: bytes, *, is_duplex: bool) -> bytes:
    """Return the file with its tags mended and written so that equal content gives equal bytes."""
    with pikepdf.open(BytesIO(pdf)) as file:
        root = file.Root.StructTreeRoot
        _drop_empty(root.K[0])
        claimed = _mend_elements(file, root)
        _make_artifacts(file, root, claimed)
        _mend_links(file)
        _set_viewer(file, is_duplex)
        written = BytesIO()
        file.save(
            written,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return written.getvalue()


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _elements(element: Any) -> Iterator[Any]:
    """Yield the element and all below it, without recursion: trees are deep."""
    waiting = [element]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(
            kid
            for kid in reversed(_kids(current))
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
        )


def _drop_empty(document: Any) -> None:
    """Take out what holds nothing, from the leaves up."""
    for element in reversed(list(_elements(document))):
        kids = _kids(element)
        kept = [kid for kid in kids if not _is_empty(kid)]
        if len(kept) != len(kids):
            element.K = pikepdf.Array(kept)


def _is_empty(kid: Any) -> bool:
    return (
        isinstance(kid, pikepdf.Dictionary)
        and str(kid.get("/S", "")) in _DROPPED_WHEN_EMPTY
        and not _kids(kid)
    )


def _mend_elements(file: Any, root: Any) -> Claims:
    """Give header cells their scope and index their names; return the marks that elements claim."""
    claimed: Claims = {}
    names: list[tuple[bytes, Any]] = []
    for element in _elements(root.K[0]):
        if str(element.S) == "/TH":
            is_column = str(element.P.P.S) == "/THead"
            attributes = element.get("/A") or pikepdf.Dictionary(O=pikepdf.Name.Table)
            attributes.Scope = pikepdf.Name.Column if is_column else pikepdf.Name.Row
            element.A = attributes
        if "/ID" in element:
            names.append((bytes(element.ID), element))
        if marks := [kid for kid in _kids(element) if isinstance(kid, int)]:
            claimed.setdefault(element.Pg.objgen, set()).update(marks)
    names.sort(key=lambda pair: pair[0])
    pairs = [part for name, element in names for part in (pikepdf.String(name), element)]
    root.IDTree = file.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(pairs)))
    return claimed


def _make_artifacts(file: Any, root: Any, claimed: Claims) -> None:
    """Mark what no element claims, the running heads, as artifacts."""
    numbers = root.ParentTree.Nums
    parents = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    for number, page in enumerate(file.pages, start=1):
        own = claimed.get(page.objgen, set())
        content = page.Contents.read_bytes()
        outside = {int(mark) for mark in _MARK.findall(content)} - own
        if len(outside) > RUNNING_HEADS:
            raise TagsLostError(f"Page {number} has {len(outside)} marks outside the tree.")
        if outside:
            page.Contents = file.make_stream(_without(content, outside))
            for mark in outside:
                parents[int(page.StructParents)][mark] = None


def _without(content: bytes, outside: set[int]) -> bytes:
    return _MARK.sub(lambda mark: _ARTIFACT if int(mark[1]) in outside else mark[0], content)


def _mend_links(file: Any) -> None:
    """Let links be printed, and say where they lead in words."""
    numbers = {page.objgen: number for number, page in enumerate(file.pages, start=1)}
    places = file.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
    pages = {str(places[at]): numbers[places[at + 1][0].objgen] for at in range(0, len(places), 2)}
    for page in file.pages:
        for annotation in page.get("/Annots", []):
            annotation.F = int(annotation.get("/F", 0)) | PRINT
            target = str(annotation.get("/Dest", ""))
            if target in pages:
                annotation.Contents = f"Go to page {pages[target]}"


def _set_viewer(file: Any, is_duplex: bool) -> None:
    viewer = file.Root.ViewerPreferences
    viewer.PrintScaling = pikepdf.Name("/None")  # the margins are meant
    if is_duplex:
        viewer.Duplex = pikepdf.Name.DuplexFlipLongEdge
        file.Root.PageLayout = pikepdf.Name.TwoPageRight
    file.Root.PageMode = pikepdf.Name.UseOutlines
