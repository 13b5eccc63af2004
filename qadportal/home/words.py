"""PURE: counts and names in sentences."""

from collections.abc import Sequence

_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def number(count: int) -> str:
    """Return a small number as a word: "nine"; larger ones as figures."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def counted(count: int, noun: str) -> str:
    """Return "one answer" or "nine answers"."""
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def joined(names: Sequence[str]) -> str:
    """Return "BSC, REC and DIP"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def opened(sentence: str) -> str:
    """Return a sentence with its first letter in capitals."""
    return sentence[:1].upper() + sentence[1:]


def inside(sentence: str) -> str:
    """Return a sentence as it goes on after a colon: "Added MPIDs" -> "added MPIDs"."""
    return sentence[:1].lower() + sentence[1:]
