"""A button or a link that looks like one, as a plain value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from foundation.ui.parts import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A button, or a link that looks like one.

    ``method`` is "get" (a link), "post" (a form of its own around the button) or "submit"
    (a button of the form it stands in). ``kind`` is primary, secondary, quiet or danger.
    With ``reasons`` it is drawn as not possible yet, and the reasons stand beside it.
    ``attrs`` are further attributes, such as ``hx-post``.
    """

    text: str
    url: str = ""
    kind: str = "secondary"
    method: str = "get"
    icon: str = ""
    arrow: bool = False
    name: str = ""
    value: str = ""
    reasons: Sequence[Words] = ()
    small: bool = False
    hidden: Mapping[str, str] = field(default_factory=dict)
    attrs: Mapping[str, str] = field(default_factory=dict)
