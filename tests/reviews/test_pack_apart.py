"""Printing in a process of its own gives the same file, and cannot run away."""

from dataclasses import replace

import pytest

from foundation.errors import Refused
from reviews.packs import apart, render, sample
from reviews.packs.content import Line


def test_a_pack_printed_apart_is_the_same_file() -> None:
    steps: list[tuple[int, int]] = []
    pack = sample.one_application_pack()
    printed = apart.pack_pdf(pack, lambda done, total: steps.append((done, total)))
    assert printed == render.pack_pdf(pack)
    assert steps[-1] == (printed.pages, printed.pages)


def test_a_sheet_printed_apart_is_the_same_file() -> None:
    sheet = sample.sample_confirmation()
    assert apart.sheet_pdf(sheet) == render.confirmation_pdf(sheet)


def test_a_refusal_comes_back_in_words() -> None:
    pack = sample.one_application_pack()
    first = pack.applications[0]
    motion = replace(first.summary.motion, conditions=(Line("C1", "too long " * 900),))
    long = replace(first, summary=replace(first.summary, motion=motion))
    with pytest.raises(Refused, match="does not fit on one page"):
        apart.pack_pdf(replace(pack, applications=(long,)))


def test_a_print_that_takes_too_long_is_ended(monkeypatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.2)
    with pytest.raises(apart.PrintingFailedError, match="code -9"):
        apart.pack_pdf(sample.sample_pack())


def test_what_cannot_be_printed_is_told_with_its_reason() -> None:
    broken = replace(sample.sample_confirmation(), signed_at="yesterday")
    with pytest.raises(apart.PrintingFailedError, match="strftime|astimezone"):
        apart.sheet_pdf(broken)
