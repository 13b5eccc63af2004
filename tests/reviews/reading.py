"""Reading a printed file back: text, tags, bookmarks, attachments, with pikepdf alone."""

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf

_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


def opened(pdf: bytes) -> pikepdf.Pdf:
    """Return the file, open."""
    return pikepdf.open(BytesIO(pdf))


def texts(pdf: bytes) -> list[str]:
    """Return the text of each page, in the order in which it is drawn."""
    with opened(pdf) as file:
        return [_text(page) for page in file.pages]


def _text(page: pikepdf.Page) -> str:
    maps = {str(name): _characters(font) for name, font in page.Resources.Font.items()}
    font, out = {}, []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            font = maps[str(operands[0])]
        elif str(operator) == "ET":
            out.append("\n")
        elif str(operator) in ("TJ", "Tj"):
            parts = operands[0] if str(operator) == "TJ" else operands
            for part in parts:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    glyphs = (raw[at : at + 2] for at in range(0, len(raw), 2))
                    out += [font.get(int.from_bytes(glyph, "big"), "") for glyph in glyphs]
    return "".join(out)


def _characters(font: pikepdf.Object) -> dict[int, str]:
    pairs = _PAIR.findall(font.ToUnicode.read_bytes())
    return {int(glyph, 16): bytes.fromhex(to.decode()).decode("utf-16-be") for glyph, to in pairs}


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every element of the structure tree."""
    waiting = [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [
            kid for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
        ]


def kids(element: pikepdf.Object) -> list:
    """Return an element's children: elements, marks (numbers) and references."""
    found = element.get("/K")
    if found is None:
        return []
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def pages_with_lost_marks(pdf: bytes) -> list[int]:
    """Return the pages on which a mark is not claimed by the tree, or claimed and not there."""
    with opened(pdf) as file:
        claimed: dict = {}
        for element in elements(file):
            for kid in kids(element):
                if isinstance(kid, int):
                    claimed.setdefault(element.Pg.objgen, set()).add(kid)
        return [
            number
            for number, page in enumerate(file.pages, start=1)
            if _marks(page) != claimed.get(page.objgen, set())
        ]


def _marks(page: pikepdf.Page) -> set[int]:
    return {
        int(operands[1].MCID)
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) == "BDC" and "/MCID" in operands[1]
    }


def bookmarks(pdf: bytes) -> list[tuple[int, str]]:
    """Return depth and title of every bookmark, in order."""
    with opened(pdf) as file, file.open_outline() as outline:
        return list(_titles(outline.root, 1))


def _titles(items: list, depth: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield depth, str(item.title)
        yield from _titles(item.children, depth + 1)


def attachments(pdf: bytes) -> dict[str, bytes]:
    """Return every attached file by name."""
    with opened(pdf) as file:
        return {name: spec.get_file().read_bytes() for name, spec in file.attachments.items()}
