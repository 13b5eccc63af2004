"""Leaving SIT for a wave: what counts, and what has to be done again (QA&P 9.1.2)."""

from waves.enums import EntryCriterion
from waves.pathways import redo
from waves.timetable import Event


def test_r41_who_leaves_sit_for_a_wave_onboards_and_loads_data_again():
    again = redo("SIT_M10_READY", "QT_WAVE_2")
    assert {Event.DIP_ONBOARDED, Event.DIP_ASSURED} <= set(again.events)
    assert set(again.criteria) == {EntryCriterion.UIT, EntryCriterion.DATA}
    assert len(again.words) == 3


def test_r41_nothing_is_done_again_between_two_waves_or_within_sit():
    for before, after in (("QT_WAVE_1", "QT_WAVE_3"), ("SIT_M10_READY", "SIT_M11_READY")):
        again = redo(before, after)
        assert not (again.events or again.criteria or again.words)
