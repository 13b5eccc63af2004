"""PURE: counts and names as sentences say them."""

from collections.abc import Sequence

_NUMBERS = (
    *("none", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def number(count: int) -> str:
    """Return a number as a word as far as twelve, "none" for nothing; larger ones as figures."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def counted(count: int, noun: str) -> str:
    """Return "one answer", "nine answers" or "no answers"."""
    return f"{number(count) if count else 'no'} {noun}{'' if count == 1 else 's'}"


def joined(names: Sequence[str]) -> str:
    """Return names in a row: "BSC, REC and DIP"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def opened(sentence: str) -> str:
    """Return a sentence with a capital at its beginning, and nothing else changed."""
    return sentence[:1].upper() + sentence[1:]


def inside(sentence: str) -> str:
    """Return a sentence as it goes on after a colon: "Added MPIDs" -> "added MPIDs"."""
    return sentence[:1].lower() + sentence[1:]
