"""Every rule that the portal keeps has a test that carries its number; docs/rules.md lists them."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent
RULES = ROOT.parent / "docs" / "rules.md"


@cache
def _tests() -> dict[str, list[str]]:
    """Return the names of the tests that carry each rule's or trap's number."""
    found: dict[str, list[str]] = {}
    for path in ROOT.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for code in re.findall(r"(?<=_)([rx]\d{1,3})(?=_)", node.name):
                    found.setdefault(_plain(code), []).append(node.name)
    return found


def _plain(code: str) -> str:
    return f"{code[0].upper()}{int(code[1:])}"


def _listed() -> list[str]:
    return re.findall(r"^\| ([RX]\d+) \|", RULES.read_text(encoding="utf-8"), flags=re.M)


@pytest.mark.parametrize("rule", _listed())
def test_every_listed_rule_has_a_test_that_carries_its_number(rule):
    assert _tests().get(rule), f"{rule} is listed in docs/rules.md and has no test"


def test_every_numbered_test_is_listed():
    assert sorted(set(_tests()) - set(_listed())) == []
