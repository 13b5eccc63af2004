"""The three ways in which the portal turns something down; pages and API translate them once."""

from collections.abc import Iterable, Mapping


class Denied(Exception):
    """The actor may not do this at all (403)."""

    def __init__(self, reason: str = "You do not have the right to do this.") -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(Exception):
    """It cannot be done now, or was changed meanwhile (409); every reason is given, in words."""

    def __init__(self, reasons: str | Iterable[str], *, detail: Mapping | None = None) -> None:
        self.reasons = (reasons,) if isinstance(reasons, str) else tuple(reasons)
        self.detail = dict(detail or {})  # plain data for the reader, such as both texts
        super().__init__(" ".join(self.reasons))


class Invalid(Exception):
    """What was sent cannot be taken (422); problems are given by field, "" for the whole."""

    def __init__(self, problems: Mapping[str, Iterable[str] | str] | str) -> None:
        if isinstance(problems, str):
            problems = {"": problems}
        self.problems = {
            field: (said,) if isinstance(said, str) else tuple(said)
            for field, said in problems.items()
        }
        super().__init__("; ".join(" ".join(said) for said in self.problems.values()))
