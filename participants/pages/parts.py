"""Small parts of a line that only this floor needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from foundation.ui.parts import Words, words


@dataclass(frozen=True, slots=True)
class Each:
    """Things of the same weight, one below the other."""

    items: Sequence[Words]

    def __html__(self) -> str:
        return SafeString("".join(f'<span class="ln">{words(item)}</span>' for item in self.items))
