"""Addresses of pages that may stand on a higher floor: by name, never by import."""

from django.urls import NoReverseMatch, reverse


def address(name: str, *args: object) -> str:
    """Return the address of a page, or "" where no such page is built."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
