"""Addresses of pages that may stand on a higher floor: by name, never by import."""

from functools import lru_cache

from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse


def address(name: str, *args: object) -> str:
    """Return the address of a page, or "" where no such page is built."""
    return _address(name, args, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=10_000)  # a list asks for a hundred of them, the same ones again and again
def _address(name: str, args: tuple, urlconf: str | None, prefix: str) -> str:
    """Kept for the table of addresses and the prefix that ``reverse`` looks them up under."""
    try:
        return reverse(name, args=args, urlconf=urlconf)
    except NoReverseMatch:
        return ""
