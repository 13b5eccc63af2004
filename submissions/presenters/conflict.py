"""Two texts of one answer: what fitted together by itself, what is to be chosen, and the result."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from foundation.ui.blocks import Action, Merge, MergeRow, MergeSide, Run
from foundation.ui.parts import Status
from submissions.comparing import runs
from submissions.content import Content
from submissions.merging import ANEW, BOTH, CHOICE, THEIRS, YOURS, Difference, result
from submissions.merging import Merge as Compared
from submissions.presenters.states import count_of
from submissions.presenters.words import value_text
from submissions.template_types import Question

_PLACES = {
    "is_not_applicable": "Not applicable",
    "not_applicable_reason": "Why it does not apply",
    "is_ready": "Ready",
    "come_back": "Come back to this",
    "value.choice": "The choice",
    "value.choices": "The choices",
    "value.number": "The number",
    "value.date": "The date",
    "value.rows": "The table",
    "value.declared": "The declaration",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What the merge page is made of."""

    question: Question
    url: str
    compared: Compared
    theirs_by: str
    base_revision: int
    revision: int  # theirs: the one that a save now answers
    theirs_id: UUID | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    asked: bool = False  # the result was asked for
    text: str | None = None  # the result as its reader changed it

    @property
    def merged(self) -> Content | None:
        """The result, or None while something is to be chosen."""
        return result(self.compared, self.choices)


def merge_of(conflict: Conflict, reader: UUID | None = None) -> Merge:
    """Return the component: rows first, then the answer as it will be saved.

    Who meets a save of its own reads of the other window, not of somebody with the same name.
    """
    merged = conflict.merged
    own = reader is not None and reader == conflict.theirs_id
    first = "the other window" if own else conflict.theirs_by.split()[0]
    text = conflict.text if conflict.text is not None else (merged.text if merged else "")
    return Merge(
        title=f"{'You, in another window,' if own else first} changed this answer too",
        lead=_lead(conflict),
        rows=[_row(conflict, one, first) for one in conflict.compared.differences],
        base_label=f"revision {conflict.base_revision}" if conflict.base_revision else "blank",
        theirs_label=f"{conflict.theirs_by}, revision {conflict.revision}",
        yours_label="not saved yet",
        theirs_name=f"{first[:1].upper()}{first[1:]}’s",
        post_url=f"{conflict.url}merge/",
        hidden=_hidden(conflict),
        summary=_summary(conflict),
        summary_note="Saved texts stay in the history, whatever you choose.",
        result=_shown(conflict, merged),
        result_text=text if merged else "",
        result_note=f"Revision {conflict.revision + 1}" if merged else _to_choose(conflict),
        actions=_actions(conflict, merged),
    )


def _lead(conflict: Conflict) -> str:
    count = len(conflict.compared.differences)
    pending = len(conflict.compared.open_choices)
    saved = f"{conflict.theirs_by} saved revision {conflict.revision} while you were writing."
    if not count:
        return f"{saved} Nothing is lost: the two differ in their spacing alone."
    if not pending:
        fit = "the change fits" if count == 1 else f"all {count} changes fit"
        return f"{saved} Nothing is lost: {fit} together."
    need = "one needs" if pending == 1 else f"{pending} need"
    if pending == count:
        return f"{saved} Nothing is lost: {need} your choice."
    return (
        f"{saved} Nothing is lost: {count - pending} of {count_of(count, 'change')} fit together,"
        f" and {need} your choice."
    )


def _to_choose(conflict: Conflict) -> str:
    missing = [one for one in conflict.compared.open_choices if not conflict.choices.get(one.key)]
    if conflict.asked and missing:
        return f"Choose first: {count_of(len(missing), 'place')} not chosen yet"
    return "It is shown here once you have chosen"


def _summary(conflict: Conflict) -> list[Status]:
    pending = conflict.compared.open_choices
    settled = len(conflict.compared.differences) - len(pending)
    said = [Status(f"{settled} merged for you", "check")] if settled else []
    if pending:
        chosen = sum(bool(conflict.choices.get(one.key)) for one in pending)
        done = chosen == len(pending)
        word = f"{chosen} of {len(pending)} chosen by you"
        said.append(Status(word, "half" if done else "your_move"))
    return said


def _hidden(conflict: Conflict) -> dict[str, str]:
    return {
        "mine": json.dumps(asdict(conflict.compared.yours), ensure_ascii=False),
        "base": str(conflict.base_revision),
        "revision": str(conflict.revision),
        "shown": _fingerprint(conflict.choices) if conflict.merged else "",
    }


def _fingerprint(choices: Mapping[str, str]) -> str:
    return ";".join(f"{key}={choices[key]}" for key in sorted(choices))


def is_shown(choices: Mapping[str, str], fingerprint: str) -> bool:
    """Return whether the result that the reader saw came from these very choices."""
    return _fingerprint(choices) == fingerprint


def _actions(conflict: Conflict, merged: Content | None) -> list[Action]:
    show = Action(
        text="Show the answer as it will be saved", method="submit", name="then", value="show"
    )
    leave = Action(
        text=f"Leave revision {conflict.revision} as it is", url=conflict.url, kind="quiet"
    )
    if merged is None:
        return [show, leave]
    save = Action(
        text=f"Save as revision {conflict.revision + 1}",
        kind="primary",
        method="submit",
        name="then",
        value="save",
    )
    again = [show] if conflict.compared.open_choices else []
    return [save, *again, leave]


def _shown(conflict: Conflict, merged: Content | None) -> list[Run]:
    # Where there is no prose to change by hand, the rows say it all.
    if merged is None or merged.text:
        return []
    return [Run(kind="same", text="As the rows above say.")]


def _row(conflict: Conflict, one: Difference, first: str) -> MergeRow:
    base, theirs, yours = (
        _words(conflict.question, one, side) for side in (one.base, one.theirs, one.yours)
    )
    place = "" if one.is_text else _PLACES.get(one.key, one.key)
    if one.kind != CHOICE:
        return MergeRow(
            status=Status(_settled_word(one.kind, first), "check"),
            note=" ".join(piece for piece in (_why(one.kind, first), place) if piece),
            base=base or "Nothing",
            theirs=_runs(one, base, theirs) if one.kind in (THEIRS, BOTH) else (),
            yours=_runs(one, base, yours) if one.kind in (YOURS, BOTH) else (),
        )
    name = f"c-{one.key}"
    chosen = conflict.choices.get(one.key)
    return MergeRow(
        status=Status("Your choice", "your_move"),
        note=" ".join(piece for piece in ("Both changed it.", place) if piece),
        base=base or "Nothing",
        name=name,
        sides=[
            _side(_runs(one, base, theirs), THEIRS, f"Keep {first}’s", chosen),
            _side(_runs(one, base, yours), YOURS, "Keep mine", chosen),
        ],
        anew=_side((), ANEW, "Write it anew, starting from both", chosen) if one.is_text else None,
    )


def _runs(one: Difference, before: str, after: str) -> list[Run]:
    if one.is_text:
        return runs(before, after)
    return [Run(kind="ins", text=after)] if after else [Run(kind="del", text=before)]


def _side(shown: Any, value: str, label: str, chosen: str | None) -> MergeSide:
    return MergeSide(runs=shown, value=value, label=label, chosen=chosen == value)


def _settled_word(kind: str, first: str) -> str:
    theirs = f"{first[:1].upper()}{first[1:]}’s taken"
    return {THEIRS: theirs, YOURS: "Yours taken", BOTH: "Same change"}[kind]


def _why(kind: str, first: str) -> str:
    return {
        THEIRS: f"Only {first} changed it.",
        YOURS: "Only you changed it.",
        BOTH: "You both wrote it.",
    }[kind]


def _words(question: Question, one: Difference, side: Any) -> str:
    if one.is_text or isinstance(side, str) and not one.key.startswith("value."):
        return side or ""
    if isinstance(side, bool) and not one.key.startswith("value."):
        return "Yes" if side else "No"
    return value_text(question, one.key.removeprefix("value."), side)
