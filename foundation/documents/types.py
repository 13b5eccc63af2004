"""PURE: which files are taken, told by content and by name alike (ASVS 5.2.2)."""

import io
import zipfile

import puremagic

# Ending -> (media types that its content may show, name for people).
ALLOWED = {
    "pdf": ({"application/pdf"}, "PDF"),
    "png": ({"image/png"}, "PNG picture"),
    "jpg": ({"image/jpeg"}, "JPEG picture"),
    "jpeg": ({"image/jpeg"}, "JPEG picture"),
    "docx": ({"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}, "Word"),
    "xlsx": ({"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}, "Excel"),
    "pptx": (
        {"application/vnd.openxmlformats-officedocument.presentationml.presentation"},
        "PowerPoint",
    ),
    "csv": ({"text/csv"}, "CSV"),
    "txt": ({"text/plain"}, "text"),
    "zip": ({"application/zip"}, "ZIP archive"),
}
_OFFICE_FOLDER = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
MAX_MEMBERS = 1000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100


class Unacceptable(ValueError):
    """The file is not of a kind that is taken; the message says why and what is."""


def ending(name: str) -> str:
    """Return the ending of a file name, lower case, without the dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def media_type(name: str, content: bytes) -> str:
    """Return the media type that the content shows; raise Unacceptable when it may not come in."""
    suffix = ending(name)
    if not content:
        raise Unacceptable(f"{name} is empty.")
    if suffix not in ALLOWED:
        kinds = ", ".join(sorted({label for _, label in ALLOWED.values()}))
        raise Unacceptable(f"{name}: files of this kind are not taken. Send one of: {kinds}.")
    if suffix in {"csv", "txt"}:
        return _text(name, content, suffix)
    if suffix in {"docx", "xlsx", "pptx", "zip"}:
        return _archive(name, content, suffix)
    found = _by_magic(content)
    expected, label = ALLOWED[suffix]
    if found not in expected:
        raise Unacceptable(f"{name} is named .{suffix} but its content is not {label}.")
    return found


def _by_magic(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    try:
        return puremagic.from_string(content[:4096], mime=True)
    except puremagic.PureError:
        return ""


def _text(name: str, content: bytes, suffix: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unacceptable(
            f"{name} is not text in UTF-8. Save it as UTF-8 and try again."
        ) from None
    if "\x00" in text or text.lstrip()[:15].lower().startswith(
        ("<!doctype", "<html", "<svg", "<?xml")
    ):
        raise Unacceptable(f"{name} is named .{suffix} but its content is not plain text.")
    return "text/csv" if suffix == "csv" else "text/plain"


def _archive(name: str, content: bytes, suffix: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError):
        raise Unacceptable(
            f"{name} cannot be opened: it is damaged or not what it is named."
        ) from None
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * len(content):
        raise Unacceptable(f"{name} unpacks to more than is taken. Send its files one by one.")
    names = [member.filename for member in members]
    if suffix == "zip":
        if any(ending(inner) == "zip" for inner in names):
            raise Unacceptable(f"{name} holds a ZIP archive within. Send the inner files instead.")
    elif not any(inner.startswith(_OFFICE_FOLDER[suffix]) for inner in names):
        raise Unacceptable(f"{name} is named .{suffix} but its content is not.")
    elif any(inner.lower().endswith("vbaproject.bin") for inner in names):
        raise Unacceptable(f"{name} holds macros. Save it without macros and try again.")
    return next(iter(ALLOWED[suffix][0]))


def safe_name(name: str) -> str:
    """Return a file name without folders, control characters or direction marks; 200 at most."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    clean = "".join(
        ch for ch in bare if ch.isprintable() and ch not in '<>:"|?*\u202e\u202d'
    ).strip(" .")
    stem, dot, suffix = clean.rpartition(".")
    return f"{stem[:200]}{dot}{suffix[:10]}" if dot else clean[:200] or "file"
