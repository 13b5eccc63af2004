"""Honest and hostile files, made as they are needed (ASVS 5.2, trust: files)."""

import io
import struct
import zipfile
import zlib

from PIL import Image

_OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
EXE = b"MZ\x90\x00" + b"\x00" * 200
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def archive(*members: tuple[str, bytes], compress: bool = True) -> bytes:
    """Return a ZIP archive of these members."""
    kind = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    with io.BytesIO() as out:
        with zipfile.ZipFile(out, "w", kind) as opened:
            for name, content in members:
                opened.writestr(name, content)
        return out.getvalue()


def office(suffix: str, *more: tuple[str, bytes]) -> bytes:
    """Return what an office file looks like from outside."""
    types = ("[Content_Types].xml", b"<Types/>")
    return archive(types, (_OFFICE[suffix], b"<x/>" * 50), *more)


def picture(kind: str) -> bytes:
    """Return a small picture."""
    with io.BytesIO() as out:
        Image.new("RGB", (8, 8), "white").save(out, kind)
        return out.getvalue()


def claims(size: int) -> bytes:
    """Return an archive whose directory claims another size than its member has."""
    content = archive(("big.txt", b"0" * 100), compress=False)
    at = content.rfind(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<L", size) + content[at + 28 :]


HONEST = {
    "report.pdf": (PDF, "application/pdf"),
    "shot.png": (picture("PNG"), "image/png"),
    "photo.jpg": (picture("JPEG"), "image/jpeg"),
    "photo.JPEG": (picture("JPEG"), "image/jpeg"),
    "answer.docx": (
        office("docx"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "defects.xlsx": (
        office("xlsx"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "slides.pptx": (
        office("pptx"),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    "rows.csv": ("id;value\n1;ä\n".encode(), "text/csv"),
    "rows with a mark.csv": (b"\xef\xbb\xbfid,value\n1,2\n", "text/csv"),
    "notes.txt": ("Łódź, Zielińska: 3 < 4\n".encode(), "text/plain"),
    "evidence.zip": (archive(("a.txt", b"a"), ("b/c.pdf", PDF)), "application/zip"),
}
HOSTILE = {
    "empty.pdf": b"",
    "program.exe": EXE,
    "program.pdf": EXE,
    "page.html": HTML,
    "page.txt": HTML,
    "page.csv": b"  \n" + HTML,
    "drawing.svg": SVG,
    "drawing.txt": SVG,
    "drawing.png": SVG,
    "feed.txt": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "script.js": b"alert(1)",
    "shot.png": picture("JPEG"),
    "photo.jpg": PDF,
    "late.pdf": b"junk before it\n" + PDF,
    "report.pdf.exe": PDF,
    "no ending": PDF,
    ".pdf.": PDF,
    "answer.docx": archive(("readme.txt", b"not Word")),
    "sheet.xlsx": office("docx"),
    "macros.docx": office("docx", ("word/vbaProject.bin", b"\x00")),
    "macros.xlsx": office("xlsx", ("xl/VBAPROJECT.BIN", b"\x00")),
    "old.docm": office("docx"),
    "cut.zip": archive(("a.txt", b"a" * 900))[:60],
    "notzip.zip": b"PK\x03\x04 but nothing of it",
    "nested.zip": archive(("inner.zip", archive(("a.txt", b"a")))),
    "bomb.zip": archive(("zeros.txt", b"\x00" * (30 * 1024 * 1024))),
    "lying.zip": claims(3 * 1024 * 1024 * 1024),
    "bomb.docx": office("docx", ("word/media/x.bin", b"\x00" * (30 * 1024 * 1024))),
    "many.zip": archive(*((f"{n}.txt", b"a") for n in range(1001))),
    "null.txt": b"a\x00b",
    "latin.csv": "Größe;1\n".encode("latin-1"),
    "wide.txt": "text".encode("utf-16"),
    "deflated.txt": zlib.compress(b"text" * 100),
}
NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\windows\\report.pdf": "report.pdf",
    "/absolute/report.pdf": "report.pdf",
    "report\u202efdp.exe.pdf": "reportfdp.exe.pdf",
    "two\r\nSet-Cookie: a=b.pdf": "twoSet-Cookie a=b.pdf",
    'quote".pdf': "quote.pdf",
    "null\x00.pdf": "null.pdf",
    "  spaced .pdf": "spaced .pdf",
    "a" * 400 + ".pdf": "a" * 200 + ".pdf",
    "Zielińska – Nachweis.pdf": "Zielińska – Nachweis.pdf",
}
