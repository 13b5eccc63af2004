"""PURE: what a pack consists of, by hash, and the seal over that list.

A file cannot hold its own hash, so the seal is the SHA-256 of `manifest.txt`, and the manifest
lists the hashes of the pack's content. Each part is attached to the PDF beside the manifest, in
the form of `sha256sum`, so that a reader needs nothing of ours to check it.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from reviews.packs.content import Application, Pack
from reviews.packs.outline import sections


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the pack; `content` is empty for what stands outside it and is only named."""

    part: str
    title: str
    sha256: str
    content: bytes = b""

    @property
    def filename(self) -> str:
        """The name under which the part is attached."""
        return f"{self.part}.json"


def parts(pack: Pack) -> tuple[Part, ...]:
    """Return every part of the pack in order; the copy's number is no part of the content."""
    found = [_part("0", "Cover and agenda", asdict(pack), leave=("applications", "copy"))]
    for application in pack.applications:
        found.extend(_parts_of(application))
    found.extend(Part(source.part, source.title, source.sha256) for source in pack.sources)
    return tuple(found)


def manifest_text(pack: Pack, listed: tuple[Part, ...]) -> str:
    """Return manifest.txt: comments and lines that `sha256sum -c` reads."""
    lines = [
        f"# {_one_line(pack.title)}, {_one_line(pack.board)}, {_one_line(pack.reference)}",
        f"# Sealed {_utc(pack.printed_at)} by {_one_line(pack.sealed_by)}",
        "# The seal is the SHA-256 of this file. To check the parts: sha256sum -c manifest.txt",
    ]
    for part in listed:
        if part.content:
            lines += [
                f"# {part.part} {_one_line(part.title)}",
                f"{part.sha256}  {part.filename}",
            ]
        else:
            lines.append(f"# {part.part} {_one_line(part.title)}, not attached: {part.sha256}")
    return "\n".join(lines) + "\n"


def seal_of(manifest: str) -> str:
    """Return the seal: the SHA-256 of the manifest's text."""
    return hashlib.sha256(manifest.encode()).hexdigest()


def canonical(value: object) -> bytes:
    """Return the one spelling of a plain value that is hashed."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    ).encode()


def _parts_of(application: Application) -> Iterator[Part]:
    own = sections(application)
    number, short = application.number, application.known_as
    yield _part(f"{number}.A", f"{short}, summary", asdict(application), leave=_FIELDS_BEHIND)
    for section in own:
        title = f"{short}, {section.name[:1].lower()}{section.name[1:]}"
        yield _part(f"{number}.{section.letter}", title, asdict(section.content))
    if application.version_hash:
        yield Part(
            f"{number}.V",
            f"{short}, {application.version}, as signed",
            application.version_hash,
        )


_FIELDS_BEHIND = (
    "tests",
    "commitments",
    "findings",
    "answers",
    "evidence",
    "declaration",
)


def _part(part: str, title: str, values: dict, leave: tuple[str, ...] = ()) -> Part:
    content = canonical({key: value for key, value in values.items() if key not in leave})
    return Part(part, title, hashlib.sha256(content).hexdigest(), content)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return _utc(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"A pack holds plain values, not {type(value).__name__}.")


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _one_line(text: str) -> str:
    return " ".join(text.split())
