"""PURE: how far an answer moved since the earlier stage, in words and word by word."""

import re
from difflib import SequenceMatcher
from enum import StrEnum

from reviews.packs.sections import Answer, Answers

REWRITTEN_FROM = 1 / 3  # more than a third: marking words would hide the text


class Change(StrEnum):
    """What the meta line of an answer begins with."""

    NONE = ""
    SAME = "As at"
    CHANGED = "Changed since"
    REWRITTEN = "Rewritten since"
    NEW = "New at"


def change_of(answer: Answer, answers: Answers) -> Change:
    """Return how the answer moved since the earlier stage, or NONE when there was none."""
    if not answers.since:
        return Change.NONE
    if answer.earlier is None:
        return Change.NEW
    old, new = words(answer.earlier), words(answer.text)
    if [word.strip() for word in old] == [word.strip() for word in new]:
        return Change.SAME
    return Change.REWRITTEN if share_changed(old, new) > REWRITTEN_FROM else Change.CHANGED


def change_words(change: Change, answers: Answers) -> str:
    """Return the change as the meta line says it: "Changed since Initial." """
    if change is Change.NONE:
        return ""
    return f"{change} {answers.stage if change is Change.NEW else answers.since}."


def words(text: str) -> list[str]:
    """Return the words of a text, each with the space that follows it."""
    return re.findall(r"\S+\s*", text)


def share_changed(old: list[str], new: list[str]) -> float:
    """Return the share of words that differ, between 0 and 1."""
    return (
        1
        - SequenceMatcher(
            None, [word.strip() for word in old], [word.strip() for word in new]
        ).ratio()
    )


def word_runs(old: list[str], new: list[str]) -> list[tuple[str, int, int]]:
    """Return runs ("same" or "added", from, to) over new and ("removed", from, to) over old."""
    runs = []
    matcher = SequenceMatcher(
        None,
        [word.strip() for word in old],
        [word.strip() for word in new],
        autojunk=False,
    )
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            runs.append(("same", new_from, new_to))
            continue
        if old_to > old_from:
            runs.append(("removed", old_from, old_to))
        if new_to > new_from:
            runs.append(("added", new_from, new_to))
    return runs
