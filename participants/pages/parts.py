"""Small parts of a line that only this floor needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join

from foundation.ui.parts import Words, words


@dataclass(frozen=True, slots=True)
class Each:
    """Things of the same weight, one below the other."""

    items: Sequence[Words]

    def __html__(self) -> str:
        return format_html_join("", '<span class="ln">{}</span>', ((words(i),) for i in self.items))
