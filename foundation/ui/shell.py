"""What stands around every page: the place, the way about, the person and the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from foundation.ui.parts import Link, Status


@dataclass(frozen=True, slots=True)
class Place:
    """The organisation or desk that the reader is in, with a line or two of facts."""

    name: str
    lines: Sequence[str] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, and in which duty."""

    name: str
    duty: str
    account_url: str
    sign_out_url: str
    places_url: str = ""


@dataclass(frozen=True, slots=True)
class NavItem:
    """One line of the rail; ``count`` may be a number or words such as "10 to do".

    ``state`` puts a status shape before the label (the list of a section's questions); ``live``
    names what a save of the page renews in the line: its "shape" or its "ready" count.
    """

    label: str
    url: str
    count: int | str | None = None
    current: bool = False
    state: str = ""
    live: str = ""


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Lines of the rail under one heading, or under none; ``folded`` shows them on a press."""

    heading: str | None
    items: Sequence[NavItem]
    folded: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a folded group stands open: the reader is on one of its pages."""
        return any(item.current for item in self.items)


@dataclass(frozen=True, slots=True)
class Shell:
    """The one variable that ``base.html`` reads.

    ``theme`` is "auto", "light" or "dark"; ``record_face`` is "serif" or "sans";
    ``demo_banner`` is a sentence, shown when the portal's date has been set by hand.
    ``single_keys`` says whether J, K and other letters act (the reader may turn them off).
    """

    place: Place | None
    back: Link | None
    groups: Sequence[NavGroup]
    person: Person | None
    moment: datetime
    demo_banner: str | None = None
    theme: str = "auto"
    record_face: str = "serif"
    home_url: str = "/"
    search_url: str = ""
    demo_url: str = ""
    legend: Sequence[Status] = ()
    presence: Sequence[str] = ()
    single_keys: bool = True
