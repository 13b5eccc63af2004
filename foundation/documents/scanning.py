"""Asking a ClamAV daemon about a file (INSTREAM); without one, files are honestly "not scanned"."""

import socket
import struct

from django.conf import settings

from foundation.documents.models import ScanState

_CHUNK = 64 * 1024


def scan(content: bytes) -> str:
    """Return the scan state of the content; PENDING when the scanner does not answer."""
    if not settings.SCANNER_ADDRESS:
        return ScanState.UNSCANNED
    host, _, port = settings.SCANNER_ADDRESS.rpartition(":")
    try:
        answer = _ask(host, int(port), content)
    except OSError:
        return ScanState.PENDING  # kept for its author, closed to others until scanned
    return ScanState.CLEAN if answer.endswith("OK") else ScanState.BLOCKED


def _ask(host: str, port: int, content: bytes) -> str:
    with socket.create_connection((host, port), timeout=20) as wire:
        wire.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _CHUNK):
            piece = content[start : start + _CHUNK]
            wire.sendall(struct.pack("!L", len(piece)) + piece)
        wire.sendall(struct.pack("!L", 0))
        return wire.recv(4096).decode(errors="replace").strip("\0\r\n ")
