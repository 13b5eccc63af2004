"""Typed reading of the environment: each setting is read once, here, and missing means refuse."""

import os

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """Return the variable; raise ImproperlyConfigured when it is missing and has no default."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"The environment variable {name} is not set.")
    return value


def flag(name: str, default: bool = False) -> bool:
    """Return whether the variable says yes (1, true, yes, on)."""
    return text(name, "1" if default else "0").strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """Return the comma-separated values of the variable."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
