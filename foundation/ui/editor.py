"""The editor of one answer: a plain form that saves itself where script runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from foundation.ui.blocks import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """What the editor needs.

    The form posts ``text_name``, ``revision`` and the fields around it to ``save_url``.

    Autosave posts the same form with the header ``X-Autosave: 1`` and expects JSON, status
    200: ``{"revision": 15, "saved_at": "10:42:07"}``; status 409: an HTML fragment (the
    component ``merge``), shown in place of the editor with the reader's words kept; status
    422: ``{"errors": {"field": "sentence"}}`` or an HTML fragment. Anything else, or no
    answer, is said as "Not saved since ..." and tried again.

    ``preview_url`` (POST of the same form) answers with rendered HTML for the Preview tab.
    """

    save_url: str
    text: str
    revision: int
    text_name: str = "text"
    label: str = "Your answer"
    revision_name: str = "revision"
    preview_url: str = ""
    changes: Sequence[Change] = ()
    changes_label: str = "Changes since Initial"
    saved: str = ""
    words: int = 0
    version: str = ""
    people: str = ""
    initials: Sequence[str] = ()
    hint: str = ""
    error: str = ""
    rows: int = 18
    offline_key: str = ""
    hidden: Mapping[str, str] = field(default_factory=dict)

    @property
    def described_by(self) -> str:
        """The ids of hint and error, for assistive technology."""
        return " ".join(
            ident
            for ident, said in (("editor-hint", self.hint), ("editor-error", self.error))
            if said
        )
