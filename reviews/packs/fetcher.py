"""The only files that a printed page may draw in: those packaged with the portal, by name.

A page is never given an address it could follow: no http, no file, no data. What is not on the
list stops the print, because a part that silently vanishes from a pack is worse than no pack.
"""

from pathlib import Path

SCHEME = "pack:"
_ROOT = Path(__file__).resolve().parents[2]
_FOLDERS = (_ROOT / "templates" / "packs", _ROOT / "static" / "print-fonts")
_KINDS = {".css": "text/css", ".svg": "image/svg+xml", ".ttf": "font/ttf"}


class NotPackagedError(ValueError):
    """The address is not one of the packaged files."""


class PackagedFiles:
    """The stylesheets, drawings and typefaces of the print, held in memory by name."""

    def __init__(self) -> None:
        self._files = {
            path.name: (_KINDS[path.suffix], path.read_bytes())
            for folder in _FOLDERS
            for path in sorted(folder.iterdir())
            if path.suffix in _KINDS
        }

    def read(self, url: str) -> tuple[str, bytes]:
        """Return the kind and bytes of a packaged file, or raise `NotPackagedError`."""
        name = url.removeprefix(SCHEME)
        if name == url or name not in self._files:
            raise NotPackagedError(f"A printed page may not fetch {url[:80]!r}.")
        return self._files[name]

    def names(self) -> tuple[str, ...]:
        """Return the names that may be fetched."""
        return tuple(self._files)
