"""A page of several sections, each a table, facts or the reason why there is nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.ui.blocks import Action, Empty, Fact, Note
from foundation.ui.pages import Head, Table
from foundation.ui.parts import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section: a table with rows, or facts, or the empty state; buttons below."""

    title: str
    meta: Words = ""
    note: Words = ""
    table: Table | None = None
    facts: Sequence[Fact] = ()
    empty: Empty | None = None
    actions: Sequence[Action] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionsPage:
    """``participants/sections.html``."""

    head: Head
    facts: Sequence[Fact] = ()
    sections: Sequence[Section] = ()
    notes: Sequence[Note] = ()
