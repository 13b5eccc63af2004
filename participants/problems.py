"""PURE: what a turndown says to a program: an RFC 9457 problem with every reason in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

MEDIA = "application/problem+json"
TYPES = "urn:qad-portal:problem:"
# By status: the last word of the type, the title, and what is said where nothing else is known.
KINDS = {
    400: ("malformed", "Cannot be read", "What was sent cannot be read."),
    401: ("not-signed-in", "Not signed in", "Sign in, or send a token that is in force."),
    403: ("not-allowed", "Not allowed", "You may not do this."),
    404: ("not-found", "Not found", "There is no such thing here."),
    405: ("no-such-method", "No such method", "This address does not take this method."),
    406: ("no-such-form", "No such form", "Answers are JSON, or the file that was asked for."),
    409: ("not-now", "Not now", "This cannot be done now."),
    413: ("too-large", "Too large", "This is more than is taken at once."),
    415: ("unknown-form", "Not in a form that is taken", "Send JSON, or a form with a file."),
    422: ("invalid", "Cannot be taken", "Some of what was sent cannot be taken."),
    429: ("too-often", "Too often", "Wait a little before you ask again."),
    500: (
        "broken",
        "Something broke",
        "Nothing was changed. Try again, or tell the portal's staff.",
    ),
}
Body = dict[str, Any]


def problem(status: int, said: Iterable[str] = (), **more: Any) -> Body:
    """Return the body of a problem: type, title, status, detail, and every reason by itself."""
    kind, title, usual = KINDS.get(status, ("other", "Not done", "This was not done."))
    reasons = [str(each) for each in said] or [usual]
    head = {"type": TYPES + kind, "title": title, "status": status, "detail": " ".join(reasons)}
    return head | {"reasons": reasons} | more


def invalid(problems: Any) -> Body:
    """Return what is wrong with what was sent, by field; "" stands for the whole of it."""
    by_field = fields(problems)
    said = [
        f"{name}: {sentence}" if name else sentence
        for name, sentences in by_field.items()
        for sentence in sentences
    ]
    return problem(422, said, problems=by_field)


def fields(problems: Any) -> dict[str, list[str]]:
    """Return problems by field; a field inside another is named as ``conditions.0.text``."""
    found: dict[str, list[str]] = {}
    for path, sentence in _flat(problems, ()):
        found.setdefault(".".join(path), []).append(sentence)
    return found


def _flat(problems: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(problems, Mapping):
        for name, held in problems.items():
            here = () if name in ("", "non_field_errors") else (str(name),)
            yield from _flat(held, path + here)
    elif isinstance(problems, Sequence) and not isinstance(problems, str):
        for place, held in enumerate(problems):
            # A list of mappings speaks of the members of a list, one after the other.
            here = (str(place),) if isinstance(held, Mapping) else ()
            yield from _flat(held, path + here)
    else:
        yield path, str(problems)
