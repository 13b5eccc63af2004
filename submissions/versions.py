"""PURE: freezing, hashing and comparing what is submitted."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any


def canonical(content: Any) -> str:
    """Return JSON text that is the same for the same content, whatever the order of its keys."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> str:
    """Return the SHA-256 of a text, as hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def manifest_digest(manifest: Iterable[Mapping[str, str]]) -> str:
    """Return the hash of a version: over its sections' hashes in order of their letters."""
    lines = sorted((entry["section"], entry["sha256"]) for entry in manifest)
    return digest(canonical(lines))


def answers_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what counts as the content of each answer of a frozen section, by question code."""
    return {
        question["code"]: (
            _without_stamp(question["answer"]),
            [_evidence_key(item) for item in question["evidence"]],
        )
        for question in content["questions"]
    }


_BLANK: tuple[None, list] = (None, [])


def changed_questions(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[str]:
    """Return the codes whose answer or evidence differs between two states of a section.

    A blank differs from nothing no more than from a blank.
    """
    old = answers_of(before) if before else {}
    return [code for code, content in answers_of(after).items() if old.get(code, _BLANK) != content]


def _without_stamp(answer: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    return {key: value for key, value in answer.items() if key not in {"by", "at"}}


def _evidence_key(item: Mapping[str, Any]) -> tuple:
    return (item["id"], item["version"], item["sha256"], item["identifier"], item["as_of"])
